using System.Text.Json;
using Gantral.Abstractions.Grains;
using Gantral.Lives;
using Gantral.Silo.Reports;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Reports;

/// <summary>What observe-only mode shows, and what another policy would have said.</summary>
public sealed class ReportTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private WorkingSilo _silo = null!;

    private ReportScope Shadow { get; set; } = new(1) { OwningTeamId = WorkingSilo.Team, WorkflowId = "shadow" };

    public async Task InitializeAsync()
    {
        _silo = await WorkingSilo.StartAsync(server.Database);
        await RegisterAsync("watch", "1", """{"decision":"ALLOW"}""", """
            {"when":{"context.amount":{"gte":1000}},"decision":"DENY"},
            {"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["sre","release-manager"],"timeout":"PT1H","approvals_required":2}
            """);
        var workflow = Life.Json("""{"workflow_id":"shadow","version":"1","materiality":"LOW","policy_version_id":"watch@1","queue":"q","mode":"OBSERVE","steps":[{"step":"plan"},{"step":"deploy"}]}""");
        Assert.Null((await _silo.Host.Workflow("shadow", "1").RegisterAsync(WorkingSilo.Caller(Life.Person("author")), WorkingSilo.Team, workflow)).Refusal);
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    [Fact]
    public async Task Gates_that_would_have_fired_are_counted_by_where_who_and_why()
    {
        await LiveAsync();

        var report = await ShadowReport.ReadAsync(_silo.Ledger.Entries, Shadow);

        Assert.Equal(4, report.Observed);
        Assert.Equal(
            [
                new ShadowGate("shadow", "1", "deploy", "release-manager", "REQUIRE_HUMAN", 3),
                new ShadowGate("shadow", "1", "deploy", "sre", "REQUIRE_HUMAN", 3),
                new ShadowGate("shadow", "1", "deploy", null, "POLICY_DENIED", 1),
            ],
            report.Gates.ToList());
        Assert.Equal(new ShadowLoad("sre", 3, 6, 3, 3 * 3600), report.Load.Single(load => load.Role == "sre"));
        Assert.Equal(0, (await ShadowReport.ReadAsync(_silo.Ledger.Entries, Shadow with { OwningTeamId = "treasury" })).Observed);
    }

    [Fact]
    public async Task Another_policy_is_asked_about_what_was_bound_and_what_would_change_is_named()
    {
        await LiveAsync();
        await RegisterAsync("watch", "2", """{"decision":"ALLOW"}""", """{"when":{"step":"plan"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["sre"]},{"when":{"context.amount":{"gte":1000}},"decision":"DENY"}""");
        var (before, replay) = (await HeadAsync(), new PolicyReplay(_silo.Ledger.Entries, _silo.Host));

        var report = await replay.RunAsync(Shadow, "watch@2", mostExamples: 2);

        // A start and a step before each of four, and one plan.
        Assert.Equal((9, 0), (report.Boundaries, report.Erased));
        Assert.Equal(["REQUIRE_HUMAN to ALLOW: 3", "ALLOW to REQUIRE_HUMAN: 1"], report.Changes.Select(change => $"{change.From.Decision} to {change.To.Decision}: {change.Count}"));
        Assert.Equal((2, "deploy"), (report.Changes[0].Examples.Length, report.Changes[0].Examples[0].Step));
        Assert.Equal("plan", Assert.Single(report.Changes[1].Examples).Step);
        Assert.Empty((await replay.RunAsync(Shadow, "watch@1")).Changes);
        Assert.Equal(9, (await replay.RunAsync(Shadow, "nothing@1")).Changes.Where(change => change.To.Decision == "POLICY_UNAVAILABLE").Sum(change => change.Count));
        Assert.Equal(before, await HeadAsync());
    }

    [Fact]
    public async Task What_is_erased_is_counted_and_not_guessed()
    {
        await LiveAsync();
        await Query.RunAsync(server.Database.Serving, "DELETE FROM payload WHERE name = 'context_snapshot'");

        var report = await new PolicyReplay(_silo.Ledger.Entries, _silo.Host).RunAsync(Shadow, "watch@1");

        Assert.Equal((4, 5), (report.Boundaries, report.Erased));
    }

    [Fact]
    public async Task A_report_is_written_as_the_api_writes()
    {
        using var json = new MemoryStream();
        await ReportJson.WriteAsync(new PolicyReplayReport("p@2", 3, 1, [new(new("ALLOW", ""), new("REQUIRE_HUMAN", "sre"), 1, [new("i", 4, null)])]), json);

        var report = JsonDocument.Parse(json.ToArray()).RootElement;
        Assert.Equal("p@2", report.GetProperty("policy_version_id").GetString());
        Assert.Equal("sre", report.GetProperty("changes")[0].GetProperty("to").GetProperty("roles").GetString());
        Assert.Equal("i", report.GetProperty("changes")[0].GetProperty("examples")[0].GetProperty("instance_id").GetString());
    }

    private Task<long> HeadAsync() => Query.AskAsync<long>(server.Database.Serving, "SELECT max(position) FROM entry WHERE log_id = 1");

    // Three that would have asked, one that would have been denied; each test counts its own.
    private async Task LiveAsync()
    {
        Shadow = Shadow with { From = await HeadAsync() + 1 };
        foreach (var amount in new[] { 1, 2, 3, 5_000 })
        {
            var caller = WorkingSilo.Caller(Life.Agent);
            var id = _silo.Host.NewInstanceId(caller.Key);
            Assert.Null((await _silo.Host.Instance(id).CreateAsync(caller, new Creation("shadow", "1", WorkingSilo.Team, Life.Json("{}")))).Refusal);
            if (amount == 1)
            {
                await AskAsync(id, "plan", amount);
            }

            await AskAsync(id, "deploy", amount);
        }
    }

    private async Task AskAsync(Guid id, string step, int amount) =>
        Assert.Null((await _silo.Host.Instance(id).RequestAuthorityAsync(WorkingSilo.Caller(Life.Agent), step, Life.Json($$"""{"amount":{{amount}}}"""))).Refusal);

    private async Task RegisterAsync(string policy, string version, string otherwise, string rules)
    {
        var definition = Life.Json($$"""{"policy_id":"{{policy}}","version":"{{version}}","evaluator":"rules","default":{{otherwise}},"rules":[{{rules}}]}""");
        Assert.Null((await _silo.Host.Policy($"{policy}@{version}").RegisterAsync(WorkingSilo.Caller(Life.Person("author")), WorkingSilo.Team, definition)).Refusal);
    }
}
