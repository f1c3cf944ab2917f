using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Gantral.Cli.Help;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Export;

/// <summary><c>gantral export</c>: its words and options.</summary>
internal static class ExportCommand
{
    private const long MillisecondsBetween = 200;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var instance = new Option<Guid?>("--instance") { Description = "The instance whose evidence is wanted.", HelpName = "ID", CustomParser = InstanceId };
        var log = new Option<int?>("--log") { Description = "The number of a log that is wanted (GET /v1/audit/logs names them): all of it for gantral.admin; for gantral.auditor the entries of its teams, and those of others as bare hashes.", HelpName = "NUMBER", CustomParser = LogNumber };
        var from = new Option<long?>("--from") { Description = "Only from this position of the log on.", HelpName = "POSITION", CustomParser = Position };
        var to = new Option<long?>("--to") { Description = "Only before this position of the log.", HelpName = "POSITION", CustomParser = Position };
        var since = new Option<string>("--since") { Description = "In place of --from: what was signed from this moment on.", HelpName = "TIME" };
        var until = new Option<string>("--until") { Description = "In place of --to: what was signed before this moment.", HelpName = "TIME" };
        var team = new Option<string>("--team") { Description = "Only the entries of this team, and those of others as bare hashes.", HelpName = "TEAM" };
        var payloads = new Option<bool>("--payloads") { Description = "With the private content that may be shown: contexts, deltas, justifications. Without, the bundle holds only their hashes." };
        var resume = new Option<bool>("--resume") { Description = "Go on with the export of a log that broke off, which is in FILE.part; give the same options as before." };
        var output = new Option<string>("--out") { Description = "The file to write; - is standard output.", HelpName = "FILE", Required = true };
        var command = new ExplainedCommand(
            "export",
            "Fetch evidence from the server as a bundle that can be verified offline.",
            $"""
            The server is the one in {GantralServer.AddressVariable}, the token the one in {GantralServer.TokenVariable} (role gantral.auditor).

            A log can be long: what came of it before it broke off stays in FILE.part, and --resume fetches the rest. Check the
            whole with gantral verify, as always.

            Exit status: 0 the file is written, whole; 64 the command line is wrong; 69 the server cannot be reached or refuses; 73 the file cannot be written; 130 interrupted

            Examples:
              gantral export --instance 01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c --out bundle.jsonl
              gantral export --log 1 --out log.jsonl
              gantral export --log 1 --from 1000 --to 2000 --payloads --out range.jsonl
              gantral export --log 1 --team payments --since 2026-01-01T00:00:00Z --until 2026-02-01T00:00:00Z --out january.jsonl
              gantral export --log 1 --resume --out log.jsonl
            """)
        {
            instance, log, from, to, since, until, team, payloads, resume, output,
        };
        command.Validators.Add(result =>
        {
            var ofLogs = new Option[] { from, to, since, until, team, resume }.Where(option => result.GetResult(option) is { Implicit: false }).ToList();
            if (result.GetResult(instance) is null == result.GetResult(log) is null)
            {
                result.AddError("Say what is wanted: either --instance ID or --log NUMBER");
            }
            else if (result.GetResult(log) is null && ofLogs.Count > 0)
            {
                result.AddError($"{ofLogs[0].Name} goes with --log only");
            }
            else if ((result.GetResult(from) is not null && result.GetResult(since) is not null) || (result.GetResult(to) is not null && result.GetResult(until) is not null))
            {
                result.AddError("A part of a log begins at --from or --since and ends at --to or --until; give one of each");
            }
            else if (result.GetValue(resume) && result.GetValue(output) == OutputFile.StandardOutput)
            {
                result.AddError("--resume goes on with a file; standard output has none");
            }
        });
        command.SetAction((parsed, interrupted) => RunAsync(
            parsed.GetRequiredValue(output),
            (server, path, progress) => parsed.GetValue(instance) is { } id
                ? OutputFile.WriteAsync(path, file => server.DownloadAsync($"v1/audit/instances/{id:D}/bundle{(parsed.GetValue(payloads) ? "?payloads=true" : "")}", file, progress, interrupted))
                : LogFile.FetchAsync(
                    server,
                    new LogWish(parsed.GetValue(log)!.Value)
                    {
                        From = parsed.GetValue(from),
                        To = parsed.GetValue(to),
                        Since = parsed.GetValue(since),
                        Until = parsed.GetValue(until),
                        Team = parsed.GetValue(team),
                        Payloads = parsed.GetValue(payloads),
                    },
                    path,
                    parsed.GetValue(resume),
                    progress,
                    interrupted)));
        return command;
    }

    private static async Task<int> RunAsync(string output, Func<GantralServer, string, Action<long>, Task<long>> fetch)
    {
        long bytes;
        try
        {
            using var server = GantralServer.OfEnvironment();
            bytes = await fetch(server, output, Progress()).ConfigureAwait(false);
        }
        finally
        {
            Clear();
            if (File.Exists(OutputFile.DraftOf(output)))
            {
                Console.Error.WriteLine($"What came of it is in {Printable.Text(OutputFile.DraftOf(output))}; --resume goes on with it.");
            }
        }

        if (output != OutputFile.StandardOutput)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Wrote {Printable.Text(output)}: {bytes:N0} bytes. Check it with: gantral verify {Printable.Text(output)} --keys KEYS"));
        }

        return 0;
    }

    private static Guid? InstanceId(ArgumentResult result)
    {
        var text = result.Tokens is [var only] ? only.Value : "";
        if (Guid.TryParseExact(text, "D", out var id))
        {
            return id;
        }

        result.AddError($"'{Printable.Text(text)}' is no id of an instance; it looks like 01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c");
        return null;
    }

    private static int? LogNumber(ArgumentResult result)
    {
        var text = result.Tokens is [var only] ? only.Value : "";
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        result.AddError($"'{Printable.Text(text)}' is no number of a log; the first is 1");
        return null;
    }

    private static long? Position(ArgumentResult result)
    {
        var text = result.Tokens is [var only] ? only.Value : "";
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            return position;
        }

        result.AddError($"'{Printable.Text(text)}' is no position in a log; the first is 0");
        return null;
    }

    private static Action<long> Progress()
    {
        var next = 0L;
        return bytes =>
        {
            if (!Console.IsErrorRedirected && Environment.TickCount64 >= next)
            {
                next = Environment.TickCount64 + MillisecondsBetween;
                Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\rFetched {bytes / 1_000_000.0:N1} MB\e[K"));
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
