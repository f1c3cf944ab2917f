using System.ComponentModel;
using System.Diagnostics;

namespace Gantral.Silo.Embedded;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    private const int CannotRun = 126;

    // Nothing else is handed on: the silo's environment may hold secrets, and PG* variables would redirect the server.
    private static readonly string[] Inherited = ["PATH", "LD_LIBRARY_PATH"];

    public static async Task<CommandOutcome> RunAsync(IEnumerable<string> words, CancellationToken cancellation)
    {
        var line = words.ToList();
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The server's account may not be allowed to enter the silo's folder.
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        foreach (var name in Inherited)
        {
            start.Environment[name] = Environment.GetEnvironmentVariable(name);
        }

        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            try
            {
                await process.WaitForExitAsync(cancellation);
                return new(process.ExitCode, $"{await output}{await errors}".Trim());
            }
            catch (OperationCanceledException)
            {
                // The program alone: a server that it has started is stopped properly by whoever knows of it.
                process.Kill();
                throw;
            }
        }
        catch (Win32Exception notStarted)
        {
            return new(CannotRun, notStarted.Message);
        }
    }
}
