using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Identity;
using Gantral.Silo.Identity.Development;

namespace Gantral.Silo.Tests.Identity;

public sealed class WhoIsAPersonTests : IDisposable
{
    private readonly Mint _mint = new();
    private readonly TokenValidator _validator;

    public WhoIsAPersonTests() => _validator = new([DevelopmentIssuer.Of(_mint.Key)], new SetClock(Mint.Now));

    [Fact]
    public void A_person_is_proven_by_the_claim_through_a_client_that_people_use() => Assert.Equal(ActorKind.Human, KindOf(Mint.Claims()));

    [Theory]
    [InlineData("kind", "\"workload\"")]
    [InlineData("kind", "\"Human\"")]
    [InlineData("kind", "true")]
    [InlineData("kind", "[\"human\"]")]
    [InlineData("kind", null)]
    [InlineData("act", "{\"sub\":\"agent\"}")]
    [InlineData("act", "null")]
    [InlineData("azp", "\"some-agent\"")]
    [InlineData("azp", "\"GANTRAL-CLI\"")]
    [InlineData("azp", null)]
    [InlineData("sub", "\"gantral-cli\"")]
    [InlineData("gty", "\"client-credentials\"")]
    [InlineData("idtyp", "\"app\"")]
    [InlineData("preferred_username", "\"service-account-gantral-cli\"")]
    public void Whoever_is_not_proven_a_person_is_a_program(string name, string? value)
    {
        var claims = Mint.Claims();
        claims.Remove(name);
        if (value is not null)
        {
            claims[name] = JsonNode.Parse(value);
        }

        Assert.Equal(ActorKind.Workload, KindOf(claims));
    }

    [Fact]
    public void Nothing_of_what_a_token_proves_is_lost()
    {
        var claims = Mint.Claims("alice", ["payments", "risk", "payments"], ["cto", "gantral.operator"]);
        claims["auth_time"] = 1_700_000_000;
        var identity = _validator.Look(_mint.Token(claims)).Identity!;

        Assert.Equal(
            new Actor("alice", "gantral-dev", ActorKind.Human) { Client = "gantral-cli", AuthenticatedAt = new Instant(1_700_000_000_000) },
            identity.Actor);
        Assert.Equal(["payments", "risk"], identity.Teams.AsEnumerable());
        Assert.Equal(["cto", "gantral.operator"], identity.Roles.AsEnumerable());
    }

    [Fact]
    public void A_token_without_teams_or_roles_speaks_for_none()
    {
        var claims = Mint.Claims();
        claims.Remove("teams");
        claims.Remove("roles");
        var identity = _validator.Look(_mint.Token(claims)).Identity!;

        Assert.Empty(identity.Teams.AsEnumerable());
        Assert.Empty(identity.Roles.AsEnumerable());
    }

    public void Dispose() => _mint.Dispose();

    private ActorKind? KindOf(JsonObject claims) => _validator.Look(_mint.Token(claims)).Identity?.Actor.Kind;
}
