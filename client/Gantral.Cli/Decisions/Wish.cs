using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;

namespace Gantral.Cli.Decisions;

/// <summary>What somebody wants decided, as the command line says it.</summary>
internal sealed record Wish(DecisionType Type, Guid Instance)
{
    /// <summary>The role to act in; the only one, unless said.</summary>
    public string? Role { get; init; }

    /// <summary>Why; asked for on a terminal.</summary>
    public string? Justification { get; init; }

    /// <summary>What an override changes.</summary>
    public CanonicalBytes? Delta { get; init; }

    /// <summary>What was seen before.</summary>
    public string? SnapshotHash { get; init; }

    /// <summary>Whether nobody is asked.</summary>
    public bool IsSure { get; init; }

    /// <summary>What tells this decision from another one like it.</summary>
    public required string Key { get; init; }

    /// <summary>Whether the answer is for a program.</summary>
    public bool AsJson { get; init; }
}
