using System.Text.Json.Nodes;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Overview;

/// <summary>What a live board is told, by a real silo about real instances.</summary>
public sealed class OverviewTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Operator = "agent! gantral.operator";

    private ServedSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    [Fact]
    public async Task It_counts_what_lives_and_what_ended_what_waits_and_which_deadlines_and_queues_there_are()
    {
        var (waiting, ended) = (await _silo.WaitingAsync(), await _silo.RunningAsync());
        await _silo.WaitingAsync();
        await _silo.RunningAsync();
        Assert.Equal("TERMINATED", (string?)(await _silo.AskAsync(ended, "delete")).Body!["state"]);
        // One has waited for two hours and is late; one is nearly so.
        await Query.RunAsync(server.Database.Owner, $"UPDATE inbox SET since = now() - interval '2 hours', decide_by = now() - interval '1 second' WHERE instance_id = '{waiting}'");
        await Query.RunAsync(server.Database.Owner, $"UPDATE timer SET due_at = now() - interval '1 second' WHERE instance_id = '{waiting}'");

        var told = (await _silo.GetAsync(Operator, "/v1/overview")).Body!;

        Assert.True((bool)told["is_complete"]!);
        Assert.Equal(
            ["RUNNING 1", "TERMINATED 1", "WAITING_FOR_HUMAN 2"],
            told["instances"]!.AsArray().Select(one => $"{one!["state"]} {one["count"]}").Order(StringComparer.Ordinal));
        var waits = told["waiting"]!.AsArray().Single()!;
        Assert.Equal((1, 0), ((int)waits["late"]!, (int)waits["near"]!));
        Assert.Equal("[1,0,0,0,1,0,0,0]", waits["ages"]!.ToJsonString());
        var timers = told["timers"]!.AsArray().Single()!;
        Assert.Equal((1, 0, 1), ((int)timers["late"]!, (int)timers["next_minute"]!, (int)timers["next_hour"]!));
        Assert.Equal("q", (string?)told["queues"]!.AsArray().Single()!["queue"]);
        Assert.True(told["silo"]!["transitions"]!.AsArray().Count > 60);
    }

    [Fact]
    public async Task What_ended_long_ago_is_not_counted_and_what_lives_is_however_old_it_is()
    {
        await Query.RunAsync(server.Database.Owner, $"""
            INSERT INTO instance (log_id, instance_id, created_at, updated_at, sequence, owning_team_id, workflow_id, workflow_version, policy_version_id, materiality, mode, state, reason)
            SELECT 1, ('01800000-0000-7001-8000-' || lpad(n::text, 12, '0'))::uuid, '2022-04-06', '2022-04-06', 2, '{_silo.Name}', 'old', '1', 'p@1', 'LOW', 'ENFORCE',
                   CASE n % 3 WHEN 0 THEN 'RUNNING' WHEN 1 THEN 'COMPLETED' ELSE 'TERMINATED' END, CASE n % 3 WHEN 2 THEN 'TIMEOUT' END
            FROM generate_series(1, 9) AS n
            """);

        var told = (await _silo.GetAsync(Operator, "/v1/overview")).Body!["instances"]!.AsArray().Single()!;

        Assert.Equal(("old", "RUNNING", 3), ((string?)told["workflow_id"], (string?)told["state"], (int)told["count"]!));
        await Query.RunAsync(server.Database.Owner, $"DELETE FROM instance WHERE owning_team_id = '{_silo.Name}' AND workflow_id = 'old'");
    }

    [Fact]
    public async Task Nobody_is_told_about_another_team_nor_without_a_role_what_the_silo_does_for_all()
    {
        await _silo.WaitingAsync();
        var theirs = await OfAsync(_silo.Token("eve: release-manager", "others"), "");
        Assert.Empty(theirs["instances"]!.AsArray());
        Assert.Empty(theirs["waiting"]!.AsArray());
        Assert.Empty(theirs["timers"]!.AsArray());
        Assert.Empty(theirs["queues"]!.AsArray());
        Assert.Null(theirs["silo"]);

        var both = _silo.Token("ann: gantral.auditor", "others", _silo.Name);
        Assert.NotEmpty((await OfAsync(both, ""))["instances"]!.AsArray());
        Assert.Empty((await OfAsync(both, "?owning_team_id=others"))["instances"]!.AsArray());
        Assert.NotNull((await OfAsync(both, ""))["silo"]);
        (await _silo.GetAsAsync(both, "/v1/overview?owning_team_id=third")).IsProblem(403, "forbidden");
    }

    private async Task<JsonNode> OfAsync(string token, string query) => (await _silo.GetAsAsync(token, $"/v1/overview{query}")).Body!;
}
