namespace Gantral.Client;

/// <summary>How long people took, from the gate to the decision that settled it; null where none was.</summary>
/// <param name="P50Milliseconds">Half of the gates were decided within this time.</param>
/// <param name="P90Milliseconds">Nine of ten were.</param>
/// <param name="MaxMilliseconds">All were.</param>
public sealed record DecisionTimes(long? P50Milliseconds, long? P90Milliseconds, long? MaxMilliseconds);
