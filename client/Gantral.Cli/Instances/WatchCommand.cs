using System.CommandLine;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Help;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Client;
using Gantral.Client.Json;

namespace Gantral.Cli.Instances;

/// <summary><c>gantral watch</c>: what happens, as it happens.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var workflow = Several("--workflow", "Only of this workflow. May be given several times.", "WORKFLOW");
        var type = Several("--type", "Only entries of this type, such as WAITING_FOR_HUMAN. May be given several times.", "TYPE");
        type.AcceptOnlyFromAmong([.. WireName.All<EventType>()]);
        var instance = new Option<Guid?>("--instance") { Description = "Only of this instance.", HelpName = "ID" };
        var after = new Option<string>("--after") { Description = "Begin after this event, in place of now; --json shows the ids.", HelpName = "EVENT" };
        var json = new Option<bool>("--json") { Description = "Print each entry as a JSON object on a line of its own, with event_id." };
        var command = new ExplainedCommand(
            "watch",
            "Show what happens, as it happens.",
            $"""
            {Paging.Server} It goes on until Ctrl-C. When the connection breaks it connects again after the last event
            that it saw: nothing is missing and nothing comes twice.

            Exit status: 64 the command line is wrong; 69 the server refuses, cannot be reached at first, or the token has run out; 130 Ctrl-C

            Examples:
              gantral watch --workflow deploy --type WAITING_FOR_HUMAN --type TERMINATED
              gantral watch --json | jq .instance_id
            """)
        {
            workflow, type, instance, after, json,
        };
        command.SetAction((parsed, interrupted) =>
        {
            var types = (parsed.GetValue(type) ?? []).Select(word => WireName.TryParse(word, out EventType one) ? one : default).ToList();
            var filter = new StreamFilter { Workflows = parsed.GetValue(workflow), Types = types };
            return Connecting.RunAsync("--role ROLE", client => WatchAsync(client, filter, parsed.GetValue(instance), parsed.GetValue(after), parsed.GetValue(json), interrupted));
        });
        return command;
    }

    private static async Task<int> WatchAsync(GantralClient client, StreamFilter filter, Guid? instance, string? last, bool asJson, CancellationToken interrupted)
    {
        var (hasHeard, pause, colour) = (false, TimeSpan.FromSeconds(1), Colour.OfThisProcess());
        while (true)
        {
            try
            {
                await foreach (var told in client.Streams.EntriesAsync(filter, last, interrupted).ConfigureAwait(false))
                {
                    (hasHeard, pause) = (true, TimeSpan.FromSeconds(1));
                    last = told.Id.Length > 0 ? told.Id : last;
                    if (told.EndReason == "token_expired")
                    {
                        throw new CommandRefusedException(ExitStatus.Unavailable, $"The token in {GantralServer.TokenVariable} has run out. Get another one, and go on with: gantral watch --after {Printable.Text(last ?? "")}");
                    }

                    if (told.Entry is { } entry && (instance is null || entry.InstanceId == instance))
                    {
                        Console.Out.WriteLine(asJson ? Json(told.Id, entry) : Line(entry, colour));
                    }
                }
            }
            catch (Exception broken) when (hasHeard && IsPassing(broken))
            {
                Console.Error.WriteLine($"gantral: the stream broke off ({Printable.Text(broken.GetBaseException().Message.TrimEnd('.'))}); connecting again.");
            }

            await Task.Delay(pause, interrupted).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static bool IsPassing(Exception failed) => failed is GantralException { IsPassing: true } or HttpRequestException or IOException or TimeoutException;

    private static string Line(StreamedEntry entry, Colour colour)
    {
        var change = entry.State is { } state && StateWord.Of(state, colour) is var after
            ? $"{(entry.FromState is { } before && before != state ? $"{WireName.Of(before)} → " : "")}{after.Paint?.Invoke(after.Text) ?? after.Text}"
            : "";
        return $"{colour.Faint(Moment.At(entry.At))}  {WireName.Of(entry.Type)}  {(change.Length > 0 ? $"{change}  " : "")}{Printable.Text(entry.WorkflowId ?? "")}  {entry.InstanceId:D}".TrimEnd();
    }

    private static string Json(string id, StreamedEntry entry) => $$"""{"event_id":"{{System.Text.Json.JsonEncodedText.Encode(id)}}",{{GantralJson.Of(entry)[1..]}}""";

    private static Option<string[]> Several(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
