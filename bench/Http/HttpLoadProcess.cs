using System.Diagnostics;
using System.Globalization;
using Gantral.Bench.Lives;
using Gantral.Bench.Running;

namespace Gantral.Bench.Http;

/// <summary>A process of its own that asks over HTTP, so that what the asking costs is not taken for the silo's.</summary>
internal sealed class HttpLoadProcess : IAsyncDisposable
{
    public const string Verb = "http-child";

    private readonly Process _process;

    private HttpLoadProcess(Process process) => _process = process;

    public static Task<HttpLoadProcess> StartAsync(BenchGateway gateway) =>
        StartAsync(gateway.Address, gateway.Token("agent-7", "workload", ["gantral.operator", "gantral.runner"]), gateway.Token("alice", "human", ["release-manager"]));

    public static async Task<HttpLoadProcess> StartAsync(Uri address, string agent, string alice)
    {
        string[] words = [typeof(HttpLoadProcess).Assembly.Location, Verb, address.ToString(), agent, alice];
        var load = new HttpLoadProcess(Process.Start(new ProcessStartInfo(Environment.ProcessPath!, words) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
        await load.AnswerAsync();
        return load;
    }

    /// <summary>What the child does, a line for a line: <c>live AT-ONCE MILLISECONDS</c>, <c>pace LIVES-A-SECOND MILLISECONDS</c>, <c>start COUNT</c> or <c>wait COUNT</c>; it answers with how many transitions in how many seconds, and how long each request took, starts before creations.</summary>
    public static async Task<int> RunChildAsync(string[] args)
    {
        using var requests = new HttpRequests(new Uri(args[0]), args[1], args[2]);
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var first = int.Parse(words[1], CultureInfo.InvariantCulture);
            try
            {
                var (transitions, seconds, times) = words[0] switch
                {
                    "live" => await new WorkedLives(requests).LiveAsync(first, TimeSpan.FromMilliseconds(int.Parse(words[2], CultureInfo.InvariantCulture))),
                    "pace" => await new WorkedLives(requests).PaceAsync(first, TimeSpan.FromMilliseconds(int.Parse(words[2], CultureInfo.InvariantCulture))),
                    "wait" => (3 * first, await requests.LetWaitAsync(first), []),
                    _ => await requests.StartAsync(first) is var (starts, creations) ? (first, 0, [.. starts, .. creations]) : default,
                };
                Console.WriteLine(string.Join(' ', times.Prepend(seconds).Prepend(transitions).Select(number => number.ToString("F4", CultureInfo.InvariantCulture))));
            }
            catch (Exception wrong) when (wrong is WrongAnswerException or HttpRequestException)
            {
                Console.WriteLine($"wrong {wrong.Message.ReplaceLineEndings(" ")}");
            }
        }

        return 0;
    }

    /// <summary>So many lives at once for a time.</summary>
    public async Task<(double PerSecond, double[] Milliseconds)> LiveAsync(int atOnce, TimeSpan time)
    {
        var numbers = await TellAsync(string.Create(CultureInfo.InvariantCulture, $"live {atOnce} {time.TotalMilliseconds:0}"));
        return (numbers[0] / numbers[1], numbers[2..]);
    }

    /// <summary>So many lives per second for a time, however long each takes.</summary>
    public async Task<(double PerSecond, double[] Milliseconds)> PaceAsync(int perSecond, TimeSpan time)
    {
        var numbers = await TellAsync(string.Create(CultureInfo.InvariantCulture, $"pace {perSecond} {time.TotalMilliseconds:0}"));
        return (numbers[0] / numbers[1], numbers[2..]);
    }

    /// <summary>So many instances that are created and then started, one after the other: how long each took.</summary>
    public async Task<(double[] Starts, double[] Creations)> StartAsync(int count)
    {
        var times = (await TellAsync(string.Create(CultureInfo.InvariantCulture, $"start {count}")))[2..];
        return (times[..count], times[count..]);
    }

    /// <summary>So many instances that wait for a person: how many transitions per second it took.</summary>
    public async Task<double> LetWaitAsync(int count)
    {
        var numbers = await TellAsync(string.Create(CultureInfo.InvariantCulture, $"wait {count}"));
        return numbers[0] / numbers[1];
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<double[]> TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        var words = (await AnswerAsync()).Split(' ');
        return words[0] == "wrong"
            ? throw new WrongAnswerException(string.Join(' ', words[1..]))
            : [.. words.Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
    }

    private async Task<string> AnswerAsync() => await _process.StandardOutput.ReadLineAsync() ?? throw new WrongAnswerException("the process that asks ended by itself");
}
