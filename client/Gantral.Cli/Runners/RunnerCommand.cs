using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Xml;
using Gantral.Cli.Help;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Client;

namespace Gantral.Cli.Runners;

/// <summary><c>gantral runner</c>: its words and options.</summary>
internal sealed class RunnerCommand : ExplainedCommand
{
    private const string Explained =
        $"""
        For each task the command is started as it is, without a shell, in a process group of its own. It finds in its environment
        GANTRAL_INSTANCE_ID, GANTRAL_TASK_ID, GANTRAL_FENCING_TOKEN, GANTRAL_KIND (START or RESUME) and GANTRAL_ATTEMPT, and the paths
          GANTRAL_CONTEXT_FILE      what the work is to use; of a RESUME what was approved
          GANTRAL_CHECKPOINT_FILE   where the process before left off, if it said so: the reference and hash that it gave
          GANTRAL_OUTCOME_FILE      a file that it may write, with any of checkpoint, evidence, cost and error, as POST /v1/tasks/…/outcome has them
        The secrets of the connections that its workflow names are found here, as env://NAME or file:///path says, right before it starts,
        and stand in its environment as GANTRAL_CONNECTION_ID: those of payments-api@1 as GANTRAL_CONNECTION_PAYMENTS_API. They are neither
        logged nor sent anywhere; one that cannot be found is FAILED, and the command is not started.
        Its exit status is the outcome: 0 COMPLETED; 3 SUSPENDED; any other FAILED, with the last line of its standard error.
        It asks before a governed step with: gantral authority

        The server is the one in {GantralServer.AddressVariable}, the token the one in {GantralServer.TokenVariable} (role gantral.runner) or in a file. The process does not
        get that token, but its own: put one into its environment, or say --pass-token.

        When the lease of a task is lost, its processes are killed and nothing is reported. Ctrl-C or SIGTERM: no more work is fetched
        and what runs may end, once the claim on its way is answered; the second time what runs is killed.

        Exit status: 0 stopped; 64 the command line is wrong; 69 the server refuses; 130 stopped the second time

        Examples:
          gantral runner --queue payments-agents -- python3 agent.py
          gantral runner --queue payments-agents --max 8 --lease PT30S --token-file /run/token -- node agent.mjs --verbose
        """;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private RunnerCommand()
        : base("runner", "Fetch work from a queue and start a process for each piece of it.", Explained)
    {
    }

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var queue = new Option<string>("--queue") { Description = "The queue whose work is fetched.", HelpName = "QUEUE", Required = true };
        var max = new Option<int>("--max") { Description = "How many processes run at once, 1 to 100.", HelpName = "N", CustomParser = AtOnce, DefaultValueFactory = _ => 1 };
        var lease = Duration("--lease", "How long a task is this runner's own without a heartbeat, PT1S to PT1H.", Shortest, Longest, TimeSpan.FromMinutes(1));
        var wait = Duration("--wait", "How long a claim waits for work, PT0S to PT1M; a stop waits as long.", TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10));
        var patience = Duration("--patience", "How long what runs may go on after a stop.", TimeSpan.Zero, TimeSpan.FromDays(1), TimeSpan.FromMinutes(5));
        var name = new Option<string>("--name") { Description = "What this runner calls itself.", HelpName = "NAME", DefaultValueFactory = _ => Environment.MachineName };
        var tokenFile = new Option<string>("--token-file") { Description = "A file with the token, read anew for each request.", HelpName = "FILE" };
        var secrets = new Option<string>("--secrets") { Description = "The folder below which file:// references of connections lead; anywhere unless said.", HelpName = "DIR" };
        var passToken = new Option<bool>("--pass-token") { Description = $"Give the processes {GantralServer.TokenVariable} as well." };
        var words = new Argument<string[]>("COMMAND") { Description = "What to start, and its arguments, behind --.", Arity = ArgumentArity.OneOrMore };
        words.Validators.Add(result =>
        {
            if (result.Tokens is [var first, ..] && !ProcessGroup.Exists(first.Value))
            {
                result.AddError($"there is no command '{Printable.Text(first.Value)}' to be started");
            }
        });
        var command = new RunnerCommand { queue, max, lease, wait, patience, name, tokenFile, secrets, passToken, words };
        command.SetAction(parsed => RunAsync(
            new GantralRunnerOptions
            {
                Queue = parsed.GetRequiredValue(queue),
                AtOnce = parsed.GetValue(max),
                Lease = parsed.GetValue(lease),
                Wait = parsed.GetValue(wait),
                Patience = parsed.GetValue(patience),
                RunnerId = parsed.GetRequiredValue(name),
                Resolvers = [new EnvironmentSecrets(), new FileSecrets { Folder = parsed.GetValue(secrets), Withheld = parsed.GetValue(tokenFile) }],
                Logger = new ConsoleLog(),
            },
            new AgentProcess(parsed.GetRequiredValue(words), parsed.GetValue(passToken)),
            parsed.GetValue(tokenFile)));
        return command;
    }

    private static async Task<int> RunAsync(GantralRunnerOptions options, AgentProcess agent, string? tokenFile)
    {
        var address = GantralServer.AddressOfEnvironment();
        using var client = Connecting.To(address, tokenFile);
        using var stopping = new CancellationTokenSource();
        using var hurry = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        Console.Error.WriteLine($"gantral: fetching work from {Printable.Text(options.Queue)} at {Printable.Text(address.ToString())}");
        try
        {
            await new GantralRunner(client, options, agent.RunAsync).RunAsync(stopping.Token, hurry.Token).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is GantralException or UnauthorizedAccessException or IOException)
        {
            throw Connecting.Refused(failed, address);
        }

        return hurry.IsCancellationRequested ? ExitStatus.Interrupted : 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            (stopping.IsCancellationRequested ? hurry : stopping).Cancel();
        }
    }

    private static int AtOnce(ArgumentResult result)
    {
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number is >= 1 and <= 100)
        {
            return number;
        }

        result.AddError("--max must be a whole number from 1 to 100");
        return 1;
    }

    private static Option<TimeSpan> Duration(string name, string description, TimeSpan least, TimeSpan most, TimeSpan usual) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var text = result.Tokens is [var only] ? only.Value : "";
            try
            {
                if (XmlConvert.ToTimeSpan(text) is var span && span >= least && span <= most)
                {
                    return span;
                }
            }
            catch (Exception refused) when (refused is FormatException or OverflowException)
            {
                // Told below, like every other fault.
            }

            result.AddError($"{name} must be an ISO 8601 duration from {XmlConvert.ToString(least)} to {XmlConvert.ToString(most)}; it is '{Printable.Text(text)}'");
            return usual;
        },
    };
}
