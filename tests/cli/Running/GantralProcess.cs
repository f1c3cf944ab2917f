using System.Diagnostics;

namespace Gantral.Cli.Tests.Running;

/// <summary>Runs the built command as whoever installs it would: a process of its own.</summary>
internal sealed class GantralProcess
{
    private static readonly string Command = Path.Combine(AppContext.BaseDirectory, "gantral.dll");

    /// <summary>What the command reads from standard input.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>Where it is run.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Changes its environment.</summary>
    public Action<IDictionary<string, string?>>? Environs { get; init; }

    /// <summary>Runs the command to its end.</summary>
    public static Task<Outcome> Run(params string[] arguments) => new GantralProcess().RunAsync(arguments);

    /// <summary>Runs the command to its end.</summary>
    public async Task<Outcome> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = ReadAll(process.StandardOutput);
        var error = ReadAll(process.StandardError);
        await process.StandardInput.BaseStream.WriteAsync(Input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await error);
    }

    /// <summary>Starts the command and leaves it running.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Command, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        Environs?.Invoke(start.Environment);
        return Process.Start(start)!;
    }

    private static async Task<string> ReadAll(StreamReader reader) => await reader.ReadToEndAsync();
}
