using System.CommandLine;
using Gantral.Cli.Help;
using Gantral.Cli.Instances;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Client;
using Gantral.Client.Json;

namespace Gantral.Cli.Reports;

/// <summary><c>gantral report</c>: who decided what, to read or to keep.</summary>
internal static class ReportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var team = new Option<string>("--team") { Description = "Whose instances; not needed with a token of one team.", HelpName = "TEAM" };
        var workflow = new Option<string>("--workflow") { Description = "Only those of this workflow.", HelpName = "WORKFLOW" };
        var since = Paging.Time("--since", "Only instances created at this moment or later; 30 days before the end unless said.");
        var until = Paging.Time("--until", "Only instances created before this moment; now unless said.");
        var csv = new Option<bool>("--csv") { Description = "As a table for programs. One that would not be complete is refused." };
        var html = new Option<bool>("--html") { Description = "As a page to read, print and keep: one file." };
        var json = new Option<bool>("--json") { Description = "As JSON, and nothing else." };
        var output = new Option<string>("--out") { Description = "The file to write, whole or not at all; - is standard output.", HelpName = "FILE", DefaultValueFactory = _ => OutputFile.StandardOutput };
        var command = new ExplainedCommand(
            "report",
            "Report who decided what, what became of it, and how long that took.",
            $"""
            {Paging.Server} It needs gantral.auditor. The report
            follows from entries alone; its self-check looks whether they hold together and is no proof: gantral export and gantral
            verify are. A report that ends early says so, with the moment from which the next one goes on.

            Exit status: 0 the report is written; 64 the command line is wrong; 69 the server cannot be reached or refuses;
              73 the file cannot be written; 130 interrupted

            Examples:
              gantral report
              gantral report --team payments --since 2026-01-01T00:00:00Z --until 2026-02-01T00:00:00Z --html --out january.html
              gantral report --workflow deploy --csv --out deploy.csv
              gantral report --json
            """)
        {
            team, workflow, since, until, csv, html, json, output,
        };
        command.Validators.Add(result =>
        {
            if (new[] { csv, html, json }.Count(result.GetValue) > 1)
            {
                result.AddError("Give one of --csv, --html and --json, or none");
            }
        });
        command.SetAction((parsed, interrupted) => Connecting.RunAsync("--role gantral.auditor", async client =>
        {
            var range = new ReportRange { OwningTeamId = parsed.GetValue(team), WorkflowId = parsed.GetValue(workflow), Since = parsed.GetValue(since), Until = parsed.GetValue(until) };
            var path = parsed.GetValue(output)!;
            if (parsed.GetValue(csv) || parsed.GetValue(html))
            {
                await OutputFile.WriteAsync(path, file => CopyAsync(client, range, parsed.GetValue(csv), file, interrupted)).ConfigureAwait(false);
                return 0;
            }

            var report = await client.Reports.AuthorityAsync(range, interrupted).ConfigureAwait(false);
            await OutputFile.WriteAsync(path, file => WriteAsync(report, parsed.GetValue(json), path, file)).ConfigureAwait(false);
            if (!report.Coverage.IsComplete)
            {
                Console.Error.WriteLine($"This is not all that was asked for: a report --since {report.Coverage.Until.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} goes on.");
            }

            return 0;
        }));
        return command;
    }

    private static async Task<long> CopyAsync(GantralClient client, ReportRange range, bool asTable, Stream file, CancellationToken interrupted)
    {
        var report = await (asTable ? client.Reports.AuthorityTableAsync(range, interrupted) : client.Reports.AuthorityPageAsync(range, interrupted)).ConfigureAwait(false);
        await using (report.ConfigureAwait(false))
        {
            await report.CopyToAsync(file, interrupted).ConfigureAwait(false);
            return 0;
        }
    }

    private static async Task<long> WriteAsync(AuthorityReport report, bool asJson, string path, Stream file)
    {
        var writer = new StreamWriter(file, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            if (asJson)
            {
                writer.Write(GantralJson.Of(report));
                writer.Write('\n');
            }
            else
            {
                var isTerminal = path == OutputFile.StandardOutput;
                new ReportStatement(writer, isTerminal ? Colour.OfThisProcess() : new Colour(on: false), isTerminal ? Table.TerminalWidth() : null).Print(report);
            }
        }

        return 0;
    }
}
