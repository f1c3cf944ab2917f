using System.Collections.Immutable;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>
/// Reads the entries of subjects. What waits is read together, as what waits is committed together: a silo that wakes
/// many instances at once, because their deadlines passed, asks the database a few times and not once for each.
/// </summary>
internal sealed class SubjectReads(NpgsqlDataSource source)
{
    // One that has a long history holds up those that it is read with, and nobody else.
    private const int MostQueries = 4;
    private const int MostTogether = 128;

    /// <summary>How many entries of one subject are read at a time: a history of any length is read in short statements.</summary>
    public const int PageEntries = 500;

    // Looks into indexes, one after the other: nothing that was planned while the tables were small can be made of it.
    public static readonly string Question =
        $"""
        SELECT entry.position, entry.bytes, payload.name, payload.salt, payload.value, payload.hash, asked.place
        FROM unnest($1, $2, $3) WITH ORDINALITY AS asked (log_id, subject, sequence, place)
        CROSS JOIN LATERAL (
            SELECT entry.position, entry.sequence, entry.bytes
            FROM entry
            WHERE entry.log_id = asked.log_id AND entry.subject = asked.subject AND entry.sequence > asked.sequence
            ORDER BY entry.sequence
            LIMIT {PageEntries}
        ) entry
        LEFT JOIN LATERAL (
            SELECT payload.name, payload.salt, payload.value, payload.hash
            FROM payload
            WHERE payload.log_id = asked.log_id AND payload.position = entry.position
            OFFSET 0
        ) payload ON true
        ORDER BY asked.place, entry.sequence, payload.name
        """;

    private readonly Lock _gate = new();
    private readonly Queue<Read> _waiting = [];
    private int _queries;

    /// <summary>The next entries of a subject after a sequence, in order: all that are left, or a full page of them.</summary>
    public Task<ImmutableArray<PlacedEntry>> ReadAsync(short logId, Guid subject, long after)
    {
        var read = new Read(logId, subject, after);
        lock (_gate)
        {
            _waiting.Enqueue(read);
            if (_queries == MostQueries)
            {
                return read.Entries.Task;
            }

            _queries++;
        }

        _ = WorkAsync();
        return read.Entries.Task;
    }

    private async Task WorkAsync()
    {
        while (Take() is { Count: > 0 } reads)
        {
            try
            {
                await AskAsync(reads);
            }
            catch (Exception fault)
            {
                await FailAsync([.. reads.Where(read => !read.Entries.Task.IsCompleted)], fault);
            }
        }
    }

    // Entries that cannot be understood are their own subject's trouble: each of the others is asked for alone.
    private async Task FailAsync(List<Read> reads, Exception fault)
    {
        if (reads.Count <= 1 || StorageFault.Is(fault))
        {
            reads.ForEach(read => read.Entries.SetException(fault));
            return;
        }

        foreach (var read in reads)
        {
            try
            {
                await AskAsync([read]);
            }
            catch (Exception own)
            {
                read.Entries.SetException(own);
            }
        }
    }

    private List<Read> Take()
    {
        lock (_gate)
        {
            var taken = new List<Read>(Math.Min(_waiting.Count, MostTogether));
            while (taken.Count < MostTogether && _waiting.TryDequeue(out var read))
            {
                taken.Add(read);
            }

            _queries -= taken.Count == 0 ? 1 : 0;
            return taken;
        }
    }

    private async Task AskAsync(List<Read> reads)
    {
        await using var command = source.CreateCommand(Question);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Parameter.Of(reads.Select(read => read.LogId).ToArray()),
            Parameter.Of(reads.Select(read => read.Subject).ToArray()),
            Parameter.Of(reads.Select(read => read.After).ToArray()),
        });
        await using var rows = await command.ExecuteReaderAsync();
        var (answered, entries) = (0, ImmutableArray.CreateBuilder<PlacedEntry>());
        await foreach (var (place, entry) in StoredEntries.ReadAsync(rows, placeColumn: 6))
        {
            AnswerUntil(place - 1);
            entries.Add(entry);
        }

        AnswerUntil(reads.Count);

        // Those who come first need not wait for the rows of the others.
        void AnswerUntil(long place)
        {
            for (; answered < place; answered++)
            {
                reads[answered].Entries.SetResult(entries.ToImmutable());
                entries.Clear();
            }
        }
    }

    private sealed record Read(short LogId, Guid Subject, long After)
    {
        public TaskCompletionSource<ImmutableArray<PlacedEntry>> Entries { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
