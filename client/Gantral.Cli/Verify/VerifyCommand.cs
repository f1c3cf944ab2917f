using System.CommandLine;
using Gantral.Cli.Help;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Verify;

/// <summary><c>gantral verify</c>: its words and options.</summary>
internal static class VerifyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The bundle: an instance, a range or a whole log as exported; - reads standard input." };
        file.Validators.Add(result =>
        {
            // The parser takes an option that it does not know for a file.
            var token = result.Tokens is [var only] ? only.Value : "";
            if (token.Length > 1 && token.StartsWith('-'))
            {
                result.AddError($"There is no option {Printable.Text(token)}; for a file of that name write ./{Printable.Text(token)}");
            }
        });
        var keys = new Option<string>("--keys") { Description = "The trusted keys: where trust starts, so get this file by another way than the bundle.", HelpName = "FILE", Required = true };
        var json = new Option<bool>("--json") { Description = "Print the report for machines, as canonical JSON." };
        var checkpoints = new Option<string[]>("--checkpoint")
        {
            Description = "A signed checkpoint kept from an earlier audit; ties the bundle to that history. May be given several times.",
            HelpName = "FILE",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var command = new ExplainedCommand(
            "verify",
            "Verify evidence offline: no server, no network, no setting.",
            """
            Exit status:
              0    VALID         everything that the bundle covers was proven
              1    INVALID       something in it is wrong
              2    INCONCLUSIVE  nothing is wrong, but something needed for a proof is missing
              3    UNUSABLE      the bundle, the keys or a checkpoint cannot be used at all
              64   the command line is wrong; 130 it was interrupted

            Examples:
              gantral verify bundle.jsonl --keys keys.json
              gantral verify log.jsonl --keys keys.json --checkpoint last-year.txt --json
            """)
        {
            file, keys, json, checkpoints,
        };

        // On a thread of its own, so that Ctrl-C is heard while it works.
        command.SetAction((parsed, interrupted) => Task.Run(
            () => new Verification
            {
                Bundle = parsed.GetRequiredValue(file),
                Keys = parsed.GetRequiredValue(keys),
                Checkpoints = parsed.GetValue(checkpoints) ?? [],
                Json = parsed.GetValue(json),
            }.Run(interrupted),
            CancellationToken.None));
        return command;
    }
}
