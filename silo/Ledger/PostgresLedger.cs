using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Log;
using Gantral.Grains.Ledger;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger.Rows;
using Gantral.Silo.Schema;
using Gantral.Silo.Telemetry;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>The ledger on PostgreSQL: a commit path for each log, and reads beside them.</summary>
public sealed class PostgresLedger : ILedger, IAsyncDisposable
{
    /// <summary>The log that holds what governs: workflows, policies, delegations, settings.</summary>
    public const int GoverningLog = 1;

    private const string Time = "SELECT clock_timestamp()";

    private readonly LedgerOptions _options;
    private readonly ImmutableSortedDictionary<int, LogPipeline> _pipelines;

    private PostgresLedger(LedgerOptions options)
    {
        _options = options;
        Clock = new DatabaseClock(options.Time);
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Timeout = 5,
            CommandTimeout = 10,
            MaxPoolSize = 16,
            MaxAutoPrepare = 32,
            AutoPrepareMinUsages = 2,
            // Nobody changes a session, and to have each one cleared costs as much as a short look.
            NoResetOnClose = true,
            // Short looks into an index, whatever the tables looked like when they were first planned.
            Options = "-c enable_seqscan=off -c statement_timeout=8000",
        });
        Entries = new EntryReads(Source);
        Signal = new LogSignal(Source, options.Time, options.Logger);
        _pipelines = options.Logs.ToImmutableSortedDictionary(log => log.Key, log => new LogPipeline(options, log.Key, new LogHeads(log.Value), Clock, Signal, HeldBack));
    }

    /// <summary>Whose work operators hold back, as batches saw it.</summary>
    internal HeldBackTeams HeldBack { get; } = new();

    /// <summary>The database's time.</summary>
    public DatabaseClock Clock { get; }

    /// <summary>Reads by place.</summary>
    public EntryReads Entries { get; }

    /// <summary>Connections for whoever reads beside the commit path.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Which logs had another name before.</summary>
    internal ImmutableArray<LogReopening> Reopenings => _options.Reopenings;

    /// <summary>What it counts of its commits.</summary>
    internal SiloMeasures Measures => _options.Measures;

    /// <summary>Tells whoever follows a log that it has grown.</summary>
    internal LogSignal Signal { get; }

    /// <summary>The keys that the heads of the logs are signed with, by the logs' numbers.</summary>
    public ImmutableSortedDictionary<int, LogVerifyingKey> Signers => _options.Logs.ToImmutableSortedDictionary(log => log.Key, log => log.Value.PublicKey);

    /// <summary>Why some log cannot be written any more, if so.</summary>
    public string? Broken => _pipelines.Values.Select(pipeline => pipeline.Broken).FirstOrDefault(broken => broken is not null);

    /// <summary>How many commits wait.</summary>
    public int Waiting => _pipelines.Values.Sum(pipeline => pipeline.Waiting);

    /// <summary>Opens every log. Throws <see cref="LogBrokenException"/> when one cannot be gone on with.</summary>
    public static async Task<PostgresLedger> OpenAsync(LedgerOptions options)
    {
        var ledger = new PostgresLedger(options);
        try
        {
            if (options.KnownHeads is { } heads)
            {
                await RestoredLogs.RefuseAsync(ledger.Source, heads, options.Logs, options.Reopenings);
            }

            foreach (var pipeline in ledger._pipelines.Values)
            {
                await pipeline.OpenAsync();
            }

            ledger.RememberHeads();
            return ledger;
        }
        catch
        {
            await ledger.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<SealedEntry>> ReadAsync(Subject subject, long after = 0)
    {
        var entries = await Entries.OfSubjectAsync(LogOf(subject), subject, after);
        return [.. entries.Select(entry => entry.Sealed)];
    }

    /// <inheritdoc/>
    public async ValueTask<CommitOutcome> CommitAsync(Commit commit)
    {
        var pending = new PendingCommit(commit);
        if (pending.Bytes > _options.CommitBytes)
        {
            return new CommitOutcome.Failed(new Refusal(RefusalCode.TooLarge, $"What is to be recorded has {pending.Bytes} bytes; the most is {_options.CommitBytes}. Send a reference and a hash instead of the content."));
        }

        return _pipelines.TryGetValue(LogOf(commit.Entries[0].Entry.Subject), out var pipeline)
            ? await pipeline.CommitAsync(pending)
            : new CommitOutcome.Failed(new Refusal(RefusalCode.NotFound, "The id names a log that this database does not have."));
    }

    /// <inheritdoc/>
    public async ValueTask<CommitOutcome?> FindAsync(Subject subject, CommandKey key) => await StorageFault.AsUnavailableAsync<CommitOutcome?>(async () =>
    {
        await using var command = Source.CreateCommand(FirstTrip.KnownKeys);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of((short)LogOf(subject)), Parameter.Of(new[] { key.CommandId.ToArray() }) });
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? FirstTrip.ReadKnown(rows).Known.Answer(key) : null;
    });

    /// <summary>Looks at the database's clock; a silo on which nobody commits would not see it otherwise.</summary>
    public async Task LookAtClockAsync(CancellationToken cancellation = default) => await StorageFault.AsUnavailableAsync(async () =>
    {
        await using var command = Source.CreateCommand(Time);
        Clock.Observe(Instant.From((DateTime)(await command.ExecuteScalarAsync(cancellation))!));
        return true;
    });

    /// <summary>Remembers the newest heads outside the database. No commit waits for it: what it is behind by is a moment.</summary>
    public void RememberHeads()
    {
        foreach (var (log, pipeline) in _pipelines)
        {
            if (_options.KnownHeads is { } heads && pipeline.Known is { } head)
            {
                heads.Keep(log, head, Reopenings.Where(reopening => reopening.LogId == log).Select(reopening => reopening.Former));
            }
        }
    }

    /// <summary>Takes nothing new and writes what waits, for as long as <paramref name="patience"/> lasts.</summary>
    public async Task DrainAsync(TimeSpan patience)
    {
        await Task.WhenAll(_pipelines.Values.Select(pipeline => pipeline.DrainAsync(patience)));
        try
        {
            RememberHeads();
        }
        catch (LogBrokenException failed)
        {
            LedgerLog.HeadsNotRemembered(_options.Logger, failed.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var pipeline in _pipelines.Values)
        {
            await pipeline.DisposeAsync();
        }

        await Signal.DisposeAsync();
        await Source.DisposeAsync();
    }

    internal static int LogOf(Subject subject) =>
        subject.Type == SubjectType.Instance ? InstanceIds.LogOf(Guid.ParseExact(subject.Id, "D")) : GoverningLog;
}
