using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Verification;

/// <summary>Decisions: asked for, made by the right people, in time, on what was shown.</summary>
internal sealed partial class InstanceReplay
{
    private readonly List<(Person Person, Person? Grantor, string? Role)> _approvals = new(0);
    private AuthorityRequest? _pending;
    private Person? _requester;

    private void Ask(Entry entry)
    {
        _pending = entry.Authority!;
        _requester = entry.Actor.Person;
        _approvals.Clear();
        OpenDeadline(entry);
        if (_last is { Type: EventType.Running } && MustGoOn(_last) && _pending.Step is not null)
        {
            Fail(FindingCode.IllegalEvent, entry, "asks for a step at the start");
        }

        // In shadow mode nothing is stopped by policy; an agent may still stop itself.
        if (entry.Binding!.Mode == Mode.Observe && _last?.Type != EventType.Suspended)
        {
            Fail(FindingCode.IllegalEvent, entry, "stops an instance that is only observed");
        }
    }

    private void CheckDecision(LocatedEntry located)
    {
        var entry = located.Entry;
        var decision = entry.Decision!;
        if (_pending is not { } pending)
        {
            return;
        }

        if (entry.Actor.Kind != ActorKind.Human)
        {
            Fail(FindingCode.NotHuman, entry, "was not made by a person");
        }

        if (entry.Actor.Person == _creator || entry.Actor.Person == _requester)
        {
            Fail(FindingCode.NotEligible, entry, "was made by whoever created the instance or asked for the decision");
        }

        if (entry.Actor.Role is not { } role || !pending.EligibleApproverRoles.Contains(role, StringComparer.Ordinal))
        {
            Fail(FindingCode.NotEligible, entry, "was made in a role that may not decide");
        }

        if (pending.DecideBy is { } decideBy && entry.At >= decideBy)
        {
            Fail(FindingCode.DecisionTooLate, entry, $"was made at or after the deadline {decideBy}");
        }

        if (decision.ContextSnapshotHash != pending.ContextSnapshotHash)
        {
            Fail(FindingCode.StaleContext, entry, "is bound to another snapshot than the pending one");
        }

        CheckKind(entry, decision);
        CheckDelegation(located, decision);
        CheckQuorum(entry, decision, pending);
    }

    private void CheckKind(Entry entry, Decision decision)
    {
        var fits = entry.Type switch
        {
            EventType.Rejected => decision.DecisionType == DecisionType.Reject,
            EventType.Overridden => decision.DecisionType == DecisionType.Override,
            _ => decision.DecisionType == DecisionType.Approve,
        };
        if (!fits)
        {
            Fail(FindingCode.IllegalEvent, entry, $"records the decision {Name(decision.DecisionType)}");
        }

        if (decision.ContextDeltaHash is not null != (decision.DecisionType == DecisionType.Override))
        {
            Fail(FindingCode.ContextDeltaRequired, entry, "changes the context without an override, or overrides without a change");
        }
    }

    private void CheckDelegation(LocatedEntry located, Decision decision)
    {
        if (decision.Delegation is not { } delegation)
        {
            return;
        }

        // What bars the grantor bars the delegate: a requester cannot borrow a friend's hand.
        if (delegation.Grantor == _creator || delegation.Grantor == _requester)
        {
            Fail(FindingCode.NotEligible, located.Entry, "was made for whoever created the instance or asked for the decision");
        }

        governing.CheckDelegation(located, delegation, _findings);
    }

    private void CheckQuorum(Entry entry, Decision decision, AuthorityRequest pending)
    {
        if (decision.DecisionType == DecisionType.Reject)
        {
            return;
        }

        var person = entry.Actor.Person;
        var grantor = decision.Delegation?.Grantor;
        if (_approvals.Exists(other => Same(other, person) || (grantor is not null && Same(other, grantor))))
        {
            Fail(FindingCode.QuorumNotMet, entry, "counts one person twice");
        }

        if (pending.DistinctRoles && _approvals.Exists(other => other.Role == entry.Actor.Role))
        {
            Fail(FindingCode.QuorumNotMet, entry, "counts one role twice");
        }

        _approvals.Add((person, grantor, entry.Actor.Role));
        var enough = _approvals.Count >= pending.ApprovalsRequired;
        if (enough == (entry.Type == EventType.DecisionRecorded))
        {
            Fail(FindingCode.QuorumNotMet, entry, $"is approval {_approvals.Count} of {pending.ApprovalsRequired}");
        }
    }

    private static bool Same((Person Person, Person? Grantor, string? Role) other, Person person) =>
        other.Person == person || other.Grantor == person;
}
