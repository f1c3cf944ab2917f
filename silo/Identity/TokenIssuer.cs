using System.Collections.Frozen;

namespace Gantral.Silo.Identity;

/// <summary>Somebody whose tokens are believed, and how they are to be read.</summary>
internal sealed record TokenIssuer
{
    /// <summary>The exact <c>iss</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The exact <c>aud</c>.</summary>
    public required string Audience { get; init; }

    /// <summary>Its keys by their <c>kid</c>. No key ever comes from a token.</summary>
    public required FrozenDictionary<string, TokenKey> Keys { get; init; }

    /// <summary>The claim that proves a person, and the value that it must have; none where the issuer knows no people.</summary>
    public (string Claim, string Value)? HumanProof { get; init; }

    /// <summary>The clients that people use. Whoever comes by another one is a program, whatever the claims say.</summary>
    public FrozenSet<string> PeopleClients { get; init; } = [];

    /// <summary>The claim that lists teams.</summary>
    public string TeamsClaim { get; init; } = "teams";

    /// <summary>The claim that lists roles.</summary>
    public string RolesClaim { get; init; } = "roles";
}
