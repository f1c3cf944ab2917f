using Gantral.Abstractions.Authority;
using Gantral.Silo.Ledger;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Ledger;

/// <summary>One server with one database for the tests that do it no harm.</summary>
public sealed class LedgerServer : IAsyncLifetime
{
    private readonly SharedPostgres _shared = new();

    public LedgerDatabase Database { get; private set; } = null!;

    /// <summary>What instances of this database can be bound to.</summary>
    public Binding Binding { get; private set; } = null!;

    public Task<PostgresLedger> OpenAsync() => Database.OpenAsync();

    public async Task InitializeAsync()
    {
        await _shared.InitializeAsync();
        Database = await LedgerDatabase.MakeAsync(_shared.Postgres, logs: 3);
        await using var ledger = await OpenAsync();
        Binding = await Sample.BindAsync(ledger);
    }

    public Task DisposeAsync() => _shared.DisposeAsync();
}
