using System.CommandLine;
using System.Globalization;

namespace Gantral.Cli.Logs;

/// <summary>What the commands that follow a log have alike.</summary>
internal static class LogOptions
{
    private const double MostSeconds = 86_400;

    public static Option<int> Log() => new("--log")
    {
        Description = "The number of the log; GET /v1/audit/logs names them.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
    };

    public static Option<string> Keys() => new("--keys")
    {
        Description = "The trusted keys: where trust starts, so get this file by another way than the log.",
        HelpName = "FILE",
        Required = true,
    };

    public static Option<bool> Once() => new("--once") { Description = "Look once, and end." };

    public static Option<TimeSpan> Every() => new("--every")
    {
        Description = "How many seconds to wait between two looks; 10 when not given.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => TimeSpan.FromSeconds(10),
        CustomParser = result =>
        {
            if (result.Tokens is [{ Value: var text }] && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.1 and <= MostSeconds)
            {
                return TimeSpan.FromSeconds(seconds);
            }

            result.AddError("--every must be a number of seconds from 0.1 to 86400");
            return TimeSpan.Zero;
        },
    };

    public static Option<bool> JsonLines() => new("--json") { Description = "Print what each look found as a JSON object on a line of its own." };
}
