using System.Globalization;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Schedules;

namespace Gantral.Grains.Tests.Schedules;

/// <summary>Times on the wall in places that change their clocks, by the rules that this machine has of them.</summary>
public sealed class ScheduleTests
{
    [Theory]
    // Put forward at night: what is left out comes at the first moment after, and all of it at once.
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("Europe/Berlin", "*/20 2,3 * * *", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z")]
    [InlineData("Europe/Berlin", "0 * * * *", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z")]
    [InlineData("America/New_York", "0 2 * * *", "2026-03-07T12:00:00Z", "2026-03-08T07:00:00Z", "2026-03-09T06:00:00Z")]
    // Put back: what comes twice counts once, the first time.
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-10-25T00:45:00Z", "2026-10-26T01:30:00Z", "2026-10-27T01:30:00Z")]
    [InlineData("Europe/Berlin", "0 * * * *", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z")]
    [InlineData("America/New_York", "59 1 * * *", "2026-11-01T00:00:00Z", "2026-11-01T05:59:00Z", "2026-11-02T06:59:00Z")]
    // By half an hour, at midnight, by a whole day, and never.
    [InlineData("Australia/Lord_Howe", "15 2 * * *", "2026-10-03T00:00:00Z", "2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z")]
    [InlineData("Australia/Lord_Howe", "45 1 * * *", "2026-04-04T00:00:00Z", "2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z")]
    [InlineData("America/Sao_Paulo", "0 0 * * *", "2018-11-03T12:00:00Z", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z")]
    [InlineData("Pacific/Apia", "0 9 * * *", "2011-12-29T20:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T19:00:00Z")]
    [InlineData("Asia/Kathmandu", "0 9 * * *", "2026-03-29T00:00:00Z", "2026-03-29T03:15:00Z", "2026-03-30T03:15:00Z")]
    [InlineData("UTC", "30 2 * * *", "2026-03-29T00:00:00Z", "2026-03-29T02:30:00Z", "2026-03-30T02:30:00Z")]
    public void The_next_two_firings(string zone, string cron, string after, string first, string second)
    {
        var schedule = Of(zone, cron);

        Assert.Equal(At(first), schedule.After(At(after)));
        Assert.Equal(At(second), schedule.After(At(first)));
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    public void Every_day_fires_once_and_a_minute_is_never_fired_twice(string zone)
    {
        var (daily, often) = (Of(zone, "30 2 * * *"), Of(zone, "*/10 * * * *"));
        var (end, days, last) = (At("2027-01-01T00:00:00Z"), 0, At("2026-01-01T00:00:00Z"));
        while (daily.After(last) is { } next && next < end)
        {
            Assert.InRange(next.Since(last).TotalHours, days == 0 ? 0 : 22, 26);
            (last, days) = (next, days + 1);
        }

        Assert.InRange(days, 365, 366);
        var walls = new HashSet<DateTime>();
        for (last = At("2026-01-01T00:00:00Z"); often.After(last) is { } next && next < end; last = next)
        {
            Assert.True(walls.Add(next.ToDateTimeOffset().UtcDateTime + Ahead(zone)(next)), $"{next} in {zone}");
        }
    }

    [Theory]
    [InlineData(MissedFirings.Skip, "")]
    [InlineData(MissedFirings.RunOnce, "12:00")]
    [InlineData(MissedFirings.RunAll, "09:00 10:00 11:00 12:00")]
    public void What_was_missed_is_made_up_for_as_its_author_said(MissedFirings missed, string fired)
    {
        var (fire, next) = Of("UTC", "0 * * * *").Until(At("2026-01-01T09:00:00Z"), At("2026-01-01T12:30:00Z"), missed);

        Assert.Equal(fired, string.Join(' ', fire.Select(firing => firing.ToString()[11..16])));
        Assert.Equal(At("2026-01-01T13:00:00Z"), next);
    }

    [Theory]
    [InlineData(MissedFirings.Skip)]
    [InlineData(MissedFirings.RunOnce)]
    [InlineData(MissedFirings.RunAll)]
    public void What_is_on_time_fires_whatever_was_said_of_what_is_not(MissedFirings missed)
    {
        var (fire, next) = Of("UTC", "0 * * * *").Until(At("2026-01-01T09:00:00Z"), At("2026-01-01T09:01:00Z"), missed);

        Assert.Equal(At("2026-01-01T09:00:00Z"), Assert.Single(fire));
        Assert.Equal(At("2026-01-01T10:00:00Z"), next);
        Assert.Empty(Of("UTC", "0 * * * *").Until(At("2026-01-01T09:00:00Z"), At("2026-01-01T08:59:59Z"), missed).Fire);
    }

    [Fact]
    public void Not_more_is_made_up_for_than_anybody_can_look_through()
    {
        var (fire, _) = Of("UTC", "* * * * *").Until(At("2026-01-01T00:00:00Z"), At("2026-01-08T00:00:00Z"), MissedFirings.RunAll);

        Assert.Equal(Schedule.MostMadeUpFor, fire.Length);
        Assert.Equal(At("2026-01-08T00:00:00Z"), fire[^1]);
    }

    private static Schedule Of(string zone, string cron)
    {
        Assert.True(CronExpression.TryRead(cron, out var read, out var fault), fault);
        return new Schedule(read, Ahead(zone));
    }

    private static Func<Instant, TimeSpan> Ahead(string zone)
    {
        var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return moment => place.GetUtcOffset(moment.ToDateTimeOffset());
    }

    private static Instant At(string text) => Instant.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}
