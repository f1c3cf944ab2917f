using System.Diagnostics.CodeAnalysis;

namespace Gantral.Grains.Schedules;

/// <summary>
/// Times on a clock on the wall, in the five fields of cron: minute, hour, day of month, month, day of week. Where both
/// kinds of days are restricted, either will do.
/// </summary>
public sealed class CronExpression
{
    private static readonly (string Name, int Least, int Most, string[] Names)[] Fields =
    [
        ("minute", 0, 59, []),
        ("hour", 0, 23, []),
        ("day of month", 1, 31, []),
        ("month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]),
        ("day of week", 0, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]),
    ];

    // Between two leap days lie eight years at most.
    private const int LongestWait = 9;

    private readonly CronField _minutes;
    private readonly CronField _hours;
    private readonly CronField _days;
    private readonly CronField _months;
    private readonly CronField _weekdays;

    private CronExpression(CronField[] fields) =>
        (_minutes, _hours, _days, _months, _weekdays) = (fields[0], fields[1], fields[2], fields[3], fields[4].Alias(7, 0));

    /// <summary>Reads an expression, or says what is wrong and in which field.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out CronExpression? cron, out string fault)
    {
        cron = null;
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != Fields.Length)
        {
            fault = "must have five fields with spaces between: minute, hour, day of month, month, day of week";
            return false;
        }

        var fields = new CronField[Fields.Length];
        foreach (var (place, (name, least, most, names)) in Fields.Index())
        {
            if (CronField.Read(parts[place], least, most, names, out fields[place]) is { } wrong)
            {
                fault = $"is wrong in its {name}: {wrong}";
                return false;
            }
        }

        var read = new CronExpression(fields);
        cron = read.After(DateTime.UnixEpoch) is null ? null : read;
        fault = cron is null ? "is wrong in its day of month: none of its months has that day" : "";
        return cron is not null;
    }

    /// <summary>The first time that fits after another one, whatever day and night the clocks are changed; none in all the years that matter.</summary>
    public DateTime? After(DateTime wall)
    {
        var time = wall.AddTicks(-(wall.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        for (var last = time.Year + LongestWait; time.Year <= last;)
        {
            if (!_months.Has(time.Month))
            {
                time = new DateTime(time.Year, time.Month, 1, 0, 0, 0, time.Kind).AddMonths(1);
            }
            else if (!IsDay(time))
            {
                time = time.Date.AddDays(1);
            }
            else if (!_hours.Has(time.Hour))
            {
                time = time.Date.AddHours(time.Hour + 1);
            }
            else if (!_minutes.Has(time.Minute))
            {
                time = time.AddMinutes(1);
            }
            else
            {
                return time;
            }
        }

        return null;
    }

    private bool IsDay(DateTime time)
    {
        var (day, weekday) = (_days.Has(time.Day), _weekdays.Has((int)time.DayOfWeek));
        return _days.IsAny || _weekdays.IsAny ? day && weekday : day || weekday;
    }
}
