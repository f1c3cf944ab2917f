using System.Collections.Concurrent;
using System.Diagnostics;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Verification;
using Gantral.Lives;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;
using Xunit.Abstractions;

namespace Gantral.Silo.Tests.Reminders;

/// <summary>Timers fire from any silo, once each, and late only by what a silo was away.</summary>
public sealed class ReminderTests(LedgerServer server, ITestOutputHelper output) : IClassFixture<LedgerServer>
{
    private const string FailedClosed = "WAITING_FOR_HUMAN TIMEOUT TERMINATED";

    [Fact]
    public async Task Each_timer_fires_exactly_once_however_many_silos_look_for_it()
    {
        var late = new ConcurrentBag<TimeSpan>();
        await using var first = await (await WorkingSilo.StartAsync(server.Database)).RemindAsync(late.Add);
        await using var second = await (await WorkingSilo.StartAsync(server.Database)).RemindAsync(late.Add);
        await using var third = await (await WorkingSilo.StartAsync(server.Database)).RemindAsync(late.Add);
        var lives = Scale.Rounds(300, 5_000);

        var ids = await Task.WhenAll(Enumerable.Range(0, lives).Select(_ => first.WaitingAsync("hasty")));
        await UntilNoneAsync();

        // The row is gone with the commit, a moment before the silo that fired it has heard so.
        await Until.TrueAsync(() => late.Count >= lives);
        Assert.Equal(lives, late.Count);
        foreach (var id in ids)
        {
            Assert.Equal(FailedClosed, await first.StoryAsync(id));
        }

        output.WriteLine($"{lives} timers, the latest {late.Max().TotalMilliseconds} ms late");
        await MustBeValidAsync();
    }

