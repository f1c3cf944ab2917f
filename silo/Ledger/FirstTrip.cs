using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>What the first round trip learns once the log is held: where it ends, what time it is, and who has lost already.</summary>
internal sealed class FirstTrip
{
    // The row is locked and never written. Until the transaction ends nobody else adds to this log, so what the next
    // statements see (each takes a new snapshot) cannot change under them.
    public const string HoldLog = "SELECT FROM log WHERE log_id = $1 FOR UPDATE";

    public const string Begin = "BEGIN ISOLATION LEVEL READ COMMITTED";

    // One row where there is such a log, whether it has a checkpoint yet or not.
    private const string TimeAndHead =
        """
        SELECT clock_timestamp(), newest.size, newest.frontier, newest.note
        FROM log
        LEFT JOIN LATERAL (
            SELECT checkpoint.size, checkpoint.frontier, checkpoint.note
            FROM checkpoint
            WHERE checkpoint.log_id = log.log_id
            ORDER BY checkpoint.size DESC
            LIMIT 1
        ) newest ON true
        WHERE log.log_id = $1
        """;

    // A commit fits when the newest entry of its subject is the one that it continues. One look into the index each:
    // a plan is kept for as long as the connection, and the limit leaves none that reads a table which was small once.
    private const string Misfits =
        """
        SELECT expected.place
        FROM unnest($2, $3, $4) WITH ORDINALITY AS expected (subject, sequence, prev_hash, place)
        LEFT JOIN LATERAL (
            SELECT entry.sequence, sha256('\x00'::bytea || entry.bytes) AS hash
            FROM entry
            WHERE entry.log_id = $1 AND entry.subject = expected.subject
            ORDER BY entry.sequence DESC
            LIMIT 1
        ) newest ON true
        WHERE coalesce(newest.sequence, 0) <> expected.sequence - 1 OR newest.hash <> expected.prev_hash
        """;

    // What a commit rests on besides its own subject. Each statement sees what was committed before it began, in this log
    // and, as far as that can be without holding two, in others.
    private const string Unmet =
        """
        SELECT required.place
        FROM unnest($1, $2, $3, $4) AS required (place, log_id, subject, sequence)
        LEFT JOIN LATERAL (
            SELECT entry.sequence
            FROM entry
            WHERE entry.log_id = required.log_id AND entry.subject = required.subject
            ORDER BY entry.sequence DESC
            LIMIT 1
        ) newest ON true
        WHERE coalesce(newest.sequence, 0) <> required.sequence
        """;

    // Whoever takes a task up, or says that it is still at it, waits for the end of this transaction, or passes it by.
    // Nobody of those waits for a log.
    private const string Lost =
        """
        SELECT leased.place
        FROM unnest($2, $3, $4, $5) AS leased (place, instance_id, task_id, fencing_token)
        LEFT JOIN LATERAL (
            SELECT task.held_task_id, task.fencing_token
            FROM task
            WHERE task.log_id = $1 AND task.instance_id = leased.instance_id
            FOR UPDATE
        ) held ON true
        WHERE held.held_task_id IS DISTINCT FROM leased.task_id OR held.fencing_token IS DISTINCT FROM leased.fencing_token
        """;

    // Of the teams whose work begins, those of which an operator said that not all of it may be had.
    private const string HeldBack = "SELECT DISTINCT owning_team_id FROM queue WHERE owning_team_id = ANY ($1) AND (state <> 'open' OR most_at_once IS NOT NULL)";

    public const string KnownKeys =
        """
        SELECT known.*
        FROM unnest($2) AS asked (command_id)
        CROSS JOIN LATERAL (
            SELECT command.command_id, command.request_hash, command.subject, command.subject_name, command.sequence
            FROM command
            WHERE command.log_id = $1 AND command.command_id = asked.command_id
            LIMIT 1
        ) known
        """;

    /// <summary>The newest checkpoint, or none in an empty log.</summary>
    public StoredHead? Head { get; private set; }

    /// <summary>The database's time.</summary>
    public Instant Now { get; private set; }

    /// <summary>The places, within the batch, of commits that do not continue their subject, or rest on what has changed.</summary>
    public HashSet<int> Conflicts { get; } = [];

    /// <summary>The places of commits that were asked for in the name of a task which somebody else holds.</summary>
    public HashSet<int> LeasesLost { get; } = [];

    /// <summary>The teams whose work begins, and whether any of it is held back.</summary>
    public Dictionary<string, bool> Begins { get; } = new(StringComparer.Ordinal);

    /// <summary>The keys that were used before.</summary>
    public Dictionary<Digest, KnownCommand> Known { get; } = [];

