namespace Gantral.Client;

/// <summary>A connection that a piece of work uses: where its secret is, and never the secret.</summary>
/// <param name="ConnectionId">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Reference">Where the runner finds the secret.</param>
public sealed record TaskConnection(string ConnectionId, string Version, string Reference);
