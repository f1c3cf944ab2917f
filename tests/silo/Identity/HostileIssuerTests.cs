using System.Text.Json.Nodes;
using Gantral.Silo.Identity.Federation;
using Gantral.Silo.Tests.Policies;

namespace Gantral.Silo.Tests.Identity;

/// <summary>What an issuer's address answers is not believed beyond what the operator said.</summary>
public sealed class HostileIssuerTests : IssuerAndAuthority
{
    [Fact]
    public async Task A_discovery_document_that_redirects_is_not_followed()
    {
        await using var evil = await LoopbackIssuer.OpenAsync(Authority);
        Issuer.PublishDiscovery = http => Task.Run(() => http.Response.Redirect($"{evil.Url}/.well-known/openid-configuration"));

        await NotFetchedAsync("status 302");
        Assert.Equal(0, evil.Asked);
    }

    [Fact]
    public async Task A_key_set_that_redirects_is_not_followed()
    {
        await using var evil = await LoopbackIssuer.OpenAsync(Authority);
        Issuer.PublishKeys = http => Task.Run(() => http.Response.Redirect($"{evil.Url}/keys", permanent: true));

        await NotFetchedAsync("status 301");
        Assert.Equal(0, evil.Asked);
    }

    [Fact]
    public async Task Keys_on_another_host_are_not_fetched()
    {
        await using var evil = await LoopbackIssuer.OpenAsync(Authority);
        foreach (var place in new[] { $"{evil.Url}/keys", $"{Issuer.Url.Replace("localhost", "127.0.0.1", StringComparison.Ordinal)}/keys", $"{Issuer.Url.Replace("https", "http", StringComparison.Ordinal)}/keys", $"{Issuer.Url.Replace("//", "//user@", StringComparison.Ordinal)}/keys", "/keys", "file:///etc/passwd", "" })
        {
            Point(place);
            await NotFetchedAsync("jwks_uri leads to another host");
        }

        Assert.Equal((0, 0), (evil.Asked, Issuer.KeysAsked));
    }

    [Fact]
    public async Task Keys_on_another_host_are_fetched_where_the_operator_names_it()
    {
        await using var keys = await LoopbackIssuer.OpenAsync(Authority);
        keys.Keys[0] = Issuer.Key;
        Point($"{keys.Url}/keys");
        await using var trust = Trust.In(Issuer, Authority, ("KeysHosts", $"elsewhere.example,{keys.Host}"));

        await trust.LetInAsync(Issuer.Key.Token(Issuer.Claims()));
        Assert.Equal(1, keys.KeysAsked);
    }

    [Fact]
    public async Task A_discovery_document_of_another_issuer_is_not_believed()
    {
        var document = Issuer.Document();
        document["issuer"] = "https://login.example";
        Issuer.PublishDiscovery = http => PolicyService.Json(http, document.ToJsonString());

        await NotFetchedAsync("another issuer");
    }

    [Fact]
    public async Task A_host_whose_certificate_is_not_vouched_for_is_not_believed()
    {
        using var other = new TestAuthority();
        await NotFetchedAsync("certificate", ("CaFile", other.CaFile));
        Assert.Equal(0, Issuer.Asked);
    }

    [Fact]
    public async Task A_document_without_end_is_not_read_to_its_end()
    {
        Issuer.PublishKeys = async http =>
        {
            var chunk = new byte[64 * 1024];
            Array.Fill(chunk, (byte)' ');
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
            }
        };

        await NotFetchedAsync($"larger than {IssuerDocuments.MostBytes}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{\"keys\":[],\"keys\":[]}")]
    [InlineData("{\"keys\":[")]
    public async Task A_key_set_that_two_readers_could_read_differently_is_not_read(string keys)
    {
        Issuer.PublishKeys = http => PolicyService.Json(http, keys);
        await NotFetchedAsync("no JSON object");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"keys\":{}}")]
    [InlineData("{\"keys\":\"x\"}")]
    public async Task A_document_without_keys_is_no_key_set(string keys)
    {
        Issuer.PublishKeys = http => PolicyService.Json(http, keys);
        await NotFetchedAsync("not understood");
    }

