using System.Buffers;
using System.Globalization;
using System.Text;
using Gantral.Silo.Reports;

namespace Gantral.Silo.Gateway.Reports;

/// <summary>Reports as tables, as RFC 4180 has them.</summary>
internal static class ReportCsv
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>The gates that would have fired.</summary>
    public static byte[] Of(ShadowReport report) => Table(
        ["workflow_id", "workflow_version", "step", "role", "reason", "count"],
        report.Gates.Select(gate => new[] { gate.WorkflowId, gate.WorkflowVersion, gate.Step, gate.Role, gate.Reason, Number(gate.Count) }));

    /// <summary>What would be different.</summary>
    public static byte[] Of(PolicyReplayReport report) => Table(
        ["from_decision", "from_roles", "to_decision", "to_roles", "count"],
        report.Changes.Select(change => new[] { change.From.Decision, change.From.Roles, change.To.Decision, change.To.Roles, Number(change.Count) }));

    /// <summary>What was spent in each workflow.</summary>
    public static byte[] Of(CostReport report) => Table(
        ["owning_team_id", "workflow_id", "currency", "amount", "entries"],
        report.Workflows.Select(sum => new[] { sum.OwningTeamId, sum.WorkflowId, sum.Currency, sum.Amount, Number(sum.Entries) }));

    private static byte[] Table(string[] header, IEnumerable<string?[]> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(header))
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Cell(string? value)
    {
        // Names come from teams, and a spreadsheet takes a cell that begins like this for a formula.
        var text = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{value}" : value ?? "";
        return text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
