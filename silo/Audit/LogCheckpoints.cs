using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Audit;

/// <summary>The signed heads of logs, as they are stored.</summary>
public sealed class LogCheckpoints(NpgsqlDataSource source)
{
    // As the log signed it, and behind that the lines of witnesses.
    private const string Note =
        """
        SELECT checkpoint.note || coalesce((
            SELECT string_agg(cosignature.line, ''::bytea ORDER BY cosignature.witness)
            FROM cosignature
            WHERE cosignature.log_id = checkpoint.log_id AND cosignature.size = checkpoint.size), ''::bytea)
        FROM checkpoint
        """;

    private const string UpTo = $"{Note} WHERE log_id = $1 AND size <= $2 ORDER BY size DESC LIMIT 1";

    private const string Covering = $"{Note} WHERE log_id = $1 AND size >= $2 ORDER BY size LIMIT 1";

    private const string Witnessed =
        $"""
        {Note} WHERE log_id = $1 AND size = (
            SELECT cosignature.size FROM cosignature WHERE cosignature.log_id = $1 AND cosignature.size >= $2 ORDER BY cosignature.size DESC LIMIT 1)
        """;

    /// <summary>The newest head of a log; a log that is open has one.</summary>
    public async Task<SignedHead> NewestAsync(int logId, CancellationToken cancellation = default) =>
        await ReadAsync(UpTo, logId, long.MaxValue, cancellation) ?? throw new InvalidOperationException($"Log {logId} is not open.");

    /// <summary>The first head of a log that covers so many entries: always the same one, however the log grows. None when it is not that large.</summary>
    public Task<SignedHead?> CoveringAsync(int logId, long size, CancellationToken cancellation = default) => ReadAsync(Covering, logId, size, cancellation);

    /// <summary>The newest head with so many entries that a witness signed too, or else the newest.</summary>
    public async Task<SignedHead> BestAsync(int logId, long size, CancellationToken cancellation = default) =>
        await ReadAsync(Witnessed, logId, size, cancellation) ?? await NewestAsync(logId, cancellation);

    /// <summary>How many entries a log had when its last head before a moment was signed.</summary>
    public async Task<long> SizeBeforeAsync(int logId, Instant moment, CancellationToken cancellation = default)
    {
        // Heads are many, and stored by their size; the time is in the note. So the moment is looked for by halves.
        var (before, least, most) = (0L, 0L, (await NewestAsync(logId, cancellation)).Checkpoint.Size + 1);
        while (most - least > 1)
        {
            var middle = least + ((most - least) / 2);
            var head = await ReadAsync(UpTo, logId, middle, cancellation);
            if (head is null || head.Checkpoint.Time < moment)
            {
                (least, before) = (middle, head?.Checkpoint.Size ?? 0);
            }
            else
            {
                most = head.Checkpoint.Size;
            }
        }

        return before;
    }

    private async Task<SignedHead?> ReadAsync(string question, int logId, long size, CancellationToken cancellation)
    {
        var note = await StorageFault.AsUnavailableAsync(async () =>
        {
            await using var command = source.CreateCommand(question);
            command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of((short)logId), Parameter.Of(size) });
            return (byte[]?)await command.ExecuteScalarAsync(cancellation);
        });
        return note is null ? null : SignedHead.Read(note);
    }
}
