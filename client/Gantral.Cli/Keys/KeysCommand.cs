using System.CommandLine;
using Gantral.Cli.Help;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Keys;

/// <summary><c>gantral keys</c>: the public keys that evidence is verified with.</summary>
internal static class KeysCommand
{
    private const string DataVariable = "GANTRAL_DATA";
    private const string FileName = "keys.json";

    /// <summary>Makes the command.</summary>
    public static Command Create() => new("keys", "Work with the public keys that evidence is verified with.") { CreateExport() };

    private static ExplainedCommand CreateExport()
    {
        var output = new Option<string>("--out") { Description = "The file to write; standard output when not given.", HelpName = "FILE", DefaultValueFactory = _ => OutputFile.StandardOutput };
        var data = new Option<string>("--data") { Description = $"Take them from this silo's data folder; {DataVariable} when not given.", HelpName = "DIR" };
        var command = new ExplainedCommand(
            "export",
            "Print the trusted keys file: the public keys of the logs, and nothing secret.",
            $"""
            An auditor gets this file by another way than the evidence. It comes from the server in {GantralServer.AddressVariable} if that is
            set (with the token in {GantralServer.TokenVariable}), and else from the data folder of a silo on this machine.

            Exit status: 0 the keys are written; 3 the data folder has none; 64 the command line is wrong; 69 the server cannot be reached or refuses; 73 the file cannot be written

            Example:
              gantral keys export --out keys.json
            """)
        {
            output, data,
        };
        command.SetAction((parsed, interrupted) => RunAsync(parsed.GetValue(data), parsed.GetRequiredValue(output), interrupted));
        return command;
    }

    private static async Task<int> RunAsync(string? chosenFolder, string output, CancellationToken interrupted)
    {
        var fromServer = chosenFolder is null && Environment.GetEnvironmentVariable(GantralServer.AddressVariable) is { Length: > 0 };
        if (!fromServer && (chosenFolder ?? Environment.GetEnvironmentVariable(DataVariable)) is { Length: > 0 } folder)
        {
            var keys = await OfFolderAsync(folder, interrupted).ConfigureAwait(false);
            await OutputFile.WriteAsync(output, async file =>
            {
                await file.WriteAsync(keys, interrupted).ConfigureAwait(false);
                return keys.Length;
            }).ConfigureAwait(false);
            return 0;
        }

        using var server = GantralServer.OfEnvironment();
        await OutputFile.WriteAsync(output, file => server.DownloadAsync("v1/audit/keys", file, _ => { }, interrupted)).ConfigureAwait(false);
        return 0;
    }

    private static async Task<byte[]> OfFolderAsync(string folder, CancellationToken interrupted)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return await File.ReadAllBytesAsync(path, interrupted).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException(
                ExitStatus.Unusable,
                $"{Printable.Text(path)} cannot be read ({Printable.Text(refused.Message.TrimEnd('.'))}). Start the silo once with ./run, name its data folder with --data, or set {GantralServer.AddressVariable} to ask a server.",
                refused);
        }
    }
}
