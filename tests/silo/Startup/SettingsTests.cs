using Gantral.Grains.Instances;
using Gantral.Silo.Gateway.Limits;
using Gantral.Silo.Startup;
using Gantral.Silo.Startup.Settings;
using Microsoft.Extensions.Configuration;

namespace Gantral.Silo.Tests.Startup;

public sealed class SettingsTests
{
    [Fact]
    public void Without_settings_a_silo_serves_this_machine_from_an_embedded_database()
    {
        var settings = Read();

        Assert.Equal((8080, ".gantral", null, false), (settings.Port, settings.Data, settings.Database, settings.DevelopmentIdentity));
        Assert.Equal("127.0.0.1", Assert.Single(settings.Addresses).ToString());
        Assert.Equal([SiloRole.Gateway, SiloRole.Worker], settings.Roles.AsEnumerable());
        Assert.Equal(OnStorageFailure.Refuse, settings.OnStorageFailure);
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var settings = Read(
            ("Bind", "127.0.0.1, ::1"), ("Port", "0"), ("Data", "/data"), ("Database", "Host=db"), ("OwnerDatabase", "Host=owner"),
            ("SigningKeyFile", "/key"), ("Identity:Dev", "true"), ("Roles", "worker"), ("OnStorageFailure", "terminate"));

        Assert.Equal((0, "/data", "Host=db", "Host=owner", "/key", true), (settings.Port, settings.Data, settings.Database, settings.OwnerDatabase, settings.SigningKeyFile, settings.DevelopmentIdentity));
        Assert.Equal([SiloRole.Worker], settings.Roles.AsEnumerable());
        Assert.Equal((2, OnStorageFailure.Terminate), (settings.Addresses.Length, settings.OnStorageFailure));
        Assert.Empty(KnownSettings.UnknownIn(Configuration(("Roles:0", "gateway"), ("identity:dev", "true"))));
    }

    [Theory]
    [InlineData("Port", "http")]
    [InlineData("Port", "65536")]
    [InlineData("Port", "-1")]
    [InlineData("Bind", "localhost")]
    [InlineData("Bind", "127.0.0.1,")]
    [InlineData("Identity:Dev", "yes")]
    [InlineData("Roles", "gateway,queen")]
    [InlineData("OnStorageFailure", "ignore")]
    [InlineData("Limits:RequestsPerSecond", "0")]
    [InlineData("Limits:InFlight", "many")]
    [InlineData("Limits:TimeoutSeconds", "0.5")]
    [InlineData("DrainNoticeSeconds", "61")]
    [InlineData("Tls:TerminatedElsewhere", "no")]
    public void A_value_that_is_none_stops_the_start(string name, string value)
    {
        var refused = Assert.Throws<StartupRefusedException>(() => Read((name, value)));

        Assert.Equal(ExitStatus.Configuration, refused.ExitStatus);
        Assert.Contains(value.Split(',')[^1], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_read()
    {
        var settings = Read(
            ("Limits:RequestsPerSecond", "7"), ("Limits:UnauthenticatedPerSecond", "3"), ("Limits:InFlight", "11"), ("Limits:LongInFlight", "12"), ("Limits:TimeoutSeconds", "13"),
            ("DrainNoticeSeconds", "5"), ("Tls:TerminatedElsewhere", "true"));

        Assert.Equal(new LimitOptions { RequestsPerSecond = 7, UnauthenticatedPerSecond = 3, InFlight = 11, LongInFlight = 12, Patience = TimeSpan.FromSeconds(13) }, settings.Limits);
        Assert.Equal((TimeSpan.FromSeconds(5), true), (settings.DrainNotice, settings.TlsTerminatedElsewhere));
        Assert.Equal((new LimitOptions(), TimeSpan.Zero, null), (Read().Limits, Read().DrainNotice, Read().Certificate));
    }

    [Theory]
    [InlineData("CertificateFile")]
    [InlineData("KeyFile")]
    public void A_certificate_and_its_key_belong_together(string name) =>
        Assert.Contains("belong together", Assert.Throws<StartupRefusedException>(() => Read(($"Tls:{name}", "/nowhere"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("127.0.0.1,192.0.2.7")]
    public void The_development_identity_is_refused_where_others_can_reach_it(string bind) =>
        Assert.Contains("development identity", Assert.Throws<StartupRefusedException>(() => Read(("Identity:Dev", "true"), ("Bind", bind))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_shared_database_needs_a_shared_signing_key() =>
        Assert.Contains("Gantral:SigningKeyFile", Assert.Throws<StartupRefusedException>(() => Read(("Database", "Host=db"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Prot", "Port")]
    [InlineData("DataBase2", "Database")]
    [InlineData("Identity:Develop", "Identity:Dev")]
    [InlineData("SigningKey", "SigningKeyFile")]
    [InlineData("SomethingElseAltogether", null)]
    public void An_unknown_setting_is_told_with_the_one_that_was_meant(string name, string? meant) =>
        Assert.Equal([(name, meant)], KnownSettings.UnknownIn(Configuration((name, "1"))));

    [Theory]
    [InlineData("up")]
    [InlineData("serve", "--prot", "1")]
    [InlineData("serve", "--port")]
    [InlineData("--port", "1", "--port", "2")]
    [InlineData("--data=")]
    [InlineData("serve", "migrate")]
    public void A_command_line_that_is_not_understood_is_refused(params string[] words) =>
        Assert.Equal(ExitStatus.Usage, Assert.Throws<StartupRefusedException>(() => CommandLine.Read(words)).ExitStatus);

    [Fact]
    public void A_command_line_names_a_verb_and_settings()
    {
        var line = CommandLine.Read(["migrate", "--data=/x", "--port", "0"]);

        Assert.Equal(("migrate", "/x", "0", false), (line.Verb, line.Flags["Data"], line.Flags["Port"], line.Help));
        Assert.Equal(("serve", true), (CommandLine.Read(["--help"]).Verb, CommandLine.Read(["--help"]).Help));
    }

    private static SiloSettings Read(params (string Name, string Value)[] settings) => SettingsReader.Read(Configuration(settings));

    private static IConfigurationRoot Configuration(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Gantral:{setting.Name}", (string?)setting.Value))).Build();
}
