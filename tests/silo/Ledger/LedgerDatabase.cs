using System.Collections.Immutable;
using System.Security.Cryptography;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;
using Gantral.Silo.Audit;
using Gantral.Silo.Embedded;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger;
using Gantral.Silo.Schema;
using Npgsql;

namespace Gantral.Silo.Tests.Ledger;

/// <summary>A database with the schema, and the key that signs its logs.</summary>
public sealed class LedgerDatabase : IAsyncDisposable
{
    public const string Origin = "gantral.example/test";

    private LedgerDatabase(EmbeddedPostgres postgres, ServedDatabase served, string? keyPem = null)
    {
        (Postgres, Served) = (postgres, served);
        using var key = LogSigner.Create("any");
        KeyPem = keyPem ?? key.ExportPem();
    }

    /// <summary>The key that signs its logs.</summary>
    public string KeyPem { get; }

    internal EmbeddedPostgres Postgres { get; }

    internal ServedDatabase Served { get; }

    public string Serving => Postgres.ConnectionString(EmbeddedLogin.Serving);

    public string Owner => Postgres.ConnectionString(EmbeddedLogin.Owner);

    internal static async Task<LedgerDatabase> MakeAsync(EmbeddedPostgres postgres, int logs = 1)
    {
        await Migrator.MigrateAsync(new MigrationOptions
        {
            OwnerConnectionString = postgres.ConnectionString(EmbeddedLogin.Owner),
            ServingLogin = "gantral_serving",
            Origin = Origin,
            Logs = logs,
        });
        return new LedgerDatabase(postgres, await ServedDatabase.FindAsync(postgres.ConnectionString(EmbeddedLogin.Serving)));
    }

    /// <summary>The same database as a silo that starts now finds it.</summary>
    internal async Task<LedgerDatabase> AgainAsync() => new(Postgres, await ServedDatabase.FindAsync(Serving), KeyPem);

    /// <summary>What a ledger of this database is opened with.</summary>
    public LedgerOptions Options => new()
    {
        ConnectionString = Serving,
        Logs = Served.Logs.ToImmutableSortedDictionary(log => log.Key, log => Signer(log.Value)),
        Reopenings = Served.Reopenings,
    };

    /// <summary>A ledger of one silo.</summary>
    public Task<PostgresLedger> OpenAsync(LedgerOptions? options = null) => PostgresLedger.OpenAsync(options ?? Options);

    /// <summary>What the offline verifier says to the whole of a log.</summary>
    public async Task<VerificationReport> VerifyAsync(int logId = 1)
    {
        await using var source = NpgsqlDataSource.Create(Serving);
        await using var bundle = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, BufferSize = 1024 * 1024, Options = FileOptions.DeleteOnClose });
        await new LogExport(source).WriteAsync(logId, bundle);
        bundle.Position = 0;
        return Verifier.Verify(bundle, Keys());
    }

    public ValueTask DisposeAsync() => Postgres.DisposeAsync();

    public LogSigner Signer(string origin) => Signer(origin, KeyPem);

    public static LogSigner Signer(string origin, string pem) =>
        LogSigner.TryFromPem(origin, pem, out var signer, out var fault) ? signer : throw new InvalidOperationException(fault);

    public static Guid NewId(int logId = 1) => InstanceIds.New(logId, Instant.From(TimeProvider.System.GetUtcNow()), RandomNumberGenerator.GetBytes(InstanceIds.RandomBytes));

    internal TrustedKeys Keys() => new()
    {
        Logs = Served.Logs.Values.ToImmutableSortedDictionary(origin => origin, origin => ImmutableArray.Create(new TrustedLogKey(Signer(origin).PublicKey, 1, null))),
    };
}
