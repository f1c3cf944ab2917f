using System.Buffers.Binary;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;
using Gantral.Evidence.Log;
using Gantral.Grains.Authority;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Projections;

/// <summary>
/// Makes the projections of a log from its entries again, a few subjects at a time. It holds the log for each few as
/// a batch would, so silos go on in between, and what they write meanwhile is neither lost nor overwritten.
/// </summary>
public sealed class ProjectionRebuild(string servingConnectionString, int logId)
{
    // Few enough that a silo which waits for the log hardly notices.
    private const int PageInstances = 100;

    private const string NextSubjects = "SELECT subject FROM entry WHERE log_id = $1 AND subject > $2 AND sequence = 1 ORDER BY subject LIMIT $3";

    private const string EntriesOfPage = "SELECT subject, bytes FROM entry WHERE log_id = $1 AND subject > $2 AND subject <= $3 ORDER BY subject, sequence";

    private static readonly string[] Clearings =
    [
        "DELETE FROM instance WHERE log_id = $1 AND instance_id > $2 AND instance_id <= $3",
        "DELETE FROM inbox WHERE log_id = $1 AND instance_id > $2 AND instance_id <= $3",
        // How long content is kept is in no entry of the instance.
        "DELETE FROM timer WHERE log_id = $1 AND instance_id > $2 AND instance_id <= $3 AND deadline <> 'RETENTION'",
        "DELETE FROM decision WHERE log_id = $1 AND instance_id > $2 AND instance_id <= $3",
        "DELETE FROM cost WHERE log_id = $1 AND instance_id > $2 AND instance_id <= $3",
        "DELETE FROM delegation WHERE log_id = $1 AND subject > $2 AND subject <= $3",
        "DELETE FROM workflow WHERE log_id = $1 AND subject > $2 AND subject <= $3",
        "DELETE FROM policy WHERE log_id = $1 AND subject > $2 AND subject <= $3",
    ];

    private static readonly Guid LastKey = Guid.AllBitsSet;

    private readonly NpgsqlParameter<short> _log = Parameter.Of((short)logId);

    /// <summary>Makes them all again and answers how many instances there are; <paramref name="progress"/> hears how many are done.</summary>
    public async Task<long> RunAsync(Action<long>? progress = null, CancellationToken cancellation = default)
    {
        await using var log = new LogConnection(servingConnectionString);
        var connection = await log.OpenAsync();
        var (done, cursor) = (0L, Guid.Empty);
        while (cursor != LastKey)
        {
            var end = await EndOfPageAsync(connection, cursor, cancellation);
            done += await RemakeAsync(connection, cursor, end, cancellation);
            cursor = end;
            progress?.Invoke(done);
        }

        return done;
    }

    /// <summary>Makes those of one instance again.</summary>
    public async Task RemakeAsync(Guid instanceId, CancellationToken cancellation = default)
    {
        await using var log = new LogConnection(servingConnectionString);
        await RemakeAsync(await log.OpenAsync(), Before(instanceId), instanceId, cancellation);
    }

    private async Task<Guid> EndOfPageAsync(NpgsqlConnection connection, Guid after, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(NextSubjects, connection) { Parameters = { _log.Clone(), Parameter.Of(after), Parameter.Of((long)PageInstances) } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var (last, count) = (LastKey, 0);
        while (await rows.ReadAsync(cancellation))
        {
            last = rows.GetGuid(0);
            count++;
        }

        // The last page has no end: rows of instances that no entry knows go with it.
        return count == PageInstances ? last : LastKey;
    }

    // The key just before another one, in the order in which the database sorts them: a page begins after it.
    private static Guid Before(Guid key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt128BigEndian(bytes, BinaryPrimitives.ReadUInt128BigEndian(bytes) - 1);
        return new Guid(bytes, bigEndian: true);
    }

    private async Task<long> RemakeAsync(NpgsqlConnection connection, Guid after, Guid end, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var hold = new NpgsqlCommand(FirstTrip.HoldLog, connection) { Parameters = { _log.Clone() } })
        {
            await hold.ExecuteNonQueryAsync(cancellation);
        }

        var (projections, count) = await FoldAsync(connection, after, end, cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            foreach (var clearing in Clearings)
            {
                batch.BatchCommands.Add(new(clearing) { Parameters = { _log.Clone(), Parameter.Of(after), Parameter.Of(end) } });
            }

            foreach (var rows in projections.Tables.Where(rows => rows.Count > 0))
            {
                batch.BatchCommands.Add(rows.Statement((short)logId));
            }

            await batch.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return count;
    }

    private async Task<(ProjectionRows Rows, long Count)> FoldAsync(NpgsqlConnection connection, Guid after, Guid end, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(EntriesOfPage, connection) { Parameters = { _log.Clone(), Parameter.Of(after), Parameter.Of(end) } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var (projections, count) = (new ProjectionRows(), 0L);
        Instance? instance = null;
        while (await rows.ReadAsync(cancellation))
        {
            var bytes = rows.GetFieldValue<byte[]>(1);
            var entry = EntryReader.Read(bytes);
            projections.Add(entry);
            if (entry.Subject.Type != SubjectType.Instance)
            {
                continue;
            }

            if (entry.Sequence == 1)
            {
                Take();
            }

            // Projections show nothing of a payload, so none is read.
            instance = InstanceFold.Apply(instance, new SealedEntry(entry, CanonicalJson.FromStorage(bytes), TreeHash.Leaf(bytes), []));
        }

        Take();
        return (projections, count);

        void Take()
        {
            if (instance is not null)
            {
                projections.Add(instance, wasPending: false);
                count++;
            }

            instance = null;
        }
    }
}
