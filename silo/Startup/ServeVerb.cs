using System.Net;
using System.Net.Sockets;
using Gantral.Silo.Gateway;
using Gantral.Silo.Identity;
using Gantral.Silo.Identity.Federation;
using Gantral.Silo.Startup.Settings;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Startup;

/// <summary><c>serve</c>: database, grains, gateway, up in this order and down in the other.</summary>
internal sealed class ServeVerb(Rooms rooms, TextWriter output)
{
    public async Task RunAsync(SiloSettings settings, ILoggerFactory logs, CancellationToken stop)
    {
        var logger = logs.CreateLogger("Gantral.Silo");
        if (settings is { Certificate: null, TlsTerminatedElsewhere: false } && !settings.Addresses.All(IPAddress.IsLoopback))
        {
            StartupLog.InTheClear(logger, string.Join(", ", settings.Addresses));
        }

        var database = await OpenDatabase.StartAsync(settings, logs, stop);
        await using (database)
        {
            var core = await rooms.OpenCore(database.Databases, settings, logs, stop);
            await using (core)
            {
                await using var issuers = OpenIssuers.Open(settings, logs);
                var gateway = await OpenGatewayAsync(settings, core, issuers, logs, stop);
                await using (gateway)
                {
                    // Scripts wait for this very line; everything else goes to the log.
                    await output.WriteLineAsync($"Gantral is ready: {gateway.Address.GetLeftPart(UriPartial.Authority)}");
                    await output.FlushAsync(CancellationToken.None);

                    await StopAskedAsync(stop);
                    StartupLog.Stopping(logger);
                    gateway.GiveNotice();
                    await Task.Delay(settings.DrainNotice, CancellationToken.None);
                    await gateway.StopAsync();
                }

                await core.DrainAsync();
            }
        }

        StartupLog.Stopped(logger);
    }

    private static async Task<GatewayServer> OpenGatewayAsync(SiloSettings settings, IExecutionCore core, OpenIssuers issuers, ILoggerFactory logs, CancellationToken stop)
    {
        var parts = new GatewayParts
        {
            Grains = core.Grains,
            NewInstanceId = core.NewInstanceId,
            Evidence = core.Evidence,
            NewDelegationId = core.NewDelegationId,
            Instances = core.Instances,
            Definitions = core.Definitions,
            Delegations = core.Delegations,
            Reports = core.Reports,
            Overview = core.Overview,
            Streams = core.Streams,
            Subscriptions = core.Subscriptions,
            Hooks = core.Hooks,
            Outgoing = settings.Outgoing,
            Secrets = settings.Secrets,
            Queues = core.Queues,
            Connections = core.Connections,
            Readiness = core.Readiness,
            Tokens = new TokenValidator(issuers.All, TimeProvider.System),
        };
        var options = new GatewayOptions
        {
            Addresses = settings.Addresses,
            Port = settings.Port,
            LocalOnly = settings.DevelopmentIdentity,
            ServesApi = settings.Roles.Contains(SiloRole.Gateway),
            SignIns = [.. settings.Issuers.Select(issuer => issuer.SignIn).OfType<PagesSignIn>()],
            Certificate = settings.Certificate,
            Limits = settings.Limits,
        };
        try
        {
            return await GatewayServer.StartAsync(options, parts, logs, stop);
        }
        catch (Exception failed) when (failed is IOException or SocketException)
        {
            var where = $"{string.Join(", ", settings.Addresses)}, port {settings.Port}";
            throw new StartupRefusedException(ExitStatus.Unavailable, IsTaken(failed)
                ? $"Something else listens on {where} already: stop it, or choose another port with --port (0 takes one that is free)."
                : $"The silo cannot listen on {where}: {(failed.InnerException ?? failed).Message}", failed);
        }
    }

    private static bool IsTaken(Exception failed)
    {
        for (var cause = failed; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
            {
                return true;
            }
        }

        return false;
    }

    private static async Task StopAskedAsync(CancellationToken stop)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = stop.Register(asked.SetResult);
        await asked.Task;
    }
}
