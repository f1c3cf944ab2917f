using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Help;
using Gantral.Cli.Instances;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Cli.Verify;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Logs;

/// <summary><c>gantral log follow</c>: a copy of a log that is verified as it grows.</summary>
internal static class FollowCommand
{
    private const long MillisecondsBetween = 200;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var log = LogOptions.Log();
        var keys = LogOptions.Keys();
        var into = new Option<string>("--into") { Description = "The folder of the copy; made if it is not there, gone on with if it is.", HelpName = "DIR", Required = true };
        var hashes = new Option<bool>("--hashes-only") { Description = "Keep hashes without the entries: enough to prove that a log only grew, and to prove what a bundle shows. Whole entries are shown to gantral.admin only." };
        var (once, every, json) = (LogOptions.Once(), LogOptions.Every(), LogOptions.JsonLines());
        var command = new ExplainedCommand(
            "follow",
            "Keep a local copy of a log, verified as it grows.",
            $"""
            {Paging.Server} The copy has the files and paths of C2SP tlog-tiles: checkpoint, tile/LEVEL/INDEX and
            tile/entries/INDEX. A new checkpoint is kept only once its signature holds, it continues the one that is kept, and all
            that it covers is there and hashes to its root. The run can be killed at any time; the next one goes on.

            A server whose log is smaller than what is kept, or no continuation of it, ends this with INVALID. Nothing is written
            over: the checkpoint that was kept and the one that was shown lie in DIR/contradiction, and together they are the proof.

            Exit status: 0 (with --once) the copy is the newest head; 1 INVALID; 2 INCONCLUSIVE, no key of this log is trusted; 3 the keys or
            the copy cannot be used; 4 the server's log has another name; 64 the command line is wrong; 69 the server cannot be reached or
            refuses; 73 the copy cannot be written; 130 Ctrl-C

            Examples:
              gantral log follow --keys keys.json --into copy
              gantral log follow --log 2 --keys keys.json --into copy-2 --hashes-only --once --json
              gantral verify log.jsonl --keys keys.json --checkpoint copy/checkpoint
            """)
        {
            log, keys, into, hashes, once, every, json,
        };
        command.SetAction((parsed, interrupted) =>
        {
            if (!KeysFile.TryRead(parsed.GetRequiredValue(keys), out var trusted, out var fault))
            {
                throw new CommandRefusedException(ExitStatus.Unusable, fault);
            }

            return Connecting.RunAsync("--role gantral.admin", async client =>
            {
                using var copy = KeptLog.Open(parsed.GetRequiredValue(into));
                var following = new Following(client, trusted, parsed.GetValue(log), copy, interrupted) { Entries = !parsed.GetValue(hashes), Progress = Progress() };
                return await RunAsync(following, copy, parsed.GetValue(once) ? null : parsed.GetValue(every), parsed.GetValue(json), interrupted).ConfigureAwait(false);
            });
        });
        return command;
    }

    private static async Task<int> RunAsync(Following following, KeptLog copy, TimeSpan? every, bool json, CancellationToken interrupted)
    {
        var kept = following.Kept();
        var isFirst = true;
        try
        {
            await Looks.RunAsync(
                every,
                async () =>
                {
                    var before = kept?.Checkpoint.Size ?? 0;
                    kept = await following.StepAsync(kept).ConfigureAwait(false);
                    Clear();
                    if (isFirst || kept.Checkpoint.Size > before)
                    {
                        Tell(kept, before, json);
                    }

                    isFirst = false;
                },
                interrupted).ConfigureAwait(false);
            return 0;
        }
        catch (HeadRefusedException refused)
        {
            Clear();
            return Contradiction.Tell(refused, kept, copy.ContradictionFolder, json);
        }
    }

    private static void Tell(NotedHead head, long before, bool json) => Console.Out.WriteLine(json
        ? new JsonObject { ["verdict"] = WireName.Of(Verdict.Valid), ["code"] = WireName.Of(FindingCode.Ok), ["origin"] = head.Checkpoint.Origin, ["from"] = before, ["size"] = head.Checkpoint.Size, ["root"] = head.Checkpoint.Root.ToString() }.ToJsonString()
        : string.Create(CultureInfo.InvariantCulture, $"{Printable.Text(head.Checkpoint.Origin)} has {head.Checkpoint.Size} entries: signed by a trusted key, {(before == head.Checkpoint.Size ? "and as it was" : before == 0 ? "and here whole" : $"and it only grew since {before}")}."));

    private static Action<long, long> Progress()
    {
        var next = 0L;
        return (done, all) =>
        {
            if (!Console.IsErrorRedirected && Environment.TickCount64 >= next)
            {
                next = Environment.TickCount64 + MillisecondsBetween;
                Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\rTile {done:N0} of {all:N0}\e[K"));
            }
        };
    }

    private static void Clear()
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write("\r\e[K");
        }
    }
}
