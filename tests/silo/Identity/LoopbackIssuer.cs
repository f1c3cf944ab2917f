using System.Net;
using System.Text.Json.Nodes;
using Gantral.Silo.Tests.Policies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Tests.Identity;

/// <summary>An issuer on a loopback port, over TLS, that publishes what the test says, well or not.</summary>
internal sealed class LoopbackIssuer : IAsyncDisposable
{
    private readonly TestAuthority _authority;
    private WebApplication _app = null!;
    private int _keysAsked;
    private int _asked;

    private LoopbackIssuer(TestAuthority authority)
    {
        _authority = authority;
        PublishDiscovery = http => PolicyService.Json(http, Document().ToJsonString());
        PublishKeys = http => PolicyService.Json(http, KeySet().ToJsonString());
    }

    public string Url { get; private set; } = "";

    public string Host => new Uri(Url).Authority;

    /// <summary>The keys that it has now.</summary>
    public List<IssuerKey> Keys { get; } = [new("first", "ES256")];

    public IssuerKey Key => Keys[0];

    /// <summary>What it does when it is asked for its discovery document.</summary>
    public Func<HttpContext, Task> PublishDiscovery { get; set; }

    /// <summary>What it does when it is asked for its keys.</summary>
    public Func<HttpContext, Task> PublishKeys { get; set; }

    /// <summary>How often it was asked for anything.</summary>
    public int Asked => _asked;

    /// <summary>How often it was asked for its keys.</summary>
    public int KeysAsked => _keysAsked;

    /// <summary>The last <c>Authorization</c> that it was shown.</summary>
    public string Shown { get; private set; } = "";

    public static async Task<LoopbackIssuer> OpenAsync(TestAuthority authority)
    {
        var issuer = new LoopbackIssuer(authority);
        await issuer.ComeAsync();
        return issuer;
    }

    public JsonObject Document() => new() { ["issuer"] = Url, ["jwks_uri"] = $"{Url}/keys", ["response_types_supported"] = new JsonArray("code") };

    public JsonObject KeySet() => new() { ["keys"] = new JsonArray([.. Keys.Select(key => (JsonNode)key.Jwk())]) };

    /// <summary>Goes away; nobody answers at its address.</summary>
    public Task GoAsync() => _app.DisposeAsync().AsTask();

    /// <summary>Comes, at the address where it was before.</summary>
    public async Task ComeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var port = Url.Length == 0 ? 0 : new Uri(Url).Port;
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(_authority.Server)));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        Url = $"https://localhost:{new Uri(_app.Urls.First()).Port}";
    }

    /// <summary>Claims of a person whom this issuer has signed in.</summary>
    public JsonObject Claims(string actor = "alice") => new()
    {
        ["iss"] = Url,
        ["aud"] = "gantral",
        ["sub"] = actor,
        ["azp"] = "gantral-web",
        ["kind"] = "human",
        ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        ["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 3600,
        ["team_id"] = "payments",
        ["roles"] = new JsonArray("release-manager"),
    };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        Interlocked.Increment(ref _asked);
        Shown = http.Request.Headers.Authorization.ToString();
        if (http.Request.Path == "/keys")
        {
            Interlocked.Increment(ref _keysAsked);
            return PublishKeys(http);
        }

        return http.Request.Path == "/.well-known/openid-configuration" ? PublishDiscovery(http) : NowhereAsync(http);
    }

    private static Task NowhereAsync(HttpContext http)
    {
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
