using System.Diagnostics;
using Gantral.Abstractions.Authority;
using Gantral.Evidence.Verification;
using Gantral.Lives;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;
using Xunit.Abstractions;

namespace Gantral.Silo.Tests.Reminders;

/// <summary>Very many instances wait, and many of their deadlines pass while nobody is there to notice.</summary>
public sealed class ManyTimersTests(LedgerServer server, ITestOutputHelper output) : IClassFixture<LedgerServer>
{
    private const int AtOnce = 256;
    private const int Silos = 3;

    // One in ten is due by the time that silos are back.
    private const int DueOf = 10;

    [Fact]
    public async Task Deadlines_that_passed_while_every_silo_was_down_fire_once_each_and_the_others_go_on_waiting()
    {
        var pending = Scale.Rounds(2_000, 1_000_000);
        await using (var before = await WorkingSilo.StartAsync(server.Database))
        {
            var begun = -1;
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
            {
                while (Interlocked.Increment(ref begun) is var place && place < pending)
                {
                    await before.StoppedAsync(place % DueOf == 0 ? "hasty" : "patient");
                }
            }));
        }

        var due = pending / DueOf;
        await Until.TrueAsync(() => Query.AskAsync<bool>(server.Database.Serving, $"SELECT count(*) = {due} FROM timer WHERE due_at < clock_timestamp()"));
        var silos = new List<WorkingSilo>();
        var (fired, watch) = (0L, Stopwatch.StartNew());
        try
        {
            for (var silo = 0; silo < Silos; silo++)
            {
                silos.Add(await (await WorkingSilo.StartAsync(server.Database)).RemindAsync(_ => Interlocked.Increment(ref fired)));
            }

            // As long as it goes on it may take as long as it takes.
            for (var left = due; left > 0; left = due - (int)Interlocked.Read(ref fired))
            {
                await Until.TrueAsync(() => Interlocked.Read(ref fired) > due - left);
            }

            output.WriteLine($"{due} overdue timers of {pending} fired in {watch.ElapsedMilliseconds} ms");
            await MustHaveFiredOnceAsync(silos[0], due);
        }
        finally
        {
            foreach (var silo in silos)
            {
                await silo.DisposeAsync();
            }
        }

        Assert.Equal(due, fired);
        Assert.Equal(pending - due, await Query.AskAsync<long>(server.Database.Serving, "SELECT count(*) FROM timer"));
        Assert.Equal(pending - due, await Query.AskAsync<long>(server.Database.Serving, "SELECT count(*) FROM inbox"));
        var report = await server.Database.VerifyAsync();
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }

    private static async Task MustHaveFiredOnceAsync(WorkingSilo silo, int due)
    {
        var decideBy = new Dictionary<string, Abstractions.Vocabulary.Instant>();
        var (timeouts, ended) = (new HashSet<string>(), new HashSet<string>());
        for (var from = 0L; await silo.Ledger.Entries.OfLogAsync(1, from, 2_000) is { IsEmpty: false } page; from += page.Length)
        {
            foreach (var entry in page.Select(placed => placed.Sealed.Entry))
            {
                switch (entry.Type)
                {
                    case EventType.WaitingForHuman:
                        decideBy.Add(entry.Subject.Id, entry.Authority!.DecideBy!.Value);
                        break;
                    case EventType.Timeout:
                        Assert.True(timeouts.Add(entry.Subject.Id), entry.Subject.Id);
                        Assert.True(entry.At >= decideBy[entry.Subject.Id], entry.Subject.Id);
                        break;
                    case EventType.Terminated:
                        Assert.True(ended.Add(entry.Subject.Id), entry.Subject.Id);
                        break;
                }
            }
        }

        Assert.Equal(due, timeouts.Count);
        Assert.True(timeouts.SetEquals(ended));
    }
}
