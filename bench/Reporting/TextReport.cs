using System.Globalization;
using System.Text;
using Gantral.Bench.Running;

namespace Gantral.Bench.Reporting;

/// <summary>The result for people: one table, what it was taken on, and what each case measures.</summary>
internal static class TextReport
{
    /// <summary>What stands above the cells.</summary>
    public static readonly string[] Heads = ["case", "figure", "unit", "ceiling", "ratio", "reach", "p50 ms", "p99 ms"];

    /// <summary>Writes the result.</summary>
    public static string Write(IReadOnlyList<CaseResult> results, IEnumerable<Usage> usages, IEnumerable<IBenchCase> cases)
    {
        string[][] rows = [Heads, .. results.Select(Row)];
        var widths = Heads.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, column) => IsNumber(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
        }

        text.AppendLine().AppendLine(Machine.Describe()).AppendLine();
        foreach (var benchCase in cases)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{benchCase.Name}: {benchCase.About}");
        }

        foreach (var note in results.SelectMany(result => result.Notes.Select(note => $"{result.Case}: {note}")))
        {
            text.AppendLine(note);
        }

        foreach (var usage in usages)
        {
            text.AppendLine(Sentence(usage));
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>What a case took of the machine, in a sentence.</summary>
    public static string Sentence(Usage usage) => string.Create(
        CultureInfo.InvariantCulture,
        $"{usage.Case}: took {usage.Seconds:N0} s in all, {usage.SiloSeconds:N0} s of processor time and up to {usage.SiloMiB:N0} MiB in the process that measures, {usage.DatabaseSeconds:N0} s of processor time in PostgreSQL");

    /// <summary>The cells of a result.</summary>
    public static string[] Row(CaseResult result) =>
    [
        result.Case, Number(result.Figure), result.Unit, Number(result.Ceiling), Number(result.Ratio, "0.00"), result.Reach ?? "", Number(result.P50, "0.000"), Number(result.P99, "0.000"),
    ];

    /// <summary>Whether a column has numbers.</summary>
    public static bool IsNumber(int column) => column is 1 or 3 or 4 or 6 or 7;

    private static string Number(double? number, string? format = null) =>
        number?.ToString(format ?? (number < 100 ? "0.0" : "N0"), CultureInfo.InvariantCulture) ?? "";
}
