using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Bench.Running;
using Gantral.Bench.Transitions;
using Gantral.Bench.Workload;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Log;
using Gantral.Grains.Authority;
using Gantral.Silo.Ledger;
using Npgsql;

namespace Gantral.Bench.Growth;

/// <summary>
/// Makes a log as long as years do, in minutes: a life that a silo wrote is repeated, each time as another instance's,
/// chained, hashed and signed as any, with every row that it leaves behind. The verifier judges all of it afterwards.
/// </summary>
internal sealed class GrownLog
{
    private const short Log = 1;
    private const int AtATime = 512;
    private const int EntriesToACheckpoint = 256;
    private const int EntriesToATransaction = 1_000_000;

    private readonly BenchDatabase _database;
    private readonly LifeTemplate _template;
    private readonly IReadOnlyList<SealedEntry> _life;
    private readonly Instance _ended;
    private readonly Guid _decision;
    private readonly LogHeads _heads;

    private GrownLog(BenchDatabase database, string origin, IReadOnlyList<SealedEntry> life)
    {
        (_database, _life, _template) = (database, life, new LifeTemplate(life));
        _ended = life.Aggregate((Instance?)null, InstanceFold.Apply)!;
        _decision = life.Select(entry => entry.Entry.Decision).OfType<Decision>().Single().DecisionId;
        _heads = new LogHeads(BenchSilo.Signer(origin, database.KeyPem));
    }

    /// <summary>Grows the first log to about so many entries. No silo may be at it.</summary>
    public static async Task GrowAsync(BenchRun run, BenchDatabase database, long entries)
    {
        var (origin, life) = ("", (IReadOnlyList<SealedEntry>)[]);
        await using (var silo = await database.OpenAsync())
        {
            await GrainLives.RegisterAsync(silo.Host);
            await GrainLives.LiveOnceAsync(silo.Host, GrainLives.Deploy("payments"), []);
            var written = await silo.Ledger.Entries.OfLogAsync(Log, 0, 1_000);
            life = await silo.Ledger.ReadAsync(written.Select(entry => entry.Sealed).Last(entry => entry.Entry.Type == EventType.Completed).Entry.Subject);
            origin = (await Silo.Schema.ServedDatabase.FindAsync(database.Serving)).Logs[Log];
        }

        var grown = new GrownLog(database, origin, life);
        for (var from = 0L; await grown.SizeAsync() is var size && size < entries; from += EntriesToATransaction)
        {
            run.Say($"growing the log: {size:N0} of {entries:N0} entries");
            await grown.AddAsync(from, Math.Min(EntriesToATransaction, entries - size));
        }

        // As a database that has been used for long is: its statistics known, its old pages marked as seen by all.
        await using var owner = NpgsqlDataSource.Create(database.Owner);
        await using var vacuum = owner.CreateCommand("VACUUM (ANALYZE)");
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync();
    }

    private Task<long> SizeAsync() => _database.CountAsync($"SELECT max(size) FROM checkpoint WHERE log_id = {Log}");

