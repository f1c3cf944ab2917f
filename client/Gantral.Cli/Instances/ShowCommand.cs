using System.CommandLine;
using Gantral.Cli.Help;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Client;
using Gantral.Client.Json;

namespace Gantral.Cli.Instances;

/// <summary><c>gantral show</c>: one instance, what it waits for, and what happened to it.</summary>
internal static class ShowCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (id, json) = (InstanceArgument.Create(), Paging.Json());
        var command = new ExplainedCommand(
            "show",
            "Show an instance: its state, what people are asked, and its history.",
            $"""
            {Paging.Server} The history is shown to gantral.auditor. What people are asked is hashed on this machine,
            and the hash compared with the one that a decision would bind.

            With --json: an object with instance and, if the token may read it, history (else null).

            Exit status: 0 it is shown; 64 the command line is wrong; 69 the server cannot be reached or refuses, or has no such instance

            Examples:
              gantral show 01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c
              gantral show 01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c --json
            """)
        {
            id, json,
        };
        command.SetAction((parsed, interrupted) => Connecting.RunAsync("--role ROLE", async client =>
        {
            var instance = await client.Instances.GetAsync(parsed.GetValue(id), cancellation: interrupted).ConfigureAwait(false);
            var history = await History.ReadAsync(client, instance.InstanceId, interrupted).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine($$"""{"instance":{{GantralJson.Of(instance)}},"history":{{(history is null ? "null" : $"[{string.Join(',', history.Select(GantralJson.Of))}]")}}}""");
                return 0;
            }

            Print(instance, history);
            return 0;
        }));
        return command;
    }

    private static void Print(ExecutionInstance instance, List<HistoryEntry>? history)
    {
        var colour = Colour.OfThisProcess();
        var statement = new InstanceStatement(Console.Out, colour, DateTimeOffset.UtcNow);
        statement.Print(instance);
        if (instance.Pending is { } pending)
        {
            statement.Print(pending, Snapshot.Of(pending));
        }

        if (history is null)
        {
            Console.Out.WriteLine(colour.Faint("  The history is for the role gantral.auditor."));
        }
        else
        {
            statement.Print(history);
        }
    }
}
