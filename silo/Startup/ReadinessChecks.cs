using Gantral.Grains.Ledger;
using Gantral.Silo.Audit;
using Gantral.Silo.Gateway.Health;
using Gantral.Silo.Ledger;
using Gantral.Silo.Schema;
using Npgsql;

namespace Gantral.Silo.Startup;

/// <summary>Whether the database answers and takes writes.</summary>
internal sealed class DatabaseCheck(NpgsqlDataSource source) : IReadinessCheck
{
    private const string TakesWrites = "SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'";

    public string Name => "database";

    public async ValueTask<string?> FaultAsync(CancellationToken cancellation)
    {
        try
        {
            await using var command = source.CreateCommand(TakesWrites);
            return (bool)(await command.ExecuteScalarAsync(cancellation))! ? null : "The database takes no writes: it is a standby, or read-only.";
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            return "The database does not answer.";
        }
    }
}

/// <summary>Whether the schema is one that this release serves.</summary>
internal sealed class SchemaCheck(NpgsqlDataSource source) : IReadinessCheck
{
    public string Name => "schema";

    public async ValueTask<string?> FaultAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return await ServedDatabase.SchemaFaultAsync(connection, cancellation);
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            return "The database does not say which migrations it has.";
        }
    }
}

/// <summary>Whether every log can be written, and its head and newest entries be read and understood.</summary>
internal sealed class LedgerCheck(PostgresLedger ledger) : IReadinessCheck
{
    private const int Newest = 20;

    private readonly LogCheckpoints _checkpoints = new(ledger.Source);

    public string Name => "ledger";

    public async ValueTask<string?> FaultAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var log in ledger.Signers.Keys)
            {
                var size = (await _checkpoints.NewestAsync(log, cancellation)).Checkpoint.Size;
                await ledger.Entries.OfLogAsync(log, Math.Max(0, size - Newest), Newest);
            }
        }
        catch (LaterEntryException)
        {
            // Remembered, and told below.
        }
        catch (LedgerUnavailableException)
        {
            return "The head of a log cannot be read.";
        }
        catch (InvalidDataException)
        {
            return "The newest entries of a log are not as they were written.";
        }

        return ledger.Broken is not null ? "A log is not as this silo left it and is not gone on with; the silo's own log says how."
            : ledger.Entries.Later is not null ? "A log holds entries of a later release, which this silo does not understand: replace it by one of that release."
            : null;
    }
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
