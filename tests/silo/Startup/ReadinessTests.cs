using Gantral.Silo.Gateway.Health;
using Gantral.Silo.Ledger;
using Gantral.Silo.Schema;
using Gantral.Silo.Startup;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;
using Npgsql;

namespace Gantral.Silo.Tests.Startup;

/// <summary>What must hold before requests are sent to a silo, against a database where it does not.</summary>
public sealed class ReadinessTests(Template template) : IClassFixture<Template>, IAsyncLifetime
{
    private TestFolder _folder = null!;
    private LedgerDatabase _database = null!;
    private PostgresLedger _ledger = null!;

    public async Task InitializeAsync()
    {
        _folder = await template.CopyAsync();
        _database = await LedgerDatabase.MakeAsync(await _folder.StartAsync());
        _ledger = await _database.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await _ledger.DisposeAsync();
        await _database.DisposeAsync();
        await _folder.DisposeAsync();
    }

    [Fact]
    public async Task A_sound_database_is_ready_also_with_the_schema_of_a_later_release()
    {
        await Query.RunAsync(_database.Owner, "INSERT INTO migration (number, name, hash) VALUES (9999, '9999_later.sql', 'later')");

        Assert.All(await FaultsAsync(), fault => Assert.Null(fault));
    }

    [Fact]
    public async Task A_schema_that_lacks_what_this_release_needs_is_not_ready()
    {
        await Query.RunAsync(_database.Owner, $"DELETE FROM migration WHERE number = {Migration.All[^1].Number}");

        Assert.Contains("gantral migrate", await FaultAsync(new SchemaCheck(_ledger.Source)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_of_a_later_release_is_refused_and_the_silo_is_not_ready_any_more()
    {
        await Sample.BindAsync(_ledger);
        await Query.RunAsync(_database.Serving, $"""
            INSERT INTO entry (log_id, position, subject, sequence, bytes)
            SELECT log_id, position + 1000, subject, sequence + 1000, convert_to(regexp_replace(convert_from(bytes, 'UTF8'), '"type":"[A-Z_]+"', '"type":"TELEPORTED"'), 'UTF8')
            FROM entry WHERE position = (SELECT max(position) FROM entry)
            """);

        await Assert.ThrowsAsync<LaterEntryException>(() => _ledger.Entries.OfLogAsync(1, 0, 10_000));
        Assert.Contains("later release", await FaultAsync(new LedgerCheck(_ledger)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_is_damaged_is_another_matter()
    {
        await Sample.BindAsync(_ledger);
        await Query.RunAsync(_database.Owner, "UPDATE entry SET bytes = '\\x7b7d' WHERE position = (SELECT max(position) FROM entry)");

        await Assert.ThrowsAsync<InvalidDataException>(() => _ledger.Entries.OfLogAsync(1, 0, 10_000));
        Assert.Contains("not as they were written", await FaultAsync(new LedgerCheck(_ledger)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_takes_no_writes_is_not_ready()
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_database.Serving) { Options = "-c default_transaction_read_only=on" }.ConnectionString);

        Assert.Contains("takes no writes", await FaultAsync(new DatabaseCheck(source)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_away_is_not_ready()
    {
        await _folder.KillServerAsync(_database.Postgres.ServerProcessId);

        var faults = await Task.WhenAll(Checks()[..3].Select(FaultAsync));
        await _database.Postgres.EnsureRunningAsync();

        Assert.All(faults, fault => Assert.NotNull(fault));
    }

    private Task<string?[]> FaultsAsync() => Task.WhenAll(Checks().Select(FaultAsync));

    private IReadinessCheck[] Checks() => [new DatabaseCheck(_ledger.Source), new SchemaCheck(_ledger.Source), new LedgerCheck(_ledger), new ClockCheck(_ledger)];

    private static Task<string?> FaultAsync(IReadinessCheck check) => check.FaultAsync(default).AsTask();
}
