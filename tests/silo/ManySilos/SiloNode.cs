using System.Diagnostics;
using System.Globalization;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.ManySilos;

/// <summary>One of several silo processes over one database, with an identity that they share.</summary>
internal sealed class SiloNode : IDisposable
{
    private readonly Process _process;

    private SiloNode(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<SiloNode> StartAsync(string data, string database, string keyFile)
    {
        var process = SiloUnderTest.Launch(["serve", "--port", "0", "--data", data], ("Gantral__Identity__Dev", "true"), ("Gantral__Database", database), ("Gantral__SigningKeyFile", keyFile));
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var ready = await process.StandardOutput.ReadLineAsync().WaitAsync(TestFolder.Patience);
        return new SiloNode(process, new Uri(ready!["Gantral is ready: ".Length..]));
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(TestFolder.Patience);
    }

    /// <summary>What a supervisor does; answers how it ended.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        await _process.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
