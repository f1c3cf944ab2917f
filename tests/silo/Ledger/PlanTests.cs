using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Ledger;

public sealed class PlanTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    private const int Lives = 600;

    // What a statement costs must not grow with its table, also where it was first planned while the table was empty.
    [Fact]
    public async Task A_database_that_grows_from_empty_under_load_is_never_scanned()
    {
        var before = await CountAsync("seq_scan");
        await using (var ledger = await server.OpenAsync())
        {
            for (var round = 0; round < 10; round++)
            {
                await LiveAsync(ledger, Lives / 10);
            }
        }

        // Sessions report what they did when they end.
        for (var looks = 0L; looks < Lives;)
        {
            looks = await CountAsync("idx_scan");
        }

        Assert.Equal(before, await CountAsync("seq_scan"));

        // Nor is an index walked from end to end: each look reads about one row, however many there are.
        Assert.InRange(await Query.AskAsync<double>(server.Database.Owner, "SELECT max(idx_tup_read::float8 / greatest(idx_scan, 1)) FROM pg_stat_user_indexes"), 0, 4);
    }

    // Keys and reads included: each life is read back as an activation would, and its creation is repeated.
    private async Task LiveAsync(Silo.Ledger.PostgresLedger ledger, int lives) => await Task.WhenAll(Enumerable.Range(0, lives).Select(async _ =>
    {
        var (life, key, request) = (new Sample(ledger, LedgerDatabase.NewId()), Sample.NewKey(), Sample.NewKey());
        await life.DoAsync(life => life.Create(server.Binding, key, request));
        await life.DoAsync(life => life.Request(Sample.Ask, Sample.NewKey(), Sample.NewKey()));
        await life.DoAsync(life => life.Decide());
        Assert.Equal(5, (await ledger.ReadAsync(Abstractions.Evidence.Subject.Instance(life.InstanceId))).Length);
        var again = new Sample(ledger, LedgerDatabase.NewId());
        Assert.IsType<Grains.Ledger.CommitOutcome.Replayed>(await again.SendAsync(again.Create(server.Binding, key, request)));
    }));

    private Task<long> CountAsync(string kind) => Query.AskAsync<long>(
        server.Database.Owner,
        $"SELECT coalesce(sum({kind}), 0)::bigint FROM pg_stat_user_tables WHERE relname IN ('entry', 'checkpoint', 'payload', 'command', 'instance', 'inbox', 'timer')");
}
