using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;
using Gantral.Evidence.Log;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>An entry and its place in its log.</summary>
public sealed record PlacedEntry(long Position, SealedEntry Sealed)
{
    /// <summary>The hashes that erased private fields left, by their names.</summary>
    public ImmutableSortedDictionary<string, Digest> Erased { get; init; } = ImmutableSortedDictionary<string, Digest>.Empty;
}

/// <summary>Reads entries back, each with what is left of its payload.</summary>
public sealed class EntryReads(NpgsqlDataSource source)
{
    private const string OfSubject =
        """
        SELECT entry.position, entry.bytes, payload.name, payload.salt, payload.value, payload.hash
        FROM entry
        LEFT JOIN payload ON payload.log_id = entry.log_id AND payload.position = entry.position
        WHERE entry.log_id = $1 AND entry.subject = $2 AND entry.sequence > $3
        ORDER BY entry.sequence, payload.name
        """;

    private const string OfLog =
        """
        SELECT entry.position, entry.bytes, payload.name, payload.salt, payload.value, payload.hash
        FROM (SELECT * FROM entry WHERE entry.log_id = $1 AND entry.position >= $2 ORDER BY entry.position LIMIT $3) AS entry
        LEFT JOIN payload ON payload.log_id = entry.log_id AND payload.position = entry.position
        ORDER BY entry.position, payload.name
        """;

    // One look into the index for each: the order and the limit leave no plan that reads a table.
    private const string OfInstances =
        """
        SELECT entry.position, entry.bytes, payload.name, payload.salt, payload.value, payload.hash
        FROM unnest($2) AS wanted (subject)
        CROSS JOIN LATERAL (
            SELECT entry.position, entry.sequence, entry.bytes
            FROM entry
            WHERE entry.log_id = $1 AND entry.subject = wanted.subject
            ORDER BY entry.sequence
            LIMIT 2147483647
        ) entry
        LEFT JOIN payload ON payload.log_id = $1 AND payload.position = entry.position
        ORDER BY wanted.subject, entry.sequence, payload.name
        """;

    /// <summary>The entries of a subject after a sequence, in order.</summary>
    public Task<ImmutableArray<PlacedEntry>> OfSubjectAsync(int logId, Subject subject, long after) =>
        ReadAsync(OfSubject, Parameter.Of((short)logId), Parameter.Of(SubjectKey.Of(subject)), Parameter.Of(after));

    /// <summary>The entries of an instance after a sequence, in order.</summary>
    public Task<ImmutableArray<PlacedEntry>> OfInstanceAsync(Guid instanceId, long after) =>
        OfSubjectAsync(InstanceIds.LogOf(instanceId), Subject.Instance(instanceId), after);

    /// <summary>The entries of some instances of a log, one instance after the other.</summary>
    public Task<ImmutableArray<PlacedEntry>> OfInstancesAsync(int logId, Guid[] instances) =>
        ReadAsync(OfInstances, Parameter.Of((short)logId), Parameter.Of(instances));

    /// <summary>So many entries of a log from a position on, in order: a page, in a transaction of its own.</summary>
    public Task<ImmutableArray<PlacedEntry>> OfLogAsync(int logId, long from, int most) =>
        ReadAsync(OfLog, Parameter.Of((short)logId), Parameter.Of(from), Parameter.Of((long)most));

    private Task<ImmutableArray<PlacedEntry>> ReadAsync(string question, params NpgsqlParameter[] parameters) => StorageFault.AsUnavailableAsync(async () =>
    {
        await using var command = source.CreateCommand(question);
        command.Parameters.AddRange(parameters);
        await using var rows = await command.ExecuteReaderAsync();
        return await ReadAsync(rows);
    });

    private static async Task<ImmutableArray<PlacedEntry>> ReadAsync(NpgsqlDataReader rows)
    {
        var entries = ImmutableArray.CreateBuilder<PlacedEntry>();
        var (position, bytes) = (-1L, Array.Empty<byte>());
        var payload = ImmutableArray.CreateBuilder<PrivateField>();
        var erased = ImmutableSortedDictionary.CreateBuilder<string, Digest>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
        {
            if (rows.GetInt64(0) is var next && next != position)
            {
                Take();
                (position, bytes) = (next, rows.GetFieldValue<byte[]>(1));
            }

            if (!rows.IsDBNull(5))
            {
                erased.Add(rows.GetString(2), new Digest(rows.GetFieldValue<byte[]>(5)));
            }
            else if (!rows.IsDBNull(2))
            {
                payload.Add(new PrivateField(rows.GetString(2), rows.GetFieldValue<byte[]>(3), CanonicalJson.FromStorage(rows.GetFieldValue<byte[]>(4))));
            }
        }

        Take();
        return entries.ToImmutable();

        void Take()
        {
            if (position >= 0)
            {
                entries.Add(new PlacedEntry(position, Seal(bytes, payload.ToImmutable())) { Erased = erased.ToImmutable() });
                payload.Clear();
                erased.Clear();
            }
        }
    }

    private static SealedEntry Seal(byte[] bytes, ImmutableArray<PrivateField> payload) =>
        new(EntryReader.Read(bytes), CanonicalJson.FromStorage(bytes), TreeHash.Leaf(bytes), payload);
}
