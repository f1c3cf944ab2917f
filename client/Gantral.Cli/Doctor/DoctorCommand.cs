using System.CommandLine;
using System.Text.Json.Nodes;
using Gantral.Cli.Help;
using Gantral.Cli.Instances;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Doctor;

/// <summary><c>gantral doctor</c>: whether everything is as it should be, line by line.</summary>
internal static class DoctorCommand
{
    private const string DataVariable = "GANTRAL_DATA";
    private const string KeysName = "keys.json";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = $"The data folder of a silo on this machine, for its keys; {DataVariable} when not given.", HelpName = "DIR" };
        var keys = new Option<string>("--keys") { Description = "The keys file that you trust; keys.json of the data folder when not given.", HelpName = "FILE" };
        var checkpoint = new Option<string>("--checkpoint") { Description = "A file that remembers the head of a log from run to run: it must only have grown. Written when it is not there.", HelpName = "FILE" };
        var log = new Option<int>("--log") { Description = "The log that --checkpoint is about.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Print the checks as JSON, and nothing else." };
        var command = new ExplainedCommand(
            "doctor",
            "Check settings, server, database, clocks, token, keys and logs.",
            $"""
            {Paging.Server} Logs are shown to the role gantral.auditor.
            Each check is OK, WARN (look at it, or it could not be checked) or FAIL, and says what to do. The checkpoint is a signed
            note as gantral verify --checkpoint takes it, replaced only when the log is proven to have grown from it.

            Exit status: 0 no check is FAIL; 1 some are; 64 the command line is wrong; 73 the checkpoint cannot be written

            Examples:
              gantral doctor
              gantral doctor --keys keys.json --checkpoint ~/.gantral-head
            """)
        {
            data, keys, checkpoint, log, json,
        };
        command.SetAction(async (parsed, interrupted) =>
        {
            var folder = parsed.GetValue(data) ?? Environment.GetEnvironmentVariable(DataVariable);
            var examination = new Examination(interrupted)
            {
                KeysFile = parsed.GetValue(keys) ?? KeysOf(folder, isNamed: parsed.GetResult(data) is not null),
                CheckpointFile = parsed.GetValue(checkpoint),
                Log = parsed.GetValue(log),
            };
            var checks = new List<Check>();
            await foreach (var check in examination.RunAsync().ConfigureAwait(false))
            {
                checks.Add(check);
                if (!parsed.GetValue(json))
                {
                    Print(check, Colour.OfThisProcess());
                }
            }

            var isWell = checks.All(check => check.Result != CheckResult.Fail);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(new JsonObject { ["ok"] = isWell, ["checks"] = new JsonArray([.. checks.Select(Json)]) }.ToJsonString());
            }

            return isWell ? 0 : 1;
        });
        return command;
    }

    // A folder of the environment need not be that of the server in question, nor be there.
    private static string? KeysOf(string? folder, bool isNamed) =>
        string.IsNullOrEmpty(folder) || (!isNamed && !File.Exists(Path.Combine(folder, KeysName))) ? null : Path.Combine(folder, KeysName);

    private static void Print(Check check, Colour colour)
    {
        var word = check.Result switch
        {
            CheckResult.Ok => colour.Good("OK   "),
            CheckResult.Warn => colour.Doubtful("WARN "),
            _ => colour.Bad("FAIL "),
        };
        Console.Out.WriteLine($"{word} {check.Name,-11} {Printable.Text(check.Found)}{(check.Advice is null ? "" : $" {Printable.Text(check.Advice)}")}");
    }

    private static JsonObject Json(Check check) => new()
    {
        ["check"] = check.Name,
        ["result"] = check.Result.ToString().ToUpperInvariant(),
        ["found"] = check.Found,
        ["advice"] = check.Advice,
    };
}
