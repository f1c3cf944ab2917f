using Gantral.Bench.Transitions;
using Gantral.Silo.Audit;
using Gantral.Silo.Gateway;
using Gantral.Silo.Identity;
using Gantral.Silo.Projections;
using Gantral.Silo.Reports;
using Gantral.Silo.Streams;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Bench.Streams;

/// <summary>The gateway of a silo in this process, as the executable puts it together.</summary>
internal sealed class BenchGateway : IAsyncDisposable
{
    private readonly EntryStreams _streams;
    private readonly GatewayServer _server;

    private BenchGateway(EntryStreams streams, GatewayServer server) => (_streams, _server) = (streams, server);

    public Uri Address => _server.Address;

    public static async Task<BenchGateway> StartAsync(BenchDatabase database, BenchSilo silo, BenchTokens tokens)
    {
        var streams = new EntryStreams(new StreamOptions { ConnectionString = database.Serving }, silo.Ledger.Signal);
        var parts = new GatewayParts
        {
            Grains = silo.Host,
            NewInstanceId = silo.Host.NewInstanceId,
            NewDelegationId = silo.Host.NewDelegationId,
            Instances = new InstanceReader(silo.Ledger.Source, silo.Ledger.Entries),
            Definitions = new DefinitionReader(silo.Ledger.Source),
            Delegations = new DelegationReader(silo.Ledger.Source),
            Evidence = new LedgerEvidence(silo.Ledger),
            Reports = new AuditReports(silo.Ledger, silo.Host, TimeProvider.System),
            Streams = streams,
            Tokens = new TokenValidator(tokens.Issuers, TimeProvider.System),
        };
        return new BenchGateway(streams, await GatewayServer.StartAsync(new GatewayOptions { Port = 0, LocalOnly = true }, parts, NullLoggerFactory.Instance));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        await _streams.DisposeAsync();
    }
}
