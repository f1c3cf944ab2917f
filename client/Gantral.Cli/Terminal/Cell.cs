namespace Gantral.Cli.Terminal;

/// <summary>What stands in one place of a table, and how it is painted.</summary>
internal readonly record struct Cell(string Text, Func<string, string>? Paint = null)
{
    public static implicit operator Cell(string? text) => new(text ?? "");
}
