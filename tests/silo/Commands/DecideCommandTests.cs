using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Commands;

/// <summary><c>gantral pending</c>, <c>show</c>, <c>approve</c>, <c>reject</c> and <c>override</c>: what people see is what they decide.</summary>
public sealed class DecideCommandTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
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
    public async Task What_waits_is_listed_shown_and_approved_by_the_hash_of_what_was_seen()
    {
        var id = await _silo.WaitingAsync();
        var list = await _silo.RunAsync(Alice, "pending");
        Assert.Equal((0, ""), (list.Status, list.Error));
        Assert.Matches($@"\AINSTANCE .*\n{id}  {_silo.Name}@1  deploy  2\d min \d\d s  agent\n\z", list.Output);
        var hash = (string)(await _silo.RunAsync(Alice, "pending", "--json")).Json["instances"]![0]!["pending"]!["context_snapshot_hash"]!;
        var shown = await _silo.RunAsync(Alice, "show", id);
        Assert.All(["WAITING_FOR_HUMAN", "\"environment\": \"production\"", hash, "what you see is what the decision will bind", "gantral.auditor"], word => Assert.Contains(word, shown.Output, StringComparison.Ordinal));
        Assert.DoesNotContain('\e', shown.Output);

        Assert.Equal(64, (await _silo.RunAsync(Alice, "approve", id)).Status);
        Assert.Equal(64, (await _silo.RunAsync(Alice, "approve", id, "--yes", "--justification", "read it")).Status);
        var stale = await _silo.RunAsync(Alice, "approve", id, "--yes", "--justification", "read it", "--snapshot-hash", new string('0', 64));
        Assert.Equal((4, ""), (stale.Status, stale.Output));
        Assert.Contains(hash, stale.Error, StringComparison.Ordinal);
        Assert.Equal(69, (await _silo.RunAsync("carol: cto", "approve", id, "--yes", "--justification", "read it", "--snapshot-hash", hash)).Status);
        var robot = await _silo.RunAsync("robot! release-manager", "approve", id, "--yes", "--justification", "read it", "--snapshot-hash", hash);
        Assert.Equal((69, "WAITING_FOR_HUMAN"), (robot.Status, (string?)(await _silo.GetAsync(Alice, $"/v1/instances/{id}")).Body!["state"]));

        var made = await _silo.RunAsync(Alice, "approve", id, "--yes", "--justification", "read it", "--snapshot-hash", hash, "--json");
        Assert.Equal((0, "", "RESUMED", "release-manager"), (made.Status, made.Error, (string?)made.Json["instance"]!["state"], (string?)made.Json["role"]));
        var late = await _silo.RunAsync("bob: release-manager", "reject", id, "--yes", "--justification", "too late", "--snapshot-hash", hash);
        Assert.Equal((4, ""), (late.Status, late.Output));
        Assert.Contains("APPROVE by alice as release-manager", late.Error, StringComparison.Ordinal);
        Assert.Contains("APPROVED", (await _silo.RunAsync("ann: gantral.auditor", "show", id)).Output, StringComparison.Ordinal);
        Assert.Equal("APPROVED", (string?)(await _silo.RunAsync("ann: gantral.auditor", "show", id, "--json")).Json["history"]![3]!["type"]);
        Assert.Equal("Nothing waits for you.\n", (await _silo.RunAsync(Alice, "pending")).Output);
    }

    [Fact]
    public async Task On_a_terminal_it_shows_what_is_bound_and_what_changes_and_asks()
    {
        var id = await _silo.WaitingAsync();
        var no = await _silo.TypeAsync(Alice, "checked\nno\n", "override", id, "--delta", """{"percent":5}""");
        Assert.Equal((5, "WAITING_FOR_HUMAN"), (no.Status, (string?)(await _silo.GetAsync(Alice, $"/v1/instances/{id}")).Body!["state"]));

        var yes = await _silo.TypeAsync(Alice, "checked\ny\n", "override", id, "--delta", """{"percent":5}""");
        Assert.Equal(0, yes.Status);
        Assert.All(["\"environment\": \"production\"", "\e[1;32m    + percent: 5", "OVERRIDE this as release-manager? [y/N]", "RESUMED"], word => Assert.Contains(word, yes.Output, StringComparison.Ordinal));
        Assert.Equal("""{"environment":"production","percent":5}""", (await _silo.GetAsync(Alice, $"/v1/instances/{id}")).Body!["context"]!.ToJsonString());
    }

    [Fact]
    public async Task Somebody_who_was_faster_while_it_was_read_is_named()
    {
        var id = await _silo.WaitingAsync();
        using var reading = Command.Launch(_silo.Address, _silo.Token(Alice), ["script", "-qec", $"'{WholeLife.SiloUnderTest.Host}' '{Runners.AgentFolder.Command}' approve {id}", "/dev/null"]);
        var error = reading.StandardError.ReadToEndAsync();
        var said = "";
        while (!said.Contains("Why?", StringComparison.Ordinal))
        {
            var letters = new char[4096];
            var some = await reading.StandardOutput.ReadAsync(letters).AsTask().WaitAsync(Embedded.TestFolder.Patience);
            Assert.NotEqual(0, some);
            said += new string(letters, 0, some);
        }

        Assert.Equal(201, (await _silo.PostAsync("bob: release-manager", "/v1/decisions", await _silo.DecisionAsync(id, "REJECT"))).Status);
        await reading.StandardInput.WriteAsync("read it\ny\n");
        await reading.StandardInput.FlushAsync();
        var rest = await reading.StandardOutput.ReadToEndAsync().WaitAsync(Embedded.TestFolder.Patience);
        await reading.WaitForExitAsync();

        Assert.Equal(("", 4), (await error, reading.ExitCode));
        Assert.Contains("REJECT by bob as release-manager", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instances_are_listed_page_by_page()
    {
        string[] made = [await _silo.RunningAsync(), await _silo.WaitingAsync(), await _silo.RunningAsync()];
        var first = await _silo.RunAsync(Alice, "instances", "--limit", "2", "--json");
        var second = await _silo.RunAsync(Alice, "instances", "--limit", "2", "--json", "--cursor", (string)first.Json["next_cursor"]!);
        Assert.Equal(made.Reverse(), first.Json["instances"]!.AsArray().Concat(second.Json["instances"]!.AsArray()).Select(one => (string)one!["instance_id"]!));
        var table = await _silo.RunAsync(Alice, "instances", "--limit", "2");
        Assert.Contains("--cursor", table.Error, StringComparison.Ordinal);
        Assert.Equal(3, table.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        var waiting = await _silo.RunAsync(Alice, "instances", "--state", "WAITING_FOR_HUMAN", "--workflow", _silo.Name, "--since", "2020-01-01T00:00:00Z");
        Assert.Equal((0, true, false), (waiting.Status, waiting.Output.Contains(made[1], StringComparison.Ordinal), waiting.Output.Contains(made[0], StringComparison.Ordinal)));
        Assert.Equal(64, (await _silo.RunAsync(Alice, "instances", "--state", "SLEEPING")).Status);
        var missing = await _silo.RunAsync(Alice, "show", Guid.NewGuid().ToString("D"));
        Assert.Equal((69, ""), (missing.Status, missing.Output));
    }
}
