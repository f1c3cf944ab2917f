using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;

namespace Gantral.Grains.Authority;

/// <summary>Makes an instance of its entries. The core applies each entry it writes the same way, so there is one meaning of an entry.</summary>
public static class InstanceFold
{
    /// <summary>The instance after one more entry.</summary>
    /// <param name="before">The instance, or none before its first entry.</param>
    /// <param name="sealedEntry">The entry, with what is left of its payload.</param>
    public static Instance Apply(Instance? before, SealedEntry sealedEntry)
    {
        var entry = sealedEntry.Entry;
        if (before is null)
        {
            return First(sealedEntry);
        }

        var after = before with
        {
            State = entry.State!.Value,
            Sequence = entry.Sequence,
            Head = sealedEntry.Hash,
            UpdatedAt = entry.At,
        };
        return entry.Type switch
        {
            EventType.WaitingForHuman => after with { Pending = Ask(entry, Field(sealedEntry, PrivateFieldNames.ContextSnapshot)) },
            EventType.Escalated => after with { Pending = after.Pending! with { Request = entry.Authority!, Since = entry.At, Approvals = [] } },
            EventType.DecisionRecorded => after with
            {
                Pending = after.Pending! with { Approvals = after.Pending.Approvals.Add(new Approval(entry.Actor, entry.Decision!.Delegation?.Grantor)) },
            },
            EventType.Approved or EventType.Rejected or EventType.Overridden => Decided(after, sealedEntry),
            EventType.Resumed => after with { ExecuteBy = ExecuteBy(after, entry), Pending = null },
            EventType.Running => after with { ExecuteBy = null },
            EventType.Terminated => after with { Reason = entry.Reason, Pending = null, ExecuteBy = null, EndedAt = entry.At },
            EventType.Completed => after with { ExecuteBy = null, EndedAt = entry.At },
            EventType.Suspended => after with { Checkpoint = Field(sealedEntry, PrivateFieldNames.Checkpoint)?.Value },
            EventType.CostRecorded => after with { Costs = Add(after.Costs, entry.Cost!) },
            EventType.Redacted => Erase(after, entry.Redaction!),
            _ => after,
        };
    }

    private static Instance First(SealedEntry sealedEntry)
    {
        var entry = sealedEntry.Entry;
        var trigger = Field(sealedEntry, PrivateFieldNames.TriggerContext);
        return new Instance
        {
            InstanceId = Guid.ParseExact(entry.Subject.Id, "D"),
            Binding = entry.Binding!,
            State = entry.State!.Value,
            Sequence = entry.Sequence,
            Head = sealedEntry.Hash,
            Creator = entry.Actor,
            CreatedAt = entry.At,
            UpdatedAt = entry.At,
            TriggerContext = trigger,
            Context = trigger?.Value,
        };
    }

    private static Pending Ask(Entry entry, PrivateField? snapshot) =>
        new(entry.Authority!, entry.Actor, entry.At) { Snapshot = snapshot };

    private static Instance Decided(Instance after, SealedEntry sealedEntry)
    {
        var entry = sealedEntry.Entry;
        var decision = entry.Decision!;
        var shown = after.Pending?.Snapshot?.Value;
        var delta = Field(sealedEntry, PrivateFieldNames.ContextDelta)?.Value;
        return after with
        {
            LastDecision = new DecisionMade(decision.DecisionId, decision.DecisionType, entry.Actor, entry.At),
            Context = entry.Type == EventType.Overridden
                ? shown is { } snapshot && delta is { } change ? MergePatch.Apply(snapshot, change) : null
                : shown,
        };
    }

    private static ImmutableArray<Cost> Add(ImmutableArray<Cost> costs, Cost cost)
    {
        var known = costs.FirstOrDefault(sum => sum.Currency == cost.Currency);
        return known is null
            ? [.. costs.Append(cost).OrderBy(sum => sum.Currency, StringComparer.Ordinal)]
            : costs.Replace(known, known.Plus(cost));
    }

    private static Instant? ExecuteBy(Instance after, Entry entry) =>
        after.Pending?.Request.ExecuteWithin is { } within ? entry.At.Plus(within) : null;

    // What was erased must not live on in a cached instance.
    private static Instance Erase(Instance after, Redaction redaction)
    {
        var trigger = redaction.Sequence == 1 && redaction.Fields.Contains(PrivateFieldNames.TriggerContext) ? null : after.TriggerContext;
        var erasesContext = redaction.Fields.AsSpan().ContainsAny(ContextFields);
        return after with
        {
            TriggerContext = trigger,
            Context = erasesContext ? null : after.Context,
            Checkpoint = redaction.Fields.Contains(PrivateFieldNames.Checkpoint) ? null : after.Checkpoint,
            Pending = erasesContext && after.Pending is { } pending ? pending with { Snapshot = null } : after.Pending,
        };
    }

    private static readonly ImmutableArray<string> ContextFieldNames =
        [PrivateFieldNames.TriggerContext, PrivateFieldNames.ContextSnapshot, PrivateFieldNames.ContextDelta];

    private static ReadOnlySpan<string> ContextFields => ContextFieldNames.AsSpan();

    private static PrivateField? Field(SealedEntry sealedEntry, string name) =>
        sealedEntry.Payload.FirstOrDefault(field => field.Name == name);
}
