namespace Gantral.Cli.Terminal;

/// <summary>A column of a table. One that gives way is cut where the terminal is too narrow; ids, which people copy, never are.</summary>
internal sealed record Column(string Title, bool GivesWay = false);
