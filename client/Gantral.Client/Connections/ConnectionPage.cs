namespace Gantral.Client;

/// <summary>A page of connections.</summary>
/// <param name="Connections">What it shows.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
public sealed record ConnectionPage(IReadOnlyList<RegisteredConnection> Connections, string? NextCursor);
