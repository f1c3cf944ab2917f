namespace Gantral.Client;

/// <summary>Whom a token speaks for, as the settings of its issuer read it.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Teams">The teams that it may act for.</param>
/// <param name="Roles">Its roles, of the platform and of the business alike; without those that others lent.</param>
public sealed record TokenCaller(CallerActor Actor, IReadOnlyList<string> Teams, IReadOnlyList<string> Roles);
