using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Identity.Federation;

/// <summary>
/// The keys of an issuer, fetched from it again and again: a new key is known and a withdrawn one forgotten after some
/// minutes. A key that a token names and nobody knows is asked for at once, but at most once a minute, whoever asks.
/// While the issuer is away, the keys that it had last go on to count, up to a bound.
/// </summary>
internal sealed class FetchedKeys : ITokenKeys, IAsyncDisposable
{
    /// <summary>How old keys may be before they are fetched again.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

    /// <summary>How long keys count while their issuer is away.</summary>
    public static readonly TimeSpan StaleFor = TimeSpan.FromHours(24);

    /// <summary>How long an unknown key is not asked for after the issuer was asked last.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>How often it is looked at whether something is to be fetched; also how soon a failed attempt is repeated.</summary>
    public static readonly TimeSpan Round = TimeSpan.FromSeconds(10);

    // So many may wait for an issuer at once; more could be there only to hold connections.
    private const int MostWaiting = 1000;

    private readonly string _issuer;
    private readonly IssuerDocuments _documents;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly PeriodicTimer _rounds;
    private readonly Lock _gate = new();
    private readonly Task _work;
    private volatile Held? _held;
    private Task _attempt = Task.CompletedTask;
    private long _attemptedAt;
    private int _waiting;
    private string? _fault;

    public FetchedKeys(IssuerSettings settings, TimeProvider time, ILogger logger)
    {
        (_issuer, _documents, _time, _logger) = (settings.Issuer, new IssuerDocuments(settings, time), time, logger);
        _rounds = new PeriodicTimer(Round, time);
        Fetching(TimeSpan.Zero);
        _work = WorkAsync();
    }

    public TokenKey? Known(string keyId) =>
        _held is { } held && _time.GetElapsedTime(held.FetchedAt) <= StaleFor ? held.Keys.GetValueOrDefault(keyId) : null;

    public async ValueTask<TokenKey?> FindAsync(string keyId)
    {
        if (Known(keyId) is { } key)
        {
            return key;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) <= MostWaiting)
            {
                await Fetching(Pause);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        return Known(keyId);
    }

    public async ValueTask DisposeAsync()
    {
        _rounds.Dispose();
        await _stop.CancelAsync();
        await _work;
        await _attempt;
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (await _rounds.WaitForNextTickAsync())
        {
            if (_fault is not null || _held is not { } held || _time.GetElapsedTime(held.FetchedAt) >= FreshFor)
            {
                await Fetching(TimeSpan.Zero);
            }
        }
    }

    // One attempt at a time, which all who want one share.
    private Task Fetching(TimeSpan pause)
    {
        lock (_gate)
        {
            if (_attempt.IsCompleted && !_stop.IsCancellationRequested && _time.GetElapsedTime(_attemptedAt) >= pause)
            {
                _attempt = AttemptAsync();
            }

            return _attempt;
        }
    }

    private async Task AttemptAsync()
    {
        _attemptedAt = _time.GetTimestamp();
        try
        {
            Hold(await _documents.KeysAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The silo stops.
        }
        catch (KeysNotFetchedException failed)
        {
            // Told once and not each time; a silo without keys goes on, and refuses what it cannot check.
            if (Interlocked.Exchange(ref _fault, failed.Message) != failed.Message)
            {
                FederationLog.NotFetched(_logger, _issuer, failed.Message);
            }
        }
        catch (Exception unexpected)
        {
            // Whatever it is, the next attempt is made, and no request fails by it.
            _fault = "of a fault of this program";
            FederationLog.Failed(_logger, unexpected, _issuer);
        }
    }

    private void Hold(FrozenDictionary<string, TokenKey> fetched)
    {
        // A key that stays is the same object, by which tokens that it has signed are known to be still believed.
        var before = _held?.Keys;
        var keys = fetched.ToFrozenDictionary(
            key => key.Key, key => before?.GetValueOrDefault(key.Key) is { } same && same.IsSameAs(key.Value) ? same : key.Value, StringComparer.Ordinal);
        _held = new Held(keys, _time.GetTimestamp());
        if (Interlocked.Exchange(ref _fault, null) is not null || before is null || before.Count != keys.Count || keys.Any(key => before.GetValueOrDefault(key.Key) != key.Value))
        {
            FederationLog.Fetched(_logger, _issuer, keys.Count);
        }
    }

    private sealed record Held(FrozenDictionary<string, TokenKey> Keys, long FetchedAt);
}
