using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using Gantral.Silo.Identity.Federation;
using Gantral.Silo.Tests.Node;
using Microsoft.AspNetCore.WebUtilities;

namespace Gantral.Silo.Tests.Identity;

/// <summary>
/// An OpenID provider that nobody here wrote, in Node.js, out of tests/silo/Identity/openid. People sign in there as in a
/// browser: authorization code with PKCE.
/// </summary>
public sealed partial class OpenIdProvider : IAsyncLifetime
{
    private const string Callback = "https://app.example/callback";

    private NodeService _node = null!;

    internal TestAuthority Authority { get; } = new();

    public string Url { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _node = await NodeService.OpenAsync("Identity/openid", "oidc-provider", Authority.CertificateFile, Authority.KeyFile);
        Url = $"https://localhost:{_node.Port}";
    }

    /// <summary>Signs a person in by a client and answers the access token.</summary>
    public async Task<string> SignInAsync(string person, string client, string algorithm)
    {
        using var browser = Browser(new CookieContainer());
        var verifier = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var state = Guid.NewGuid().ToString("N");
        var step = new Uri(QueryHelpers.AddQueryString($"{Url}/auth", new Dictionary<string, string?>
        {
            ["client_id"] = client,
            ["response_type"] = "code",
            ["redirect_uri"] = Callback,
            ["scope"] = "openid use",
            ["resource"] = $"urn:gantral:{algorithm}",
            ["state"] = state,
            ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
        }));
        while (!step.AbsoluteUri.StartsWith(Callback, StringComparison.Ordinal))
        {
            using var page = await browser.GetAsync(step);
            using var next = page.StatusCode == HttpStatusCode.OK ? await FillInAsync(browser, step, await page.Content.ReadAsStringAsync(), person) : null;
            step = new Uri(step, (next ?? page).Headers.Location ?? throw new InvalidOperationException($"The sign-in ended at {step.AbsolutePath} with {(next ?? page).StatusCode}."));
        }

        var answer = HttpUtility.ParseQueryString(step.Query);
        Assert.Equal((state, Url), (answer["state"], answer["iss"]));
        return await TokenAsync(client, new() { ["grant_type"] = "authorization_code", ["code"] = answer["code"]!, ["redirect_uri"] = Callback, ["code_verifier"] = verifier, ["resource"] = $"urn:gantral:{algorithm}" });
    }

    /// <summary>The access token of a client for itself.</summary>
    public Task<string> ClientCredentialsAsync(string client, string algorithm) =>
        TokenAsync(client, new() { ["grant_type"] = "client_credentials", ["scope"] = "use", ["resource"] = $"urn:gantral:{algorithm}" });

    /// <summary>The settings of a silo that believes this provider.</summary>
    internal (string Name, string Value)[] Settings() =>
    [
        .. Trust.People(Url, Authority).Select(one => (one.Name.Replace(":", "__", StringComparison.Ordinal), one.Value))
            .Select(one => ($"{IssuerSettingsReader.Setting.Replace(":", "__", StringComparison.Ordinal)}__it__{one.Item1}", one.Value)),
    ];

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        Authority.Dispose();
    }

    private static async Task<HttpResponseMessage> FillInAsync(HttpClient browser, Uri page, string html, string person)
    {
        var target = new Uri(page, Form().Match(html).Groups["action"].Value);
        Dictionary<string, string> fields = html.Contains("name=\"login\"", StringComparison.Ordinal)
            ? new() { ["prompt"] = "login", ["login"] = person, ["password"] = "anything" }
            : new() { ["prompt"] = "consent" };
        using var form = new FormUrlEncodedContent(fields);
        return await browser.PostAsync(target, form);
    }

    private async Task<string> TokenAsync(string client, Dictionary<string, string> fields)
    {
        using var caller = Browser(null);
        using var form = new FormUrlEncodedContent(fields);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Url}/token") { Content = form };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{client}:{client}-secret")));
        using var response = await caller.SendAsync(request);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return (string?)body["access_token"] ?? throw new InvalidOperationException(body.ToJsonString());
    }

    private HttpClient Browser(CookieContainer? cookies)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = cookies is not null };
        handler.CookieContainer = cookies ?? handler.CookieContainer;
        handler.SslOptions.CertificateChainPolicy = TrustedCertificates.TrustIn(TrustedCertificates.Of(File.ReadAllText(Authority.CaFile)));
        return new HttpClient(handler);
    }

    [GeneratedRegex("<form[^>]* action=\"(?<action>[^\"]+)\"")]
    private static partial Regex Form();
}
