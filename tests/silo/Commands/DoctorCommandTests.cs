using System.Text.Json.Nodes;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Commands;

/// <summary><c>gantral doctor</c>: what is well and what is not, and a log that only grew.</summary>
public sealed class DoctorCommandTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime, IDisposable
{
    private const string Ann = "ann: gantral.auditor";

    private readonly string _folder = Directory.CreateTempSubdirectory("gantral-doctor-").FullName;
    private ServedSilo _silo = null!;

    private string Keys => Path.Combine(_folder, "keys.json");

    private string Head => Path.Combine(_folder, "head");

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
        Assert.Equal(0, (await _silo.RunAsync(Ann, "keys", "export", "--out", Keys)).Status);
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_is_well_and_the_log_is_proven_to_have_grown_since_the_last_time()
    {
        var first = await _silo.RunAsync(Ann, "doctor", "--keys", Keys, "--checkpoint", Head, "--json");
        Assert.Equal((0, true), (first.Status, (bool)first.Json["ok"]!));
        Assert.Equal(
            ["settings", "server", "clock", "database", "ledger", "token", "keys", "logs", "log head"],
            first.Json["checks"]!.AsArray().Select(check => (string)check!["check"]!));
        Assert.All(first.Json["checks"]!.AsArray(), check => Assert.Equal("OK", (string?)check!["result"]));
        var before = await File.ReadAllTextAsync(Head);

        for (var i = 0; i < 12; i++)
        {
            await _silo.RunningAsync();
        }

        var second = await _silo.RunAsync(Ann, "doctor", "--keys", Keys, "--checkpoint", Head);
        Assert.Equal(0, second.Status);
        Assert.Contains("it only grew since", second.Output, StringComparison.Ordinal);
        Assert.NotEqual(before, await File.ReadAllTextAsync(Head));
        Assert.Contains("only grew", (await _silo.RunAsync(Ann, "doctor", "--checkpoint", Head)).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await _silo.RunAsync(Ann, "doctor", "--keys", Keys, "--checkpoint", Head, "--log", "2")).Status);
    }

    [Fact]
    public async Task What_is_not_well_says_so_and_stays_as_it_was()
    {
        var blind = await _silo.RunAsync("alice: release-manager", "doctor", "--keys", Keys);
        Assert.Equal(0, blind.Status);
        Assert.Contains("WARN  logs", blind.Output, StringComparison.Ordinal);

        await _silo.RunAsync(Ann, "doctor", "--keys", Keys, "--checkpoint", Head);
        var lines = await File.ReadAllLinesAsync(Head);
        lines[1] = "1";
        await File.WriteAllLinesAsync(Head, lines);
        var forged = await _silo.RunAsync(Ann, "doctor", "--keys", Keys, "--checkpoint", Head);
        Assert.Equal(1, forged.Status);
        Assert.Contains("FAIL  log head", forged.Output, StringComparison.Ordinal);
        Assert.Equal(lines, await File.ReadAllLinesAsync(Head));

        var keys = JsonNode.Parse(await File.ReadAllTextAsync(Keys))!;
        keys["logs"]!.AsArray().RemoveAt(0);
        await File.WriteAllTextAsync(Keys, keys.ToJsonString());
        Assert.Contains("WARN  keys", (await _silo.RunAsync(Ann, "doctor", "--keys", Keys)).Output, StringComparison.Ordinal);
        var stranger = Command.Launch(_silo.Address, "no.such.token", [WholeLife.SiloUnderTest.Host, Runners.AgentFolder.Command, "doctor"]);
        Assert.Contains("FAIL  token", await stranger.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
        stranger.Dispose();
    }
}
