using System.Net;
using Gantral.Silo.Gateway;
using Gantral.Silo.Gateway.Tls;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>TLS as clients meet it, with certificates made for the test.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly MadeCertificate _made = new();

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Both_versions_of_HTTP_are_served_and_the_chain_is_shown(string version)
    {
        _made.Issue();
        await using var api = await StartAsync();
        using var client = _made.Client();
        var request = Request(api, "/v1/instances", version);
        request.Headers.Authorization = new("Bearer", api.Token(["gantral.admin"]));
        using var response = await client.SendAsync(request);

        Assert.Equal(("https", HttpStatusCode.OK, version), (api.Address.Scheme, response.StatusCode, response.Version.ToString()));
    }

    [Fact]
    public async Task A_certificate_that_is_replaced_is_served_without_a_restart_and_one_that_does_not_fit_changes_nothing()
    {
        var first = _made.Issue();
        await using var api = await StartAsync();
        Assert.Equal(first, await ShownAsync(api));

        _made.Issue(withKey: false);
        Assert.Equal(first, await ShownAsync(api));
        Assert.True(api.Log.Says(1341));
        File.Delete(_made.KeyFile);
        Assert.Equal(first, await ShownAsync(api));

        var second = _made.Issue();
        Assert.Equal(second, await ShownAsync(api));
        Assert.True(api.Log.Says(1340));
    }

    [Fact]
    public async Task Nobody_is_served_in_the_clear_where_a_certificate_is_configured()
    {
        _made.Issue();
        await using var api = await StartAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => api.Client.GetAsync(new Uri($"http://127.0.0.1:{api.Address.Port}/healthz/live")));
    }

    [Theory]
    [InlineData("gantral.example", true)]
    [InlineData("localhost", false)]
    [InlineData("127.0.0.1", false)]
    public async Task Browsers_are_told_to_come_back_over_TLS_to_every_name_but_this_machines(string host, bool isTold)
    {
        _made.Issue();
        await using var api = await StartAsync();
        using var client = _made.Client();
        var request = Request(api, "/healthz/live");
        request.Headers.Host = $"{host}:{api.Address.Port}";
        using var response = await client.SendAsync(request);

        Assert.Equal(isTold, response.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task In_the_clear_nobody_is_told_to_come_back_over_TLS()
    {
        await using var api = await ServedApi.StartAsync(new GatewayOptions { Port = 0, LocalOnly = false });
        var request = ServedApi.Request("GET", "/healthz/live");
        request.Headers.Host = "gantral.example";
        using var response = await api.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, false), (response.StatusCode, response.Headers.Contains("Strict-Transport-Security")));
    }

    [Theory]
    [InlineData("no certificate file")]
    [InlineData("no key file")]
    [InlineData("another's key")]
    [InlineData("no PEM")]
    [InlineData("nothing in it")]
    public void Files_that_cannot_be_served_with_are_told_in_a_sentence(string how)
    {
        _made.Issue();
        switch (how)
        {
            case "no certificate file":
                File.Delete(_made.CertificateFile);
                break;
            case "no key file":
                File.Delete(_made.KeyFile);
                break;
            case "another's key":
                _made.Issue(withKey: false);
                break;
            case "no PEM":
                File.WriteAllBytes(_made.CertificateFile, [0x30, 0x82, 0xff, 0]);
                break;
            default:
                File.WriteAllText(_made.KeyFile, "");
                break;
        }

        Assert.False(ServedCertificate.TryLoad(_made.CertificateFile, _made.KeyFile, out _, out var fault));
        Assert.Contains("Both must be PEM", fault, StringComparison.Ordinal);
        Assert.Contains(_made.CertificateFile, fault, StringComparison.Ordinal);
    }

    public void Dispose() => _made.Dispose();

    private Task<ServedApi> StartAsync()
    {
        Assert.True(ServedCertificate.TryLoad(_made.CertificateFile, _made.KeyFile, out var certificate, out var fault), fault);
        return ServedApi.StartAsync(new GatewayOptions { Port = 0, LocalOnly = false, Certificate = certificate });
    }

    private async Task<string> ShownAsync(ServedApi api)
    {
        var shown = "";
        using var client = _made.Client(thumbprint => shown = thumbprint);
        using var response = await client.SendAsync(Request(api, "/healthz/live"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return shown;
    }

    private static HttpRequestMessage Request(ServedApi api, string path, string version = "1.1") =>
        new(HttpMethod.Get, new Uri($"https://localhost:{api.Address.Port}{path}")) { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
}
