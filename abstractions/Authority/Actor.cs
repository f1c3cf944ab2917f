using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Authority;

/// <summary>Who acted: the opaque subject of a federated identity, never a name or an address.</summary>
/// <param name="Id">The subject, unique within the issuer.</param>
/// <param name="Issuer">Who vouches for the subject.</param>
/// <param name="Kind">What kind of actor it is.</param>
public sealed record Actor(string Id, string Issuer, ActorKind Kind)
{
    /// <summary>Gantral itself.</summary>
    public static Actor System { get; } = new("gantral", "gantral", ActorKind.System);

    /// <summary>The role under which the actor acted, where the act needed one.</summary>
    public string? Role { get; init; }

    /// <summary>The client through which the actor acted.</summary>
    public string? Client { get; init; }

    /// <summary>When the issuer last saw the actor prove who it is.</summary>
    public Instant? AuthenticatedAt { get; init; }

    /// <summary>The actor without role, client or time: who it is, whatever it acts as.</summary>
    public Person Person => new(Id, Issuer);

    /// <summary>Whether both are the same subject of the same issuer, in whatever role.</summary>
    public bool IsSameAs(Actor other) => Id == other.Id && Issuer == other.Issuer;
}
