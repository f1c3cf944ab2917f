using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Commands;

/// <summary><c>gantral watch</c>: what happens, line by line.</summary>
public sealed class WatchCommandTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Alice = "alice: release-manager";

    private ServedSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task It_prints_what_happens_until_it_is_interrupted_and_goes_on_after_an_event()
    {
        var (lines, made) = (new ConcurrentQueue<string>(), new List<string>());
        using var watching = _silo.Start(Alice, _silo.Address, "watch", "--workflow", _silo.Name, "--type", "WAITING_FOR_HUMAN", "--json");
        watching.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        watching.BeginOutputReadLine();
        // When it begins to listen nobody knows.
        await Until.TrueAsync(async () =>
        {
            made.Add(await _silo.WaitingAsync());
            return !lines.IsEmpty;
        });
        var last = await _silo.WaitingAsync();
        await Until.TrueAsync(() => lines.Any(line => line.Contains(last, StringComparison.Ordinal)));
        using (var kill = System.Diagnostics.Process.Start("kill", ["-INT", watching.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await watching.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        }

        Assert.Equal(130, watching.ExitCode);
        var first = JsonNode.Parse(lines.First())!;
        Assert.Contains((string)first["instance_id"]!, made);
        Assert.Equal("WAITING_FOR_HUMAN", (string?)first["type"]);

        using var after = _silo.Start(Alice, _silo.Address, "watch", "--type", "WAITING_FOR_HUMAN", "--instance", last, "--after", (string)first["event_id"]!);
        var line = await after.StandardOutput.ReadLineAsync().WaitAsync(TestFolder.Patience);
        after.Kill();
        Assert.EndsWith($"WAITING_FOR_HUMAN  RUNNING → WAITING_FOR_HUMAN  {_silo.Name}  {last}", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_nowhere_is_refused_at_once()
    {
        var refused = await _silo.RunAsync(Alice, "watch", "--after", "nowhere");

        Assert.Equal((69, ""), (refused.Status, refused.Output));
    }
}
