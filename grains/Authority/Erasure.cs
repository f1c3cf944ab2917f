using System.Collections.Immutable;
using System.Xml;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;

namespace Gantral.Grains.Authority;

/// <summary>
/// What is erased, by a person or because its time is over: who had what erased, and why, is recorded; what it held is not.
/// One entry for each entry that loses something, all in one commit; the first of them holds the reason.
/// </summary>
internal static class Erasure
{
    // Work and decisions rest on these until the end: people decide about exactly what they are shown, and a process
    // goes on with exactly what was approved.
    private static readonly ImmutableArray<string> Needed =
        [PrivateFieldNames.TriggerContext, PrivateFieldNames.ContextSnapshot, PrivateFieldNames.ContextDelta, PrivateFieldNames.Checkpoint];

    /// <summary>A person has something erased.</summary>
    public static Ruling Redact(Draft draft, Command.Redact redact)
    {
        if (redact.Actor.Kind != ActorKind.Human)
        {
            return draft.Refuse(RefusalCode.NotHuman, "Only a person has content erased; this token speaks for a program. Sign in as a person.");
        }

        if (redact.Redaction.Sequence < 1 || redact.Redaction.Sequence > draft.Instance.Sequence || redact.Redaction.Fields.IsDefaultOrEmpty)
        {
            return draft.Refuse(RefusalCode.InvalidBody, $"Name fields of one of the entries 1 to {draft.Instance.Sequence}.");
        }

        if (!HumanDecision.TryNormalise(redact.Justification, out var why))
        {
            return draft.Refuse(RefusalCode.JustificationRequired, "Say why the content is erased.");
        }

        if (!StateMachine.IsFinal(draft.Instance.State) && redact.Redaction.Fields.Any(field => Needed.Contains(field)))
        {
            return draft.Refuse(RefusalCode.InvalidTransition, "Work and decisions rest on this until the instance has ended; wait for its end, or cancel it.");
        }

        if (redact.Fault is { } fault)
        {
            return draft.Refuse(RefusalCode.InvalidBody, fault);
        }

        Record(draft, [redact.Redaction, .. redact.Copies], why);
        return draft.Commit();
    }

    /// <summary>
    /// Erases what was kept for long enough. One that comes too early is refused, so that finding nothing to erase means that
    /// nothing is left.
    /// </summary>
    public static Ruling Forget(Draft draft, ImmutableArray<Redaction> kept)
    {
        if (draft.Terms.Retention is not { } retention || draft.Instance.EndedAt is not { } ended || draft.Now < ended.Plus(retention))
        {
            return draft.Refuse(RefusalCode.InvalidTransition, "The content is to be kept for longer.");
        }

        if (!kept.IsEmpty)
        {
            var binding = draft.Instance.Binding;
            Record(draft, kept, $"retention: {binding.WorkflowId}@{binding.WorkflowVersion} keeps content for {XmlConvert.ToString(retention)} after the end");
        }

        return draft.Commit();
    }

    private static void Record(Draft draft, ImmutableArray<Redaction> redactions, string why)
    {
        foreach (var (place, redaction) in redactions.Index())
        {
            draft.Record(EventType.Redacted, entry => entry with { Redaction = redaction }, place == 0 ? [draft.Private(PrivateFieldNames.Justification, why)] : []);
        }
    }
}
