using System.Collections;
using System.CommandLine;
using System.Globalization;
using Gantral.Cli.Help;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Up;

/// <summary><c>gantral up</c>: starts the server in place of this process. The command itself links nothing of the server.</summary>
internal static class UpCommand
{
    private const string ServerVariable = "GANTRAL_SILO";
    private const string DataVariable = "GANTRAL_DATA";
    private const string ServerFile = "Gantral.Silo.dll";
    private const string DevelopmentSetting = "Gantral__Identity__Dev";
    private const string DataSetting = "Gantral__Data";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var port = new Option<int?>("--port") { Description = "The port to listen on; 0 takes one that is free.", HelpName = "N" };
        var data = new Option<string>("--data") { Description = $"The data folder; {DataSetting} or {DataVariable} when not given.", HelpName = "DIR" };
        var dev = new Option<bool>("--dev") { Description = "With the development identity (gantral dev token), on this machine alone." };
        var command = new ExplainedCommand(
            "up",
            "Start a silo in the foreground.",
            $"""
            Runs {ServerFile}, which lies beside this command or where {ServerVariable} says, in place of this process: its settings
            are those of the environment (Gantral__Database and the others: docs/operating.md), its output and exit status are the
            server's, and signals reach it. It prints 'Gantral is ready: URL' when it is; Ctrl-C stops it cleanly. With --dev it is
            what ./run starts in a checkout.

            Exit status: the server's; 64 the command line is wrong; 69 there is no server to start

            Examples:
              gantral up --dev --data ~/.gantral
              gantral up --port 8080
            """)
        {
            port, data, dev,
        };
        command.SetAction(parsed => Run(parsed.GetValue(port), parsed.GetValue(data) ?? (Variable(DataSetting) is null ? Variable(DataVariable) : null), parsed.GetValue(dev)));
        return command;
    }

    private static int Run(int? port, string? data, bool isDevelopment)
    {
        var server = Path.GetFullPath(Variable(ServerVariable) ?? Path.Combine(AppContext.BaseDirectory, ServerFile));
        if (!File.Exists(server))
        {
            throw new CommandRefusedException(ExitStatus.Unavailable, $"There is no server at {Printable.Text(server)}. Start one with ./run in a checkout, or say in {ServerVariable} where {ServerFile} is.");
        }

        List<string> words = [Host(), server, "serve"];
        if (port is { } number)
        {
            words.AddRange(["--port", number.ToString(CultureInfo.InvariantCulture)]);
        }

        if (data is not null)
        {
            words.AddRange(["--data", data]);
        }

        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(one => (string)one.Key, one => (string?)one.Value ?? "", StringComparer.Ordinal);
        if (isDevelopment)
        {
            environment[DevelopmentSetting] = "true";
        }

        throw new CommandRefusedException(ExitStatus.Unavailable, $"The server cannot be started: {Printable.Text(ProcessImage.Replace(words, environment))}.");
    }

    // What runs this runs the server, too.
    private static string Host()
    {
        var own = Environment.ProcessPath;
        return Path.GetFileNameWithoutExtension(own) == "dotnet" ? own!
            : Variable("DOTNET_HOST_PATH") ?? (Variable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "dotnet")).FirstOrDefault(File.Exists)
            ?? throw new CommandRefusedException(ExitStatus.Unavailable, "There is no dotnet on the PATH to run the server with; install the .NET 10 runtime.");
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
