using System.Collections.Immutable;
using Gantral.Abstractions.Grains;
using Gantral.Evidence.Log;
using Gantral.Grains.Instances;
using Gantral.Grains.Ledger;
using Gantral.Silo.Audit;
using Gantral.Silo.Connections;
using Gantral.Silo.Gateway.Audit;
using Gantral.Silo.Gateway.Connections;
using Gantral.Silo.Gateway.Definitions;
using Gantral.Silo.Gateway.Delegations;
using Gantral.Silo.Gateway.Health;
using Gantral.Silo.Gateway.Hooks;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Gateway.Overview;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Gateway.Reports;
using Gantral.Silo.Gateway.Streams;
using Gantral.Silo.Gateway.Subscriptions;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger;
using Gantral.Silo.Overview;
using Gantral.Silo.Policies;
using Gantral.Silo.Projections;
using Gantral.Silo.Queues;
using Gantral.Silo.Reminders;
using Gantral.Silo.Reports;
using Gantral.Silo.Schema;
using Gantral.Silo.Startup.Settings;
using Gantral.Silo.Streams;
using Gantral.Silo.Telemetry;
using Gantral.Silo.Triggers;
using Gantral.Silo.Webhooks;
using Microsoft.Extensions.Hosting;
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
    private readonly EntryStreams _streams;
    private readonly ImmutableArray<Housekeeping> _housekeeping;
    private readonly WorkQueues _queues;
    private ImmutableArray<BackgroundService> _workers = [];

    private LedgerCore(PostgresLedger ledger, GrainHost host, HttpPolicies http, EntryStreams streams, ImmutableArray<LogVerifyingKey> witnesses, ILoggerFactory logs)
    {
        (_ledger, _host, _http, _streams) = (ledger, host, http, streams);
        Instances = new InstanceReader(ledger.Source, ledger.Entries);
        Definitions = new DefinitionReader(ledger.Source);
        Delegations = new DelegationReader(ledger.Source);
        Subscriptions = new SubscriptionStore(ledger.Source);
        Hooks = HookReader.Over(ledger.Source, host, logs.CreateLogger("Gantral.Triggers"));
        Reports = new AuditReports(ledger, host, TimeProvider.System);
        Connections = new ConnectionStore(ledger.Source);
        _queues = new WorkQueues(ledger, host, Connections, TimeProvider.System);
        Overview = new LiveOverview(ledger, _queues, TimeProvider.System) { Streams = streams };
        var evidence = new LedgerEvidence(ledger, witnesses);
        Evidence = evidence;
        var erasures = new ErasureWatch(ledger.Source, host, ledger.Signers.Count, TimeProvider.System);
        var housekeeping = logs.CreateLogger("Gantral.Housekeeping");
        _housekeeping =
        [
            new(TimeSpan.FromMinutes(5), stop => new KeyAgeing(ledger.Source).RunAsync(cancellation: stop), housekeeping),
            new(TimeSpan.FromSeconds(10), evidence.CatchUpAsync, housekeeping),
            new(TimeSpan.FromSeconds(1), _ => RememberHeadsAsync(ledger), housekeeping),
            new(TimeSpan.FromSeconds(1), erasures.RunAsync, housekeeping),
            new(TimeSpan.FromMinutes(5), erasures.PruneAsync, housekeeping),
        ];
        Readiness = [new DatabaseCheck(ledger.Source), new SchemaCheck(ledger.Source), new LedgerCheck(ledger), new ClockCheck(ledger)];
    }

    public IGrains Grains => _host;

    public IInstanceReader Instances { get; }

    public IEvidence Evidence { get; }

    public IDefinitionReader Definitions { get; }

    public IDelegationReader Delegations { get; }

    public IReports Reports { get; }

    public IOverview Overview { get; }

    public IEntryStreams Streams => _streams;

    public ISubscriptions Subscriptions { get; }

    public IHooks Hooks { get; }
    public IWorkQueues Queues => _queues;

    public IConnections Connections { get; }

    public ImmutableArray<IReadinessCheck> Readiness { get; }

    /// <summary>Opens the logs; an embedded database is brought up to date first.</summary>
    public static Task<IExecutionCore> OpenAsync(Databases databases, SiloSettings settings, ILoggerFactory logs, CancellationToken cancellation) => InASentenceAsync(async () =>
    {
        if (databases.IsEmbedded)
        {
            await MigrateAsync(databases, settings, logs, cancellation);
        }

        var served = await ServedDatabase.FindAsync(databases.Serving, settings.AllowPrivilegedLogin, cancellation);
        var measures = new SiloMeasures(TimeProvider.System);
        var ledger = await PostgresLedger.OpenAsync(new LedgerOptions
        {
            ConnectionString = databases.Serving,
            Logs = SigningKeys.Of(settings, served),
            KnownHeads = settings.KnownHeadsFolder is { } folder ? new KnownHeads(folder) : null,
            Reopenings = served.Reopenings,
            Revive = databases.IsEmbedded ? () => databases.EnsureRunning(CancellationToken.None) : null,
            Measures = measures,
            Logger = logs.CreateLogger("Gantral.Ledger"),
        });
        var http = new HttpPolicies(settings.Outgoing, TimeProvider.System, logs.CreateLogger("Gantral.Policies"));
        var host = new GrainHost(ledger, ledger.Clock, TimeProvider.System, new GrainHostOptions
        {
            Logs = served.Logs.Count,
            Instances = new InstanceOptions(settings.OnStorageFailure),
            Measures = measures,
        }, http);
        if (settings.Policy is { } policy)
        {
            await policy.WriteAsync(host, logs.CreateLogger("Gantral.Policies"));
        }

        var streams = new EntryStreams(new StreamOptions { ConnectionString = databases.Serving, Clock = ledger.Clock, Measures = measures, Logger = logs.CreateLogger("Gantral.Streams") }, ledger.Signal);
        var core = new LedgerCore(ledger, host, http, streams, settings.Witnesses, logs);
        if (databases.IsEmbedded)
        {
            PublishedKeys.Write(settings.Data, core.Evidence.Keys);
        }

        if (settings.Roles.Contains(SiloRole.Worker))
        {
            core._workers = WorkersOf(databases, settings, logs, ledger, host);
            foreach (var worker in core._workers)
            {
                await worker.StartAsync(cancellation);
            }
        }

        return (IExecutionCore)core;
    });

    private static Task RememberHeadsAsync(PostgresLedger ledger)
    {
        try
        {
            ledger.RememberHeads();
            return Task.CompletedTask;
        }
        catch (LogBrokenException failed)
        {
            throw new InvalidDataException(failed.Message, failed);
        }
    }

    // What a silo does by itself: deadlines, deliveries, schedules, runners that are not heard of any more.
    private static ImmutableArray<BackgroundService> WorkersOf(Databases databases, SiloSettings settings, ILoggerFactory logs, PostgresLedger ledger, GrainHost host) =>
    [
        new ReminderService(new ReminderOptions { ConnectionString = databases.Serving, Logger = logs.CreateLogger("Gantral.Reminders") }, host, ledger.Clock),
        new DeliveryService(new WebhookOptions { ConnectionString = databases.Serving, Hosts = settings.Outgoing, Secrets = settings.Secrets, PublicUrl = settings.PublicUrl, Logger = logs.CreateLogger("Gantral.Webhooks") }, ledger.Clock),
        new ScheduleService(new ScheduleOptions { ConnectionString = databases.Serving, Logger = logs.CreateLogger("Gantral.Triggers") }, host, host.NewInstanceId),
        new LostRunners(ledger.Source, host, TimeProvider.System, logs.CreateLogger("Gantral.Queues")),
    ];

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

    /// <summary>Has the logs go on under a new name.</summary>
    public static Task ReopenAsync(Databases databases, SiloSettings settings, ILoggerFactory logs, CancellationToken cancellation) => InASentenceAsync(async () =>
    {
        var reopener = new LogReopener(databases.Owner!, SigningKeys.Maker(settings), settings.KnownHeadsFolder is { } folder ? new KnownHeads(folder) : null);
        foreach (var reopening in await reopener.RunAsync(settings.Origin!, cancellation))
        {
            StartupLog.Reopened(logs.CreateLogger("Gantral.Ledger"), reopening.Former, reopening.Position, reopening.KnownSize, $"{settings.Origin}/{reopening.LogId}");
        }

        return true;
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
        using (var patience = new CancellationTokenSource(DrainPatience))
        {
            await Task.WhenAll(_workers.Select(worker => worker.StopAsync(patience.Token)));
        }

        // A grain waits for its commits, and so does this.
        await Task.WhenAny(_host.DrainAsync(), Task.Delay(DrainPatience));
        await _ledger.DrainAsync(DrainPatience);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }

        await _queues.DisposeAsync();
        foreach (var work in _housekeeping)
        {
            await work.DisposeAsync();
        }

        await _streams.DisposeAsync();
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
