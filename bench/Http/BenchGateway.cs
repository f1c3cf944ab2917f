using System.Security.Cryptography;
using Gantral.Bench.Transitions;
using Gantral.Silo.Audit;
using Gantral.Silo.Gateway;
using Gantral.Silo.Identity;
using Gantral.Silo.Identity.Development;
using Gantral.Silo.Projections;
using Gantral.Silo.Reports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Bench.Http;

/// <summary>The HTTP surface of a silo, as it is served to everybody, with limits as they are unless somebody sets others.</summary>
internal sealed class BenchGateway : IAsyncDisposable
{
    private readonly GatewayServer _server;
    private readonly ECDsa _key;

    private BenchGateway(GatewayServer server, ECDsa key) => (_server, _key) = (server, key);

    public Uri Address => _server.Address;

    public static async Task<BenchGateway> OpenAsync(BenchSilo silo)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (host, ledger) = (silo.Host, silo.Ledger);
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
            Tokens = new TokenValidator([DevelopmentIssuer.Of(key)], TimeProvider.System),
        };
        return new BenchGateway(await GatewayServer.StartAsync(new GatewayOptions { Port = 0, LocalOnly = true }, parts, NullLoggerFactory.Instance), key);
    }

    /// <summary>A token for as long as a benchmark takes.</summary>
    public string Token(string actor, string kind, string role) => BenchToken.Of(_key, actor, kind, role);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        _key.Dispose();
    }
}
