namespace Gantral.Client;

/// <summary>How the stream is followed.</summary>
/// <param name="Listeners">How many follow it.</param>
/// <param name="Behind">How many entries are written and not yet told.</param>
/// <param name="Lag">The longest that an entry took until it was told, in milliseconds, for each second; null where nothing was.</param>
public sealed record StreamStanding(long Listeners, long Behind, IReadOnlyList<long?> Lag);
