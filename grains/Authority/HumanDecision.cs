using System.Buffers;
using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;

namespace Gantral.Grains.Authority;

/// <summary>A person's decision, from the question who may decide to what follows from it in the same commit.</summary>
internal static class HumanDecision
{
    public static Ruling Rule(Draft draft, Command.Decide decide)
    {
        if (decide.Actor.Kind != ActorKind.Human)
        {
            return draft.Refuse(RefusalCode.NotHuman, "Only a person decides; this token speaks for a program. Sign in as a person.");
        }

        if (draft.Instance.State != ExecutionState.WaitingForHuman)
        {
            return draft.RefuseTransition("decide");
        }

        if (Expiry.IsDecisionDue(draft))
        {
            Expiry.ExpireDecision(draft);
            return draft.RefuseTransition("decide: the deadline has passed, and the timeout was committed first; this decision came too late");
        }

        return Eligibility.Fault(draft, decide) is { } ineligible ? draft.Refuse(RefusalCode.NotEligible, ineligible)
            : decide.ContextSnapshotHash != draft.Instance.Pending!.Request.ContextSnapshotHash
                ? draft.Refuse(RefusalCode.StaleContext, "The decision names another context snapshot than the pending one; look at what is pending now and decide on that.")
            : decide.DecisionType != DecisionType.Reject && draft.Instance.Pending.Snapshot is null
                ? draft.Refuse(RefusalCode.StaleContext, "The snapshot was erased, so nobody can see any more what would be allowed; REJECT it, and let the agent ask again.")
            : !TryNormalise(decide.Justification, out var justification)
                ? draft.Refuse(RefusalCode.JustificationRequired, $"Say why, in {ShortestJustification} to {LongestJustification} characters that are not only white space.")
            : DeltaFault(draft, decide) ?? Commit(draft, decide, justification);
    }

    private const int ShortestJustification = 3;
    private const int LongestJustification = 4000;

    /// <summary>A justification with its line ends normalised, if it says something and not too much.</summary>
    public static bool TryNormalise(string? justification, out string normalised)
    {
        normalised = (justification ?? "").ReplaceLineEndings("\n");
        var characters = 0;
        for (var rest = normalised.AsSpan(); !rest.IsEmpty; characters++)
        {
            // Half a surrogate pair cannot be written, so it does not pass.
            if (Rune.DecodeFromUtf16(rest, out _, out var taken) != OperationStatus.Done)
            {
                return false;
            }

            rest = rest[taken..];
        }

        return characters <= LongestJustification && normalised.Trim().EnumerateRunes().Count() >= ShortestJustification;
    }

    private static Ruling? DeltaFault(Draft draft, Command.Decide decide)
    {
        if (decide.DecisionType != DecisionType.Override)
        {
            return decide.ContextDelta is null
                ? null
                : draft.Refuse(RefusalCode.InvalidBody, "Only an OVERRIDE carries a context_delta; to change the context, decide OVERRIDE.");
        }

        var pending = draft.Instance.Pending!;
        if (pending.Request.ApprovalsRequired > 1)
        {
            return draft.Refuse(RefusalCode.NotEligible, $"This gate needs {pending.Request.ApprovalsRequired} approvals of one snapshot, so nobody overrides it alone; REJECT it and let the agent ask again with the changed context.");
        }

        var shown = pending.Snapshot!.Value;
        return decide.ContextDelta is { } delta && IsObject(delta) && MergePatch.Apply(shown, delta) != shown
            ? null
            : draft.Refuse(RefusalCode.ContextDeltaRequired, "An OVERRIDE needs a context_delta, a JSON merge patch that changes something; to let the context pass as it is, APPROVE.");
    }

    private static Ruling Commit(Draft draft, Command.Decide decide, string justification)
    {
        var why = draft.Private(PrivateFieldNames.Justification, justification);
        PrivateField[] payload = decide.ContextDelta is { } delta ? [why, draft.Private(PrivateFieldNames.ContextDelta, delta)] : [why];
        var decision = new Decision(draft.NewId, decide.DecisionType, decide.ContextSnapshotHash, why.Hash())
        {
            ContextDeltaHash = payload.Length > 1 ? payload[1].Hash() : null,
            Delegation = decide.Delegation?.Reference,
        };
        Entry Detail(Entry entry) => entry with { Actor = InRole(decide), Decision = decision };
        Entry Consequence(Entry entry) => entry with { Actor = InRole(decide) };

        switch (decide.DecisionType)
        {
            case DecisionType.Reject:
                draft.Enter(ExecutionState.Rejected, Detail, payload);
                draft.Enter(ExecutionState.Terminated, entry => Consequence(entry) with { Reason = Reason.Rejected });
                break;
            case DecisionType.Override:
                draft.Enter(ExecutionState.Overridden, Detail, payload);
                draft.Enter(ExecutionState.Resumed, Consequence);
                break;
            case DecisionType.Approve when MoreAreNeeded(draft):
                draft.Record(EventType.DecisionRecorded, Detail, payload);
                break;
            case DecisionType.Approve:
                draft.Enter(ExecutionState.Approved, Detail, payload);
                draft.Enter(ExecutionState.Resumed, Consequence);
                break;
            default:
                throw new InvalidOperationException($"{decide.DecisionType} is no decision.");
        }

        return draft.Commit();
    }

    private static Actor InRole(Command.Decide decide) => decide.Actor with { Role = decide.Role };

    private static bool MoreAreNeeded(Draft draft)
    {
        var pending = draft.Instance.Pending!;
        return pending.Approvals.Length + 1 < pending.Request.ApprovalsRequired;
    }

    private static bool IsObject(CanonicalBytes value) => !value.IsEmpty && value.Span[0] == (byte)'{';
}
