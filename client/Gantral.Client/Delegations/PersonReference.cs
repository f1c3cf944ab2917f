namespace Gantral.Client;

/// <summary>A person: an id, and the issuer that vouches for it.</summary>
/// <param name="Id">The id in the person's tokens.</param>
/// <param name="Issuer">The issuer of those tokens.</param>
public sealed record PersonReference(string Id, string? Issuer = null);
