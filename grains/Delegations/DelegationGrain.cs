using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Grains.Authority;
using Gantral.Grains.Ledger;

namespace Gantral.Grains.Delegations;

/// <summary>
/// One delegation. Its chain has two entries at most, so nothing is remembered: every request reads what the ledger
/// holds, and every commit is fenced.
/// </summary>
public sealed class DelegationGrain(Guid delegationId, ILedger ledger, IMoments moments) : IDelegationGrain
{
    private const int MostAttempts = 6;

    private Subject Subject => Subject.Delegation(delegationId);

    /// <inheritdoc/>
    public ValueTask<DelegationReply> GrantAsync(Caller caller, string owningTeamId, DelegationGrant grant, string justification) => CarryOutAsync(caller.Key, there =>
        there is null
            ? DelegationCore.Grant(caller.Actor, caller.Roles, owningTeamId, grant, justification, caller.Key.CommandId, moments.Next() with { NewId = delegationId })
            : new DelegationRuling(null, null, new Refusal(RefusalCode.InvalidTransition, "The delegation exists already; grant another one under another id.")));

    /// <inheritdoc/>
    public ValueTask<DelegationReply> RevokeAsync(Caller caller, string justification) => CarryOutAsync(caller.Key, there =>
        there is null
            ? new DelegationRuling(null, null, new Refusal(RefusalCode.NotFound, "There is no such delegation."))
            : DelegationCore.Revoke(there, caller.Actor, justification, caller.Key.CommandId, moments.Next()));

    /// <inheritdoc/>
    public ValueTask<Delegation?> ReadAsync() => ReadAsync(long.MaxValue);

    /// <summary>The delegation as it was after so many of its entries.</summary>
    internal async ValueTask<Delegation?> ReadAsync(long sequence) =>
        (await ledger.ReadAsync(Subject)).TakeWhile(entry => entry.Entry.Sequence <= sequence).Aggregate((Delegation?)null, DelegationCore.Apply);

    private async ValueTask<DelegationReply> CarryOutAsync(CommandKey key, Func<Delegation?, DelegationRuling> rule)
    {
        try
        {
            return await TryCarryOutAsync(key, rule);
        }
        catch (LedgerUnavailableException)
        {
            return Refused(Refusals.StorageUnavailable);
        }
    }

    private async ValueTask<DelegationReply> TryCarryOutAsync(CommandKey key, Func<Delegation?, DelegationRuling> rule)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var ruling = rule(await ReadAsync());
            if (ruling.Entry is not { } entry)
            {
                // A request that was carried out already keeps its answer, whatever the core would say to it now.
                return key.RequestHash is not null && await ledger.FindAsync(Subject, key) is { } earlier
                    ? await ReplayAsync(earlier)
                    : Refused(ruling.Refusal!);
            }

            switch (await ledger.CommitAsync(new Commit([entry], null, key)))
            {
                case CommitOutcome.Committed:
                    return new(ruling.Delegation, null);
                case CommitOutcome.Conflict:
                    break;
                case CommitOutcome.Failed failed:
                    return Refused(failed.Refusal);
                case CommitOutcome.Rejected rejected:
                    return Refused(Refusals.EvidenceFailure(rejected.Fault));
                case var use:
                    return await ReplayAsync(use);
            }
        }

        return Refused(Refusals.Contended);
    }

    // The first use may have been of another id: whoever repeats a grant does not know what id it got.
    private async ValueTask<DelegationReply> ReplayAsync(CommitOutcome use) =>
        use is CommitOutcome.Replayed { Subject: { Type: SubjectType.Delegation } subject } first
            ? new(await new DelegationGrain(Guid.ParseExact(subject.Id, "D"), ledger, moments).ReadAsync(first.Sequence), null)
            : Refused(Refusals.KeyTaken);

    private static DelegationReply Refused(Refusal refusal) => new(null, refusal);
}
