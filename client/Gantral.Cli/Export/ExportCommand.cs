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
        var log = new Option<int?>("--log") { Description = "The number of a log that is wanted as a whole (GET /v1/audit/logs names them); for gantral.admin.", HelpName = "NUMBER", CustomParser = LogNumber };
        var payloads = new Option<bool>("--payloads") { Description = "With the private content of an instance: contexts, deltas, justifications. Without, the bundle holds only their hashes." };
        var output = new Option<string>("--out") { Description = "The file to write; - is standard output.", HelpName = "FILE", Required = true };
        var command = new ExplainedCommand(
            "export",
            "Fetch evidence from the server as a bundle that can be verified offline.",
            $"""
            The server is the one in {GantralServer.AddressVariable}, the token the one in {GantralServer.TokenVariable} (role gantral.auditor).

            Exit status: 0 the file is written, whole; 64 the command line is wrong; 69 the server cannot be reached or refuses; 73 the file cannot be written; 130 interrupted

            Examples:
              gantral export --instance 01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c --out bundle.jsonl
              gantral export --log 1 --out log.jsonl
            """)
        {
            instance, log, payloads, output,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(instance) is null == result.GetResult(log) is null)
            {
                result.AddError("Say what is wanted: either --instance ID or --log NUMBER");
            }
            else if (result.GetResult(log) is not null && result.GetResult(payloads) is not null)
            {
                result.AddError("--payloads goes with --instance only");
            }
        });
        command.SetAction((parsed, interrupted) => RunAsync(
            parsed.GetValue(instance) is { } id
                ? $"v1/audit/instances/{id:D}/bundle{(parsed.GetValue(payloads) ? "?payloads=true" : "")}"
                : string.Create(CultureInfo.InvariantCulture, $"v1/audit/logs/{parsed.GetValue(log)}/bundle"),
            parsed.GetRequiredValue(output),
            interrupted));
        return command;
    }

    private static async Task<int> RunAsync(string path, string output, CancellationToken interrupted)
    {
        long bytes;
        try
        {
            using var server = GantralServer.OfEnvironment();
            bytes = await OutputFile.WriteAsync(output, file => server.DownloadAsync(path, file, Progress(), interrupted)).ConfigureAwait(false);
        }
        finally
        {
            Clear();
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
