using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;

namespace Gantral.Grains.Authority;

/// <summary>
/// Lending a role to another person for a time. The grantor holds the role by a token of their own, so what was lent
/// cannot be lent on; whether it helps for an instance is asked anew at each decision (<see cref="Eligibility"/>).
/// </summary>
public static class DelegationCore
{
    /// <summary>Rules on lending a role.</summary>
    /// <param name="grantor">Who lends.</param>
    /// <param name="heldRoles">The roles that the grantor's token proves.</param>
    /// <param name="owningTeamId">For which team's instances.</param>
    /// <param name="grant">To whom, in which role, until when.</param>
    /// <param name="justification">Why.</param>
    /// <param name="commandId">The hash of the idempotency key.</param>
    /// <param name="moment">Time, the delegation's id and its salts.</param>
    public static DelegationRuling Grant(
        Actor grantor, ImmutableArray<string> heldRoles, string owningTeamId, DelegationGrant grant, string justification, Digest commandId, Moment moment)
    {
        var refusal = GrantFault(grantor, heldRoles, grant, moment, justification, out var why);
        if (refusal is not null)
        {
            return new DelegationRuling(null, null, refusal);
        }

        var entry = new Entry
        {
            Subject = Subject.Delegation(moment.NewId),
            Sequence = 1,
            PrevHash = Digest.Zero,
            Type = EventType.DelegationGranted,
            At = moment.At,
            Actor = grantor with { Role = grant.Role },
            OwningTeamId = owningTeamId,
            Delegation = grant,
            CommandId = commandId,
        };
        return Commit(null, SealedEntry.Seal(entry, Why(why, moment)));
    }

    /// <summary>Rules on ending a delegation early, which its grantor can do at any time.</summary>
    public static DelegationRuling Revoke(Delegation delegation, Actor actor, string justification, Digest commandId, Moment moment)
    {
        Refusal? refusal =
            actor.Kind != ActorKind.Human ? new(RefusalCode.NotHuman, "Only a person revokes a delegation.")
            : actor.Person != delegation.Reference.Grantor ? new(RefusalCode.NotEligible, "Only whoever delegated can revoke it.")
            : delegation.RevokedAt is { } revokedAt ? new(RefusalCode.InvalidTransition, $"The delegation was revoked at {revokedAt} already.")
            : null;
        if (refusal is null && !HumanDecision.TryNormalise(justification, out justification))
        {
            refusal = new(RefusalCode.JustificationRequired, "Say why the delegation ends.");
        }

        if (refusal is not null)
        {
            return new DelegationRuling(delegation, null, refusal);
        }

        var entry = new Entry
        {
            Subject = Subject.Delegation(delegation.Reference.DelegationId),
            Sequence = delegation.Sequence + 1,
            PrevHash = delegation.Head,
            Type = EventType.DelegationRevoked,
            At = Instant.Later(moment.At, delegation.GrantedAt),
            Actor = actor,
            OwningTeamId = delegation.OwningTeamId,
            CommandId = commandId,
        };
        return Commit(delegation, SealedEntry.Seal(entry, Why(justification, moment)));
    }

    /// <summary>The delegation after one more of its entries.</summary>
    public static Delegation Apply(Delegation? before, SealedEntry sealedEntry)
    {
        var entry = sealedEntry.Entry;
        return before is null
            ? new Delegation(
                new DelegationReference(Guid.ParseExact(entry.Subject.Id, "D"), sealedEntry.Hash, entry.Actor.Person),
                entry.OwningTeamId!,
                entry.Delegation!,
                entry.At)
            { Head = sealedEntry.Hash, Sequence = entry.Sequence }
            : before with { RevokedAt = entry.At, Head = sealedEntry.Hash, Sequence = entry.Sequence };
    }

    private static Refusal? GrantFault(
        Actor grantor, ImmutableArray<string> heldRoles, DelegationGrant grant, Moment moment, string justification, out string why)
    {
        why = "";
        return grantor.Kind != ActorKind.Human ? new(RefusalCode.NotHuman, "Only a person delegates.")
            : !heldRoles.Contains(grant.Role, StringComparer.Ordinal) ? new(RefusalCode.NotEligible, $"Your token does not hold the role '{grant.Role}', so you cannot lend it.")
            : grant.To == grantor.Person ? new(RefusalCode.InvalidBody, "A delegation goes to somebody else.")
            : grant.Until <= moment.At ? new(RefusalCode.InvalidBody, "A delegation ends in the future; give a later until.")
            : grant.Until > moment.At.Plus(DelegationGrant.LongestTime) ? new(RefusalCode.InvalidBody, $"A delegation lasts {DelegationGrant.LongestTime.Days} days at most; give an earlier until.")
            : !HumanDecision.TryNormalise(justification, out why) ? new(RefusalCode.JustificationRequired, "Say why you delegate.")
            : null;
    }

    private static PrivateField Why(string justification, Moment moment)
    {
        var json = new CanonicalWriter();
        json.String(justification);
        return new PrivateField(PrivateFieldNames.Justification, moment.Salts[..PrivateField.SaltSize], json.ToCanonicalBytes());
    }

    private static DelegationRuling Commit(Delegation? before, SealedEntry entry) => new(Apply(before, entry), entry, null);
}