    [Theory]
    [InlineData("use", "\"enc\"")]
    [InlineData("key_ops", "[\"encrypt\"]")]
    [InlineData("alg", "\"RSA-OAEP\"")]
    [InlineData("alg", "\"HS256\"")]
    [InlineData("alg", "7")]
    [InlineData("kty", "\"oct\"")]
    [InlineData("kty", "\"EC\"")]
    [InlineData("e", "\"AQ\"")]
    [InlineData("e", "\"AQAA\"")]
    [InlineData("e", "\"\"")]
    [InlineData("n", "\"!\"")]
    [InlineData("n", "\"AQAB\"")]
    [InlineData("kid", "null")]
    public async Task A_key_that_is_not_meant_for_signatures_or_is_none_is_not_used(string name, string value) =>
        await UnusableAsync(IssuerKey.SomeRsa, jwk => jwk[name] = JsonNode.Parse(value));

    [Fact]
    public async Task An_RSA_key_that_can_be_factored_is_not_used() => await UnusableAsync(new IssuerKey("first", "RS256", rsaBits: 1024), _ => { });

    [Theory]
    [InlineData("crv", "\"P-384\"")]
    [InlineData("crv", "\"secp256k1\"")]
    [InlineData("x", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\"")]
    [InlineData("x", "\"AQAB\"")]
    public async Task A_point_that_is_not_on_its_curve_is_no_key(string name, string value) =>
        await UnusableAsync(new IssuerKey("first", "ES256"), jwk => jwk[name] = JsonNode.Parse(value));

    [Fact]
    public async Task Of_two_keys_under_one_name_neither_is_used()
    {
        Issuer.Keys.Add(new IssuerKey("first", "ES256"));
        await using var trust = Trust.In(Issuer, Authority);

        await trust.RefuseAsync(Issuer.Key.Token(Issuer.Claims()));
        await trust.RefuseAsync(Issuer.Keys[1].Token(Issuer.Claims()));
    }

    [Fact]
    public async Task A_key_without_an_algorithm_is_for_those_that_the_operator_allows()
    {
        Issuer.Keys[0] = IssuerKey.SomeRsa;
        Issuer.PublishKeys = http => PolicyService.Json(http, new JsonObject { ["keys"] = new JsonArray(Without(Issuer.Key.Jwk(), "alg", "use")) }.ToJsonString());
        await using var trust = Trust.In(Issuer, Authority, ("Algorithms", "RS256,RS384"));

        var header = Issuer.Key.Header();
        header["alg"] = "RS384";
        await trust.LetInAsync(Issuer.Key.Token(Issuer.Claims(), header, "RS384"));
        header["alg"] = "RS512";
        await trust.RefuseAsync(Issuer.Key.Token(Issuer.Claims(), header, "RS512"));
    }

    private static JsonObject Without(JsonObject jwk, params string[] names)
    {
        Array.ForEach(names, name => jwk.Remove(name));
        return jwk;
    }

    private void Point(string place)
    {
        var document = Issuer.Document();
        document["jwks_uri"] = place;
        Issuer.PublishDiscovery = http => PolicyService.Json(http, document.ToJsonString());
    }

    // The key beside it is good, so that it is this one that is left out and not all of them.
    private async Task UnusableAsync(IssuerKey key, Action<JsonObject> spoil)
    {
        var good = new IssuerKey("good", "ES256");
        var jwk = key.Jwk();
        spoil(jwk);
        Issuer.PublishKeys = http => PolicyService.Json(http, new JsonObject { ["keys"] = new JsonArray(jwk.DeepClone(), good.Jwk()) }.ToJsonString());
        await using var trust = Trust.In(Issuer, Authority);

        await trust.LetInAsync(good.Token(Issuer.Claims()));
        await trust.RefuseAsync(key.Token(Issuer.Claims()));
    }

    private async Task NotFetchedAsync(string why, params (string, string)[] settings)
    {
        await using var trust = Trust.In(Issuer, Authority, settings);
        await trust.RefuseAsync(Issuer.Key.Token(Issuer.Claims()));
        Assert.Contains(why, await trust.FaultAsync(), StringComparison.Ordinal);
    }
}
