using System.Text.Json;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;
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

    private readonly string _name = $"shadow-{Guid.NewGuid():N}";

    private ReportScope Shadow => new(WorkingSilo.Team, default, _silo.Ledger.Clock.Now.Plus(TimeSpan.FromDays(1))) { WorkflowId = _name };

    private ReportSource Source => new(_silo.Ledger.Source, _silo.Ledger.Entries, TimeProvider.System);

    public async Task InitializeAsync()
    {
        _silo = await WorkingSilo.StartAsync(server.Database);
        await RegisterAsync("watch", "1", """{"decision":"ALLOW"}""", """
            {"when":{"context.amount":{"gte":1000}},"decision":"DENY"},
            {"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["sre","release-manager"],"timeout":"PT1H","approvals_required":2}
            """);
        var workflow = Life.Json($$"""{"workflow_id":"{{_name}}","version":"1","materiality":"LOW","policy_version_id":"watch@1","queue":"q","mode":"OBSERVE","steps":[{"step":"plan"},{"step":"deploy"}]}""");
        Assert.Null((await _silo.Host.Workflow(_name, "1").RegisterAsync(WorkingSilo.Caller(Life.Person("author")), WorkingSilo.Team, workflow)).Refusal);
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    [Fact]
    public async Task Gates_that_would_have_fired_are_counted_by_where_who_and_why()
    {
        await LiveAsync();

        var report = await ShadowReport.ReadAsync(Source, Shadow);

        Assert.Equal(4, report.Observed);
        Assert.Equal(
            [
                new ShadowGate(_name, "1", "deploy", "release-manager", "REQUIRE_HUMAN", 3),
                new ShadowGate(_name, "1", "deploy", "sre", "REQUIRE_HUMAN", 3),
                new ShadowGate(_name, "1", "deploy", null, "POLICY_DENIED", 1),
            ],
            report.Gates.ToList());
        Assert.Equal(new ShadowLoad("sre", 3, 6, 3, 3 * 3600), report.Load.Single(load => load.Role == "sre"));
        Assert.Equal(0, (await ShadowReport.ReadAsync(Source, Shadow with { OwningTeamId = "treasury" })).Observed);
    }

    [Fact]
    public async Task Another_policy_is_asked_about_what_was_bound_and_what_would_change_is_named()
    {
        await LiveAsync();
        await RegisterAsync("watch", "2", """{"decision":"ALLOW"}""", """{"when":{"step":"plan"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["sre"]},{"when":{"context.amount":{"gte":1000}},"decision":"DENY"}""");
        var (before, replay) = (await HeadAsync(), new PolicyReplay(Source, _silo.Host));

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

        var report = await new PolicyReplay(Source, _silo.Host).RunAsync(Shadow, "watch@1");

        Assert.Equal((4, 5), (report.Boundaries, report.Erased));
    }

    [Fact]
    public async Task A_report_that_loses_patience_says_so_and_the_next_one_goes_on_where_it_ended()
    {
        await LiveAsync();
        var scope = Shadow with { MostInstances = 1 };
        var (counted, reports) = (0L, 0);
        for (var goesOn = true; goesOn; reports++)
        {
            var report = await ShadowReport.ReadAsync(Source, scope);
            (counted, goesOn) = (counted + report.Observed, !report.Coverage.IsComplete);
            Assert.InRange(report.Coverage.Instances, 1, 4);
            scope = scope with { Since = Instant.TryParse(report.Coverage.Until, out var until) ? until : throw new FormatException(report.Coverage.Until) };
        }

        Assert.Equal(4, counted);
        Assert.InRange(reports, 2, 4);
        Assert.False((await ShadowReport.ReadAsync(Source, Shadow with { Patience = TimeSpan.Zero })).Coverage.IsComplete);
    }

    [Fact]
    public async Task A_report_looks_only_at_what_was_created_in_its_time()
    {
        await LiveAsync();
        var middle = _silo.Ledger.Clock.Now.Plus(TimeSpan.FromMilliseconds(1));
        await Until.TrueAsync(() => _silo.Ledger.Clock.Now > middle);
        await LiveAsync();

        Assert.Equal(8, (await ShadowReport.ReadAsync(Source, Shadow)).Observed);
        Assert.Equal(4, (await ShadowReport.ReadAsync(Source, Shadow with { Since = middle })).Observed);
        Assert.Equal(4, (await ShadowReport.ReadAsync(Source, Shadow with { Until = middle })).Observed);
    }

    [Fact]
    public void A_report_is_written_as_the_api_writes()
    {
        var json = ReportJson.Of(new PolicyReplayReport(new("payments", null, "", "", 1, true), "p@2", 3, 1, [new(new("ALLOW", ""), new("REQUIRE_HUMAN", "sre"), 1, [new("i", 4, null)])]));

        var report = JsonDocument.Parse(json).RootElement;
        Assert.Equal("p@2", report.GetProperty("policy_version_id").GetString());
        Assert.Equal("sre", report.GetProperty("changes")[0].GetProperty("to").GetProperty("roles").GetString());
        Assert.Equal("i", report.GetProperty("changes")[0].GetProperty("examples")[0].GetProperty("instance_id").GetString());
    }

    private Task<long> HeadAsync() => Query.AskAsync<long>(server.Database.Serving, "SELECT max(position) FROM entry WHERE log_id = 1");

    // Three that would have asked, one that would have been denied; each test counts its own.
    private async Task LiveAsync()
    {
        foreach (var amount in new[] { 1, 2, 3, 5_000 })
        {
            var caller = WorkingSilo.Caller(Life.Agent);
            var id = _silo.Host.NewInstanceId(caller.Key);
            Assert.Null((await _silo.Host.Instance(id).CreateAsync(caller, new Creation(_name, "1", WorkingSilo.Team, Life.Json("{}")))).Refusal);
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
