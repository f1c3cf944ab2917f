namespace Gantral.Silo.Identity;

/// <summary>Where in an issuer's claims things are found: a claim by its name, or by a JSON pointer such as <c>/realm_access/roles</c>.</summary>
internal sealed record ClaimMap
{
    /// <summary>Who it is.</summary>
    public string ActorId { get; init; } = "sub";

    /// <summary>The team or the teams.</summary>
    public string TeamId { get; init; } = "team_id";

    /// <summary>The roles.</summary>
    public string Roles { get; init; } = "roles";

    /// <summary>What says that it is a person.</summary>
    public string Kind { get; init; } = "kind";

    /// <summary>The client; none means <c>azp</c> and <c>client_id</c>, which must agree.</summary>
    public string? Client { get; init; }
}
