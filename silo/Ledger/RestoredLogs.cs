using System.Collections.Immutable;
using Gantral.Evidence.Log;
using Gantral.Silo.Ledger.Rows;
using Gantral.Silo.Schema;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>Holds the logs of a database against the heads that are remembered outside of it, before anything is written to one.</summary>
internal static class RestoredLogs
{
    private const string Covering = "SELECT size, frontier, note FROM checkpoint WHERE log_id = $1 AND size >= $2 ORDER BY size LIMIT 1";

    private const string Advice = "Nothing is written to it. Restore a backup that has them. If there is none, stop every silo, and have the logs go on under a new name with `gantral log reopen`; docs/operating.md says what that means.";

    /// <summary>Throws <see cref="LogBrokenException"/> when a log is not the one that is remembered, or ends before it did.</summary>
    public static async Task RefuseAsync(NpgsqlDataSource source, KnownHeads heads, ImmutableSortedDictionary<int, LogSigner> logs, ImmutableArray<LogReopening> reopenings)
    {
        foreach (var (log, signer) in logs)
        {
            if (heads.Read(log) is not var (note, known) || reopenings.Any(reopening => reopening.LogId == log && reopening.Former == known.Origin))
            {
                continue;
            }

            if (known.Origin != signer.Name)
            {
                throw new LogBrokenException($"Log {log} of this database is {signer.Name}, and '{heads.PathOf(log)}' remembers {known.Origin}: it is another database, or one from before the log was reopened. {Advice}");
            }

            if (!note.IsSignedBy(signer.PublicKey))
            {
                throw new LogBrokenException($"The head of {known.Origin} in '{heads.PathOf(log)}' is not signed by the key that this silo has; silos of one database share one signing key.");
            }

            var stored = await ReadAsync(source, log, known.Size);
            if (stored is null)
            {
                throw new LogBrokenException($"Log {known.Origin} had {known.Size} entries, as '{heads.PathOf(log)}' remembers, and this database does not have them: it was restored from a backup, and what was acknowledged since is missing. {Advice}");
            }

            if (!SignedNote.TryParse(stored.Note, out var there, out _) || !Checkpoint.TryParse(there.Text, out var head, out _) || (head.Size, head.Root) != (known.Size, known.Root))
            {
                throw new LogBrokenException($"Log {known.Origin} has another history than the one whose head of {known.Size} entries '{heads.PathOf(log)}' remembers: it was restored from a backup and gone on with. {Advice}");
            }
        }
    }

    private static Task<StoredHead?> ReadAsync(NpgsqlDataSource source, int log, long size) => StorageFault.AsUnavailableAsync(async () =>
    {
        await using var command = source.CreateCommand(Covering);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of((short)log), Parameter.Of(size) });
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? new StoredHead(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), rows.GetFieldValue<byte[]>(2)) : null;
    });
}
