using System.Diagnostics;
using System.Security.Cryptography;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Grains.Ledger;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Bench.Transitions;

/// <summary>
/// What the database can do on this machine: the same rows into the same tables and indexes, as many to a transaction,
/// on one connection, with nothing else around. Nobody reads, rules, chains, hashes or signs; the rows lie ready.
/// </summary>
internal sealed class RawCeiling(string connectionString, IReadOnlyList<IReadOnlyList<SealedEntry>> life, Instance ended)
{
    // A log of its own number, so that its rows stay apart from the evidence of silos.
    private const short Log = 4000;

    private static readonly Work Work = new("agents", StartAttempts: 3, ResumeAttempts: 1);

    private long _position;

    /// <summary>Writes lives, so many commits to a transaction, for a time; answers how many transitions were written in how many seconds.</summary>
    public async Task<(long Transitions, double Seconds)> WriteAsync(int commitsPerBatch, TimeSpan time)
    {
        await using var log = new LogConnection(connectionString);
        var connection = await log.OpenAsync();
        var (transitions, spent) = (0L, 0.0);
        var alive = Enumerable.Range(0, commitsPerBatch).Select(place => (Id: NewId(), Next: place % life.Count)).ToArray();
        while (spent < time.TotalSeconds)
        {
            // Only the database is measured, not the making of the rows.
            await using var batch = new NpgsqlBatch(connection);
            transitions += Fill(batch, alive);
            var start = Stopwatch.GetTimestamp();
            await batch.ExecuteNonQueryAsync();
            spent += Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return (transitions, spent);
    }

    private long Fill(NpgsqlBatch batch, (Guid Id, int Next)[] alive)
    {
        var (entries, payloads, commands, projections, work) = (new EntryRows(_position), new PayloadRows(), new CommandRows(default), new ProjectionRows(), new WorkRows());
        for (var place = 0; place < alive.Length; place++)
        {
            var (id, next) = alive[place];
            var firstPosition = _position;
            foreach (var entry in life[next])
            {
                _position++;
                var position = entries.Add(id, entry);
                projections.Add(entry.Entry with { Subject = Subject.Instance(id) });
                foreach (var field in entry.Payload)
                {
                    payloads.Add(position, field);
                }
            }

            commands.Add(NewDigest(), NewDigest(), Subject.Instance(id), life[next][^1].Entry.Sequence);
            projections.Add(Projected(id, life[next][^1].Entry), [.. life[next]], retention: null);
            work.Add(Projected(id, life[next][^1].Entry), [.. life[next]], firstPosition, Work, isLeased: false);
            alive[place] = next + 1 < life.Count ? (id, next + 1) : (NewId(), 0);
        }

        batch.BatchCommands.Add(new("BEGIN"));
        foreach (var rows in projections.Tables.Concat(work.Tables).Prepend(commands).Prepend(payloads).Prepend(entries).Where(rows => rows.Count > 0))
        {
            batch.BatchCommands.Add(rows.Statement(Log));
        }

        batch.BatchCommands.Add(new(SecondTrip.InsertCheckpoint)
        {
            Parameters = { Parameter.Of(Log), Parameter.Of(_position), Parameter.Of(new byte[320]), Parameter.Of(new byte[250]) },
        });
        batch.BatchCommands.Add(new("COMMIT"));
        return entries.Count;
    }

    private Instance Projected(Guid id, Entry entry) => ended with
    {
        InstanceId = id,
        State = entry.State!.Value,
        Sequence = entry.Sequence,
        UpdatedAt = entry.At,
        Pending = entry.Authority is { } request ? new Pending(request, entry.Actor, entry.At) : null,
    };

    private static Guid NewId() => InstanceIds.New(Log, Instant.From(TimeProvider.System.GetUtcNow()), RandomNumberGenerator.GetBytes(InstanceIds.RandomBytes));

    private static Digest NewDigest() => new(RandomNumberGenerator.GetBytes(Digest.Size));
}
