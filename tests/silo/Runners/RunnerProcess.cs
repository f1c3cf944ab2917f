using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.Runners;

/// <summary><c>gantral runner</c> as people run it: a process of its own, with agents that are scripts in a folder.</summary>
internal sealed class RunnerProcess : IDisposable
{
    private readonly Process _process;

    private RunnerProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => Said.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
    }

    /// <summary>What it wrote to standard error.</summary>
    public ConcurrentQueue<string> Said { get; } = [];

    /// <summary>Starts one. In its processes <c>gantral</c> is the command that was built.</summary>
    public static RunnerProcess Start(AgentFolder folder, Uri silo, string token, string[] options, params string[] command)
    {
        var start = new ProcessStartInfo(SiloUnderTest.Host, [AgentFolder.Command, "runner", .. options, "--", .. command]) { RedirectStandardError = true };
        start.Environment["GANTRAL_URL"] = silo.ToString();
        start.Environment["GANTRAL_TOKEN"] = token;
        start.Environment["AGENT_STORE"] = folder.Path;
        start.Environment["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["TMPDIR"] = folder.Temporary;
        return new RunnerProcess(Process.Start(start)!);
    }

    /// <summary>kill -9, the runner alone: what it started is left behind.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(TestFolder.Patience);
    }

    /// <summary>What Ctrl-C sends.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>How it ended.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