    [Fact]
    public async Task Timers_whose_deadline_passed_while_every_silo_was_down_fire_when_one_is_back()
    {
        Guid[] ids;
        await using (var before = await WorkingSilo.StartAsync(server.Database))
        {
            ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => before.WaitingAsync("hasty")));
        }

        await UntilAsync("SELECT count(*) = 50 FROM timer WHERE due_at < clock_timestamp()");
        await using var after = await (await WorkingSilo.StartAsync(server.Database)).RemindAsync();
        await UntilNoneAsync();

        foreach (var id in ids)
        {
            Assert.Equal(FailedClosed, await after.StoryAsync(id));
        }
    }

    [Fact]
    public async Task A_gate_that_escalates_asks_others_for_as_long_again_and_then_fails_closed()
    {
        await using var silo = await (await WorkingSilo.StartAsync(server.Database)).RemindAsync();
        var id = await silo.WaitingAsync("escalating");
        await UntilNoneAsync();

        Assert.Equal("WAITING_FOR_HUMAN TIMEOUT ESCALATED TIMEOUT TERMINATED", await silo.StoryAsync(id));
        var entries = (await silo.Ledger.ReadAsync(Subject.Instance(id))).Select(entry => entry.Entry).ToList();
        Assert.Equal("cto", Assert.Single(entries.Single(entry => entry.Type == EventType.Escalated).Authority!.EligibleApproverRoles));
        Assert.Equal(Reason.Timeout, entries[^1].Reason);
        Assert.All(entries.Where(entry => entry.Type == EventType.Timeout), entry => Assert.Equal(Actor.System, entry.Actor));
    }

    [Fact]
    public async Task An_approval_that_nobody_takes_up_in_time_expires()
    {
        await using var silo = await (await WorkingSilo.StartAsync(server.Database)).RemindAsync();
        var id = await silo.ApprovedAsync("perishable");
        await UntilNoneAsync();

        Assert.Equal("WAITING_FOR_HUMAN APPROVED RESUMED TERMINATED", await silo.StoryAsync(id));
        Assert.Equal(Reason.ApprovalExpired, (await silo.Ledger.ReadAsync(Subject.Instance(id)))[^1].Entry.Reason);
        Assert.Equal(RefusalCode.InvalidTransition, (await silo.Host.Instance(id).ClaimAsync(WorkingSilo.Caller(Life.Runner), WorkKind.Resume)).Refusal!.Code);
    }

    [Fact]
    public async Task Of_a_decision_and_a_timeout_that_race_exactly_one_wins()
    {
        var random = new Random(Scale.Take(output.WriteLine));
        await using var first = await (await WorkingSilo.StartAsync(server.Database)).RemindAsync();
        await using var second = await (await WorkingSilo.StartAsync(server.Database)).RemindAsync();
        var stories = new ConcurrentDictionary<string, int>();
        for (var round = 0; round < Scale.Rounds(3, 60); round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => RaceAsync(random.NextDouble())));
        }

        output.WriteLine(string.Join("; ", stories));
        await UntilNoneAsync();
        await MustBeValidAsync();

        async Task RaceAsync(double when)
        {
            var id = await first.WaitingAsync("brief");
            var pending = (await first.Host.Instance(id).ReadAsync())!.Pending!;
            var offer = await first.OfferAsync(id);
            var span = pending.Request.DecideBy!.Value.Since(pending.Since);
            var at = pending.Since.Plus(span * (0.8 + (0.4 * when)));
            await Until.TrueAsync(() => first.Ledger.Clock.Now >= at);
            var reply = await second.DecideAsync(id, WorkingSilo.Caller(Life.Person("alice"), "release-manager"), offer);
            await UntilAsync($"SELECT count(*) = 0 FROM timer WHERE instance_id = '{id}'");

            var story = await first.StoryAsync(id);
            stories.AddOrUpdate(story, 1, (_, count) => count + 1);
            Assert.Equal(reply.Refusal is null ? "WAITING_FOR_HUMAN APPROVED RESUMED" : FailedClosed, story);
            Assert.True(reply.Refusal is null or { Code: RefusalCode.InvalidTransition }, reply.Refusal?.ToString());
        }
    }

    [Fact]
    public async Task What_a_silo_took_before_it_died_another_one_fires()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        var id = await silo.WaitingAsync("hasty");
        await UntilAsync("SELECT count(*) = 1 FROM timer WHERE due_at < clock_timestamp()");
        await Query.RunAsync(server.Database.Serving, "UPDATE timer SET claimed_until = clock_timestamp() + interval '2 seconds'");
        var watch = Stopwatch.StartNew();

        await silo.RemindAsync();
        await UntilNoneAsync();

        Assert.Equal(FailedClosed, await silo.StoryAsync(id));
        output.WriteLine($"fired after {watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task A_claim_from_before_the_clock_was_set_back_counts_for_nothing()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        var id = await silo.WaitingAsync("hasty");
        await Query.RunAsync(server.Database.Serving, "UPDATE timer SET claimed_until = clock_timestamp() + interval '1 hour'");

        await silo.RemindAsync();
        await UntilNoneAsync();

        Assert.Equal(FailedClosed, await silo.StoryAsync(id));
    }

    [Theory]
    [InlineData("INSERT INTO timer (log_id, instance_id, due_at, deadline) VALUES (1, '{0}', now() - interval '1 hour', 'DECISION')", "patient", 1)]
    [InlineData("UPDATE timer SET due_at = now() - interval '1 hour' WHERE instance_id = '{0}'", "patient", 1)]
    [InlineData("UPDATE timer SET deadline = 'EXECUTION', due_at = now() WHERE instance_id = '{0}'", "patient", 1)]
    [InlineData("INSERT INTO timer (log_id, instance_id, due_at, deadline) VALUES (1, '{0}', now(), 'DECISION')", "none", 0)]
    public async Task A_row_that_is_no_deadline_of_its_instance_is_put_right_and_fires_nothing(string tamper, string gate, int left)
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        var id = gate == "none" ? await silo.RunningAsync() : await silo.WaitingAsync(gate);
        var story = await silo.StoryAsync(id);
        if (tamper.StartsWith("INSERT", StringComparison.Ordinal))
        {
            await Query.RunAsync(server.Database.Serving, $"DELETE FROM timer WHERE instance_id = '{id}'");
        }

        await Query.RunAsync(server.Database.Serving, tamper.Replace("{0}", id.ToString(), StringComparison.Ordinal));
        await silo.RemindAsync();
        await UntilNoneAsync("due_at <= clock_timestamp()");

        Assert.Equal(left, await Query.AskAsync<long>(server.Database.Serving, $"SELECT count(*) FROM timer WHERE instance_id = '{id}'"));
        Assert.Equal(story, await silo.StoryAsync(id));
        Assert.Null((await silo.Host.Instance(id).CancelAsync(WorkingSilo.Caller(Life.Agent), null)).Refusal);
    }

    [Fact]
    public async Task A_row_of_an_instance_that_does_not_exist_is_taken_away()
    {
        await using var silo = await (await WorkingSilo.StartAsync(server.Database)).RemindAsync();
        await Query.RunAsync(server.Database.Serving, $"INSERT INTO timer (log_id, instance_id, due_at, deadline) VALUES (1, '{LedgerDatabase.NewId()}', now(), 'DECISION')");
        await Query.RunAsync(server.Database.Serving, $"INSERT INTO timer (log_id, instance_id, due_at, deadline) VALUES (1, '{Guid.NewGuid()}', now(), 'EXECUTION')");

        await UntilNoneAsync("due_at <= clock_timestamp()");
    }

    private async Task MustBeValidAsync()
    {
        var report = await server.Database.VerifyAsync();
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }

    private Task UntilNoneAsync(string which = "due_at <= clock_timestamp() + interval '1 minute'") => UntilAsync($"SELECT count(*) = 0 FROM timer WHERE {which}");

    private Task UntilAsync(string question) => Until.TrueAsync(() => Query.AskAsync<bool>(server.Database.Serving, question));
}
