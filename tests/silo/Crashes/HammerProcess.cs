using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Crashes;

/// <summary>A silo process under load, and everything it said until it was killed.</summary>
internal sealed class HammerProcess : IDisposable
{
    public const string Verb = "hammer";

    private readonly Process _process;
    private readonly Task _reading;
    private readonly Lock _gate = new();
    private readonly List<(int Done, TaskCompletionSource Reached)> _awaited = [];
    private int _done;
    private string _last = "";

    private HammerProcess(Process process, ConcurrentQueue<string> said)
    {
        _process = process;
        _reading = Task.Run(async () =>
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                said.Enqueue(line);
                _last = line;
                if (line.StartsWith("ok ", StringComparison.Ordinal))
                {
                    CountOne();
                }
            }
        });
    }

    /// <summary>Completes once so many more requests were carried out.</summary>
    public Task UntilDoneAsync(int more)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _awaited.Add((_done + more, reached));
        }

        return reached.Task.WaitAsync(TestFolder.Patience);
    }

    public static async Task<HammerProcess> StartAsync(ConcurrentQueue<string> said, string connectionString, string keyFile, int seed, IEnumerable<Guid> instances)
    {
        string[] words = [typeof(HammerProcess).Assembly.Location, Verb, connectionString, keyFile, seed.ToString(CultureInfo.InvariantCulture), .. instances.Select(id => id.ToString("D"))];
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, words) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal("ready", await process.StandardOutput.ReadLineAsync().WaitAsync(TestFolder.Patience));
            return new HammerProcess(process, said);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>What it came to, for whoever wonders why nothing goes on.</summary>
    public override string ToString() => $"process {_process.Id}{(_process.HasExited ? $", which ended with {_process.ExitCode}" : "")}: {_done} carried out, last it said '{_last}'";

    /// <summary>SIGSTOP: it stands still, with whatever it holds.</summary>
    public Task StopAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>kill -9, and the last of what it said.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        await _reading.WaitAsync(TestFolder.Patience);
    }

    /// <summary>Lets it finish what it does.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        await _reading.WaitAsync(TestFolder.Patience);
        Assert.Equal(0, _process.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void CountOne()
    {
        lock (_gate)
        {
            _done++;
            _awaited.Where(awaited => awaited.Done <= _done).ToList().ForEach(awaited => awaited.Reached.TrySetResult());
            _awaited.RemoveAll(awaited => awaited.Done <= _done);
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(TestFolder.Patience);
    }
}
