using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>Who asks.</summary>
/// <param name="Id">The id in the token.</param>
/// <param name="Issuer">Who vouches for it.</param>
/// <param name="Kind">Whether it is a person: what is not proven to be one is a program.</param>
public sealed record CallerActor(string Id, string Issuer, ActorKind Kind);
