using Gantral.Silo.Embedded;
using Gantral.Silo.Startup.Settings;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Startup;

/// <summary>The database of this silo: the one that is named, or an embedded one that lives as long as this.</summary>
internal sealed class OpenDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _embedded;

    private OpenDatabase(Databases databases, EmbeddedPostgres? embedded) => (Databases, _embedded) = (databases, embedded);

    public Databases Databases { get; }

    public static async Task<OpenDatabase> StartAsync(SiloSettings settings, ILoggerFactory logs, CancellationToken cancellation)
    {
        if (settings.Database is { } serving)
        {
            return new(new Databases(serving, settings.OwnerDatabase) { IsEmbedded = false }, null);
        }

        var embedded = await EmbeddedPostgres.StartAsync(
            new EmbeddedOptions { DataFolder = settings.Data, Logger = logs.CreateLogger("Gantral.Embedded") }, cancellation);
        var databases = new Databases(embedded.ConnectionString(EmbeddedLogin.Serving), embedded.ConnectionString(EmbeddedLogin.Owner))
        {
            IsEmbedded = true,
            EnsureRunning = embedded.EnsureRunningAsync,
        };
        return new(databases, embedded);
    }

    /// <summary>The database for a verb that works beside a silo: an embedded one that runs is left as it is.</summary>
    public static async Task<OpenDatabase> ReachAsync(SiloSettings settings, ILoggerFactory logs, CancellationToken cancellation) =>
        settings.Database is null && await EmbeddedPostgres.TryReachAsync(settings.Data, cancellation) is { } running
            ? new(new Databases(running.ConnectionString(EmbeddedLogin.Serving), running.ConnectionString(EmbeddedLogin.Owner)) { IsEmbedded = true }, null)
            : await StartAsync(settings, logs, cancellation);

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
