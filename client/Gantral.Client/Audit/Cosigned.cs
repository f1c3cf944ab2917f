namespace Gantral.Client;

/// <summary>Who signed a head beside the log.</summary>
internal sealed record Cosigned(long Size, IReadOnlyList<string> Witnesses);
