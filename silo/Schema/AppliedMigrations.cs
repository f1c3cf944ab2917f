using Npgsql;

namespace Gantral.Silo.Schema;

/// <summary>Which migrations a database has seen.</summary>
internal static class AppliedMigrations
{
    /// <summary>Their hashes by number.</summary>
    public static async Task<IReadOnlyDictionary<int, string>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT number, hash FROM migration", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var applied = new Dictionary<int, string>();
        while (await rows.ReadAsync(cancellation))
        {
            applied.Add(rows.GetInt32(0), rows.GetString(1));
        }

        return applied;
    }
}
