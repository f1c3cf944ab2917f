using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>Forgets idempotency keys once they are older than anybody was promised that they are kept.</summary>
public sealed class KeyAgeing(NpgsqlDataSource source)
{
    /// <summary>For how long a key is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    // Short statements: whoever commits meanwhile waits for none of them.
    private const int AtATime = 5_000;

    private const string Forget = "DELETE FROM command WHERE ctid = ANY (ARRAY (SELECT ctid FROM command WHERE at < clock_timestamp() - $1 LIMIT $2))";

    /// <summary>Forgets what is too old, and answers how many keys that were.</summary>
    public Task<long> RunAsync(TimeSpan? kept = null, CancellationToken cancellation = default) => StorageFault.AsUnavailableAsync(async () =>
    {
        for (var forgotten = 0L; ;)
        {
            await using var command = source.CreateCommand(Forget);
            command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of(kept ?? Kept), Parameter.Of((long)AtATime) });
            var count = await command.ExecuteNonQueryAsync(cancellation);
            forgotten += count;
            if (count < AtATime)
            {
                return forgotten;
            }
        }
    });
}
