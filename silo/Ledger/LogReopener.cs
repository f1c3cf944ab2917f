using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;
using Gantral.Silo.Ledger.Rows;
using Gantral.Silo.Schema;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>
/// Has the logs of a database that lost their newest entries go on under a new name. The first entry under it names the last head
/// that was known, so that whoever reads the log reads how much is lost; under the old name nothing is ever signed again.
/// </summary>
/// <param name="ownerConnectionString">How to connect as the owner of the tables: the serving login cannot rename a log.</param>
/// <param name="signerOf">Signs under a name.</param>
/// <param name="heads">The heads that are remembered outside the database.</param>
public sealed class LogReopener(string ownerConnectionString, Func<string, LogSigner> signerOf, KnownHeads? heads)
{
    private const string Logs = "SELECT log_id, origin FROM log ORDER BY log_id FOR UPDATE";

    private const string Newest = "SELECT size, frontier, note FROM checkpoint WHERE log_id = $1 ORDER BY size DESC LIMIT 1";

    private const string Rename = "UPDATE log SET origin = $2 WHERE log_id = $1";

    private const string Remember = "INSERT INTO reopening (log_id, position, former, known_size) VALUES ($1, $2, $3, $4)";

    /// <summary>Renames every log, whole or not at all, and answers each with what is known to be lost of it.</summary>
    /// <param name="beginning">What the new names begin with.</param>
    /// <param name="cancellation">Calls it off.</param>
    public async Task<IReadOnlyList<LogReopening>> RunAsync(string beginning, CancellationToken cancellation = default)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var logs = await LogsAsync(connection, cancellation);
        RequireNew(beginning, logs);
        var now = Instant.From((DateTime)(await new NpgsqlCommand("SELECT clock_timestamp()", connection).ExecuteScalarAsync(cancellation))!);
        var (reopenings, signed) = (new List<LogReopening>(), new List<(int Log, StoredHead Head)>());
        foreach (var (log, origin) in logs)
        {
            using var signer = signerOf(FormattableString.Invariant($"{beginning}/{log}"));
            var (reopening, head) = await ReopenAsync(connection, log, origin, signer, now, cancellation);
            reopenings.Add(reopening);
            signed.Add((log, head));
        }

        await transaction.CommitAsync(cancellation);

        // Whoever dies here leaves heads of the name before, which the database knows for one.
        signed.ForEach(log => heads?.Keep(log.Log, log.Head, logs.Select(former => former.Origin)));
        return reopenings;
    }

    private async Task<(LogReopening Reopening, StoredHead Head)> ReopenAsync(NpgsqlConnection connection, int log, string origin, LogSigner signer, Instant now, CancellationToken cancellation)
    {
        using var former = signerOf(origin);
        var stored = await NewestAsync(connection, log, cancellation);
        var tree = new LogHeads(former).GoOnFrom(stored);
        var position = tree.Size;
        var known = Known(log, former, new LogHead(origin, tree.Size, tree.Root()));
        var second = new SecondTrip((short)log, tree, now);
        foreach (var entry in LogBeginning.Of(signer.PublicKey, now, known.Size == 0 ? null : known))
        {
            second.Add(entry);
        }

        var head = new LogHeads(signer).Sign(tree, now);
        await ExecuteAsync(connection, Rename, cancellation, Parameter.Of((short)log), Parameter.Of(signer.Name));
        await ExecuteAsync(connection, Remember, cancellation, Parameter.Of((short)log), Parameter.Of(position), Parameter.Of(origin), Parameter.Of(known.Size));
        await second.WriteAsync(connection, head);
        return (new LogReopening(log, position, origin, known.Size), head);
    }

    // The largest head that anybody here knows of.
    private LogHead Known(int log, LogSigner former, LogHead stored) =>
        heads?.Read(log) is not var (note, remembered) || remembered.Origin != former.Name || remembered.Size < stored.Size ? stored
        : note.IsSignedBy(former.PublicKey) ? new LogHead(remembered.Origin, remembered.Size, remembered.Root)
        : throw new LogBrokenException($"The head of {former.Name} in '{heads!.PathOf(log)}' is not signed by the log's key, so it does not say what was lost.");

    private static void RequireNew(string beginning, List<(int Log, string Origin)> logs)
    {
        if (!Checkpoint.IsOrigin($"{beginning}/{Migrator.MostLogs}"))
        {
            throw new SchemaException($"'{beginning}' cannot begin the name of a log: use up to 250 bytes without spaces, plus signs or control characters, for example gantral.example.com/prod-2.");
        }

        if (logs.FirstOrDefault(log => log.Origin == FormattableString.Invariant($"{beginning}/{log.Log}")) is { Origin: { } same })
        {
            throw new SchemaException($"The log is named {same} already, and goes on under another name: give one with --origin, for example {beginning}-2.");
        }
    }

    private static async Task<List<(int Log, string Origin)>> LogsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Logs, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var logs = new List<(int, string)>();
        while (await rows.ReadAsync(cancellation))
        {
            logs.Add((rows.GetInt16(0), rows.GetString(1)));
        }

        return logs;
    }

    private static async Task<StoredHead?> NewestAsync(NpgsqlConnection connection, int log, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Newest, connection) { Parameters = { Parameter.Of((short)log) } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation) ? new StoredHead(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), rows.GetFieldValue<byte[]>(2)) : null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
