namespace Gantral.Cli.Terminal;

/// <summary>A table that fits the terminal; on anything else it is as wide as what is in it.</summary>
internal sealed class Table(Colour colour, params Column[] columns)
{
    private const int Narrowest = 8;
    private const string Between = "  ";

    private readonly List<Cell[]> _rows = [];

    /// <summary>How many columns the terminal has; null where there is none.</summary>
    public static int? TerminalWidth()
    {
        if (Console.IsOutputRedirected)
        {
            return null;
        }

        try
        {
            return Console.WindowWidth is > 0 and var width ? width : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Adds a row. Whatever is in it may be anybody's words.</summary>
    public void Add(params Cell[] cells) => _rows.Add([.. cells.Select(cell => cell with { Text = Printable.Text(cell.Text) })]);

    /// <summary>Writes the table.</summary>
    public void Write(TextWriter output, int? terminalWidth)
    {
        var widths = Widths(terminalWidth);
        Line(output, widths, [.. columns.Select(column => new Cell(column.Title, colour.Faint))]);
        foreach (var row in _rows)
        {
            Line(output, widths, row);
        }
    }

    private static void Line(TextWriter output, int[] widths, Cell[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            var text = TextWidth.Cut(cells[i].Text, widths[i]);
            // What is last needs nothing behind it.
            var space = i == cells.Length - 1 ? "" : new string(' ', widths[i] - TextWidth.Of(text)) + Between;
            output.Write((cells[i].Paint?.Invoke(text) ?? text) + space);
        }

        output.WriteLine();
    }

    private int[] Widths(int? terminalWidth)
    {
        var widths = columns.Select((column, i) => _rows.Select(row => TextWidth.Of(row[i].Text)).Append(column.Title.Length).Max()).ToArray();
        while (terminalWidth is { } most && widths.Sum() + (Between.Length * (columns.Length - 1)) > most)
        {
            var giving = Enumerable.Range(0, widths.Length).Where(i => columns[i].GivesWay && widths[i] > Narrowest).ToList();
            if (giving.Count == 0)
            {
                break;
            }

            widths[giving.MaxBy(i => widths[i])]--;
        }

        return widths;
    }
}
