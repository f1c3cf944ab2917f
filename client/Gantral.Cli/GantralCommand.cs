using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Gantral.Cli.Apply;
using Gantral.Cli.Completion;
using Gantral.Cli.Decisions;
using Gantral.Cli.Development;
using Gantral.Cli.Doctor;
using Gantral.Cli.Export;
using Gantral.Cli.Help;
using Gantral.Cli.Instances;
using Gantral.Cli.Keys;
using Gantral.Cli.Logs;
using Gantral.Cli.Redactions;
using Gantral.Cli.Reports;
using Gantral.Cli.Runners;
using Gantral.Cli.Terminal;
using Gantral.Cli.Up;
using Gantral.Cli.Verify;

namespace Gantral.Cli;

/// <summary>The gantral command: its commands, and what every one of them does alike.</summary>
internal static class GantralCommand
{
    /// <summary>Runs a command line and answers its exit status.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var parsed = Root().Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration
            {
                // A file may be called @keys.json.
                ResponseFileTokenReplacer = null,
            });
            if (parsed.Action is ParseErrorAction refused)
            {
                refused.ShowHelp = false;
                parsed.Invoke(new InvocationConfiguration { Output = Console.Error });
                Console.Error.WriteLine($"See: {PathOf(parsed.CommandResult)} --help");
                return ExitStatus.Usage;
            }

            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
            if (parsed.CommandResult.Command is RunnerCommand)
            {
                // It stops in its own time.
                invocation.ProcessTerminationTimeout = null;
            }

            var status = await parsed.InvokeAsync(invocation).ConfigureAwait(false);
            return args.Length == 0 ? ExitStatus.Usage : status;
        }
        catch (CommandRefusedException refused)
        {
            Console.Error.WriteLine($"gantral: {refused.Message}");
            return refused.Status;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("gantral: interrupted.");
            return ExitStatus.Interrupted;
        }
        catch (Exception failed)
        {
            // Whatever happens, it ends in a sentence and never in a stack trace.
            Console.Error.WriteLine($"gantral: this should not have happened: {Printable.Text(failed.Message)} ({failed.GetType().Name}). Please report it.");
            return ExitStatus.Fault;
        }
    }

    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult above ? $"{PathOf(above)} {command.Command.Name}" : "gantral";

    private static RootCommand Root()
    {
        var root = new RootCommand(
            """
            Gantral: authority for automated work, with evidence that can be checked offline.

            Examples:
              gantral pending
              gantral approve 01a2b3c4-…
              gantral apply -f gantral/
              gantral export --instance 01a2b3c4-… --out bundle.jsonl
              gantral keys export --out keys.json
              gantral verify bundle.jsonl --keys keys.json
              gantral report --html --out report.html
              gantral dev token --actor alice --team payments --role release-manager
              gantral runner --queue payments-agents -- python3 agent.py

            The server is the one in GANTRAL_URL (http://127.0.0.1:8080 when not set), the token the one in GANTRAL_TOKEN. Colours are for
            terminals only, and never with NO_COLOR. The server's own verbs in a checkout, each with --help: gantral migrate, gantral rebuild,
            gantral log reopen.
            """)
        {
            PendingCommand.Create(),
            InstancesCommand.Create(),
            ShowCommand.Create(),
            WatchCommand.Create(),
            ApplyCommand.Create(),
            ExportCommand.Create(),
            VerifyCommand.Create(),
            KeysCommand.Create(),
            LogCommand.Create(),
            WitnessCommand.Create(),
            ReportCommand.Create(),
            RedactCommand.Create(),
            RunnerCommand.Create(),
            AuthorityCommand.Create(),
            UpCommand.Create(),
            DoctorCommand.Create(),
            CompletionCommand.Create(),
            DevCommand.Create(),
        };
        foreach (var command in DecideCommand.Create())
        {
            root.Add(command);
        }

        FullHelp.Use(root);
        return root;
    }
}
