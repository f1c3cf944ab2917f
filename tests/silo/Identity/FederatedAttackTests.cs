using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;

namespace Gantral.Silo.Tests.Identity;

/// <summary>Tokens that were made to get in by the settings of an issuer, or to be more there than they are.</summary>
public sealed class FederatedAttackTests : IssuerAndAuthority
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task A_person_gets_in_by_each_algorithm_so_that_attacks_fail_for_their_own_reason(string algorithm)
    {
        Issuer.Keys[0] = algorithm == "RS256" ? IssuerKey.SomeRsa : new IssuerKey("first", algorithm);
        await using var trust = Trust.In(Issuer, Authority, ("Algorithms", algorithm));

        var alice = await trust.LetInAsync(Issuer.Key.Token(Issuer.Claims()));

        Assert.Equal(("alice", Issuer.Url, ActorKind.Human, "gantral-web"), (alice.Actor.Id, alice.Actor.Issuer, alice.Actor.Kind, alice.Actor.Client));
        Assert.Equal("payments: release-manager", alice.Rights());
    }

    [Fact]
    public async Task An_unsigned_token_is_refused()
    {
        await using var trust = Trust.In(Issuer, Authority);
        foreach (var none in new[] { "none", "None", "NONE", "nOnE" })
        {
            var unsigned = $"{Mint.Part($$"""{"alg":"{{none}}","kid":"first"}""")}.{Mint.Part(Issuer.Claims().ToJsonString())}";
            await trust.RefuseAsync($"{unsigned}.");
            await trust.RefuseAsync($"{unsigned}.{Issuer.Key.Token(Issuer.Claims()).Split('.')[2]}");
        }
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public async Task The_public_key_is_no_shared_secret(string algorithm)
    {
        Issuer.Keys[0] = IssuerKey.SomeRsa;
        await using var trust = Trust.In(Issuer, Authority);
        var signed = $"{Mint.Part($$"""{"alg":"{{algorithm}}","kid":"first"}""")}.{Mint.Part(Issuer.Claims().ToJsonString())}";
        foreach (var secret in Issuer.Key.PublicSpellings)
        {
            var bytes = Encoding.ASCII.GetBytes(signed);
            var code = algorithm switch { "HS256" => HMACSHA256.HashData(secret, bytes), "HS384" => HMACSHA384.HashData(secret, bytes), _ => HMACSHA512.HashData(secret, bytes) };
            await trust.RefuseAsync($"{signed}.{Base64Url.EncodeToString(code)}");
        }
    }

    [Fact]
    public async Task A_key_is_used_for_no_other_algorithm_than_it_is_published_for()
    {
        Issuer.Keys[0] = IssuerKey.SomeRsa;
        await using var trust = Trust.In(Issuer, Authority);
        foreach (var other in new[] { "RS384", "RS512", "PS256", "ES256" })
        {
            var header = Issuer.Key.Header();
            header["alg"] = other;
            await trust.RefuseAsync(Issuer.Key.Token(Issuer.Claims(), header, other[0] == 'E' ? "RS256" : other));
        }
    }

    [Fact]
    public async Task An_algorithm_that_the_operator_left_out_is_refused_although_the_issuer_publishes_it()
    {
        await using var trust = Trust.In(Issuer, Authority, ("Algorithms", "RS256,PS256"));

        await trust.RefuseAsync(Issuer.Key.Token(Issuer.Claims()));
    }

    [Theory]
    [InlineData("../../../../dev/null")]
    [InlineData("FIRST")]
    [InlineData("first\u0000")]
    [InlineData("first' UNION SELECT 'x")]
    [InlineData("gantral-dev")]
    [InlineData("")]
    public async Task A_key_id_is_only_a_name_in_the_list_of_keys(string keyId)
    {
        await using var trust = Trust.In(Issuer, Authority);
        var header = Issuer.Key.Header();
        header["kid"] = keyId;

        await trust.RefuseAsync(Issuer.Key.Token(Issuer.Claims(), header));
    }

    [Theory]
    [InlineData("jku")]
    [InlineData("x5u")]
    public async Task A_place_for_keys_that_a_token_names_is_never_asked(string name)
    {
        await using var evil = await LoopbackIssuer.OpenAsync(Authority);
        await using var trust = Trust.In(Issuer, Authority);
        var header = evil.Key.Header();
        header[name] = $"{evil.Url}/keys";

        await trust.RefuseAsync(evil.Key.Token(Issuer.Claims(), header));
        Assert.Equal(0, evil.Asked);
    }

    [Fact]
    public async Task A_key_that_a_token_brings_along_is_not_used()
    {
        var own = new IssuerKey("first", "ES256");
        await using var trust = Trust.In(Issuer, Authority);
        var header = own.Header();
        await trust.RefuseAsync(own.Token(Issuer.Claims(), header));
        header["jwk"] = own.Jwk();

        await trust.RefuseAsync(own.Token(Issuer.Claims(), header));
    }

    [Fact]
    public async Task An_issuer_spelt_otherwise_is_another_issuer()
    {
        await using var trust = Trust.In(Issuer, Authority);
        foreach (var name in new[] { $"{Issuer.Url}/", Issuer.Url.ToUpperInvariant(), Issuer.Url.Replace("https", "http", StringComparison.Ordinal), Issuer.Url.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), "gantral-dev", "" })
        {
            var claims = Issuer.Claims();
            claims["iss"] = name;
            await trust.RefuseAsync(Issuer.Key.Token(claims));
        }
    }

    [Fact]
    public async Task An_issuer_cannot_sign_for_another_one()
    {
        await using var other = await LoopbackIssuer.OpenAsync(Authority);
        await using var trust = Trust.InBoth(Issuer, other, Authority);

        Assert.Equal("alice", (await trust.LetInAsync(Issuer.Key.Token(Issuer.Claims()))).Actor.Id);
        await trust.RefuseAsync(other.Key.Token(Issuer.Claims()));
    }

    [Fact]
    public async Task A_token_of_one_issuer_does_not_speak_for_a_team_of_another()
    {
        await using var other = await LoopbackIssuer.OpenAsync(Authority);
        await using var trust = Trust.InBoth(Issuer, other, Authority);
        var claims = other.Claims();
        claims["team_id"] = new JsonArray("payments", "risk", "payments ");

        Assert.Equal(["risk"], (await trust.LetInAsync(other.Key.Token(claims))).Teams.ToArray());
        claims["team_id"] = "payments";
        Assert.Empty((await trust.LetInAsync(other.Key.Token(claims))).Teams.ToArray());
    }

    [Fact]
    public async Task An_issuer_gives_no_roles_beyond_those_it_may_give()
    {
        await using var trust = Trust.In(Issuer, Authority, ("Roles", "release-manager,gantral.operator"));
        var claims = Issuer.Claims();
        claims["roles"] = new JsonArray("gantral.admin", "release-manager");

        Assert.Equal(["release-manager"], (await trust.LetInAsync(Issuer.Key.Token(claims))).Roles.ToArray());
    }

    [Theory]
    [InlineData("\"gantral2\"")]
    [InlineData("\"Gantral\"")]
    [InlineData("[\"account\"]")]
    [InlineData("[]")]
    [InlineData("[\"gantral\",\"somebody-else\"]")]
    [InlineData("[\"gantral\",\"gantral\"]")]
    [InlineData("[[\"gantral\"]]")]
    [InlineData("[\"gantral\",null]")]
    [InlineData("{\"0\":\"gantral\"}")]
    public async Task A_token_for_another_audience_is_refused(string audience)
    {
        await using var trust = Trust.In(Issuer, Authority, ("OtherAudiences", "account"));
        var claims = Issuer.Claims();
        claims["aud"] = JsonNode.Parse(audience);

        Assert.Contains("another audience", await trust.RefuseAsync(Issuer.Key.Token(claims)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audience_beside_ours_is_taken_where_the_operator_knows_it()
    {
        await using var trust = Trust.In(Issuer, Authority, ("OtherAudiences", "account"));
        var claims = Issuer.Claims();
        claims["aud"] = new JsonArray("account", "gantral");

        await trust.LetInAsync(Issuer.Key.Token(claims));
    }

    [Theory]
    [InlineData("exp", -61, "expired")]
    [InlineData("nbf", 62, "not valid yet")]
    public async Task A_token_out_of_its_time_is_refused(string claim, int seconds, string why)
    {
        await using var trust = Trust.In(Issuer, Authority);
        var claims = Issuer.Claims();
        claims[claim] = trust.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds;

        Assert.Contains(why, await trust.RefuseAsync(Issuer.Key.Token(claims)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_remembered_expires_all_the_same()
    {
        await using var trust = Trust.In(Issuer, Authority);
        var token = Issuer.Key.Token(Issuer.Claims());
        await trust.LetInAsync(token);

        trust.Clock.Pass(TimeSpan.FromHours(2));
        Assert.Contains("expired", await trust.RefuseAsync(token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_credentials_do_not_pose_as_a_person_though_every_claim_says_so()
    {
        await using var trust = Trust.In(Issuer, Authority);
        foreach (var (name, value) in new[] { ("sub", "gantral-web"), ("gty", "client-credentials"), ("idtyp", "app"), ("preferred_username", "service-account-gantral-web") })
        {
            var claims = Issuer.Claims();
            claims[name] = value;
            Assert.Equal(ActorKind.Workload, (await trust.LetInAsync(Issuer.Key.Token(claims))).Actor.Kind);
        }
    }

    [Fact]
    public async Task Whoever_acts_for_a_person_is_not_that_person()
    {
        await using var trust = Trust.In(Issuer, Authority);
        var claims = Issuer.Claims();
        claims["act"] = new JsonObject { ["sub"] = "agent-7" };

        Assert.Equal(ActorKind.Workload, (await trust.LetInAsync(Issuer.Key.Token(claims))).Actor.Kind);
    }

    [Fact]
    public async Task A_client_that_programs_use_makes_no_person()
    {
        await using var trust = Trust.In(Issuer, Authority);
        var claims = Issuer.Claims();
        claims["azp"] = "gantral-agent";

        Assert.Equal(ActorKind.Workload, (await trust.LetInAsync(Issuer.Key.Token(claims))).Actor.Kind);
    }

    [Theory]
    [InlineData("azp", "\"some-other-app\"")]
    [InlineData("azp", null)]
    [InlineData("client_id", "\"some-other-app\"")]
    public async Task A_client_that_is_not_listed_is_refused(string claim, string? value)
    {
        await using var trust = Trust.In(Issuer, Authority);
        var claims = Issuer.Claims();
        claims[claim] = value is null ? null : JsonNode.Parse(value);
        if (value is null)
        {
            claims.Remove(claim);
        }

        await trust.RefuseAsync(Issuer.Key.Token(claims));
    }

    [Fact]
    public async Task Claims_are_found_where_the_operator_says_and_nowhere_else()
    {
        await using var trust = Trust.In(Issuer, Authority, ("Claims:actor_id", "oid"), ("Claims:team_id", "groups"), ("Claims:Roles", "/realm_access/roles"), ("Claims:Kind", "https://acme.example/kind"), ("Claims:Client", "cid"));
        var claims = Issuer.Claims();
        (claims["oid"], claims["groups"], claims["cid"]) = ("7f3a", new JsonArray("everybody", "risk"), "gantral-web");
        claims["realm_access"] = new JsonObject { ["roles"] = new JsonArray("cto") };
        Assert.Equal(ActorKind.Workload, (await trust.LetInAsync(Issuer.Key.Token(claims))).Actor.Kind);
        claims["https://acme.example/kind"] = "human";

        var person = await trust.LetInAsync(Issuer.Key.Token(claims));
        Assert.Equal(("7f3a", ActorKind.Human), (person.Actor.Id, person.Actor.Kind));
        Assert.Equal("risk: cto", person.Rights());
    }

    [Fact]
    public async Task What_a_caller_is_told_does_not_say_whom_this_silo_believes()
    {
        await using var trust = Trust.In(Issuer, Authority);
        var stranger = new IssuerKey("first", "ES256");
        var unknown = Issuer.Claims();
        unknown["iss"] = "https://nobody.example";
        var header = Issuer.Key.Header();
        header["kid"] = "no-such-key";

        var told = new[] { stranger.Token(Issuer.Claims()), stranger.Token(unknown), stranger.Token(Issuer.Claims(), header) }.Select(trust.RefuseAsync);

        var sentence = Assert.Single((await Task.WhenAll(told)).Distinct());
        Assert.DoesNotContain("localhost", sentence, StringComparison.Ordinal);
    }
}
