using System.Security.Cryptography;
using Gantral.Bench.Transitions;
using Gantral.Silo.Audit;
using Gantral.Silo.Connections;
using Gantral.Silo.Gateway;
using Gantral.Silo.Identity;
using Gantral.Silo.Identity.Development;
using Gantral.Silo.Outgoing;
using Gantral.Silo.Overview;
using Gantral.Silo.Projections;
using Gantral.Silo.Queues;
using Gantral.Silo.Reports;
using Gantral.Silo.Secrets;
using Gantral.Silo.Streams;
using Gantral.Silo.Triggers;
using Gantral.Silo.Webhooks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Bench.Http;

/// <summary>The HTTP surface of a silo in this process, as it is served to everybody, with limits as they are unless somebody sets others.</summary>
internal sealed class BenchGateway : IAsyncDisposable
{
    private readonly GatewayServer _server;
    private readonly EntryStreams _streams;
    private readonly ECDsa _key;

    private BenchGateway(GatewayServer server, EntryStreams streams, WorkQueues queues, ECDsa key) => (_server, _streams, Queues, _key) = (server, streams, queues, key);

    /// <summary>The queues behind it.</summary>
    public WorkQueues Queues { get; }

    public Uri Address => _server.Address;

    public static async Task<BenchGateway> OpenAsync(BenchDatabase database, BenchSilo silo)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (host, ledger) = (silo.Host, silo.Ledger);
        var streams = new EntryStreams(new StreamOptions { ConnectionString = database.Serving }, ledger.Signal);
        var queues = new WorkQueues(ledger, host, new ConnectionStore(ledger.Source), TimeProvider.System);
        var parts = new GatewayParts
        {
            Grains = host,
            NewInstanceId = host.NewInstanceId,
            NewDelegationId = host.NewDelegationId,
            Instances = new InstanceReader(ledger.Source, ledger.Entries),
            Definitions = new DefinitionReader(ledger.Source),
            Delegations = new DelegationReader(ledger.Source),
            Evidence = new LedgerEvidence(ledger),
            Reports = new AuditReports(ledger, host, TimeProvider.System),
            Overview = new LiveOverview(ledger, queues, TimeProvider.System),
            Streams = streams,
            Queues = queues,
            Connections = new ConnectionStore(ledger.Source),
            Subscriptions = new SubscriptionStore(ledger.Source),
            Hooks = HookReader.Over(ledger.Source, host, NullLogger.Instance),
            Secrets = new MountedSecrets(null),
            Outgoing = new OutgoingHosts([], isDevelopment: true),
            Tokens = new TokenValidator([DevelopmentIssuer.Of(key)], TimeProvider.System),
        };
        return new BenchGateway(await GatewayServer.StartAsync(new GatewayOptions { Port = 0, LocalOnly = true }, parts, NullLoggerFactory.Instance), streams, queues, key);
    }

    /// <summary>A token for as long as a benchmark takes.</summary>
    public string Token(string actor, string kind, IEnumerable<string> roles, string team = "payments") => BenchToken.Of(_key, actor, kind, roles, team);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        await _streams.DisposeAsync();
        await Queues.DisposeAsync();
        _key.Dispose();
    }
}
