using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Commands;

/// <summary><c>gantral redact</c>: what is erased is said before, asked about, and gone after.</summary>
public sealed class RedactCommandTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Officer = "dora: gantral.admin";

    private ServedSilo _silo = null!;
    private string _id = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
        _id = (string)(await _silo.MadeAsync("agent! gantral.operator", "/v1/instances", $$$"""{"workflow_id":"{{{_silo.Name}}}","workflow_version":"1","trigger_context":{"name":"Rumpelstiltskin"}}"""))["instance_id"]!;
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task On_a_terminal_it_says_what_will_be_gone_for_good_and_asks()
    {
        await EndAsync();
        var no = await _silo.TypeAsync(Officer, "asked for\nno\n", "redact", _id, "--sequence", "1", "--field", "trigger_context");
        Assert.Equal((5, "Rumpelstiltskin"), (no.Status, await NameAsync()));
        Assert.All(
            [$"Instance {_id}", "This erases for good: trigger_context of entry 1, CREATED at", "It cannot be undone", "bundles still", "Erase it for good? [y/N]", "Nothing was erased."],
            word => Assert.Contains(word, no.Output, StringComparison.Ordinal));

        var yes = await _silo.TypeAsync(Officer, "asked for\ny\n", "redact", _id, "--sequence", "1", "--field", "trigger_context");
        Assert.Equal((0, null), (yes.Status, await NameAsync()));
        Assert.Contains("trigger_context of entry 1 of instance", yes.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_says_yes_and_why_and_nothing_is_erased_of_what_goes_on()
    {
        string[] line = ["redact", _id, "--sequence", "1", "--field", "trigger_context"];
        string[] sure = [.. line, "--yes", "--justification", "asked for", "--json"];
        Assert.Equal(64, (await _silo.RunAsync(Officer, line)).Status);
        Assert.Equal(64, (await _silo.RunAsync(Officer, [.. line, "--yes"])).Status);
        Assert.Equal(64, (await _silo.RunAsync(Officer, [.. sure, "--field", "thoughts"])).Status);
        var early = await _silo.RunAsync(Officer, sure);
        Assert.Equal((4, "", "Rumpelstiltskin"), (early.Status, early.Output, await NameAsync()));

        await EndAsync();
        Assert.Equal(69, (await _silo.RunAsync("agent! gantral.operator", sure)).Status);
        Assert.Equal(69, (await _silo.RunAsync(Officer, [.. line, "--yes", "--justification", "it named Rumpelstiltskin"])).Status);
        Assert.Equal("Rumpelstiltskin", await NameAsync());
        var made = await _silo.RunAsync(Officer, [.. sure, "--key", "once"]);
        Assert.Equal((0, "", "TERMINATED", null), (made.Status, made.Error, (string?)made.Json["state"], made.Json["trigger_context"]));
        Assert.Equal(made.Output, (await _silo.RunAsync(Officer, [.. sure, "--key", "once"])).Output);
    }

    private Task EndAsync() => _silo.MadeAsync("agent! gantral.operator", $"/v1/instances/{_id}/cancel", "{}");

    private async Task<string?> NameAsync() => (string?)(await _silo.GetAsync(Officer, $"/v1/instances/{_id}")).Body!["trigger_context"]?["name"];
}
