using System.Collections.Frozen;
using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Authority;
using Gantral.Grains.Ledger;
using Gantral.Grains.Settings;
using Gantral.Grains.Workflows;

namespace Gantral.Grains.Instances;

/// <content>The one path that every command takes: state, command, ruling, commit.</content>
public sealed partial class InstanceGrain
{
    private const int MostAttempts = 6;
    private static readonly WorkflowTerms NoTerms = new(FrozenSet<string>.Empty);

    private Instance? _instance;
    private Digest? _owed;

    /// <summary>Whether the instance was found, or created.</summary>
    public bool IsKnown => _instance is not null;

    /// <summary>Whether the instance must be terminated with EVIDENCE_FAILURE before it takes another command.</summary>
    public bool OwesFailure => _owed is not null;

    private Subject Subject => Subject.Instance(instanceId);

    /// <summary>Tries to commit the failure that the instance owes; whether nothing is owed any more.</summary>
    public async ValueTask<bool> SettleAsync()
    {
        try
        {
            return _owed is not { } commandId || await TryFailEvidenceAsync(commandId);
        }
        catch (LedgerUnavailableException)
        {
            return false;
        }
    }

    private ValueTask<Reply> CarryOutAsync(Caller caller, Command command) => CarryOutAsync(caller, _ => new(command));

    private ValueTask<Reply> CarryOutAsync(Caller caller, Func<Instance?, ValueTask<Command>> propose) => CarryOutAsync(caller.Key, propose, caller.Lease);

    private async ValueTask<Reply> CarryOutAsync(CommandKey key, Func<Instance?, ValueTask<Command>> propose, Lease? lease = null, Instant? createsAfter = null)
    {
        try
        {
            return await SettleAsync()
                ? await TryCarryOutAsync(key, propose, lease, createsAfter)
                : Refused(Refusals.EvidenceFailure("an earlier commit failed, and the instance ends with EVIDENCE_FAILURE as soon as the storage takes it."));
        }
        catch (LedgerUnavailableException)
        {
            return Refused(Refusals.StorageUnavailable);
        }
    }

    private async ValueTask<Reply> TryCarryOutAsync(CommandKey key, Func<Instance?, ValueTask<Command>> propose, Lease? lease, Instant? createsAfter)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            // An instance that is being created need not be looked for: the fence finds it if it is there.
            var isFresh = _instance is null && createsAfter is null;
            var known = isFresh ? await RefreshAsync() : _instance;
            if (known is null && createsAfter is null)
            {
                return Reply.Refused(RefusalCode.NotFound, "There is no such instance.");
            }

            var command = await propose(known);
            var terms = await TermsAsync(known, command);
            var ruling = AuthorityCore.Rule(known, command, terms, Next(createsAfter));

            // What is not committed meets no fence, so it is answered only from what the ledger holds now.
            if (ruling.Entries.IsEmpty && !isFresh && !ReferenceEquals(await RefreshAsync(), known))
            {
                continue;
            }

            // A request that was carried out already keeps its answer, whatever the core would say to it now.
            if ((ruling.Refusal is not null || ruling.Entries.IsEmpty) && key.RequestHash is not null && await ledger.FindAsync(Subject, key) is { } earlier)
            {
                return await ReplayAsync(key, earlier);
            }

            if (ruling.Entries.IsEmpty)
            {
                return new Reply(ruling.Instance, [], ruling.Refusal);
            }

