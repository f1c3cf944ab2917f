using System.Diagnostics;
using System.Globalization;
using Gantral.Silo.Embedded;

namespace Gantral.Silo.Tests.Embedded;

/// <summary>A process of its own that holds an embedded PostgreSQL: killed for real, it can tidy nothing up.</summary>
internal sealed class SiloProcess : IDisposable
{
    private readonly Process _process;

    private SiloProcess(Process process, int serverProcessId)
    {
        _process = process;
        ServerProcessId = serverProcessId;
    }

    public int Id => _process.Id;

    public int ServerProcessId { get; }

    /// <summary>What the child does: starts, says so, and lives until its input ends.</summary>
    public static async Task<int> LiveAsync(string[] args)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedOptions { DataFolder = args[0] });
        Console.WriteLine(postgres.ServerProcessId.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>Starts one on a data folder and waits until its PostgreSQL runs.</summary>
    public static async Task<SiloProcess> StartAsync(string dataFolder)
    {
        var process = Launch(dataFolder);
        try
        {
            var said = await process.StandardOutput.ReadLineAsync().WaitAsync(TestFolder.Patience);
            return new(process, int.Parse(said!, NumberStyles.None, CultureInfo.InvariantCulture));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Starts one and does not wait; in a group of its own, as a terminal does it.</summary>
    public static Process Launch(string dataFolder) => Process.Start(new ProcessStartInfo("setsid", [Environment.ProcessPath!, typeof(SiloProcess).Assembly.Location, dataFolder])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>What Ctrl-C does: SIGINT to every process of the group.</summary>
    public async Task InterruptGroupAsync()
    {
        using var kill = Process.Start("kill", ["-INT", "--", $"-{Id}"]);
        await kill.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        await _process.WaitForExitAsync().WaitAsync(TestFolder.Patience);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
