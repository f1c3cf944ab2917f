namespace Gantral.Client;

/// <summary>A log and its newest signed head.</summary>
/// <param name="LogId">Its number.</param>
/// <param name="Origin">Its name in checkpoints and keys.</param>
/// <param name="Size">How many entries it has.</param>
/// <param name="Root">The root of its tree.</param>
public sealed record LogStanding(int LogId, string Origin, long Size, string Root);
