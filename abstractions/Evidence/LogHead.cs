namespace Gantral.Abstractions.Evidence;

/// <summary>The head of a log: so many entries, hashing to this root.</summary>
public sealed record LogHead(string Origin, long Size, Digest Root);
