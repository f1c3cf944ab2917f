using System.Collections.Immutable;
using Gantral.Bench.Running;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;
using Gantral.Grains.Policies;
using Gantral.Silo.Audit;
using Gantral.Silo.Embedded;
using Gantral.Silo.Schema;
using Npgsql;

namespace Gantral.Bench.Transitions;

/// <summary>A PostgreSQL of the benchmark's own, with durable commits and the schema of a silo.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgres _postgres;
    private readonly NpgsqlDataSource _source;

    private readonly BenchRun _run;

    private BenchDatabase(BenchRun run, EmbeddedPostgres postgres)
    {
        (_run, _postgres) = (run, postgres);
        _source = NpgsqlDataSource.Create(Serving);
        using var key = LogSigner.Create("any");
        KeyPem = key.ExportPem();
    }

    public string Serving => _postgres.ConnectionString(EmbeddedLogin.Serving);

    public string Owner => _postgres.ConnectionString(EmbeddedLogin.Owner);

    public string KeyPem { get; }

    public NpgsqlDataSource Source => _source;

    public int ServerProcessId => _postgres.ServerProcessId;

    public static async Task<BenchDatabase> MakeAsync(BenchRun run, string name, int logs = 1)
    {
        var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedOptions { DataFolder = Path.Combine(run.Folder, name) });
        var database = new BenchDatabase(run, postgres);
        await Migrator.MigrateAsync(new MigrationOptions
        {
            OwnerConnectionString = postgres.ConnectionString(EmbeddedLogin.Owner),
            ServingLogin = "gantral_serving",
            Origin = "gantral.example/bench",
            Logs = logs,
        });
        return database;
    }

    public Task<BenchSilo> OpenAsync(IHttpPolicies? http = null) => BenchSilo.OpenAsync(Serving, KeyPem, http);

    /// <summary>One number that the database knows.</summary>
    public async Task<long> CountAsync(string question)
    {
        await using var command = _source.CreateCommand(question);
        command.CommandTimeout = 0;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), null);
    }

    /// <summary>Lets the offline verifier judge everything that was written; a fast wrong answer is worth nothing.</summary>
    public async Task VerifyAsync(BenchRun run)
    {
        var served = await ServedDatabase.FindAsync(Serving);
        var keys = new TrustedKeys
        {
            Logs = served.Logs.Values.ToImmutableSortedDictionary(origin => origin, origin => ImmutableArray.Create(new TrustedLogKey(BenchSilo.Signer(origin, KeyPem).PublicKey, 1, null))),
        };
        foreach (var (log, origin) in served.Logs)
        {
            var path = Path.Combine(run.Folder, $"log-{log}.jsonl");
            await using (var bundle = File.Create(path))
            {
                await new LogExport(_source).WriteAsync(log, bundle);
            }

            await using var written = File.OpenRead(path);
            var report = Verifier.Verify(written, keys);

            // Workflows are registered in the first log; the others only name them.
            if (report.Verdict != Verdict.Valid && !(log > 1 && report.Finding.Code == FindingCode.MissingGoverning))
            {
                throw new WrongAnswerException($"log {origin} is {report.Verdict}: {report.Finding}");
            }

            run.Say($"log {origin} verifies: {report.Instances.Length:N0} instances");
            File.Delete(path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _run.Took(Usage.OfTree(ServerProcessId));
        await _source.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
