using System.CommandLine;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Help;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Client;
using Gantral.Client.Json;

namespace Gantral.Cli.Instances;

/// <summary><c>gantral instances</c>: what there is, the newest first.</summary>
internal static class InstancesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var state = new Option<string>("--state") { Description = "Only those in this state, such as WAITING_FOR_HUMAN.", HelpName = "STATE" };
        state.AcceptOnlyFromAmong([.. WireName.All<ExecutionState>()]);
        var workflow = new Option<string>("--workflow") { Description = "Only those of this workflow.", HelpName = "WORKFLOW" };
        var text = new Option<string>("--text") { Description = "Only those with this in their id, workflow or team.", HelpName = "TEXT" };
        var since = Paging.Time("--since", "Only those created at this moment or later.");
        var until = Paging.Time("--until", "Only those created before this moment.");
        var (limit, cursor, json) = (Paging.Limit(), Paging.Cursor(), Paging.Json());
        var command = new ExplainedCommand(
            "instances",
            "List the instances of your teams, the newest first.",
            $"""
            {Paging.Server} One of them: gantral show ID

            Exit status: 0 the list is printed, also an empty one; 64 the command line is wrong; 69 the server cannot be reached or refuses

            Examples:
              gantral instances --state WAITING_FOR_HUMAN
              gantral instances --workflow deploy --since 2026-01-01T00:00:00Z --limit 200
              gantral instances --text payments --json
            """)
        {
            state, workflow, text, since, until, limit, cursor, json,
        };
        command.SetAction((parsed, interrupted) => Connecting.RunAsync("--role ROLE", async client =>
        {
            var wanted = WireName.TryParse(parsed.GetValue(state), out ExecutionState named) ? named : (ExecutionState?)null;
            var page = await client.Instances.ListAsync(
                wanted, parsed.GetValue(workflow), parsed.GetValue(limit), parsed.GetValue(cursor), parsed.GetValue(text), parsed.GetValue(since), parsed.GetValue(until), interrupted).ConfigureAwait(false);
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
            Console.Out.WriteLine("There are none.");
            return;
        }

        var colour = Colour.OfThisProcess();
        var table = new Table(colour, new Column("INSTANCE"), new Column("STATE"), new Column("WORKFLOW", GivesWay: true), new Column("TEAM", GivesWay: true), new Column("REASON", GivesWay: true), new Column("CREATED"));
        foreach (var instance in page.Instances)
        {
            var (workflow, reason) = ($"{instance.WorkflowId}@{instance.WorkflowVersion}", instance.Reason is { } why ? WireName.Of(why) : "");
            table.Add(instance.InstanceId.ToString("D"), StateWord.Of(instance.State, colour), workflow, instance.OwningTeamId, reason, Moment.At(instance.CreatedAt));
        }

        table.Write(Console.Out, Table.TerminalWidth());
        Paging.More("instances", page.NextCursor);
    }
}
