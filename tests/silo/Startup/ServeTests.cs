using System.Diagnostics;
using System.Net.Sockets;
using Gantral.Grains.Instances;
using Gantral.Silo.Identity.Federation;
using Gantral.Silo.Startup;
using Gantral.Silo.Startup.Settings;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Identity;
using Gantral.Silo.Tests.WholeLife;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Silo.Tests.Startup;

public sealed class ServeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gt").FullName;
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task It_says_where_it_is_ready_and_stops_in_order_after_what_is_in_flight()
    {
        var core = new FakeCore { Listing = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        var output = new FirstLine();
        var served = new ServeVerb(core.Rooms, output).RunAsync(Settings(), NullLoggerFactory.Instance, _stop.Token);
        var ready = await output.Line.WaitAsync(TestFolder.Patience);
        Assert.Matches(@"\AGantral is ready: http://127\.0\.0\.1:[1-9]\d*\z", ready);

        using var client = new HttpClient { BaseAddress = new Uri(ready["Gantral is ready: ".Length..]) };
        var request = client.SendAsync(ServedApi.Request("GET", "/v1/instances", await TokenAsync()));
        await core.ListingBegan.Task.WaitAsync(TestFolder.Patience);
        await _stop.CancelAsync();
        Assert.False(served.IsCompleted);
        Assert.Empty(core.Said);
        core.Listing.SetResult();

        using var response = await request.WaitAsync(TestFolder.Patience);
        await served.WaitAsync(TestFolder.Patience);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(["listed", "drained", "disposed"], core.Said);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_sentence()
    {
        using var other = new TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;
        var core = new FakeCore();

        var refused = await Assert.ThrowsAsync<StartupRefusedException>(() =>
            new ServeVerb(core.Rooms, new FirstLine()).RunAsync(Settings() with { Port = port }, NullLoggerFactory.Instance, _stop.Token));

        Assert.Equal(ExitStatus.Unavailable, refused.ExitStatus);
        Assert.Contains($"port {port} already", refused.Message, StringComparison.Ordinal);
        Assert.Contains("disposed", core.Said);
    }

    [Fact]
    public async Task It_says_loudly_that_the_development_identity_is_on()
    {
        var log = new RecordedLog();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(new Provider(log)));
        var output = new FirstLine();
        var served = new ServeVerb(new FakeCore().Rooms, output).RunAsync(Settings(), logs, _stop.Token);
        await output.Line.WaitAsync(TestFolder.Patience);
        await _stop.CancelAsync();
        await served.WaitAsync(TestFolder.Patience);

        Assert.True(log.Says(1320));
    }

    [Theory]
    [InlineData("0.0.0.0", false, true)]
    [InlineData("0.0.0.0", true, false)]
    [InlineData("127.0.0.1", false, false)]
    public async Task It_warns_when_others_reach_it_without_TLS_unless_a_proxy_speaks_it(string address, bool isElsewhere, bool warns)
    {
        var log = new RecordedLog();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(new Provider(log)));
        var output = new FirstLine();
        var settings = Settings() with { DevelopmentIdentity = false, Addresses = [System.Net.IPAddress.Parse(address)], TlsTerminatedElsewhere = isElsewhere };
        var served = new ServeVerb(new FakeCore().Rooms, output).RunAsync(settings, logs, _stop.Token);
        await output.Line.WaitAsync(TestFolder.Patience);
        await _stop.CancelAsync();
        await served.WaitAsync(TestFolder.Patience);

        Assert.Equal(warns, log.Says(1331));
    }

    [Fact]
    public async Task An_issuer_that_is_away_does_not_hold_up_the_start()
    {
        using var authority = new TestAuthority();
        var issuer = await LoopbackIssuer.OpenAsync(authority);
        await issuer.GoAsync();
        var log = new RecordedLog();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(new Provider(log)));
        var output = new FirstLine();
        var settings = Settings() with { DevelopmentIdentity = false, Issuers = IssuerSettingsReader.Read(Trust.Configuration(Trust.People(issuer.Url, authority)), isDevelopment: false) };
        var served = new ServeVerb(new FakeCore().Rooms, output).RunAsync(settings, logs, _stop.Token);
        using var client = new HttpClient { BaseAddress = new Uri((await output.Line.WaitAsync(TestFolder.Patience))["Gantral is ready: ".Length..]) };

        using var api = await client.SendAsync(ServedApi.Request("GET", "/v1/instances", issuer.Key.Token(issuer.Claims())));
        using var health = await client.SendAsync(ServedApi.Request("GET", "/healthz/ready"));
        await _stop.CancelAsync();
        await served.WaitAsync(TestFolder.Patience);

        Assert.Equal((401, 200), ((int)api.StatusCode, (int)health.StatusCode));
        Assert.Equal((true, false), (log.Says(1601), log.Says(1321)));
    }

    [Fact]
    public async Task A_silo_without_the_gateway_role_serves_health_alone()
    {
        var output = new FirstLine();
        var served = new ServeVerb(new FakeCore().Rooms, output).RunAsync(Settings() with { Roles = [SiloRole.Worker] }, NullLoggerFactory.Instance, _stop.Token);
        using var client = new HttpClient { BaseAddress = new Uri((await output.Line.WaitAsync(TestFolder.Patience))["Gantral is ready: ".Length..]) };

        using var api = await client.SendAsync(ServedApi.Request("GET", "/v1/instances", "x"));
        using var health = await client.SendAsync(ServedApi.Request("GET", "/healthz/ready"));
        await _stop.CancelAsync();
        await served.WaitAsync(TestFolder.Patience);

        Assert.Equal((404, 200), ((int)api.StatusCode, (int)health.StatusCode));
    }

    public void Dispose()
    {
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // A named database, so that none is started; nobody connects to it.
    private SiloSettings Settings() => new()
    {
        Addresses = [System.Net.IPAddress.Loopback],
        Port = 0,
        Data = _folder,
        Database = "Host=nowhere",
        SigningKeyFile = "nowhere",
        DevelopmentIdentity = true,
        Roles = [SiloRole.Gateway, SiloRole.Worker],
        OnStorageFailure = OnStorageFailure.Refuse,
    };

    // As people get it: from the command line, which knows the silo only by its data folder.
    private async Task<string> TokenAsync()
    {
        string[] words = ["dev", "token", "--data", _folder, "--actor", "alice", "--team", "payments"];
        using var command = Process.Start(new ProcessStartInfo(SiloUnderTest.Host, [Path.Combine(AppContext.BaseDirectory, "gantral.dll"), .. words]) { RedirectStandardOutput = true })!;
        var token = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        return token.Trim();
    }

    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Line => _line.Task;

        public override Task WriteLineAsync(string? value)
        {
            _line.TrySetResult(value!);
            return Task.CompletedTask;
        }
    }

    private sealed class Provider(ILogger log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
