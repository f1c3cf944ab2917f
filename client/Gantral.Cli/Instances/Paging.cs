using System.CommandLine;
using System.Globalization;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Instances;

/// <summary>What commands that list things have alike.</summary>
internal static class Paging
{
    /// <summary>Where the list comes from, for a help text.</summary>
    public const string Server = $"The server is the one in {GantralServer.AddressVariable}, the token the one in {GantralServer.TokenVariable}.";

    /// <summary>How many.</summary>
    public static Option<int> Limit() => new("--limit")
    {
        Description = "How many at most, 1 to 200.",
        HelpName = "N",
        DefaultValueFactory = _ => 50,
        CustomParser = result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number is >= 1 and <= 200)
            {
                return number;
            }

            result.AddError("--limit must be a whole number from 1 to 200");
            return 50;
        },
    };

    /// <summary>Where to go on.</summary>
    public static Option<string> Cursor() => new("--cursor") { Description = "Go on where the page before ended, which says how.", HelpName = "CURSOR" };

    /// <summary>A moment that bounds what is asked for.</summary>
    public static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens is [var only] ? only.Value : "";
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            {
                return moment;
            }

            result.AddError($"{name} must be a moment such as 2026-01-31T12:00:00Z; it is '{Printable.Text(text)}'");
            return null;
        },
    };

    /// <summary>For machines.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print the answer as JSON, and nothing else." };

    /// <summary>Says that there is more, beside the table: whoever reads that by program reads standard output.</summary>
    public static void More(string command, string? cursor)
    {
        if (cursor is not null)
        {
            Console.Error.WriteLine($"There is more: gantral {command} --cursor {Printable.Text(cursor)} (and the options that you gave)");
        }
    }
}
