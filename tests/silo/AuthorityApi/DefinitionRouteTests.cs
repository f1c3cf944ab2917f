using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.AuthorityApi;

/// <summary>Lists of what governs, and what it takes to let policy only observe.</summary>
public sealed class DefinitionRouteTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Anybody = "nora:";

    private ServedSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    [Fact]
    public async Task The_versions_of_a_team_are_listed_the_newest_first_and_page_without_gap_or_repetition()
    {
        await _silo.MadeAsync("wilma: gantral.author", "/v1/workflows", _silo.WorkflowOf($"{_silo.Name}@1", version: "2"));
        await _silo.MadeAsync("wilma: gantral.author", "/v1/workflows", _silo.WorkflowOf($"{_silo.Name}@1", version: "10"));
        var first = (await _silo.GetAsync(Anybody, $"/v1/workflows?limit=2&workflow_id={_silo.Name}")).Body!;
        var second = (await _silo.GetAsync(Anybody, $"/v1/workflows?limit=2&cursor={(string?)first["next_cursor"]}")).Body!;

        Assert.Equal(["10", "2", "1"], first["workflows"]!.AsArray().Concat(second["workflows"]!.AsArray()).Select(one => (string)one!["version"]!));
        Assert.Null(second["next_cursor"]);
        var shown = second["workflows"]![0]!;
        Assert.Equal((_silo.Name, _silo.Name, $"{_silo.Name}@1", "HIGH", "ENFORCE", "wilma"), (
            (string?)shown["owning_team_id"], (string?)shown["workflow_id"], (string?)shown["policy_version_id"], (string?)shown["materiality"], (string?)shown["mode"], (string?)shown["registered_by"]));
        var policy = Assert.Single((await _silo.GetAsync(Anybody, $"/v1/policies?policy_id={_silo.Name}")).Body!["policies"]!.AsArray())!;
        Assert.Equal(($"{_silo.Name}@1", "paul"), ((string?)policy["policy_version_id"], (string?)policy["registered_by"]));
    }

    [Theory]
    [InlineData("workflows")]
    [InlineData("policies")]
    public async Task Nothing_of_another_team_is_listed(string what)
    {
        Assert.NotEmpty((await _silo.GetAsync(Anybody, $"/v1/{what}")).Body![what]!.AsArray());
        Assert.Empty((await _silo.GetAsAsync(_silo.Token("eve: gantral.admin", "strangers"), $"/v1/{what}")).Body![what]!.AsArray());
    }

    [Theory]
    [InlineData("/v1/workflows?policy_id=x")]
    [InlineData("/v1/workflows?cursor=AAAA")]
    [InlineData("/v1/policies?limit=0")]
    [InlineData("/v1/policies?policy_id=%00")]
    public async Task A_query_that_is_not_understood_is_refused(string path) => (await _silo.GetAsync(Anybody, path)).IsProblem(400, "invalid_body");

    [Theory]
    [InlineData("wilma: gantral.author")]
    [InlineData("olga: gantral.author gantral.operator gantral.auditor")]
    public async Task Who_writes_workflows_does_not_by_that_let_policy_stop_nobody(string who)
    {
        var refused = await _silo.PostAsync(who, "/v1/workflows", _silo.WorkflowOf($"{_silo.Name}@1", "OBSERVE", "2"));

        Assert.Contains("gantral.policy_author", refused.IsProblem(403, "forbidden").Detail, StringComparison.Ordinal);
        Assert.Equal(404, (await _silo.GetAsync(Anybody, $"/v1/workflows/{_silo.Name}/versions/2")).Status);
    }

    [Theory]
    [InlineData("ann: gantral.author gantral.policy_author")]
    [InlineData("root: gantral.admin")]
    public async Task Who_writes_policies_as_well_lets_policy_observe(string who) =>
        Assert.Equal("OBSERVE", (string?)(await _silo.MadeAsync(who, "/v1/workflows", _silo.WorkflowOf($"{_silo.Name}@1", "OBSERVE", "2")))["mode"]);

    [Fact]
    public async Task Who_writes_policies_alone_registers_no_workflow_at_all() =>
        (await _silo.PostAsync("paul: gantral.policy_author", "/v1/workflows", _silo.WorkflowOf($"{_silo.Name}@1", "OBSERVE", "2"))).IsProblem(403, "forbidden");

    [Fact]
    public async Task A_version_that_is_registered_again_with_other_content_is_refused_and_stays_what_it_was()
    {
        var same = await _silo.PostAsync("wilma: gantral.author", "/v1/workflows", _silo.WorkflowOf($"{_silo.Name}@1"));
        var other = await _silo.PostAsync("wilma: gantral.author", "/v1/workflows", _silo.WorkflowOf($"{_silo.Name}@1").Replace("HIGH", "LOW", StringComparison.Ordinal));

        Assert.Equal(201, same.Status);
        other.IsProblem(409, "version_exists");
        Assert.Equal("HIGH", (string?)(await _silo.GetAsync(Anybody, $"/v1/workflows/{_silo.Name}/versions/1")).Body!["materiality"]);
        Assert.Single((await _silo.GetAsync(Anybody, "/v1/workflows")).Body!["workflows"]!.AsArray());
    }
}