    private async Task AddAsync(long firstInstance, long entries)
    {
        var tree = await TreeAsync();
        await using var entry = await CopiedTable.BeginAsync(_database.Source, "entry (log_id, position, subject, sequence, bytes)");
        await using var payload = await CopiedTable.BeginAsync(_database.Source, "payload (log_id, position, name, salt, value)");
        await using var checkpoint = await CopiedTable.BeginAsync(_database.Source, "checkpoint (log_id, size, frontier, note)");
        await using var command = await CopiedTable.BeginAsync(_database.Source, "command (log_id, at, command_id, request_hash, subject, sequence)");
        await using var instance = await CopiedTable.BeginAsync(_database.Source, "instance (log_id, instance_id, created_at, updated_at, sequence, owning_team_id, workflow_id, workflow_version, policy_version_id, materiality, mode, state)");
        await using var decision = await CopiedTable.BeginAsync(_database.Source, "decision (log_id, decision_id, instance_id, sequence)");

        var (begun, last, alive) = (firstInstance, firstInstance + ((entries + _life.Count - 1) / _life.Count), new List<(long Instance, int Next, Digest Previous)>());
        while (begun < last || alive.Count > 0)
        {
            while (alive.Count < AtATime && begun < last)
            {
                alive.Add((begun++, 0, Digest.Zero));
            }

            // One entry of each in turn: the entries of an instance lie far apart, as they do where many are at work.
            for (var place = 0; place < alive.Count; place++)
            {
                var (number, next, previous) = alive[place];
                alive[place] = (number, next + 1, Write(number, next, previous));
            }

            alive.RemoveAll(life => life.Next == _life.Count);
        }

        if (tree.Size % EntriesToACheckpoint != 0)
        {
            Sign();
        }

        // The entries last: a log without its newest entries would be broken, one without a list of them can be mended.
        foreach (var table in (CopiedTable[])[payload, command, instance, decision, entry, checkpoint])
        {
            await table.EndAsync();
        }

        Digest Write(long number, int next, Digest previous)
        {
            var (position, sealedEntry, id) = (tree.Size, _life[next], LifeTemplate.Id(_ended.InstanceId, number));
            var bytes = _template.Entry(next, number, previous).ToArray();
            var hash = TreeHash.Leaf(bytes);
            tree.Append(hash);
            entry.Row().Add(Log).Add(position).Add(id).Add(sealedEntry.Entry.Sequence).Add(bytes);
            foreach (var field in sealedEntry.Payload)
            {
                payload.Row().Add(Log).Add(position).Add(field.Name).Add(field.Salt.ToArray()).Add(field.Value.Span.ToArray());
            }

            if (next + 1 == _life.Count || _life[next + 1].Entry.CommandId != sealedEntry.Entry.CommandId)
            {
                command.Row().Add(Log).Add(Moment(sealedEntry.Entry.At)).Add(RandomNumberGenerator.GetBytes(Digest.Size)).Add(RandomNumberGenerator.GetBytes(Digest.Size)).Add(id).Add(sealedEntry.Entry.Sequence);
            }

            if (sealedEntry.Entry.Decision is not null)
            {
                decision.Row().Add(Log).Add(LifeTemplate.Id(_decision, number)).Add(id).Add(sealedEntry.Entry.Sequence);
            }

            if (next + 1 == _life.Count)
            {
                var binding = _ended.Binding;
                instance.Row().Add(Log).Add(id).Add(Moment(_ended.CreatedAt)).Add(Moment(_ended.UpdatedAt)).Add(_ended.Sequence).Add(binding.OwningTeamId).Add(binding.WorkflowId)
                    .Add(binding.WorkflowVersion).Add(binding.PolicyVersionId).Add(WireName.Of(binding.Materiality)).Add(WireName.Of(binding.Mode)).Add(WireName.Of(_ended.State));
            }

            if (tree.Size % EntriesToACheckpoint == 0)
            {
                Sign();
            }

            return hash;
        }

        void Sign()
        {
            var head = _heads.Sign(tree, _ended.UpdatedAt);
            checkpoint.Row().Add(Log).Add(head.Size).Add(head.Frontier).Add(head.Note);
        }
    }

    private async Task<Frontier> TreeAsync()
    {
        await using var command = _database.Source.CreateCommand($"SELECT size, frontier FROM checkpoint WHERE log_id = {Log} ORDER BY size DESC LIMIT 1");
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() && Frontier.TryRestore(rows.GetInt64(0), MemoryMarshal.Cast<byte, Digest>(rows.GetFieldValue<byte[]>(1)), out var tree)
            ? tree
            : throw new WrongAnswerException("the log that is to grow has no head");
    }

    private static DateTime Moment(Instant at) => at.ToDateTimeOffset().UtcDateTime;
}