            var commit = ruling.Refusal is null
                ? new Commit(ruling.Entries, ruling.Instance, key) { Requires = RequiredBy(command), Lease = lease, Work = terms.Work, Retention = terms.Retention }
                : new Commit(ruling.Entries, ruling.Instance, null) { Work = terms.Work, Retention = terms.Retention };
            switch (await ledger.CommitAsync(commit))
            {
                case CommitOutcome.Committed:
                    _instance = ruling.Instance;
                    return new Reply(_instance, [.. ruling.Entries.Select(entry => entry.Entry)], ruling.Refusal);
                case CommitOutcome.Conflict:
                    await RefreshAsync();
                    break;
                case CommitOutcome.LeaseLost:
                    return Refused(Refusals.LeaseLost);
                case CommitOutcome.Failed failed:
                    _owed = Owes(failed) ? key.CommandId : null;
                    return Refused(failed.Refusal);
                case CommitOutcome.Rejected rejected:
                    // Of an instance that was being created, nothing exists that could end.
                    _owed = known is null ? null : key.CommandId;
                    await SettleAsync();
                    return Refused(Refusals.EvidenceFailure(rejected.Fault));
                case var use:
                    return await ReplayAsync(key, use);
            }
        }

        return Refused(Refusals.Contended);
    }

    // Another process wrote what governs, perhaps by a clock that is a little ahead: what is governed is never earlier.
    private Moment Next(Instant? notBefore) =>
        moments.Next() is var moment && notBefore is { } earliest ? moment with { At = Instant.Later(moment.At, earliest) } : moment;

    // Whoever decides under a delegation must meet its revocation, also one that is committed at this very moment.
    private static ImmutableArray<(Subject Subject, long Sequence)> RequiredBy(Command command) =>
        command is Command.Decide { Delegation: { } delegation } ? [(Subject.Delegation(delegation.Reference.DelegationId), delegation.Sequence)] : [];

    private bool Owes(CommitOutcome.Failed failed) =>
        options.OnStorageFailure == OnStorageFailure.Terminate && failed.Refusal.Code == RefusalCode.StorageUnavailable && _instance is not null;

    private async ValueTask<bool> TryFailEvidenceAsync(Digest commandId)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var ruling = AuthorityCore.Rule(await RefreshAsync(), new Command.FailEvidence(commandId), NoTerms, moments.Next());
            if (!ruling.Entries.IsEmpty)
            {
                var retention = await RetentionAsync(ruling.Instance!.Binding);
                switch (await ledger.CommitAsync(new Commit(ruling.Entries, ruling.Instance, null) { Retention = retention }))
                {
                    case CommitOutcome.Committed:
                        _instance = ruling.Instance;
                        break;
                    case CommitOutcome.Conflict:
                        continue;
                    default:
                        return false;
                }
            }

            // Committed now, or it has ended in another way since.
            _owed = null;
            return true;
        }

        return false;
    }

    private async ValueTask<TimeSpan?> RetentionAsync(Binding binding) =>
        (await grains.Workflow(binding.WorkflowId, binding.WorkflowVersion).ReadAsync())?.Retention;

    private async ValueTask<WorkflowTerms> TermsAsync(Instance? known, Command command)
    {
        var binding = known?.Binding ?? (command as Command.Create)?.Binding ?? throw new InvalidOperationException("Only a creation has no instance.");
        return await grains.Workflow(binding.WorkflowId, binding.WorkflowVersion).ReadAsync() is { } workflow
            ? SharedTerms.Of(workflow, await Governing.AsksPeopleAsync(grains, binding))
            : throw new InvalidOperationException($"The workflow {binding.WorkflowId}@{binding.WorkflowVersion} of instance {instanceId:D} is gone from the ledger.");
    }

    private async ValueTask<Instance?> RefreshAsync()
    {
        foreach (var entry in await ledger.ReadAsync(Subject, _instance?.Sequence ?? 0))
        {
            if (entry.Entry.Sequence != (_instance?.Sequence ?? 0) + 1 || entry.Entry.PrevHash != (_instance?.Head ?? Digest.Zero))
            {
                throw new InvalidOperationException($"What the ledger holds of instance {instanceId:D} does not continue what it held before.");
            }

            _instance = InstanceFold.Apply(_instance, entry);
        }

        return _instance;
    }

    private async ValueTask<Reply> ReplayAsync(CommandKey key, CommitOutcome use)
    {
        if (use is not CommitOutcome.Replayed { Subject.Type: SubjectType.Instance } first)
        {
            return use is CommitOutcome.Replayed or CommitOutcome.KeyTaken ? Refused(Refusals.KeyTaken) : throw new InvalidOperationException($"{use} is no use of a key.");
        }

        Instance? then = null;
        var committed = new List<Entry>();
        foreach (var entry in (await ledger.ReadAsync(first.Subject)).TakeWhile(entry => entry.Entry.Sequence <= first.Sequence))
        {
            then = InstanceFold.Apply(then, entry);
            if (entry.Entry.CommandId == key.CommandId)
            {
                committed.Add(entry.Entry);
            }
        }

        // An expiry that the same key brought to light before, when it was refused, is not what the key was used for.
        var bySystem = committed.Count > 0 && committed[^1].Actor == Actor.System;
        return new Reply(then, [.. committed.Where(entry => entry.Actor == Actor.System == bySystem)], null);
    }

    private Reply Refused(Refusal refusal) => new(_instance, [], refusal);
}
