using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
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
    private const string OfLog =
        """
        SELECT entry.position, entry.bytes, payload.name, payload.salt, payload.value, payload.hash
        FROM (SELECT * FROM entry WHERE entry.log_id = $1 AND entry.position >= $2 ORDER BY entry.position LIMIT $3) AS entry
        LEFT JOIN payload ON payload.log_id = entry.log_id AND payload.position = entry.position
        ORDER BY entry.position, payload.name
        """;

    private readonly SubjectReads _subjects = new(source);
    private volatile string? _later;

    /// <summary>What this silo met that only a later release understands, if anything.</summary>
    public string? Later => _later;

    /// <summary>The entries of a subject after a sequence, in order: all of them, or at most so many.</summary>
    public Task<ImmutableArray<PlacedEntry>> OfSubjectAsync(int logId, Subject subject, long after, int most = int.MaxValue) =>
        NotedAsync(async () =>
        {
            var entries = ImmutableArray.CreateBuilder<PlacedEntry>();
            ImmutableArray<PlacedEntry> page;
            do
            {
                page = await _subjects.ReadAsync((short)logId, SubjectKey.Of(subject), entries.Count > 0 ? entries[^1].Sealed.Entry.Sequence : after);
                entries.AddRange(page);
            }
            while (page.Length == SubjectReads.PageEntries && entries.Count < most);

            entries.Count = Math.Min(entries.Count, most);
            return entries.ToImmutable();
        });

    /// <summary>The entries of an instance after a sequence, in order: all of them, or at most so many.</summary>
    public Task<ImmutableArray<PlacedEntry>> OfInstanceAsync(Guid instanceId, long after, int most = int.MaxValue) =>
        OfSubjectAsync(InstanceIds.LogOf(instanceId), Subject.Instance(instanceId), after, most);

    /// <summary>So many entries of a log from a position on, in order: a page, in a transaction of its own.</summary>
    public Task<ImmutableArray<PlacedEntry>> OfLogAsync(int logId, long from, int most) =>
        ReadAsync(OfLog, Parameter.Of((short)logId), Parameter.Of(from), Parameter.Of((long)most));

    private Task<ImmutableArray<PlacedEntry>> ReadAsync(string question, params NpgsqlParameter[] parameters) => NotedAsync(async () =>
    {
        await using var command = source.CreateCommand(question);
        command.Parameters.AddRange(parameters);
        await using var rows = await command.ExecuteReaderAsync();
        var entries = ImmutableArray.CreateBuilder<PlacedEntry>();
        await foreach (var (_, entry) in StoredEntries.ReadAsync(rows))
        {
            entries.Add(entry);
        }

        return entries.ToImmutable();
    });

    private async Task<T> NotedAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await StorageFault.AsUnavailableAsync(read);
        }
        catch (LaterEntryException later)
        {
            _later = later.Message;
            throw;
        }
    }
}
