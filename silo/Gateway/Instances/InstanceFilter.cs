using System.Collections.Immutable;
using Gantral.Abstractions.Authority;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>Which instances are listed.</summary>
/// <param name="Teams">Of one of these teams.</param>
/// <param name="Limit">At most so many.</param>
internal sealed record InstanceFilter(ImmutableArray<string> Teams, int Limit)
{
    /// <summary>In this state.</summary>
    public ExecutionState? State { get; init; }

    /// <summary>Of this workflow.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>Only ids below this one: where the page before ended.</summary>
    public Guid? Below { get; init; }
}
