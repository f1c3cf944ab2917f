using System.Collections.Immutable;
using Gantral.Evidence.Log;
using Gantral.Grains.Policies;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger;
using Gantral.Silo.Schema;

namespace Gantral.Bench.Transitions;

/// <summary>The grains of one silo over a database, in this process.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    private BenchSilo(PostgresLedger ledger, GrainHost host) => (Ledger, Host) = (ledger, host);

    public PostgresLedger Ledger { get; }

    public GrainHost Host { get; }

    public static async Task<BenchSilo> OpenAsync(string servingConnectionString, string keyPem, IHttpPolicies? http = null)
    {
        var served = await ServedDatabase.FindAsync(servingConnectionString);
        var ledger = await PostgresLedger.OpenAsync(new LedgerOptions
        {
            ConnectionString = servingConnectionString,
            Logs = served.Logs.ToImmutableSortedDictionary(log => log.Key, log => Signer(log.Value, keyPem)),
        });
        return new BenchSilo(ledger, new GrainHost(ledger, ledger.Clock, TimeProvider.System, new GrainHostOptions { Logs = served.Logs.Count }, http));
    }

    public static LogSigner Signer(string origin, string pem) =>
        LogSigner.TryFromPem(origin, pem, out var signer, out var fault) ? signer : throw new InvalidOperationException(fault);

    public async ValueTask DisposeAsync()
    {
        await Host.DrainAsync();
        Host.Dispose();
        await Ledger.DisposeAsync();
    }
}
