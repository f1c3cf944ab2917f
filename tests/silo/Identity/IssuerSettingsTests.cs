using Gantral.Silo.Hosting;
using Gantral.Silo.Identity.Federation;
using Gantral.Silo.Startup;
using Gantral.Silo.Startup.Settings;
using Microsoft.Extensions.Configuration;

namespace Gantral.Silo.Tests.Identity;

/// <summary>What the operator may say about issuers, and what cannot be meant.</summary>
public sealed class IssuerSettingsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    [Fact]
    public void An_issuer_has_its_keys_where_OpenID_says_and_usual_algorithms()
    {
        var issuer = Assert.Single(Read());

        Assert.Equal(("https://login.example/acme", "https://login.example/acme/.well-known/openid-configuration"), (issuer.Issuer, issuer.Discovery.ToString()));
        Assert.Equal("login.example", Assert.Single(issuer.KeysHosts).Authority);
        Assert.Equal(["ES256", "PS256", "RS256"], issuer.Algorithms.Order());
    }

    [Fact]
    public void Discovery_inside_a_cluster_has_an_address_and_hosts_of_its_own()
    {
        var issuer = Assert.Single(Read(("discovery", "https://kubernetes.default.svc/.well-known/openid-configuration"), ("keys_hosts", "10.0.0.1:6443,[2001:db8::1]:6443")));

        Assert.Equal("kubernetes.default.svc", issuer.Discovery.Host);
        Assert.Equal([("10.0.0.1", 6443), ("2001:db8::1", 6443)], issuer.KeysHosts.Select(host => (host.IdnHost, host.Port)));
    }

    [Fact]
    public void The_pages_sign_in_where_a_client_for_them_is_named_and_nowhere_else()
    {
        Assert.Null(Assert.Single(Read()).SignIn);
        var signIn = Assert.Single(Read(("PagesClientId", "gantral-web"))).SignIn!;

        Assert.Equal(("it", "https://login.example/acme", "gantral-web", "openid"), (signIn.Name, signIn.Issuer, signIn.ClientId, signIn.Scope));
        Assert.Equal("openid api://gantral/use", Assert.Single(Read(("pages_client_id", "gantral-web"), ("PagesScope", "openid api://gantral/use"))).SignIn!.Scope);
    }

    [Fact]
    public void The_settings_of_issuers_are_known_settings() =>
        Assert.Empty(KnownSettings.UnknownIn(Trust.Configuration(Trust.People("https://login.example/acme", _authority))));

    [Fact]
    public void What_is_wrong_with_an_issuer_stops_the_start()
    {
        var refused = Assert.Throws<StartupRefusedException>(() => SettingsReader.Read(Trust.Configuration(("Issuer", "login.example"))));

        Assert.Equal(ExitStatus.Configuration, refused.ExitStatus);
        Assert.Contains("'login.example'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Issuer", "", "Issuer is missing")]
    [InlineData("Issuer", "login.example", "must be a URL")]
    [InlineData("Issuer", "http://login.example", "must begin with https://")]
    [InlineData("Issuer", "http://127.0.0.1:9000", "must begin with https://")]
    [InlineData("Issuer", "https://user@login.example", "without user")]
    [InlineData("Issuer", "https://login.example?x=1", "without user")]
    [InlineData("Discovery", "http://login.example/x", "must begin with https://")]
    [InlineData("Kind", "", "Kind is missing")]
    [InlineData("Kind", "person", "must be human or workload")]
    [InlineData("Kind", "workload", "is for issuers of the kind human")]
    [InlineData("Audiences", ",", "must be a list of names")]
    [InlineData("Clients", "", "must be a list of names")]
    [InlineData("Human", "", "Human is missing")]
    [InlineData("Algorithms", "RS256,HS256", "has 'HS256'")]
    [InlineData("Algorithms", "none", "has 'none'")]
    [InlineData("Algorithms", "rs256", "has 'rs256'")]
    [InlineData("KeysHosts", "https://keys.example", "is no host")]
    [InlineData("KeysHosts", "keys.example/x", "is no host")]
    [InlineData("KeysHosts", "*.example ?", "is no host")]
    [InlineData("CaFile", "/nowhere/ca.pem", "cannot be read")]
    [InlineData("TokenFile", "/nowhere/token", "cannot be read")]
    [InlineData("PagesClientId", "somebody-elses", "is not among the Clients that people use")]
    [InlineData("PagesScope", "openid", "needs PagesClientId")]
    [InlineData("Client", "gantral-web", "Client is not known")]
    [InlineData("client_s", "gantral-web", "is given twice")]
    [InlineData("Claims:Rolls", "roles", "Rolls is not known")]
    [InlineData("Services:0:Team", "payments", "Subject is missing")]
    [InlineData("Services:0:Subject", "*", "a * stands for")]
    public void What_cannot_be_meant_is_refused_with_its_place(string name, string value, string sentence)
    {
        var message = Refusal((name, value));
        Assert.StartsWith("Gantral:Identity:Issuers:it", message, StringComparison.Ordinal);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_in_which_nothing_is_found_are_refused()
    {
        var empty = _authority.Write("empty", "nothing here, really\n");

        Assert.Contains("nothing of use", Refusal(("CaFile", empty)), StringComparison.Ordinal);
        Assert.Contains("nothing of use", Refusal(("TokenFile", empty)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_issuer_speaks_for_no_teams_that_were_not_named()
    {
        Assert.Contains("Teams is missing", Refusal(without: "Teams"), StringComparison.Ordinal);
        Assert.Contains("'fraud'", Refusal(("Services:0:Subject", "a"), ("Services:0:Team", "fraud")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_issuer_is_configured_once()
    {
        var twice = new ConfigurationBuilder()
            .AddConfiguration(Trust.Configuration(Trust.People("https://login.example", _authority)))
            .AddInMemoryCollection(Trust.People("https://login.example", _authority).Select(one => KeyValuePair.Create($"{IssuerSettingsReader.Setting}:again:{one.Name}", (string?)one.Value)))
            .Build();

        Assert.Contains("twice", Assert.Throws<ConfigurationRefusedException>(() => IssuerSettingsReader.Read(twice, false)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000")]
    [InlineData("http://[::1]:9000")]
    [InlineData("http://localhost:9000")]
    public void In_development_an_issuer_on_this_machine_needs_no_TLS(string issuer)
    {
        Assert.Equal("http", Assert.Single(IssuerSettingsReader.Read(Trust.Configuration(Trust.People(issuer, _authority)), isDevelopment: true)).Discovery.Scheme);
        Assert.Throws<ConfigurationRefusedException>(() => IssuerSettingsReader.Read(Trust.Configuration(Trust.People("http://10.0.0.1:9000", _authority)), isDevelopment: true));
        var token = _authority.Write("token", "secret");
        Assert.Throws<ConfigurationRefusedException>(() => IssuerSettingsReader.Read(Trust.Configuration([.. Trust.People(issuer, _authority), ("TokenFile", token)]), isDevelopment: true));
    }

    public void Dispose() => _authority.Dispose();

    private IReadOnlyList<IssuerSettings> Read(params (string, string)[] settings) =>
        IssuerSettingsReader.Read(Trust.Configuration([.. Trust.People("https://login.example/acme", _authority), .. settings]), isDevelopment: false);

    private string Refusal(params (string, string)[] settings) => Assert.Throws<ConfigurationRefusedException>(() => Read(settings)).Message;

    private string Refusal(string without) => Assert.Throws<ConfigurationRefusedException>(() => IssuerSettingsReader.Read(
        Trust.Configuration([.. Trust.People("https://login.example/acme", _authority).Where(one => one.Name != without)]), isDevelopment: false)).Message;
}
