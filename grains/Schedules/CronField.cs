using System.Globalization;

namespace Gantral.Grains.Schedules;

/// <summary>One of the five fields of a cron expression: which numbers it lets pass.</summary>
internal readonly record struct CronField
{
    private readonly ulong _allowed;

    private CronField(ulong allowed, bool isAny) => (_allowed, IsAny) = (allowed, isAny);

    /// <summary>Whether it begins with a star, and so restricts no day.</summary>
    public bool IsAny { get; }

    /// <summary>Whether a number passes.</summary>
    public bool Has(int number) => (_allowed & (1UL << number)) != 0;

    /// <summary>The field with another number let pass wherever one is.</summary>
    public CronField Alias(int number, int other) => Has(number) ? new(_allowed | (1UL << other), IsAny) : this;

    /// <summary>Reads lists, ranges, steps and names, or says what is wrong.</summary>
    /// <param name="text">The field.</param>
    /// <param name="least">The least number.</param>
    /// <param name="most">The greatest number.</param>
    /// <param name="names">The names of the numbers from the least on; none if there are none.</param>
    /// <param name="field">What it lets pass.</param>
    public static string? Read(string text, int least, int most, string[] names, out CronField field)
    {
        var allowed = 0UL;
        field = default;
        foreach (var part in text.Split(','))
        {
            if (part.Split('/') is not [var range, .. var steps] || steps.Length > 1 || !TryStep(steps, most, out var step))
            {
                return $"the step of '{part}' is no number from 1 to {most}";
            }

            if (!TryRange(range, steps.Length == 1, least, most, names, out var from, out var to))
            {
                return $"'{part}' is no number from {least} to {most}{(names.Length > 0 ? $", no name such as {names[1]}" : "")}, no range of these and no *";
            }

            if (from > to)
            {
                return $"'{part}' ends before it begins";
            }

            for (var number = from; number <= to; number += step)
            {
                allowed |= 1UL << number;
            }
        }

        field = new CronField(allowed, text[0] == '*');
        return null;
    }

    private static bool TryStep(string[] steps, int most, out int step)
    {
        step = 1;
        return steps.Length == 0 || (TryNumber(steps[0], out step) && step >= 1 && step <= most);
    }

    // A single number with a step is the beginning of a range without an end.
    private static bool TryRange(string range, bool isStepped, int least, int most, string[] names, out int from, out int to)
    {
        (from, to) = (least, most);
        return range == "*"
            || (range.Split('-') is [var first, .. var rest] && rest.Length <= 1
                && TryOne(first, least, most, names, out from)
                && (rest.Length == 0 ? (to = isStepped ? most : from) >= 0 : TryOne(rest[0], least, most, names, out to)));
    }

    private static bool TryOne(string text, int least, int most, string[] names, out int number)
    {
        if (Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var place)
        {
            number = least + place;
            return true;
        }

        return TryNumber(text, out number) && number >= least && number <= most;
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
