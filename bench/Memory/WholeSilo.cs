using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Gantral.Bench.Http;
using Gantral.Bench.Running;
using Gantral.Bench.Transitions;
using Gantral.Silo.Identity.Development;

namespace Gantral.Bench.Memory;

/// <summary>A silo as people run it: the executable with everything in it, in a process and with a PostgreSQL of its own.</summary>
internal sealed class WholeSilo : IAsyncDisposable
{
    private const string Ready = "Gantral is ready: ";

    private readonly Process _process;
    private readonly ECDsa _key = ECDsa.Create();

    private WholeSilo(Process process) => _process = process;

    public Uri Address { get; private set; } = null!;

    public static async Task<WholeSilo> StartAsync(string dataFolder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "Gantral.Silo.dll"), "serve", "--port", "0", "--data", dataFolder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Gantral__Identity__Dev"] = "true" },
        };
        var silo = new WholeSilo(Process.Start(start)!);

        // A log that nobody reads would stop it.
        silo._process.BeginErrorReadLine();
        var line = await silo._process.StandardOutput.ReadLineAsync();
        if (line?.StartsWith(Ready, StringComparison.Ordinal) != true)
        {
            throw new WrongAnswerException($"the silo did not start: {line}");
        }

        silo.Address = new Uri(line[Ready.Length..]);
        silo._key.ImportFromPem(await File.ReadAllTextAsync(DevelopmentIssuer.KeyFileIn(dataFolder)));
        return silo;
    }

    public string Token(string actor, string kind, params IEnumerable<string> roles) => BenchToken.Of(_key, actor, kind, roles, "payments");

    /// <summary>Registers what lives are bound to.</summary>
    public async Task RegisterAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token("paul", "human", "gantral.author", "gantral.policy_author"));
        await PostAsync(client, "/v1/policies", GrainLives.Policy("payments"));
        await PostAsync(client, "/v1/workflows", GrainLives.Workflow("payments"));
    }

    /// <summary>How much memory the process has, and the most that it ever had, in MiB.</summary>
    public (double Now, double Most) Memory()
    {
        var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status"));
        return (Read("VmRSS:"), Read("VmHWM:"));

        double Read(string name) => double.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        using (var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await stop.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _key.Dispose();
    }

    private static async Task PostAsync(HttpClient client, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var response = await client.SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            throw new WrongAnswerException($"{path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }
    }
}
