using System.Globalization;
using System.Net;
using System.Text;
using Gantral.Bench.Running;

namespace Gantral.Bench.Reporting;

/// <summary>The result as one page that needs nothing else: the table, and for each case a bar beside its ceiling or peer.</summary>
internal static class HtmlReport
{
    private const int Width = 480;
    private const int Bar = 14;

    private const string Style =
        """
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --mine: #2563eb; --peer: #94a3b8 }
        body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
        th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent) }
        td.number { text-align: right }
        .wide { overflow-x: auto }
        figure { margin: 1.2rem 0 } figcaption { font-weight: 600 }
        .mine { fill: var(--mine) } .peer { fill: var(--peer) } text { fill: currentColor; font-size: 12px }
        """;

    /// <summary>Writes the page.</summary>
    public static string Write(IReadOnlyList<CaseResult> results, IEnumerable<Usage> usages, IEnumerable<IBenchCase> cases)
    {
        var page = new StringBuilder()
            .AppendLine("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Gantral, measured</title>")
            .AppendLine(CultureInfo.InvariantCulture, $"<style>{Style}</style><h1>Gantral, measured</h1><p>{Text(Machine.Describe())}</p>")
            .AppendLine(CultureInfo.InvariantCulture, $"<div class=\"wide\"><table><tr>{string.Concat(TextReport.Heads.Select(head => $"<th>{head}"))}");
        foreach (var result in results)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"<tr>{string.Concat(TextReport.Row(result).Select((cell, column) => $"<td{(TextReport.IsNumber(column) ? " class=\"number\"" : "")}>{Text(cell)}"))}");
        }

        page.AppendLine("</table></div>");
        foreach (var result in results.Where(result => result.Ceiling is not null))
        {
            page.AppendLine(Chart(result));
        }

        page.AppendLine("<h2>What was measured</h2><dl>");
        foreach (var benchCase in cases)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"<dt><b>{Text(benchCase.Name)}</b><dd>{Text(benchCase.About)}");
        }

        page.AppendLine("</dl><ul>");
        foreach (var note in results.SelectMany(result => result.Notes.Select(note => $"{result.Case}: {note}")).Concat(usages.Select(TextReport.Sentence)))
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"<li>{Text(note)}");
        }

        return page.AppendLine("</ul>").ToString();
    }

    private static string Chart(CaseResult result)
    {
        var most = Math.Max(result.Figure, result.Ceiling!.Value);
        var row = TextReport.Row(result);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <figure><figcaption>{Text(result.Case)}: {row[4]} of it{(result.Reach is { } reach ? $" (to reach: {Text(reach)})" : "")}{(result.LowerIsBetter ? ", less is better" : "")}</figcaption>
            <svg viewBox="0 0 {Width + 200} {(2 * Bar) + 8}" role="img" aria-label="{Text(result.Case)}: {row[1]} {Text(result.Unit)}, against {row[3]}">
            <rect class="mine" width="{Width * result.Figure / most:0.#}" height="{Bar}" rx="2"/><text x="{(Width * result.Figure / most) + 6:0.#}" y="{Bar - 3}">{row[1]} {Text(result.Unit)}</text>
            <rect class="peer" y="{Bar + 4}" width="{Width * result.Ceiling.Value / most:0.#}" height="{Bar}" rx="2"/><text x="{(Width * result.Ceiling.Value / most) + 6:0.#}" y="{(2 * Bar) + 1}">{row[3]} in the same run</text>
            </svg></figure>
            """);
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
