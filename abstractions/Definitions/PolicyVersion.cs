using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Definitions;

/// <summary>A registered version of a policy.</summary>
public sealed record PolicyVersion
{
    /// <summary>Its id and the hash of its content.</summary>
    public required PolicyReference Reference { get; init; }

    /// <summary>The team that owns it.</summary>
    public required string OwningTeamId { get; init; }

    /// <summary>The other teams that may bind it.</summary>
    public required ImmutableArray<string> Teams { get; init; }

    /// <summary>The content, as its author wrote it.</summary>
    public required CanonicalBytes Definition { get; init; }

    /// <summary>When it was registered.</summary>
    public required Instant RegisteredAt { get; init; }

    /// <summary>Who registered it.</summary>
    public required Actor RegisteredBy { get; init; }

    /// <summary>Whether a team may bind it.</summary>
    public bool MayBeBoundBy(string teamId) => OwningTeamId == teamId || Teams.Contains(teamId, StringComparer.Ordinal);
}
