namespace Gantral.Client;

/// <summary>What policy said at a boundary.</summary>
/// <param name="Decision">ALLOW, REQUIRE_HUMAN, DENY, POLICY_UNAVAILABLE or CONFLICTING_POLICY.</param>
/// <param name="Roles">Who may decide, in order and with commas between.</param>
public sealed record BoundaryOutcome(string Decision, string Roles);
