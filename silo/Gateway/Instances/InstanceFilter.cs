using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;

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

    /// <summary>Whose id begins like this, or whose workflow or policy version has this in its name.</summary>
    public string? Text { get; init; }

    /// <summary>Created from this moment on.</summary>
    public Instant? Since { get; init; }

    /// <summary>Created before this moment.</summary>
    public Instant? Until { get; init; }

    /// <summary>Only ids below this one: where the page before ended.</summary>
    public Guid? Below { get; init; }
}
