using System.Collections.Immutable;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Schedules;

/// <summary>
/// Times on the wall of one place, as moments. Where clocks are put forward, a time that is left out comes at the first
/// moment after the gap; where they are put back, a time that comes twice counts once, the first time.
/// </summary>
/// <param name="cron">The times.</param>
/// <param name="ahead">How far the clock there is ahead of UTC at each moment.</param>
public sealed class Schedule(CronExpression cron, Func<Instant, TimeSpan> ahead)
{
    /// <summary>Whatever is made up for is no more than this.</summary>
    public const int MostMadeUpFor = 100;

    /// <summary>A firing that is later than this was missed.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromMinutes(1);

    // No clock is further from UTC, and none was changed twice within so short a time.
    private static readonly TimeSpan Around = TimeSpan.FromHours(26);

    /// <summary>The first firing after a moment; none in all the years that matter.</summary>
    public Instant? After(Instant moment)
    {
        var wall = moment.ToDateTimeOffset().UtcDateTime + ahead(moment);
        while (cron.After(wall) is { } next)
        {
            if (At(next) is var at && at > moment)
            {
                return at;
            }

            // It came before the clocks were put back, or with the others of a gap.
            wall = next;
        }

        return null;
    }

    /// <summary>What is to be fired now, the earliest first, and when to look again.</summary>
    /// <param name="due">The first firing that has not been seen to.</param>
    /// <param name="now">What time it is.</param>
    /// <param name="missed">What becomes of those that are late.</param>
    public (ImmutableArray<Instant> Fire, Instant? Next) Until(Instant due, Instant now, MissedFirings missed)
    {
        var passed = new List<Instant>();
        Instant? next = due;
        while (next is { } firing && firing <= now)
        {
            passed.Add(firing);
            next = After(firing);
        }

        var onTime = passed.Where(firing => now.Since(firing) <= OnTime).ToImmutableArray();
        return (missed switch
        {
            MissedFirings.Skip => onTime,
            MissedFirings.RunOnce => onTime.IsEmpty ? [.. passed.TakeLast(1)] : onTime,
            MissedFirings.RunAll => [.. passed.TakeLast(MostMadeUpFor)],
            _ => throw new InvalidOperationException($"{missed} is no rule for what was missed."),
        }, next);
    }

    private Instant At(DateTime wall)
    {
        var asUtc = Instant.From(new DateTimeOffset(DateTime.SpecifyKind(wall, DateTimeKind.Utc)));
        var (before, after) = (ahead(asUtc.Plus(-Around)), ahead(asUtc.Plus(Around)));
        var (early, late) = (asUtc.Plus(-before), asUtc.Plus(-after));
        return ahead(early) == before ? early
            : ahead(late) == after ? late
            : FirstAfterGap(late, early, before);
    }

    // Between the two the clock is put forward: halved until it is known when.
    private Instant FirstAfterGap(Instant low, Instant high, TimeSpan before)
    {
        while (high.UnixMilliseconds - low.UnixMilliseconds > 1)
        {
            var middle = new Instant((low.UnixMilliseconds + high.UnixMilliseconds) / 2);
            (low, high) = ahead(middle) == before ? (middle, high) : (low, middle);
        }

        return high;
    }
}
