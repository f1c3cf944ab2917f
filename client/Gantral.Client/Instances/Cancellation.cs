namespace Gantral.Client;

/// <summary>The body that ends an instance.</summary>
internal sealed record Cancellation(string? Justification);
