using Gantral.Silo.Ledger;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Ledger;

public sealed class LogSignalTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_reader_is_woken_by_what_its_own_silo_commits_and_by_what_another_does(int log)
    {
        await using var mine = await server.OpenAsync();
        await using var other = await server.OpenAsync();
        foreach (var writer in new[] { mine, other })
        {
            var size = (await mine.Signal.LookAsync())[log];
            var woken = mine.Signal.BeyondAsync(log, size, TestFolder.Patience);
            Assert.False(woken.IsCompleted);
            await CreateAsync(writer, log);

            Assert.True(await woken);
            Assert.True(mine.Signal.Sizes[log] > size);
            Assert.NotEmpty(await mine.Entries.OfLogAsync(log, size, 1));
        }
    }

    [Fact]
    public async Task A_reader_waits_for_its_own_log_and_for_its_own_position()
    {
        await using var ledger = await server.OpenAsync();
        var sizes = await ledger.Signal.LookAsync();
        Assert.Equal(sizes[1] > 0, await ledger.Signal.BeyondAsync(1, sizes[1] - 1, TimeSpan.Zero));
        var (far, elsewhere) = (ledger.Signal.BeyondAsync(1, sizes[1] + 1_000_000, TestFolder.Patience), ledger.Signal.BeyondAsync(2, sizes[2], TestFolder.Patience));
        await CreateAsync(ledger, 1);

        Assert.False(far.IsCompleted || elsewhere.IsCompleted);
        await CreateAsync(ledger, 2);
        Assert.True(await elsewhere);
        Assert.False(far.IsCompleted);
    }

    [Fact]
    public async Task Patience_ends_and_so_does_the_looking_once_nobody_waits()
    {
        await using var ledger = await server.OpenAsync();
        var size = (await ledger.Signal.LookAsync())[2];
        Assert.False(ledger.Signal.IsLooking);

        Assert.False(await ledger.Signal.BeyondAsync(2, size + 1_000_000, TimeSpan.FromMilliseconds(1)));
        Assert.True(ledger.Signal.IsLooking);
        await Until.TrueAsync(() => !ledger.Signal.IsLooking);

        using var called = new CancellationTokenSource();
        var waiting = ledger.Signal.BeyondAsync(2, size + 1_000_000, TestFolder.Patience, called.Token);
        await called.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_look_steps_down_indexes_however_many_checkpoints_there_are()
    {
        var plan = await Query.AskAsync<string>(server.Database.Serving, $"SET enable_seqscan = off; EXPLAIN (FORMAT JSON) {LogSignal.Look}");

        Assert.Contains("checkpoint_pkey", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    private async Task CreateAsync(PostgresLedger ledger, int log) =>
        await new Sample(ledger, LedgerDatabase.NewId(log)).DoAsync(life => life.Create(server.Binding));
}
