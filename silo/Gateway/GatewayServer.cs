using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Gantral.Silo.Gateway.Health;
using Gantral.Silo.Gateway.Limits;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Gateway.Routes;
using Gantral.Silo.Gateway.Tls;
using Gantral.Silo.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Gateway;

/// <summary>The HTTP server: every request passes the same few rooms, and none leaves without a typed answer.</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    private readonly WebApplication _web;

    private readonly HealthPages _health;

    private GatewayServer(WebApplication web, HealthPages health) => (_web, _health) = (web, health);

    /// <summary>Where it is reached.</summary>
    public Uri Address { get; private init; } = null!;

    /// <summary>Starts serving.</summary>
    public static async Task<GatewayServer> StartAsync(GatewayOptions options, GatewayParts parts, ILoggerFactory logs, CancellationToken cancellation = default)
    {
        // Empty: nothing of the machine's environment configures this server behind our back.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options, logs.CreateLogger("Gantral.Gateway")));
        builder.Services.AddSingleton(logs);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, LedFromOutside>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTime);
        var web = builder.Build();
        var logger = logs.CreateLogger("Gantral.Gateway");
        web.Use(new Guard(options.LocalOnly, logger).PassAsync);
        web.UseRouting();
        var health = new HealthPages(parts.Readiness, logger);
        Map(web, options, parts, health, logger);
        try
        {
            await web.StartAsync(cancellation);
            var addresses = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
            return new GatewayServer(web, health) { Address = new Uri(addresses.First()) };
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says from now on that nothing more should be sent here, and goes on serving what is.</summary>
    public void GiveNotice() => _health.Stop();

    /// <summary>Stops accepting, lets what is in flight finish, and cuts off whoever takes longer than the drain time.</summary>
    public async Task StopAsync()
    {
        GiveNotice();
        try
        {
            await _web.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The drain time is over. What was handed in goes on to its end behind the gateway.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, GatewayOptions options, ILogger logger)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyText.MostBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        // The longest body has come within about twenty seconds, and gives its place among the others back.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: BodyText.MostBytes / 16, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        foreach (var address in options.Addresses)
        {
            kestrel.Listen(new IPEndPoint(address, options.Port), listen => Listen(listen, options.Certificate, logger));
        }
    }

    // In the clear there is no way to agree on another version than the first.
    private static void Listen(ListenOptions listen, ServedCertificate? certificate, ILogger logger)
    {
        listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
        if (certificate is not null)
        {
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = certificate.Current(logger),
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                }),
            });
        }
    }

    private static void Map(WebApplication web, GatewayOptions options, GatewayParts parts, HealthPages health, ILogger logger)
    {
        web.MapMethods(OpenPages.Live.Path, ["GET"], http => RouteHandler.SendAsync(http, HealthPages.Live()));
        web.MapMethods(OpenPages.Ready.Path, ["GET"], async http => await RouteHandler.SendAsync(http, await health.ReadyAsync()));
        if (!options.ServesApi)
        {
            return;
        }

        var (routes, limits) = (RouteTable.Of(parts), new RequestLimits(options.Limits));
        foreach (var route in routes)
        {
            web.MapMethods(route.Path, [route.Method], new RouteHandler(route, parts.Tokens, limits, logger).HandleAsync);
        }

        foreach (var (path, page) in ApiReference.Of(routes))
        {
            web.MapMethods(path, ["GET"], page.SendAsync);
        }

        foreach (var (path, page) in WebPages.Of(options.LocalOnly, options.SignIns))
        {
            web.MapMethods(path, ["GET"], page.SendAsync);
        }
    }

    // The silo hears signals and decides what stops when; the web host is only one part of it.
    private sealed class LedFromOutside : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
