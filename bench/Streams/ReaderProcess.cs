using System.Diagnostics;
using System.Globalization;
using Gantral.Bench.Running;

namespace Gantral.Bench.Streams;

/// <summary>All readers in a process of their own: what they cost is not the silo's, and only what crossed a socket counts.</summary>
internal sealed class ReaderProcess : IAsyncDisposable
{
    public const string Verb = "stream-readers";

    private const string Measure = "measure";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ReaderProcess(Process process) => _process = process;

    /// <summary>Starts them; answers when each of them follows.</summary>
    /// <param name="address">Of the silo.</param>
    /// <param name="tokenFile">A team and its token on each line.</param>
    /// <param name="ofEach">How many readers each team has.</param>
    public static async Task<ReaderProcess> StartAsync(Uri address, string tokenFile, int ofEach)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(ReaderProcess).Assembly.Location, Verb, address.ToString(), tokenFile, ofEach.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var readers = new ReaderProcess(process);
        await readers.AnswerAsync();
        return readers;
    }

    /// <summary>What the child does.</summary>
    public static async Task<int> RunChildAsync(string[] args)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue, UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(args[0]), Timeout = Timeout.InfiniteTimeSpan };
        using var stop = new CancellationTokenSource();
        var ofEach = int.Parse(args[2], CultureInfo.InvariantCulture);
        var readers = (await File.ReadAllLinesAsync(args[1])).Select(line => line.Split(' ')).SelectMany(line => Enumerable.Range(0, ofEach).Select(_ => new TeamReader(client, line[0], line[1]))).ToList();
        var reading = readers.Select(reader => Task.Run(() => reader.ReadAsync(stop.Token))).ToList();
        await Task.WhenAll(readers.Select(reader => reader.Ready));
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line == Measure)
            {
                readers.ForEach(reader => reader.IsMeasured = true);
                continue;
            }

            var expected = line.Split(' ').Select(count => int.Parse(count, CultureInfo.InvariantCulture)).ToList();
            for (var since = Stopwatch.GetTimestamp(); readers.Index().Any(one => one.Item.Count < expected[one.Index / ofEach]) && Stopwatch.GetElapsedTime(since) < Patience;)
            {
                await Task.Delay(10);
            }

            await stop.CancelAsync();
            await Task.WhenAll(reading);
            await using (var file = new BinaryWriter(File.Create(CameFile(args[1]))))
            {
                foreach (var (position, at) in readers.SelectMany(reader => reader.Came))
                {
                    file.Write(position);
                    file.Write(at);
                }
            }

            readers.ForEach(Console.WriteLine);
        }

        return 0;
    }

    /// <summary>When each entry comes counts from now on.</summary>
    public Task MeasureAsync() => SayAsync(Measure);

    /// <summary>Where it is written which position came when, in milliseconds since 1970.</summary>
    public static string CameFile(string tokenFile) => $"{tokenFile}.came";

    /// <summary>Waits until each has as many entries as its team has; answers what each got.</summary>
    public async Task<IReadOnlyList<string>> EndAsync(IReadOnlyList<int> expected, int ofEach)
    {
        await SayAsync(string.Join(' ', expected));
        var got = new List<string>();
        while (got.Count < expected.Count * ofEach)
        {
            got.Add(await AnswerAsync());
        }

        return got;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task SayAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    private async Task<string> AnswerAsync() => await _process.StandardOutput.ReadLineAsync() ?? throw new WrongAnswerException("the process of the readers ended by itself");
}
