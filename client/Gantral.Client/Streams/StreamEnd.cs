namespace Gantral.Client;

/// <summary>The data of a stream's last event.</summary>
internal sealed record StreamEnd(string? Reason);
