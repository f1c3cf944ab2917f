namespace Gantral.Client;

/// <summary>A step of a workflow.</summary>
public sealed record StepDefinition
{
    /// <summary>Its name.</summary>
    public required string Step { get; init; }

    /// <summary>The steps it follows: shown, not enforced.</summary>
    public IReadOnlyList<string>? After { get; init; }

    /// <summary>Whether an agent must ask before it.</summary>
    public bool? Governed { get; init; }
}
