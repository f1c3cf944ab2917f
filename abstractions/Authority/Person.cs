namespace Gantral.Abstractions.Authority;

/// <summary>A person as an issuer knows them: the opaque subject, and who vouches for it.</summary>
public sealed record Person(string Id, string Issuer);
