using Gantral.Conformance;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Tests.Ledger;

/// <summary>The ledger on PostgreSQL does what every ledger must.</summary>
public sealed class PostgresLedgerConformance(LedgerServer server) : LedgerConformance, IClassFixture<LedgerServer>, IAsyncLifetime
{
    private PostgresLedger _ledger = null!;

    public async Task InitializeAsync() => _ledger = await server.OpenAsync();

    public async Task DisposeAsync() => await _ledger.DisposeAsync();

    protected override ValueTask<LedgerUnderTest> OpenAsync() => new(new LedgerUnderTest(_ledger, _ledger.Clock, () => LedgerDatabase.NewId()));
}
