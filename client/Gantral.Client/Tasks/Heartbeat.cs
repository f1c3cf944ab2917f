namespace Gantral.Client;

/// <summary>The body of a heartbeat.</summary>
internal sealed record Heartbeat(long FencingToken, TimeSpan? Lease);
