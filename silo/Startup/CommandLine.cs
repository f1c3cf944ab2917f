using Gantral.Silo.Startup.Settings;

namespace Gantral.Silo.Startup;

/// <summary>The words after the program's name: a verb, and what they say about settings.</summary>
internal sealed record CommandLine
{
    private static readonly string[] Verbs = ["serve", "migrate", "rebuild", "reopen"];

    // Only settings that hold no secret: a command line can be read by everybody on the machine.
    private static readonly Dictionary<string, string> Options = new()
    {
        ["--port"] = KnownSettings.Port,
        ["--data"] = KnownSettings.Data,
        ["--origin"] = KnownSettings.Origin,
    };

    /// <summary>What to do.</summary>
    public required string Verb { get; init; }

    /// <summary>Whether only to explain it.</summary>
    public required bool Help { get; init; }

    /// <summary>What is said about settings, by their names.</summary>
    public required IReadOnlyDictionary<string, string?> Flags { get; init; }

    /// <summary>Reads the words; what is not understood stops the start.</summary>
    public static CommandLine Read(IReadOnlyList<string> words)
    {
        var verb = words.Count > 0 && !words[0].StartsWith('-') ? words[0] : null;
        if (verb is not null && !Verbs.Contains(verb))
        {
            throw Refuse($"There is no verb '{verb}'; there are {string.Join(", ", Verbs)}.");
        }

        var flags = new Dictionary<string, string?>();
        var help = false;
        for (var i = verb is null ? 0 : 1; i < words.Count; i++)
        {
            var parts = words[i].Split('=', 2);
            if (words[i] is "--help" or "-h")
            {
                help = true;
            }
            else if (!Options.TryGetValue(parts[0], out var setting))
            {
                throw Refuse($"There is no option '{parts[0]}'; see --help.");
            }
            else if ((parts.Length == 2 ? parts[1] : ++i < words.Count ? words[i] : "") is not { Length: > 0 } value)
            {
                throw Refuse($"{parts[0]} needs a value; see --help.");
            }
            else if (!flags.TryAdd(setting, value))
            {
                throw Refuse($"{parts[0]} is given twice.");
            }
        }

        return new CommandLine { Verb = verb ?? Verbs[0], Help = help, Flags = flags };
    }

    private static StartupRefusedException Refuse(string message) => new(ExitStatus.Usage, message);
}
