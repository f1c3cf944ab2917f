using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gantral.Silo.Gateway;
using Gantral.Silo.Identity.Federation;
using Gantral.Silo.Tests.Gateway;

namespace Gantral.Silo.Tests.Pages;

/// <summary>The pages as they are served: to anybody, the same bytes each time, with a policy that lets nothing else in.</summary>
public sealed partial class ServedPagesTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/inbox")]
    [InlineData("/inbox/0199aaaa-0000-7000-8000-000000000001")]
    [InlineData("/instances")]
    [InlineData("/instances/0199aaaa-0000-7000-8000-000000000001")]
    [InlineData("/board")]
    [InlineData("/workflows")]
    [InlineData("/workflows/deploy")]
    [InlineData("/policies")]
    [InlineData("/policies/guard")]
    [InlineData("/verify")]
    public async Task Every_address_answers_the_shell_without_a_token_and_not_again_to_whoever_has_it(string address)
    {
        await using var api = await ServedApi.StartAsync();
        using var first = await api.Client.GetAsync(address);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (first.StatusCode, first.Content.Headers.ContentType?.MediaType));
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            first.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(("nosniff", "no-referrer", "no-cache"), (first.Headers.GetValues("X-Content-Type-Options").Single(), first.Headers.GetValues("Referrer-Policy").Single(), first.Headers.CacheControl!.ToString()));

        var request = ServedApi.Request("GET", address);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await api.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Every_file_that_the_shell_names_is_there_and_nothing_is_inline()
    {
        await using var api = await ServedApi.StartAsync();
        var shell = await api.Client.GetStringAsync("/");
        Assert.DoesNotMatch(@"(?i)<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", shell);
        var files = FilePattern().Matches(shell).Select(match => match.Groups[1].Value).Where(path => path.StartsWith("/pages/", StringComparison.Ordinal)).ToList();
        Assert.True(files.Count > 30, shell);
        foreach (var file in files)
        {
            using var answer = await api.Client.GetAsync(file);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(Path.GetExtension(file) switch { ".mjs" => "text/javascript", ".css" => "text/css", _ => "image/svg+xml" }, answer.Content.Headers.ContentType?.MediaType);
            Assert.DoesNotMatch(@"innerHTML|outerHTML|insertAdjacentHTML|localStorage|eval\(|https?://(?!www\.w3\.org/2000/svg)", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Where_people_sign_in_is_told_and_called_and_nobody_else()
    {
        var signIn = new PagesSignIn("keycloak", "https://login.example.com/realms/acme", new Uri("https://login.example.com/realms/acme/.well-known/openid-configuration"), "gantral-web", "openid");
        await using var api = await ServedApi.StartAsync(new GatewayOptions { Port = 0, LocalOnly = false, SignIns = [signIn] });
        using var shell = await api.Client.GetAsync("/");

        Assert.Contains("connect-src 'self' https://login.example.com;", shell.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var told = JsonNode.Parse(await api.Client.GetStringAsync("/pages/identity.json"))!;
        Assert.False((bool)told["development"]!);
        Assert.Equal("""{"name":"keycloak","issuer":"https://login.example.com/realms/acme","discovery":"https://login.example.com/realms/acme/.well-known/openid-configuration","client_id":"gantral-web","scope":"openid"}""", told["issuers"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task A_silo_that_serves_health_alone_serves_no_pages()
    {
        await using var worker = await ServedApi.StartAsync(new GatewayOptions { Port = 0, LocalOnly = true, ServesApi = false });
        foreach (var path in new[] { "/", "/inbox", "/pages/start.mjs", "/pages/identity.json" })
        {
            (await worker.SendAsync(ServedApi.Request("GET", path))).IsProblem(404, "not_found");
        }
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex FilePattern();
}
