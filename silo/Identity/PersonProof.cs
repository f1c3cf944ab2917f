namespace Gantral.Silo.Identity;

/// <summary>
/// Whether a token speaks for a person. What is no person for certain is a program: the claim must say so, the client
/// must be one that people use, nobody may act on the person's behalf, and nothing may say that a client signed in for
/// itself, which a claim that was configured too widely would hide.
/// </summary>
internal static class PersonProof
{
    public static bool Holds(ClaimsReading claims, TokenIssuer issuer, string? client) =>
        issuer.HumanProof is { } value && claims.Says(issuer.Claims.Kind, value)
        && !claims.Has("act")
        && client is not null && issuer.PeopleClients.Contains(client)
        && !SignedInForItself(claims, client);

    // Client credentials: in OAuth's own terms the client is the subject; the others are how Auth0, Entra and Keycloak say it.
    private static bool SignedInForItself(ClaimsReading claims, string client) =>
        claims.Says("sub", client)
        || claims.Hint("gty") is "client-credentials" or "client_credentials"
        || claims.Says("idtyp", "app")
        || claims.Hint("preferred_username")?.StartsWith("service-account-", StringComparison.Ordinal) == true;
}