    /// <summary>Begins a transaction and takes the log, and nothing else.</summary>
    public static async Task HoldAsync(NpgsqlConnection connection, short logId)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new(Begin));
        batch.BatchCommands.Add(new(HoldLog) { Parameters = { Parameter.Of(logId) } });
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Begins a transaction and takes the log, unless it is held already, and asks everything at once.</summary>
    public static async Task<FirstTrip> GoAsync(NpgsqlConnection connection, short logId, IReadOnlyList<PendingCommit> commits, bool isHeld)
    {
        var keys = commits.Select(commit => commit.Commit.Key).Where(key => key?.RequestHash is not null).Select(key => key!.Value.CommandId.ToArray()).ToArray();
        await using var batch = new NpgsqlBatch(connection);
        if (!isHeld)
        {
            batch.BatchCommands.Add(new(Begin));
            batch.BatchCommands.Add(new(HoldLog) { Parameters = { Parameter.Of(logId) } });
        }

        batch.BatchCommands.Add(new(TimeAndHead) { Parameters = { Parameter.Of(logId) } });
        batch.BatchCommands.Add(new(Misfits)
        {
            Parameters =
            {
                Parameter.Of(logId),
                Parameter.Of(commits.Select(commit => commit.Key).ToArray()),
                Parameter.Of(commits.Select(commit => commit.Sequence).ToArray()),
                Parameter.Of(commits.Select(commit => commit.PrevHash.ToArray()).ToArray()),
            },
        });
        batch.BatchCommands.Add(new(KnownKeys) { Parameters = { Parameter.Of(logId), Parameter.Of(keys) } });
        var trip = new FirstTrip();
        var (unmet, lost, heldBack) = (UnmetOf(commits), LostOf(logId, commits), trip.HeldBackOf(commits));
        foreach (var rare in new[] { unmet, lost, heldBack })
        {
            if (rare is not null)
            {
                batch.BatchCommands.Add(rare);
            }
        }

        await using var rows = await batch.ExecuteReaderAsync();
        if (!isHeld)
        {
            await rows.NextResultAsync();
        }

        if (!await rows.ReadAsync())
        {
            throw new LogBrokenException($"The database has no log {logId}.");
        }

        await trip.ReadAsync(rows);
        await ReadPlacesAsync(rows, unmet, trip.Conflicts);
        await ReadPlacesAsync(rows, lost, trip.LeasesLost);
        if (heldBack is not null && await rows.NextResultAsync())
        {
            while (await rows.ReadAsync())
            {
                trip.Begins[rows.GetString(0)] = true;
            }
        }

        return trip;
    }

    // Hardly any batch has one, and those pay nothing.
    private static NpgsqlBatchCommand? UnmetOf(IReadOnlyList<PendingCommit> commits)
    {
        var required = commits.Index().SelectMany(place => place.Item.Commit.Requires.Select(what => (place.Index, what.Subject, what.Sequence))).ToList();
        return required.Count == 0 ? null : new(Unmet)
        {
            Parameters =
            {
                Parameter.Of(required.Select(one => one.Index).ToArray()),
                Parameter.Of(required.Select(one => (short)PostgresLedger.LogOf(one.Subject)).ToArray()),
                Parameter.Of(required.Select(one => SubjectKey.Of(one.Subject)).ToArray()),
                Parameter.Of(required.Select(one => one.Sequence).ToArray()),
            },
        };
    }

    // Only runners' commits have one.
    private static NpgsqlBatchCommand? LostOf(short logId, IReadOnlyList<PendingCommit> commits)
    {
        var leased = commits.Index().Where(place => place.Item.Commit.Lease is not null).ToList();
        return leased.Count == 0 ? null : new(Lost)
        {
            Parameters =
            {
                Parameter.Of(logId),
                Parameter.Of(leased.Select(place => place.Index).ToArray()),
                Parameter.Of(leased.Select(place => place.Item.Key).ToArray()),
                Parameter.Of(leased.Select(place => place.Item.Commit.Lease!.Value.TaskId).ToArray()),
                Parameter.Of(leased.Select(place => place.Item.Commit.Lease!.Value.FencingToken).ToArray()),
            },
        };
    }

    // For the answer to whoever begins work, which says whether it may be had: no look of its own for that.
    private NpgsqlBatchCommand? HeldBackOf(IReadOnlyList<PendingCommit> commits)
    {
        foreach (var commit in commits)
        {
            if (commit.Commit is { Work: not null, Instance: { } instance } && commit.Commit.Entries.Any(entry => entry.Entry is { Type: EventType.Running, FromState: ExecutionState.Created }))
            {
                Begins[instance.Binding.OwningTeamId] = false;
            }
        }

        return Begins.Count == 0 ? null : new(HeldBack) { Parameters = { Parameter.Of(Begins.Keys.ToArray()) } };
    }

    private static async Task ReadPlacesAsync(NpgsqlDataReader rows, NpgsqlBatchCommand? asked, HashSet<int> places)
    {
        if (asked is not null && await rows.NextResultAsync())
        {
            while (await rows.ReadAsync())
            {
                places.Add(rows.GetInt32(0));
            }
        }
    }

    /// <summary>Reads a row of <see cref="KnownKeys"/>.</summary>
    public static (Digest CommandId, KnownCommand Known) ReadKnown(NpgsqlDataReader rows) =>
        (new Digest(rows.GetFieldValue<byte[]>(0)),
            new KnownCommand(new Digest(rows.GetFieldValue<byte[]>(1)), SubjectKey.Read(rows.GetGuid(2), rows.IsDBNull(3) ? null : rows.GetString(3)), rows.GetInt64(4)));

    private async Task ReadAsync(NpgsqlDataReader rows)
    {
        Now = Instant.From(rows.GetFieldValue<DateTimeOffset>(0));
        if (!rows.IsDBNull(1))
        {
            Head = new StoredHead(rows.GetInt64(1), rows.GetFieldValue<byte[]>(2), rows.GetFieldValue<byte[]>(3));
        }

        await rows.NextResultAsync();
        while (await rows.ReadAsync())
        {
            Conflicts.Add((int)rows.GetInt64(0) - 1);
        }

        await rows.NextResultAsync();
        while (await rows.ReadAsync())
        {
            var (commandId, known) = ReadKnown(rows);
            Known[commandId] = known;
        }
    }
}
