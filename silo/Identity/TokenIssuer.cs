using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Gantral.Silo.Identity;

/// <summary>Somebody whose tokens are believed, and how they are to be read.</summary>
internal sealed record TokenIssuer
{
    /// <summary>The exact <c>iss</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The names by which this silo is an audience; a token must have one of them.</summary>
    public required FrozenSet<string> Audiences { get; init; }

    /// <summary>Other audiences that a token may be for as well. Any audience that is in neither set could replay it here.</summary>
    public FrozenSet<string> OtherAudiences { get; init; } = [];

    /// <summary>Its keys.</summary>
    public required ITokenKeys Keys { get; init; }

    /// <summary>The value of the kind claim that proves a person; none where the issuer knows no people.</summary>
    public string? HumanProof { get; init; }

    /// <summary>The clients that people use. Whoever comes by another one is a program, whatever the claims say.</summary>
    public FrozenSet<string> PeopleClients { get; init; } = [];

    /// <summary>The clients whose tokens are taken at all; none means any.</summary>
    public FrozenSet<string>? Clients { get; init; }

    /// <summary>Where in the claims things are found.</summary>
    public ClaimMap Claims { get; init; } = new();

    /// <summary>The teams that it may speak for; none means any.</summary>
    public FrozenSet<string>? Teams { get; init; }

    /// <summary>The roles that it may give; none means any.</summary>
    public FrozenSet<string>? Roles { get; init; }

    /// <summary>What programs are known by their subject. Where there is one, no other program is.</summary>
    public ImmutableArray<ServiceIdentity> Services { get; init; } = [];
}
