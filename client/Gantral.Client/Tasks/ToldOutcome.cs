namespace Gantral.Client;

/// <summary>The body of an outcome.</summary>
internal sealed record ToldOutcome
{
    public required long FencingToken { get; init; }

    public required string Outcome { get; init; }

    public EvidenceReference? Checkpoint { get; init; }

    public IReadOnlyList<EvidenceReference>? Evidence { get; init; }

    public Money? Cost { get; init; }

    public AgentError? Error { get; init; }
}
