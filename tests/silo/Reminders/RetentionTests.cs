using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Evidence.Verification;
using Gantral.Lives;
using Gantral.Silo.Projections;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Reminders;

/// <summary>Content is kept for as long as its workflow says after the end, and then erased once, by whichever silo comes first.</summary>
public sealed class RetentionTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    [Fact]
    public async Task What_was_kept_for_long_enough_is_erased_once_however_many_silos_look()
    {
        await using var first = await (await WorkingSilo.StartAsync(server.Database)).RemindAsync();
        await using var second = await (await WorkingSilo.StartAsync(server.Database)).RemindAsync();
        var kept = await EndedAsync(first, "release", null);
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => EndedAsync(first, "brief", "PT0.05S")));
        await NoneIsDueAsync();

        foreach (var id in ids)
        {
            var entries = await second.Ledger.ReadAsync(Subject.Instance(id));
            var told = entries.Where(entry => entry.Entry.Type == EventType.Redacted).ToList();
            Assert.Equal((1L, Actor.System), (Assert.Single(told).Entry.Redaction!.Sequence, told[0].Entry.Actor));
            Assert.Equal("\"retention: brief@1 keeps content for PT0.05S after the end\"", Assert.Single(entries.SelectMany(entry => entry.Payload)).Value.ToString());
        }

        Assert.NotEmpty((await first.Ledger.ReadAsync(Subject.Instance(kept)))[0].Payload);
        Assert.Equal(Verdict.Valid, (await server.Database.VerifyAsync()).Verdict);
    }

    [Fact]
    public async Task A_long_life_is_erased_a_hundred_entries_at_a_time()
    {
        await using var silo = await (await WorkingSilo.StartAsync(server.Database)).RemindAsync();
        var id = await EndedAsync(silo, "long", "PT0.05S", notes: 150);
        await NoneIsDueAsync();

        var told = (await silo.Ledger.ReadAsync(Subject.Instance(id))).Where(entry => entry.Entry.Type == EventType.Redacted).ToList();
        Assert.Equal(151, told.Count);
        Assert.Equal(151, told.Select(entry => entry.Entry.Redaction!.Sequence).Distinct().Count());
        Assert.Equal(2, told.Count(entry => !entry.Payload.IsEmpty));
    }

    [Fact]
    public async Task What_is_made_of_entries_again_leaves_the_time_that_no_entry_knows()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        var id = await EndedAsync(silo, "slow", "P30D");

        await new ProjectionRebuild(server.Database.Serving, 1).RunAsync();

        Assert.Equal(30, await Query.AskAsync<int>(server.Database.Serving, $"SELECT extract(day FROM timer.due_at - instance.updated_at)::int FROM timer JOIN instance USING (log_id, instance_id) WHERE instance_id = '{id}'"));
    }

    [Fact]
    public async Task A_workflow_says_how_long_in_a_way_that_can_be_read()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        foreach (var wrong in new[] { "P0D", "forever", "-P1D", "P36501D" })
        {
            Assert.Contains("retention", (await RegisterAsync(silo, "wrong", wrong)).Refusal!.Message, StringComparison.Ordinal);
        }
    }

    private Task NoneIsDueAsync() =>
        Until.TrueAsync(() => Query.AskAsync<bool>(server.Database.Serving, "SELECT NOT EXISTS (SELECT FROM timer WHERE due_at < clock_timestamp() + interval '1 hour')"));

    private static async Task<Registration<Abstractions.Definitions.WorkflowVersion>> RegisterAsync(WorkingSilo silo, string workflow, string retention) =>
        await silo.Host.Workflow(workflow, "1").RegisterAsync(WorkingSilo.Caller(Life.Person("author")), WorkingSilo.Team, Life.Json(
            $$"""{"workflow_id":"{{workflow}}","version":"1","materiality":"LOW","policy_version_id":"guard@1","queue":"q","retention":"{{retention}}","steps":[{"step":"deploy"}]}"""));

    private static async Task<Guid> EndedAsync(WorkingSilo silo, string workflow, string? retention, int notes = 0)
    {
        if (retention is not null)
        {
            Assert.Null((await RegisterAsync(silo, workflow, retention)).Refusal);
        }

        var caller = WorkingSilo.Caller(Life.Agent);
        var id = silo.Host.NewInstanceId(caller.Key);
        Assert.Null((await silo.Host.Instance(id).CreateAsync(caller, new Creation(workflow, "1", WorkingSilo.Team, Life.Json("""{"name":"somebody"}""")))).Refusal);
        for (var note = 0; note < notes; note++)
        {
            Assert.Null((await silo.Host.Instance(id).AttachEvidenceAsync(WorkingSilo.Caller(Life.Agent), Life.Json("[]"))).Refusal);
        }

        Assert.Null((await silo.Host.Instance(id).CompleteAsync(WorkingSilo.Caller(Life.Runner), new WorkRemains())).Refusal);
        return id;
    }
}
