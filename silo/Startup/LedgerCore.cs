using System.Collections.Immutable;
using Gantral.Abstractions.Grains;
using Gantral.Grains.Instances;
using Gantral.Grains.Ledger;
using Gantral.Silo.Audit;
using Gantral.Silo.Gateway.Audit;
using Gantral.Silo.Gateway.Definitions;
using Gantral.Silo.Gateway.Delegations;
using Gantral.Silo.Gateway.Health;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Gateway.Reports;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger;
using Gantral.Silo.Policies;
using Gantral.Silo.Projections;
using Gantral.Silo.Queues;
using Gantral.Silo.Reminders;
using Gantral.Silo.Reports;
using Gantral.Silo.Schema;
using Gantral.Silo.Startup.Settings;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gantral.Silo.Startup;

/// <summary>The grains on the PostgreSQL ledger.</summary>
internal sealed class LedgerCore : IExecutionCore
{
    // Kubernetes waits for thirty seconds; what is in flight over HTTP has had its part of them by then.
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(10);

    private readonly PostgresLedger _ledger;
    private readonly GrainHost _host;
    private readonly HttpPolicies _http;
    private readonly ImmutableArray<Housekeeping> _housekeeping;
    private readonly WorkQueues _queues;
    private ReminderService? _reminders;
    private LostRunners? _lostRunners;

    private LedgerCore(PostgresLedger ledger, GrainHost host, HttpPolicies http, ILoggerFactory logs)
    {
        (_ledger, _host, _http) = (ledger, host, http);
        Instances = new InstanceReader(ledger.Source, ledger.Entries);
        Definitions = new DefinitionReader(ledger.Source);
        Delegations = new DelegationReader(ledger.Source);
        Reports = new AuditReports(ledger, host, TimeProvider.System);
        _queues = new WorkQueues(ledger.Source, ledger.Entries, host, TimeProvider.System);
        var evidence = new LedgerEvidence(ledger);
        Evidence = evidence;
        var housekeeping = logs.CreateLogger("Gantral.Housekeeping");
        _housekeeping =
        [
            new(TimeSpan.FromMinutes(5), stop => new KeyAgeing(ledger.Source).RunAsync(cancellation: stop), housekeeping),
            new(TimeSpan.FromSeconds(10), evidence.CatchUpAsync, housekeeping),
        ];
        Readiness = [new DatabaseCheck(ledger.Source), new LedgerCheck(ledger), new ClockCheck(ledger)];
    }

    public IGrains Grains => _host;

    public IInstanceReader Instances { get; }

    public IEvidence Evidence { get; }

    public IDefinitionReader Definitions { get; }

    public IDelegationReader Delegations { get; }

    public IReports Reports { get; }

    public IWorkQueues Queues => _queues;

    public ImmutableArray<IReadinessCheck> Readiness { get; }

    /// <summary>Opens the logs; an embedded database is brought up to date first.</summary>
    public static Task<IExecutionCore> OpenAsync(Databases databases, SiloSettings settings, ILoggerFactory logs, CancellationToken cancellation) => InASentenceAsync(async () =>
    {
        if (databases.IsEmbedded)
        {
            await MigrateAsync(databases, settings, logs, cancellation);
        }

        var served = await ServedDatabase.FindAsync(databases.Serving, settings.AllowPrivilegedLogin, cancellation);
        var ledger = await PostgresLedger.OpenAsync(new LedgerOptions
        {
            ConnectionString = databases.Serving,
            Logs = SigningKeys.Of(settings, served),
            Revive = databases.IsEmbedded ? () => databases.EnsureRunning(CancellationToken.None) : null,
            Logger = logs.CreateLogger("Gantral.Ledger"),
        });
        var http = new HttpPolicies(settings.Outgoing, TimeProvider.System, logs.CreateLogger("Gantral.Policies"));
        var host = new GrainHost(ledger, ledger.Clock, TimeProvider.System, new GrainHostOptions
        {
            Logs = served.Logs.Count,
            Instances = new InstanceOptions(settings.OnStorageFailure),
        }, http);
        if (settings.Policy is { } policy)
        {
            await policy.WriteAsync(host, logs.CreateLogger("Gantral.Policies"));
        }

        var core = new LedgerCore(ledger, host, http, logs);
        if (databases.IsEmbedded)
        {
            PublishedKeys.Write(settings.Data, core.Evidence.Keys);
        }

        if (settings.Roles.Contains(SiloRole.Worker))
        {
            core._reminders = new ReminderService(new ReminderOptions { ConnectionString = databases.Serving, Logger = logs.CreateLogger("Gantral.Reminders") }, host, ledger.Clock);
            core._lostRunners = new LostRunners(ledger.Source, host, TimeProvider.System, logs.CreateLogger("Gantral.Queues"));
            await core._reminders.StartAsync(cancellation);
            await core._lostRunners.StartAsync(cancellation);
        }

        return (IExecutionCore)core;
    });

