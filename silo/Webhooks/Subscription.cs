using System.Collections.Immutable;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Webhooks;

/// <summary>Who is told of what. It never changes, but for whether it is on.</summary>
internal sealed record Subscription
{
    public required Guid SubscriptionId { get; init; }

    /// <summary>Whose entries it tells of.</summary>
    public required string OwningTeamId { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    public required SubscriptionFormat Format { get; init; }

    /// <summary>Where to; none where the address is itself the secret.</summary>
    public string? Url { get; init; }

    /// <summary>Where the secret lies.</summary>
    public required SecretReference Secret { get; init; }

    /// <summary>The types of entries that are told; all of them if none is named.</summary>
    public ImmutableArray<string> EntryTypes { get; init; } = [];

    /// <summary>The workflow whose entries are told; all of the team's if none is named.</summary>
    public string? WorkflowId { get; init; }

    public Instant CreatedAt { get; init; }

    /// <summary>Since when nothing is sent, if it was switched off.</summary>
    public Instant? DisabledAt { get; init; }

    /// <summary>Whether both tell the same to the same.</summary>
    public bool SaysTheSameAs(Subscription other) =>
        OwningTeamId == other.OwningTeamId && CreatedBy == other.CreatedBy && Format == other.Format && Url == other.Url && Secret == other.Secret
        && WorkflowId == other.WorkflowId && EntryTypes.SequenceEqual(other.EntryTypes);

    /// <summary>Whether an entry is told of.</summary>
    public bool Takes(Entry entry) =>
        OwningTeamId == (entry.Binding?.OwningTeamId ?? entry.OwningTeamId)
        && (WorkflowId is null || WorkflowId == entry.Binding?.WorkflowId)
        && (EntryTypes.IsEmpty || EntryTypes.Contains(WireName.Of(entry.Type), StringComparer.Ordinal));
}
