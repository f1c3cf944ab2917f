using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Projections;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Ledger;

/// <summary>What a list reads must not grow with what it does not show.</summary>
public sealed class ListPlanTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    private const int Others = 4_000;
    private const int Page = 20;

    private static readonly ImmutableArray<string> Teams = ["lists", "elsewhere"];

    // Twice as much as fits a page is more than any of them needs; a list that walks over what it does not show reads thousands.
    private const int Enough = 20 * Page;

    [Fact]
    public async Task A_rare_state_a_rare_workflow_and_what_waits_longest_are_found_without_reading_the_rest()
    {
        await SeedAsync();
        await LearnAsync("instance");
        foreach (var (what, filter) in new (string, InstanceFilter)[]
        {
            ("the newest", new(Teams, Page)),
            ("a page further down", new(Teams, Page) { Below = Guid.Parse("01900000-0000-7001-8000-000000002000") }),
            ("what runs", new(Teams, Page) { State = ExecutionState.Running }),
            ("what waits", new(Teams, Page) { State = ExecutionState.WaitingForHuman }),
            ("what was terminated", new(Teams, Page) { State = ExecutionState.Terminated }),
            ("a rare workflow", new(Teams, Page) { WorkflowId = "rare" }),
            ("nothing", new(Teams, Page) { State = ExecutionState.Approved }),
        })
        {
            var (found, read) = await ReadByAsync(reader => reader.ListAsync(filter));
            Assert.True(read <= Enough, $"{what}: {read} rows were read for {found.Length}");
            Assert.Equal(found.OrderDescending(), found);
            Assert.Equal(filter.State == ExecutionState.Approved ? 0 : what.Contains("rare", StringComparison.Ordinal) || filter.State is { } ? 10 : Page, found.Length);
        }
    }

    [Fact]
    public async Task The_inbox_is_read_in_the_order_of_its_deadlines_page_by_page_and_nothing_is_left_out()
    {
        await Query.RunAsync(server.Database.Owner, $"""
            INSERT INTO inbox (log_id, instance_id, since, decide_by, owning_team_id, step, eligible_approver_roles)
            SELECT 1, gen_random_uuid(), now(), CASE WHEN n % 4 > 0 THEN date_trunc('milliseconds', now()) + n % 50 * interval '1 minute' END, CASE WHEN n % 2 = 0 THEN 'waits' ELSE 'too' END, 'deploy', '{"{approver}"}'
            FROM generate_series(1, {Others}) AS n
            """);
        await LearnAsync("inbox");
        var filter = new WaitingFilter(["waits", "too"], ["approver", "nobody"], Page, null);
        var (first, read) = await ReadByAsync(reader => reader.PendingAsync(filter), "inbox");
        Assert.True(read <= Enough, $"{read} rows were read for a page");
        Assert.Equal(Page, first.Length);

        await using var source = Npgsql.NpgsqlDataSource.Create(server.Database.Serving);
        var all = new List<WaitingInstance>();
        for (ImmutableArray<WaitingInstance> page = [new(null, default)]; page.Length > 0;)
        {
            page = await new InstanceReader(source, null!).PendingAsync(filter with { Limit = 200, After = all.LastOrDefault() });
            all.AddRange(page);
        }

        Assert.Equal(Others, all.Count);
        Assert.Equal(all.OrderBy(one => one.DecideBy ?? new Instant(long.MaxValue)).ThenBy(one => one.InstanceId.ToString("D"), StringComparer.Ordinal), all);
        Assert.Empty(await new InstanceReader(source, null!).PendingAsync(filter with { Roles = ["nobody"] }));
    }

    // An index on what changes would cost each transition an entry in every index; these cost the last one of a life that.
    [Fact]
    public async Task A_new_state_overwrites_the_row_in_place_until_the_last_one()
    {
        await using var connection = new Npgsql.NpgsqlConnection(server.Database.Owner);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await DoAsync("""
            INSERT INTO instance (log_id, instance_id, created_at, updated_at, sequence, owning_team_id, workflow_id, workflow_version, policy_version_id, materiality, mode, state)
            VALUES (1, gen_random_uuid(), now(), now(), 2, 'in-place', 'w', '1', 'p@1', 'LOW', 'ENFORCE', 'RUNNING')
            """);
        foreach (var (state, inPlace) in new[] { ("WAITING_FOR_HUMAN", 1L), ("RESUMED", 2), ("RUNNING", 3), ("COMPLETED", 3) })
        {
            await DoAsync($"UPDATE instance SET state = '{state}', sequence = sequence + 1, updated_at = clock_timestamp() WHERE owning_team_id = 'in-place'");
            Assert.Equal(inPlace, await DoAsync("SELECT n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 'instance'"));
        }

        async Task<object?> DoAsync(string statement)
        {
            await using var command = new Npgsql.NpgsqlCommand(statement, connection, transaction);
            return await command.ExecuteScalarAsync();
        }
    }

    private Task SeedAsync() => Query.RunAsync(server.Database.Owner, $"""
        INSERT INTO instance (log_id, instance_id, created_at, updated_at, sequence, owning_team_id, workflow_id, workflow_version, policy_version_id, materiality, mode, state, reason)
        SELECT 1, ('01900000-0000-7001-8000-' || lpad(n::text, 12, '0'))::uuid, now(), now(), 2, CASE WHEN n % 2 = 0 THEN 'lists' ELSE 'elsewhere' END,
               CASE WHEN n BETWEEN 101 AND 110 THEN 'rare' ELSE 'usual' END, '1', 'p@1', 'LOW', 'ENFORCE',
               CASE WHEN n BETWEEN 11 AND 20 THEN 'RUNNING' WHEN n BETWEEN 21 AND 30 THEN 'WAITING_FOR_HUMAN' WHEN n BETWEEN 31 AND 40 THEN 'TERMINATED' ELSE 'COMPLETED' END,
               CASE WHEN n BETWEEN 31 AND 40 THEN 'CANCELLED' END
        FROM generate_series(1, {Others}) AS n
        """);

    // What a database does by itself once a table has grown.
    private Task LearnAsync(string table) => Query.RunAsync(server.Database.Owner, $"ANALYZE {table}");

    // Counted by the database itself; a session reports what it did when it ends.
    private async Task<(ImmutableArray<T> Found, long Read)> ReadByAsync<T>(Func<InstanceReader, ValueTask<ImmutableArray<T>>> read, string table = "instance")
    {
        var before = await CountAsync("seq_tup_read + idx_tup_fetch", table);
        var looks = await CountAsync("seq_scan + idx_scan", table);
        ImmutableArray<T> found;
        await using (var source = Npgsql.NpgsqlDataSource.Create($"{server.Database.Serving};Options=-c enable_seqscan=off"))
        {
            found = await read(new InstanceReader(source, null!));
        }

        while (await CountAsync("seq_scan + idx_scan", table) == looks)
        {
        }

        return (found, await CountAsync("seq_tup_read + idx_tup_fetch", table) - before);
    }

    private Task<long> CountAsync(string figure, string table) =>
        Query.AskAsync<long>(server.Database.Owner, $"SELECT coalesce(sum({figure}), 0)::bigint FROM pg_stat_user_tables WHERE relname = '{table}'");
}
