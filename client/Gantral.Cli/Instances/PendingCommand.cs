using System.CommandLine;
using Gantral.Cli.Help;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Client;
using Gantral.Client.Json;

namespace Gantral.Cli.Instances;

/// <summary><c>gantral pending</c>: what the caller may decide.</summary>
internal static class PendingCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (limit, cursor, json) = (Paging.Limit(), Paging.Cursor(), Paging.Json());
        var command = new ExplainedCommand(
            "pending",
            "List what you may decide, the nearest deadline first.",
            $"""
            {Paging.Server}

            Exit status: 0 the list is printed, also an empty one; 64 the command line is wrong; 69 the server cannot be reached or refuses

            Examples:
              gantral pending
              gantral pending --json --limit 200
            """)
        {
            limit, cursor, json,
        };
        command.SetAction((parsed, interrupted) => Connecting.RunAsync("--role ROLE", async client =>
        {
            var page = await client.Decisions.PendingAsync(parsed.GetValue(limit), parsed.GetValue(cursor), interrupted).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(GantralJson.Of(page));
                return 0;
            }

            Print(page);
            return 0;
        }));
        return command;
    }

    private static void Print(InstancePage page)
    {
        if (page.Instances.Count == 0)
        {
            Console.Out.WriteLine("Nothing waits for you.");
            return;
        }

        var (colour, now) = (Colour.OfThisProcess(), DateTimeOffset.UtcNow);
        var table = new Table(colour, new Column("INSTANCE"), new Column("WORKFLOW", GivesWay: true), new Column("STEP", GivesWay: true), new Column("TIME LEFT"), new Column("ASKED BY", GivesWay: true));
        foreach (var instance in page.Instances)
        {
            var workflow = $"{instance.WorkflowId}@{instance.WorkflowVersion}";
            table.Add(instance.InstanceId.ToString("D"), workflow, instance.Pending?.Step ?? "(start)", Moment.Left(instance.Pending?.DecideBy, now, colour), instance.Pending?.RequestedBy);
        }

        table.Write(Console.Out, Table.TerminalWidth());
        Paging.More("pending", page.NextCursor);
    }
}
