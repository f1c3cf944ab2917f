namespace Gantral.Client;

/// <summary>Gates, and what became of them.</summary>
/// <param name="Asked">How often people were asked.</param>
/// <param name="Decided">How often somebody decided.</param>
/// <param name="Undecided">How often the instance ended before anybody did.</param>
/// <param name="Open">How many wait.</param>
/// <param name="Timeouts">How often the time was over.</param>
/// <param name="Escalations">How often others were asked then.</param>
public sealed record GateCount(long Asked, long Decided, long Undecided, long Open, long Timeouts, long Escalations);
