using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Log;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>What the second round trip writes: everything that a batch changes, the head that covers it, and the commit.</summary>
internal sealed class SecondTrip(short logId, Frontier tree, Instant now)
{
    public const string InsertCheckpoint = "INSERT INTO checkpoint (log_id, size, frontier, note) VALUES ($1, $2, $3, $4)";

    private readonly EntryRows _entries = new(tree.Size);
    private readonly PayloadRows _payloads = new();
    private readonly ErasedRows _erased = new();
    private readonly ToldErasureRows _told = new(now);
    private readonly CommandRows _commands = new(now);
    private readonly ProjectionRows _projections = new();
    private readonly WorkRows _work = new();

    /// <summary>Adds an entry that no caller handed in: what a log begins with.</summary>
    public void Add(SealedEntry entry) => Add(SubjectKey.Of(entry.Entry.Subject), entry);

    /// <summary>Adds a commit at the end of the log.</summary>
    public void Add(PendingCommit pending)
    {
        var commit = pending.Commit;
        var firstPosition = tree.Size;
        foreach (var entry in commit.Entries)
        {
            Add(pending.Key, entry);
        }

        if (commit.Key is { RequestHash: { } requestHash } key)
        {
            _commands.Add(key.CommandId, requestHash, commit.Entries[^1].Entry.Subject, commit.Entries[^1].Entry.Sequence);
        }

        if (commit.Instance is { } instance)
        {
            if (commit.Entries.Any(entry => entry.Entry.Redaction is not null))
            {
                _told.Add(firstPosition, instance.InstanceId);
            }

            _projections.Add(instance, commit.Entries, commit.Retention);
            _work.Add(instance, commit.Entries, firstPosition, commit.Work, commit.Lease is not null);
        }
    }

    /// <summary>Writes and commits.</summary>
    public Task GoAsync(NpgsqlConnection connection, StoredHead head) => WriteAsync(connection, head, commits: true);

    /// <summary>Writes; whoever began the transaction ends it, unless it is to be committed along.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, StoredHead head, bool commits = false)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var rows in _projections.Tables.Concat(_work.Tables).Prepend(_commands).Prepend(_told).Prepend(_erased).Prepend(_payloads).Prepend(_entries).Where(rows => rows.Count > 0))
        {
            batch.BatchCommands.Add(rows.Statement(logId));
        }

        batch.BatchCommands.Add(new(InsertCheckpoint)
        {
            Parameters = { Parameter.Of(logId), Parameter.Of(head.Size), Parameter.Of(head.Frontier), Parameter.Of(head.Note) },
        });
        if (commits)
        {
            batch.BatchCommands.Add(new("COMMIT"));
        }

        await batch.ExecuteNonQueryAsync();
    }

    private void Add(Guid subject, SealedEntry entry)
    {
        var position = _entries.Add(subject, entry);
        _projections.Add(entry.Entry);
        tree.Append(entry.Hash);
        foreach (var field in entry.Payload)
        {
            _payloads.Add(position, field);
        }

        if (entry.Entry.Redaction is { } redaction)
        {
            _erased.Add(subject, redaction);
        }
    }
}
