using System.Globalization;
using Gantral.Grains.Schedules;

namespace Gantral.Grains.Tests.Schedules;

/// <summary>The five fields of cron, read and followed.</summary>
public sealed class CronTests
{
    [Theory]
    [InlineData("* * * * *", "2026-01-01T00:00", "2026-01-01T00:01")]
    [InlineData("0 9 * * 1-5", "2026-01-02T08:59", "2026-01-02T09:00")]
    [InlineData("0 9 * * 1-5", "2026-01-02T09:00", "2026-01-05T09:00")]
    [InlineData("0 9 * * MON-FRI", "2026-01-02T09:00", "2026-01-05T09:00")]
    [InlineData("*/15 * * * *", "2026-01-01T00:46", "2026-01-01T01:00")]
    [InlineData("5/20 * * * *", "2026-01-01T00:26", "2026-01-01T00:45")]
    [InlineData("10-30/10 8-10/2 * * *", "2026-01-01T08:30", "2026-01-01T10:10")]
    [InlineData("0,30 12 * * *", "2026-01-01T12:00", "2026-01-01T12:30")]
    [InlineData("0 0 1 jan,JUL *", "2026-01-01T00:00", "2026-07-01T00:00")]
    [InlineData("0 0 31 * *", "2026-01-31T00:00", "2026-03-31T00:00")]
    [InlineData("0 0 29 2 *", "2026-01-01T00:00", "2028-02-29T00:00")]
    [InlineData("0 0 29 2 *", "2096-02-29T00:00", "2104-02-29T00:00")]
    [InlineData("0 0 * * 0", "2026-01-01T00:00", "2026-01-04T00:00")]
    [InlineData("0 0 * * 7", "2026-01-01T00:00", "2026-01-04T00:00")]
    [InlineData("0 0 * * 5-7", "2026-01-03T00:00", "2026-01-04T00:00")]
    [InlineData("0 0 13 * FRI", "2026-01-02T00:00", "2026-01-09T00:00")]
    [InlineData("0 0 13 * FRI", "2026-01-09T00:00", "2026-01-13T00:00")]
    [InlineData("0 0 */10 * FRI", "2026-01-01T00:00", "2026-05-01T00:00")]
    [InlineData("  59  23  31  12  *  ", "2026-12-31T23:59", "2027-12-31T23:59")]
    [InlineData("* * * * *", "2026-01-01T00:00:30.5", "2026-01-01T00:01")]
    public void The_next_time_that_fits(string cron, string after, string next)
    {
        Assert.True(CronExpression.TryRead(cron, out var read, out var fault), fault);
        Assert.Equal(Time(next), read.After(Time(after)));
    }

    [Theory]
    [InlineData("", "must have five fields")]
    [InlineData("0 9 * *", "must have five fields")]
    [InlineData("0 0 9 * * *", "must have five fields")]
    [InlineData("@daily", "must have five fields")]
    [InlineData("60 * * * *", "is wrong in its minute: '60' is no number from 0 to 59")]
    [InlineData("-1 * * * *", "is wrong in its minute: '-1'")]
    [InlineData("* 24 * * *", "is wrong in its hour: '24'")]
    [InlineData("* * 0 * *", "is wrong in its day of month: '0'")]
    [InlineData("* * 32 * *", "is wrong in its day of month: '32'")]
    [InlineData("* * L * *", "is wrong in its day of month: 'L'")]
    [InlineData("* * * 13 *", "is wrong in its month: '13'")]
    [InlineData("* * * JANUARY *", "is wrong in its month: 'JANUARY'")]
    [InlineData("* * * * 8", "is wrong in its day of week: '8'")]
    [InlineData("* * * * MON#1", "is wrong in its day of week: 'MON#1'")]
    [InlineData("* * * * FRI-MON", "is wrong in its day of week: 'FRI-MON' ends before it begins")]
    [InlineData("*/0 * * * *", "is wrong in its minute: the step of '*/0'")]
    [InlineData("*/60 * * * *", "is wrong in its minute: the step of '*/60'")]
    [InlineData("*/5/5 * * * *", "is wrong in its minute: the step of '*/5/5'")]
    [InlineData("1,,2 * * * *", "is wrong in its minute: ''")]
    [InlineData("1-2-3 * * * *", "is wrong in its minute: '1-2-3'")]
    [InlineData("99999999999 * * * *", "is wrong in its minute: '99999999999'")]
    [InlineData("0 0 30 2 *", "is wrong in its day of month: none of its months has that day")]
    [InlineData("0 0 31 4,6,9,11 *", "is wrong in its day of month: none of its months has that day")]
    public void What_is_wrong_is_said_with_its_field(string cron, string said)
    {
        Assert.False(CronExpression.TryRead(cron, out _, out var fault));
        Assert.StartsWith(said, fault, StringComparison.Ordinal);
    }

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