    /// <summary>Brings the schema up to date.</summary>
    public static Task MigrateAsync(Databases databases, SiloSettings settings, ILoggerFactory logs, CancellationToken cancellation) => InASentenceAsync(() =>
    {
        var logger = logs.CreateLogger("Gantral.Schema");
        return Migrator.MigrateAsync(
            new MigrationOptions
            {
                OwnerConnectionString = databases.Owner!,
                ServingLogin = new NpgsqlConnectionStringBuilder(databases.Serving).Username!,
                Origin = settings.Origin,
                Logs = settings.Logs,
                Progress = what => StartupLog.Migrating(logger, what),
            }, cancellation);
    });

    /// <summary>Makes the projections of every log again.</summary>
    public static Task RebuildAsync(Databases databases, ILoggerFactory logs, CancellationToken cancellation) => InASentenceAsync(async () =>
    {
        var logger = logs.CreateLogger("Gantral.Projections");
        foreach (var (log, origin) in (await ServedDatabase.FindAsync(databases.Serving, allowPrivilegedLogin: true, cancellation)).Logs)
        {
            var told = 0L;
            var instances = await new ProjectionRebuild(databases.Serving, log).RunAsync(
                done =>
                {
                    if (done - told >= 10_000)
                    {
                        StartupLog.Rebuilding(logger, origin, told = done);
                    }
                }, cancellation);
            StartupLog.Rebuilt(logger, origin, instances);
        }

        return true;
    });

    public Guid NewInstanceId(CommandKey key) => _host.NewInstanceId(key);

    public Guid NewDelegationId() => _host.NewDelegationId();

    public async Task DrainAsync()
    {
        // What is taken up is finished; then nothing new is asked.
        using var patience = new CancellationTokenSource(DrainPatience);
        await Task.WhenAll(_reminders?.StopAsync(patience.Token) ?? Task.CompletedTask, _lostRunners?.StopAsync(patience.Token) ?? Task.CompletedTask);

        // A grain waits for its commits, and so does this.
        await Task.WhenAny(_host.DrainAsync(), Task.Delay(DrainPatience));
        await _ledger.DrainAsync(DrainPatience);
    }

    public async ValueTask DisposeAsync()
    {
        _reminders?.Dispose();
        _lostRunners?.Dispose();
        await _queues.DisposeAsync();
        foreach (var work in _housekeeping)
        {
            await work.DisposeAsync();
        }

        _host.Dispose();
        _http.Dispose();
        await _ledger.DisposeAsync();
    }

    // Whatever is wrong with the database is told in its own words, and ends the start.
    private static async Task<T> InASentenceAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception refused) when (Sentence(refused) is { } sentence)
        {
            throw new StartupRefusedException(ExitStatus.Unavailable, sentence, refused);
        }
    }

    private static string? Sentence(Exception refused) => refused switch
    {
        ConfigurationRefusedException or SchemaException or LogBrokenException or LedgerUnavailableException => refused.Message,
        _ when StorageFault.Is(refused) => $"The database cannot be reached: {StorageFault.InWords(refused)}",
        _ => null,
    };
}
