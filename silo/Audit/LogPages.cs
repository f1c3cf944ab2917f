using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Json;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Audit;

/// <summary>What is left of the private fields of an entry.</summary>
internal sealed record KeptPayload(ImmutableArray<PrivateField> Fields, ImmutableSortedDictionary<string, Digest> Erased);

/// <summary>
/// Reads a log page by page, each in a transaction of its own: nobody who reads slowly keeps the database waiting. Private
/// content is asked for by position, so that what is not to be shown never leaves the database.
/// </summary>
internal sealed class LogPages(NpgsqlDataSource source)
{
    /// <summary>How many entries are read at a time.</summary>
    public const int PageEntries = 250;

    private const string Entries = "SELECT bytes FROM entry WHERE log_id = $1 AND position >= $2 AND position < $3 ORDER BY position";

    private const string Payloads = "SELECT position, name, salt, value, hash FROM payload WHERE log_id = $1 AND position = ANY ($2) ORDER BY position, name";

    private const string PayloadCount = "SELECT count(DISTINCT position) FROM payload WHERE log_id = $1 AND position = ANY ($2)";

    // A context may have hundreds of kilobytes.
    private const int PayloadsAtOnce = 25;

    /// <summary>The entries from one position to another, whole before any of them is used.</summary>
    public Task<List<CanonicalBytes>> EntriesAsync(int logId, long from, long to, CancellationToken cancellation) => StorageFault.AsUnavailableAsync(async () =>
    {
        await using var command = source.CreateCommand(Entries);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of((short)logId), Parameter.Of(from), Parameter.Of(to) });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var page = new List<CanonicalBytes>();
        while (await rows.ReadAsync(cancellation))
        {
            page.Add(CanonicalJson.FromStorage(rows.GetFieldValue<byte[]>(0)));
        }

        return page.Count == to - from ? page : throw new InvalidDataException($"The log lacks entries from position {from} on, although its checkpoint covers them.");
    });

    /// <summary>How many of these positions have private content, erased or not.</summary>
    public Task<long> PayloadCountAsync(int logId, long[] positions, CancellationToken cancellation) => StorageFault.AsUnavailableAsync(async () =>
    {
        await using var command = source.CreateCommand(PayloadCount);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of((short)logId), Parameter.Of(positions) });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    });

    /// <summary>The private content at these positions, a few positions at a time.</summary>
    public async IAsyncEnumerable<(long Position, KeptPayload Payload)> PayloadsAsync(
        int logId, IReadOnlyCollection<long> positions, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var some in positions.Chunk(PayloadsAtOnce))
        {
            foreach (var payload in await StorageFault.AsUnavailableAsync(() => PayloadsOfAsync(logId, some, cancellation)))
            {
                yield return (payload.Key, payload.Value);
            }
        }
    }

    private async Task<SortedDictionary<long, KeptPayload>> PayloadsOfAsync(int logId, long[] positions, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(Payloads);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of((short)logId), Parameter.Of(positions) });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var payloads = new SortedDictionary<long, KeptPayload>();
        while (await rows.ReadAsync(cancellation))
        {
            var (position, name) = (rows.GetInt64(0), rows.GetString(1));
            var kept = payloads.GetValueOrDefault(position) ?? new KeptPayload([], ImmutableSortedDictionary<string, Digest>.Empty.WithComparers(StringComparer.Ordinal));
            payloads[position] = rows.IsDBNull(4)
                ? kept with { Fields = kept.Fields.Add(new PrivateField(name, rows.GetFieldValue<byte[]>(2), CanonicalJson.FromStorage(rows.GetFieldValue<byte[]>(3)))) }
                : kept with { Erased = kept.Erased.Add(name, new Digest(rows.GetFieldValue<byte[]>(4))) };
        }

        return payloads;
    }
}
