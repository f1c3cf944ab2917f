using System.Globalization;

namespace Gantral.Cli.Export;

/// <summary>What of a log is wanted.</summary>
internal sealed record LogWish(int Log)
{
    public long? From { get; init; }

    public long? To { get; init; }

    public string? Since { get; init; }

    public string? Until { get; init; }

    public string? Team { get; init; }

    public bool Payloads { get; init; }

    /// <summary>The position from which to go on.</summary>
    public long? Resume { get; init; }

    /// <summary>Where the server has it.</summary>
    public string Path
    {
        get
        {
            var query = new List<string>();
            Add("from", From?.ToString(CultureInfo.InvariantCulture));
            Add("to", To?.ToString(CultureInfo.InvariantCulture));
            Add("since", Since);
            Add("until", Until);
            Add("team", Team);
            Add("payloads", Payloads ? "true" : null);
            Add("resume", Resume?.ToString(CultureInfo.InvariantCulture));
            return string.Create(CultureInfo.InvariantCulture, $"v1/audit/logs/{Log}/bundle{(query.Count > 0 ? "?" : "")}{string.Join('&', query)}");

            void Add(string name, string? value)
            {
                if (value is not null)
                {
                    query.Add($"{name}={Uri.EscapeDataString(value)}");
                }
            }
        }
    }

    /// <summary>The rest of what broke off. Its positions stand in the file, also where times were asked for.</summary>
    public LogWish RestOf(BrokenBundle broken)
    {
        var isAnother = (From ?? broken.From, To ?? broken.To) != (broken.From, broken.To);
        return isAnother || (broken.HasPayloads && !Payloads)
            ? throw new CommandRefusedException(ExitStatus.Usage, string.Create(CultureInfo.InvariantCulture, $"What broke off shows positions {broken.From} to {broken.To - 1}{(broken.HasPayloads ? " with private content" : "")}; go on with the same options, or leave --resume out to begin anew."))
            : this with { From = broken.From, To = broken.To, Since = null, Until = null, Resume = broken.Position };
    }
}
