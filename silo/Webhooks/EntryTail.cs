using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;
using Gantral.Evidence.Log;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Webhooks;

/// <summary>Reads the entries of a log as it grows, without their payloads, a page at a time.</summary>
internal sealed class EntryTail(NpgsqlDataSource source)
{
    private const int PageEntries = 200;

    private const string Page = "SELECT position, bytes FROM entry WHERE log_id = $1 AND position >= $2 ORDER BY position LIMIT $3";

    private const string At = "SELECT bytes FROM entry WHERE log_id = $1 AND position = $2";

    /// <summary>The next entries of a log; none at its end.</summary>
    public async Task<IReadOnlyList<TailedEntry>> ReadAsync(int logId, string origin, long from, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(Page);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of((short)logId), Parameter.Of(from), Parameter.Of((long)PageEntries) });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<TailedEntry>();
        while (await rows.ReadAsync(cancellation))
        {
            entries.Add(Of(logId, origin, rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)));
        }

        return entries;
    }

    /// <summary>The entry at a place; none where the log is shorter.</summary>
    public async Task<TailedEntry?> FindAsync(int logId, string origin, long position, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(At);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of((short)logId), Parameter.Of(position) });
        return await command.ExecuteScalarAsync(cancellation) is byte[] bytes ? Of(logId, origin, position, bytes) : null;
    }

    private static TailedEntry Of(int logId, string origin, long position, byte[] bytes) =>
        new(logId, origin, position, EntryReader.Read(bytes), CanonicalJson.FromStorage(bytes), TreeHash.Leaf(bytes));
}
