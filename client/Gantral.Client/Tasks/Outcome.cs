namespace Gantral.Client;

/// <summary>How a process ended: <see cref="Completed"/>, <see cref="Suspended"/> or <see cref="Failed"/>, and no other way.</summary>
public abstract record Outcome
{
    private protected Outcome()
    {
    }

    /// <summary>Where evidence of the work is held.</summary>
    public IReadOnlyList<EvidenceReference> Evidence { get; init; } = [];

    /// <summary>What the work cost.</summary>
    public Money? Cost { get; init; }
}
