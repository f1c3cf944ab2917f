namespace Gantral.Client;

/// <summary>What one silo did lately: the one that answered.</summary>
/// <param name="Transitions">How many transitions it committed in each second, the oldest first.</param>
/// <param name="Committing">How many commits wait for their turn now.</param>
/// <param name="Policy">How policies answered in that time.</param>
/// <param name="Stream">How the stream is followed.</param>
public sealed record SiloStanding(IReadOnlyList<long> Transitions, long Committing, PolicyStanding Policy, StreamStanding Stream);
