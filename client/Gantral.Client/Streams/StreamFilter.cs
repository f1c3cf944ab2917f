using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>What is told of.</summary>
public sealed record StreamFilter
{
    /// <summary>Only of these teams; all of the caller's unless said.</summary>
    public IReadOnlyList<string>? Teams { get; init; }

    /// <summary>Only of these workflows.</summary>
    public IReadOnlyList<string>? Workflows { get; init; }

    /// <summary>Only of these types.</summary>
    public IReadOnlyList<EventType>? Types { get; init; }
}
