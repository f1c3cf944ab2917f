using System.Security.Cryptography;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Grains.Ledger;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Bench.Transitions;

/// <summary>Lives whose rows lie ready: those of a life that a silo wrote, commit by commit, for as many instances as are wanted.</summary>
internal sealed class ReadyRows(short log, IReadOnlyList<IReadOnlyList<SealedEntry>> life, Instance ended)
{
    private static readonly Work Work = new("agents", StartAttempts: 3, ResumeAttempts: 1);

    /// <summary>How many commits a life has.</summary>
    public int Commits => life.Count;

    /// <summary>A life at one of its commits.</summary>
    public readonly record struct Alive(Guid Id, int Next);

    /// <summary>One that stands before its commit of a number.</summary>
    public Alive At(int next) => new(NewId(), next % life.Count);

    /// <summary>Adds the next commit of each to a transaction, and answers the entries that this writes.</summary>
    public IReadOnlyList<SealedEntry> Fill(NpgsqlBatch batch, long position, Span<Alive> lives)
    {
        var (entries, payloads, commands, projections, work) = (new EntryRows(position), new PayloadRows(), new CommandRows(default), new ProjectionRows(), new WorkRows());
        var written = new List<SealedEntry>();
        foreach (ref var alive in lives)
        {
            var (id, commit, firstPosition) = (alive.Id, life[alive.Next], position + written.Count);
            foreach (var entry in commit)
            {
                written.Add(entry);
                var place = entries.Add(id, entry);
                projections.Add(entry.Entry with { Subject = Subject.Instance(id) });
                foreach (var field in entry.Payload)
                {
                    payloads.Add(place, field);
                }
            }

            commands.Add(NewDigest(), NewDigest(), Subject.Instance(id), commit[^1].Entry.Sequence);
            projections.Add(Projected(id, commit[^1].Entry), [.. commit], retention: null);
            work.Add(Projected(id, commit[^1].Entry), [.. commit], firstPosition, Work, isLeased: false);
            alive = alive.Next + 1 < life.Count ? alive with { Next = alive.Next + 1 } : At(0);
        }

        foreach (var rows in projections.Tables.Concat(work.Tables).Prepend(commands).Prepend(payloads).Prepend(entries).Where(rows => rows.Count > 0))
        {
            batch.BatchCommands.Add(rows.Statement(log));
        }

        return written;
    }

    private Instance Projected(Guid id, Entry entry) => ended with
    {
        InstanceId = id,
        State = entry.State!.Value,
        Sequence = entry.Sequence,
        UpdatedAt = entry.At,
        Pending = entry.Authority is { } request ? new Pending(request, entry.Actor, entry.At) : null,
    };

    private Guid NewId() => InstanceIds.New(log, Instant.From(TimeProvider.System.GetUtcNow()), RandomNumberGenerator.GetBytes(InstanceIds.RandomBytes));

    private static Digest NewDigest() => new(RandomNumberGenerator.GetBytes(Digest.Size));
}
