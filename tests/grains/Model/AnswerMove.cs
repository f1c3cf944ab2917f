namespace Gantral.Grains.Tests.Model;

/// <summary>What policy says in a play, in the model's own words: milliseconds, and roles with a space between.</summary>
/// <param name="Kind">ALLOW, REQUIRE_HUMAN, DENY, UNAVAILABLE or CONFLICTING.</param>
internal sealed record AnswerMove(string Kind)
{
    public string Roles { get; init; } = "";

    public string Escalation { get; init; } = "";

    public int Approvals { get; init; } = 1;

    public bool Distinct { get; init; }

    public long? Timeout { get; init; }

    public bool Escalates { get; init; }

    public long? Within { get; init; }
}
