namespace Gantral.Client;

/// <summary>How policies answered lately.</summary>
/// <param name="Outcomes">What came of asking them.</param>
/// <param name="Latencies">How often they took how long: one count for each of the steps, and one for what took longer.</param>
/// <param name="LatencySteps">The upper ends of the steps, in milliseconds.</param>
public sealed record PolicyStanding(IReadOnlyList<PolicyOutcomeCount> Outcomes, IReadOnlyList<long> Latencies, IReadOnlyList<double> LatencySteps);
