using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Verification;
using Gantral.Lives;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Reminders;

/// <summary>The clock of a real database is set while silos fire the timers in it.</summary>
public sealed class DatabaseClockSetTests(Template template) : IClassFixture<Template>
{
    private const int Lives = 20;
    private const string FailedClosed = "WAITING_FOR_HUMAN TIMEOUT TERMINATED";

    [Fact]
    public async Task A_database_clock_that_jumps_by_an_hour_loses_no_timer_fires_none_early_and_turns_no_time_back()
    {
        await using var folder = await template.CopyAsync();
        await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
        await SettableClock.MakeSettableAsync(database);
        await using var first = await WorkingSilo.StartAsync(database);
        await using var second = await WorkingSilo.StartAsync(database);
        var running = await first.RunningAsync();
        var early = await WaitingAsync(first);
        await first.RemindAsync();
        await second.RemindAsync();

        // Ahead: what is due by the new time fires.
        await SetAheadAsync(database, "1 hour");
        await UntilAsync(database, "SELECT count(*) = 0 FROM timer");
        var late = await WaitingAsync(second);
        await TouchAsync(first, running);

        // Back: silos go on to fire, and what is due in another hour waits for it.
        await SetAheadAsync(database, "0");
        await Task.WhenAll(first.Ledger.LookAtClockAsync(), second.Ledger.LookAtClockAsync());
        var hasty = await first.WaitingAsync("hasty");
        await UntilAsync(database, $"SELECT count(*) = 0 FROM timer WHERE instance_id = '{hasty}'");
        await TouchAsync(second, running);
        Assert.Equal(Lives, await Query.AskAsync<long>(database.Serving, "SELECT count(*) FROM timer"));
        Assert.Null((await first.ApproveAsync(late[0])).Refusal);

        await SetAheadAsync(database, "3 hours");
        await UntilAsync(database, "SELECT count(*) = 0 FROM timer");

        foreach (var id in early.Concat(late.Skip(1)).Append(hasty))
        {
            Assert.Equal(FailedClosed, await first.StoryAsync(id));
        }

        Assert.Equal("WAITING_FOR_HUMAN APPROVED RESUMED", await first.StoryAsync(late[0]));
        foreach (var id in early.Concat(late).Append(hasty).Append(running))
        {
            var times = (await first.Ledger.ReadAsync(Subject.Instance(id))).Select(entry => entry.Entry.At).ToList();
            Assert.Equal(times.Order(), times);
        }

        var report = await database.VerifyAsync();
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }

    private static Task<Guid[]> WaitingAsync(WorkingSilo silo) => Task.WhenAll(Enumerable.Range(0, Lives).Select(_ => silo.WaitingAsync()));

    private static async Task TouchAsync(WorkingSilo silo, Guid id) =>
        Assert.Null((await silo.Host.Instance(id).AttachEvidenceAsync(WorkingSilo.Caller(Life.Agent), Life.Json("[]"))).Refusal);

    private static Task SetAheadAsync(LedgerDatabase database, string ahead) => SettableClock.SetAheadAsync(database, $"'{ahead}'");

    private static Task UntilAsync(LedgerDatabase database, string question) => Until.TrueAsync(() => Query.AskAsync<bool>(database.Serving, question));
}
