using Gantral.Silo.Gateway.Health;
using Gantral.Silo.Ledger;
using Npgsql;

namespace Gantral.Silo.Startup;

/// <summary>Whether the database answers, and its clock is looked at while nobody commits.</summary>
internal sealed class DatabaseCheck(NpgsqlDataSource source) : IReadinessCheck
{
    public string Name => "database";

    public async ValueTask<string?> FaultAsync(CancellationToken cancellation)
    {
        try
        {
            await using var command = source.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellation);
            return null;
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            return "The database does not answer.";
        }
    }
}

/// <summary>Whether every log can be written.</summary>
internal sealed class LedgerCheck(PostgresLedger ledger) : IReadinessCheck
{
    public string Name => "ledger";

    public ValueTask<string?> FaultAsync(CancellationToken cancellation) =>
        new(ledger.Broken is null ? null : "A log is not as this silo left it and is not gone on with; the silo's own log says how.");
}

/// <summary>Whether this silo knows the database's time.</summary>
internal sealed class ClockCheck(PostgresLedger ledger) : IReadinessCheck
{
    public string Name => "clock";

    public async ValueTask<string?> FaultAsync(CancellationToken cancellation)
    {
        await ledger.LookAtClockAsync(cancellation);
        return ledger.Clock.IsSteady ? null : $"The database's clock and this silo's count of it differ by more than {DatabaseClock.Tolerance.TotalSeconds:0} s.";
    }
}
