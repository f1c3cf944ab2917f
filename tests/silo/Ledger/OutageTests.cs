using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Grains.Ledger;
using Gantral.Silo.Embedded;
using Gantral.Silo.Ledger;
using Gantral.Silo.Tests.Embedded;
using Npgsql;

namespace Gantral.Silo.Tests.Ledger;

/// <summary>The database goes away in every way it can, under load, and comes back.</summary>
public sealed class OutageTests(Template template) : IClassFixture<Template>
{
    [Fact]
    public async Task A_server_that_is_killed_under_load_comes_back_and_nobody_was_told_a_lie()
    {
        await using var folder = await template.CopyAsync();
        await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
        await using var ledger = await database.OpenAsync(database.Options with { Revive = () => database.Postgres.EnsureRunningAsync() });
        var load = new Load(ledger, await Sample.BindAsync(ledger));
        for (var kill = 0; kill < 3; kill++)
        {
            await load.UntilDurableAsync(50);
            await folder.KillServerAsync(database.Postgres.ServerProcessId);
            await load.UntilDurableAsync(50);
        }

        await load.StopAsync();
        await load.CheckAsync(database);
    }

    [Fact]
    public async Task While_the_server_is_stopped_commits_are_refused_and_afterwards_they_succeed_without_a_restart()
    {
        await using var folder = await template.CopyAsync();
        await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
        await using var ledger = await database.OpenAsync();
        var load = new Load(ledger, await Sample.BindAsync(ledger));
        await load.UntilDurableAsync(50);

        await folder.KillServerAsync(database.Postgres.ServerProcessId);
        await load.UntilFailedAsync(200);
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.ReadAsync(Subject.Policy("deploy-guard@1")));
        await database.Postgres.EnsureRunningAsync();
        await load.UntilDurableAsync(50);

        await load.StopAsync();
        await load.CheckAsync(database);
    }

    [Fact]
    public async Task A_private_server_that_cannot_be_brought_up_again_is_a_storage_that_is_away()
    {
        await using var folder = await template.CopyAsync();
        await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
        await using var ledger = await database.OpenAsync(database.Options with { Revive = () => throw new EmbeddedPostgresException("It does not start.") });
        var life = new Sample(ledger, LedgerDatabase.NewId());
        var create = life.Create(await Sample.BindAsync(ledger));

        await folder.KillServerAsync(database.Postgres.ServerProcessId);

        Assert.Equal(RefusalCode.StorageUnavailable, Assert.IsType<CommitOutcome.Failed>(await life.SendAsync(create)).Refusal.Code);
    }

    [Fact]
    public async Task Sessions_that_are_ended_under_load_cost_no_acknowledged_commit()
    {
        await using var folder = await template.CopyAsync();
        await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
        await using var ledger = await database.OpenAsync();
        var load = new Load(ledger, await Sample.BindAsync(ledger));
        for (var kill = 0; kill < 20; kill++)
        {
            await load.UntilDurableAsync(10);
            await Query.AskAsync<long>(database.Serving, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()");
        }

        await load.StopAsync();
        await load.CheckAsync(database);
    }

    [Fact]
    public async Task A_pool_without_a_free_connection_refuses_reads_and_commits_go_on()
    {
        await using var folder = await template.CopyAsync();
        await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
        await using var ledger = await database.OpenAsync();
        var binding = await Sample.BindAsync(ledger);
        await using var held = await OpenAsync(database.Owner);
        await using var transaction = await held.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("LOCK TABLE payload IN ACCESS EXCLUSIVE MODE", held))
        {
            await hold.ExecuteNonQueryAsync();
        }

        // Every read waits for the lock until there is no connection left to read on.
        var reads = Enumerable.Range(0, 40).Select(async _ => await ledger.ReadAsync(Subject.Policy("deploy-guard@1"))).ToList();
        foreach (var read in reads)
        {
            await Assert.ThrowsAsync<LedgerUnavailableException>(() => read);
        }

        await transaction.RollbackAsync();
        Assert.Single(await ledger.ReadAsync(Subject.Policy("deploy-guard@1")));
        await new Sample(ledger, LedgerDatabase.NewId()).LiveAsync(binding);
    }

    [Fact]
    public async Task A_log_that_went_back_is_not_gone_on_with()
    {
        await using var folder = await template.CopyAsync();
        await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
        await using var ledger = await database.OpenAsync();
        var binding = await Sample.BindAsync(ledger);
        await new Sample(ledger, LedgerDatabase.NewId()).LiveAsync(binding);

        // What a restore from a backup looks like to a silo that lives on.
        await Query.RunAsync(database.Owner, "DELETE FROM checkpoint WHERE size > 4; DELETE FROM entry WHERE position >= 4; DELETE FROM payload WHERE position >= 4");
        var life = new Sample(ledger, LedgerDatabase.NewId());
        var outcome = Assert.IsType<CommitOutcome.Failed>(await life.SendAsync(life.Create(binding)));

        Assert.Equal(RefusalCode.EvidenceFailure, outcome.Refusal.Code);
        Assert.Contains("now it ends at 4", ledger.Broken, StringComparison.Ordinal);
        Assert.Empty(await ledger.ReadAsync(Subject.Instance(life.InstanceId)));
    }

    [Fact]
    public async Task A_head_that_this_logs_key_did_not_sign_is_not_built_on()
    {
        await using var folder = await template.CopyAsync();
        await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
        await (await database.OpenAsync()).DisposeAsync();
        var other = await LedgerDatabase.MakeAsync(database.Postgres);

        var refused = await Assert.ThrowsAsync<LogBrokenException>(() => other.OpenAsync());
        Assert.Contains("share one signing key", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }
}
