using System.Net;
using System.Net.Sockets;
using Gantral.Abstractions.Policy;
using Gantral.Silo.Hosting;
using Gantral.Silo.Outgoing;
using Microsoft.Extensions.Configuration;

namespace Gantral.Silo.Tests.Policies;

/// <summary>Where a silo calls out to, and where not.</summary>
public sealed class HostTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8181/", true)]
    [InlineData("http://127.8.9.10/", true)]
    [InlineData("http://2130706433/", true)]
    [InlineData("http://[::1]:8181/", true)]
    [InlineData("http://[::ffff:127.0.0.1]/", true)]
    [InlineData("http://localhost:8181/", true)]
    [InlineData("http://LOCALHOST/", true)]
    [InlineData("http://localhost.evil.example/", false)]
    [InlineData("http://169.254.169.254/", false)]
    [InlineData("http://[::ffff:169.254.169.254]/", false)]
    [InlineData("http://0.0.0.0/", false)]
    [InlineData("http://10.0.0.1/", false)]
    [InlineData("https://policy.example/", false)]
    public void In_development_only_loopback_is_called(string url, bool allowed) =>
        Assert.Equal(allowed, new OutgoingHosts([], isDevelopment: true).Refusal(new Uri(url)) is null);

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://localhost/")]
    [InlineData("https://policy.example/")]
    public void Elsewhere_nothing_is_called_that_is_not_named(string url) =>
        Assert.Contains(OutgoingHosts.Setting, new OutgoingHosts([], isDevelopment: false).Refusal(new Uri(url)), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://policy.example/v1", true)]
    [InlineData("https://POLICY.example:8443/v1", true)]
    [InlineData("http://10.0.0.7/", true)]
    [InlineData("http://[::ffff:10.0.0.7]/", true)]
    [InlineData("http://[2001:db8::7]/", true)]
    [InlineData("https://xn--bcher-kva.example/", true)]
    [InlineData("https://evil.policy.example/", false)]
    [InlineData("https://policy.example.evil/", false)]
    [InlineData("https://policy.example./", false)]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData("http://10.0.0.8/", false)]
    public void What_is_named_is_called_and_nothing_else(string url, bool allowed) => Assert.Equal(
        allowed, new OutgoingHosts(["Policy.example", "10.0.0.7", "2001:DB8::7", "bücher.example"], isDevelopment: true).Refusal(new Uri(url)) is null);

    [Theory]
    [InlineData("https://policy.example")]
    [InlineData("policy.example:443")]
    [InlineData("policy.example/v1")]
    [InlineData("*.example")]
    [InlineData("")]
    public void What_is_no_host_is_refused_with_its_setting(string host)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Gantral:Outgoing:Hosts:0", host)]).Build();
        Assert.Contains(OutgoingHosts.Setting, Assert.Throws<ConfigurationRefusedException>(() => OutgoingHosts.From(configuration, false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_not_allowed_is_not_connected_to_though_it_was_registered_once()
    {
        await using var service = await PolicyService.OpenAsync();
        using var asking = new Asking(new OutgoingHosts(["policy.example"], isDevelopment: true));

        Assert.IsType<PolicyAnswer.Unavailable>(await asking.AskAsync(service.Url));
        Assert.Contains("HostNotAllowed", Assert.Single(asking.Log.Lines), StringComparison.Ordinal);
        Assert.Equal(0, service.Asked);
    }

    [Fact]
    public async Task In_development_a_name_that_leads_elsewhere_is_not_connected_to()
    {
        using var asking = new Asking(new OutgoingHosts([], isDevelopment: true) { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("192.0.2.1")]) });

        Assert.IsType<PolicyAnswer.Unavailable>(await asking.AskAsync("http://localhost:8181/"));
        Assert.Contains("HostNotAllowed", Assert.Single(asking.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_called_by_the_address_it_leads_to()
    {
        await using var service = await PolicyService.OpenAsync();
        using var development = new Asking();
        Assert.IsType<PolicyAnswer.Advised>(await development.AskAsync($"http://localhost:{service.Port}/"));

        using var named = new Asking(new OutgoingHosts(["policy.example"], false) { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]) });
        Assert.IsType<PolicyAnswer.Advised>(await named.AskAsync($"http://policy.example:{service.Port}/"));
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_no_answer()
    {
        using var asking = new Asking(new OutgoingHosts(["policy.invalid"], false) { Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound) });
        Assert.IsType<PolicyAnswer.Unavailable>(await asking.AskAsync("http://policy.invalid/"));
        Assert.Contains("Unreachable", Assert.Single(asking.Log.Lines), StringComparison.Ordinal);
    }
}
