using System.Security.Cryptography;
using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Authority;
using Gantral.Grains.Ledger;

namespace Gantral.Silo.Ledger;

/// <summary>
/// The database's time between two looks at it: the last look, and what this machine's monotonic clock counted since.
/// This machine's idea of the date is never used.
/// </summary>
public sealed class DatabaseClock(TimeProvider time) : IMoments
{
    /// <summary>From this much on, the database's time and what was expected of it do not belong together.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private sealed record Look(Instant Database, long Counted, bool WasExpected);

    private volatile Look? _last;

    /// <summary>Whether there was a look at all, and the last one showed what the one before let expect.</summary>
    public bool IsSteady => _last is { WasExpected: true };

    /// <summary>The database's time, as nearly as it is known and never ahead of it by more than its own jumps.</summary>
    public Instant Now => At(_last ?? throw new LedgerUnavailableException("The database's time is not known yet."));

    /// <summary>Takes what the database just said the time was.</summary>
    public void Observe(Instant database)
    {
        var last = _last;
        var expected = last is null || (database.Since(At(last)) is var off && off < Tolerance && off > -Tolerance);
        _last = new Look(database, time.GetTimestamp(), expected);
    }

    /// <inheritdoc/>
    public Moment Next()
    {
        var now = Now;
        return new Moment(now, Guid.CreateVersion7(now.ToDateTimeOffset()), RandomNumberGenerator.GetBytes(Moment.SaltBytes));
    }

    private Instant At(Look look) => look.Database.Plus(time.GetElapsedTime(look.Counted));
}
