using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Reference;

namespace Gantral.Silo.Tests.WholeLife;

/// <summary>A silo as people run it: the executable in a process of its own, its own database, tokens from the command line.</summary>
public sealed class SiloUnderTest : IAsyncLifetime, IDisposable
{
    private readonly Dictionary<(string Who, string Team), string> _tokens = [];
    private readonly HttpClient _client = new();
    private Process? _process;

    internal TestFolder Folder { get; } = new();

    /// <summary>What it is told in its environment beside the development identity.</summary>
    internal (string Name, string Value)[] Settings { get; init; } = [];

    /// <summary>What runs an assembly.</summary>
    internal static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Starts the executable with these words, its output kept.</summary>
    internal static Process Launch(string[] words, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Host, [Path.Combine(AppContext.BaseDirectory, "Gantral.Silo.dll"), .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public Task InitializeAsync() => StartAsync();

    public async Task StartAsync()
    {
        _process = Launch(["serve", "--port", "0", "--data", Folder.Path], [("Gantral__Identity__Dev", "true"), .. Settings]);
        // The log must be read, or the silo waits for room to write.
        _process.ErrorDataReceived += (_, line) => Log.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
        var ready = await _process.StandardOutput.ReadLineAsync().WaitAsync(TestFolder.Patience);
        Assert.True(ready is not null, $"The silo ended before it was ready: {string.Join('\n', Log)}");
        Address = new Uri(ready["Gantral is ready: ".Length..]);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>What it wrote to its log.</summary>
    internal ConcurrentQueue<string> Log { get; } = new();

    internal int ProcessId => _process!.Id;

    /// <summary>Stops it as a supervisor does, and answers how it ended.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        await _process.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        return _process.ExitCode;
    }

    internal async Task<Answered> PostAsync(string who, string path, string body, string? key = null, string team = "payments") =>
        await SendAsync(ServedApi.Request("POST", path, await TokenAsync(who, team), new StringContent(body, Encoding.UTF8, "application/json"), key));

    internal async Task<Answered> GetAsync(string who, string path) => await SendAsync(ServedApi.Request("GET", path, await TokenAsync(who)));

    /// <summary>Runs the command in somebody's name, and answers how it ended and what it printed.</summary>
    internal async Task<(int Status, string Said)> RunAsync(string who, params string[] words)
    {
        var start = new ProcessStartInfo(Host, [Path.Combine(AppContext.BaseDirectory, "gantral.dll"), .. words]) { RedirectStandardOutput = true };
        start.Environment["GANTRAL_URL"] = Address.ToString();
        start.Environment["GANTRAL_TOKEN"] = await TokenAsync(who);
        using var command = Process.Start(start)!;
        var said = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        return (command.ExitCode, said);
    }

    public async Task DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await StopAsync();
        }

        await Folder.DisposeAsync();
    }

    public void Dispose()
    {
        _client.Dispose();
        _process?.Dispose();
    }

    private async Task<Answered> SendAsync(HttpRequestMessage request)
    {
        request.RequestUri = new Uri(Address, request.RequestUri!);
        using var response = await _client.SendAsync(request);
        var answered = await Answered.ReadAsync(response);
        ServedDocument.Check(request, answered);
        return answered;
    }

    // A person is written "alice: role role"; a program "agent! role role".
    internal async Task<string> TokenAsync(string who, string team = "payments")
    {
        if (_tokens.TryGetValue((who, team), out var known))
        {
            return known;
        }

        var parts = who.Split([':', '!'], 2);
        var roles = parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(role => new[] { "--role", role });
        string[] words = ["dev", "token", "--data", Folder.Path, "--actor", parts[0], "--team", team, "--kind", who.Contains('!', StringComparison.Ordinal) ? "workload" : "human", .. roles];
        using var command = Process.Start(new ProcessStartInfo(Host, [Path.Combine(AppContext.BaseDirectory, "gantral.dll"), .. words]) { RedirectStandardOutput = true })!;
        var token = (await command.StandardOutput.ReadToEndAsync()).Trim();
        await command.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        return _tokens[(who, team)] = token;
    }
}
