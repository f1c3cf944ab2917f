using System.Diagnostics;
using System.Globalization;

namespace Gantral.Bench.Transitions;

/// <summary>A silo in a process of its own, that lives so many lives at once whenever it is told to.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    public const string Verb = "silo-child";

    private readonly Process _process;

    private SiloProcess(Process process) => _process = process;

    public static async Task<SiloProcess> StartAsync(BenchDatabase database, string keyFile, int atOnce)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(SiloProcess).Assembly.Location, Verb, database.Serving, keyFile, atOnce.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var silo = new SiloProcess(process);
        await silo.AnswerAsync().ConfigureAwait(false);
        return silo;
    }

    /// <summary>What the child does: for each line, that many milliseconds of lives, and then how many transitions per second.</summary>
    public static async Task<int> RunChildAsync(string[] args)
    {
        await using var silo = await BenchSilo.OpenAsync(args[0], await File.ReadAllTextAsync(args[1]));
        var atOnce = int.Parse(args[2], CultureInfo.InvariantCulture);
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var (made, seconds) = await new GrainLives().LiveAsync(silo.Host, atOnce, TimeSpan.FromMilliseconds(int.Parse(line, CultureInfo.InvariantCulture)));
            Console.WriteLine((made / seconds).ToString("R", CultureInfo.InvariantCulture));
        }

        return 0;
    }

    /// <summary>Lives for a time, and answers how many transitions per second that made.</summary>
    public async Task<double> LiveAsync(TimeSpan time)
    {
        await _process.StandardInput.WriteLineAsync(time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync().ConfigureAwait(false);
        return double.Parse(await AnswerAsync().ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task<string> AnswerAsync() =>
        await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) ?? throw new Running.WrongAnswerException("a silo process ended by itself");
}
