namespace Gantral.Cli.Terminal;

/// <summary>Colours on standard output: on a terminal only, and never against the reader's wish.</summary>
internal sealed class Colour(bool on)
{
    /// <summary>As this process is run.</summary>
    public static Colour OfThisProcess() => new(
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb");

    /// <summary>What is good.</summary>
    public string Good(string text) => Paint("1;32", text);

    /// <summary>What is wrong.</summary>
    public string Bad(string text) => Paint("1;31", text);

    /// <summary>What is not settled.</summary>
    public string Doubtful(string text) => Paint("1;33", text);

    /// <summary>What stands out.</summary>
    public string Strong(string text) => Paint("1", text);

    /// <summary>What can be passed over.</summary>
    public string Faint(string text) => Paint("2", text);

    private string Paint(string code, string text) => on ? $"\e[{code}m{text}\e[0m" : text;
}
