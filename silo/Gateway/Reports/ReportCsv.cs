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

    /// <summary>Everything of a report about authority, a figure in each row.</summary>
    public static byte[] Of(AuthorityReport report) => Table(
        ["section", "instance_id", "person", "role", "what", "value"],
        [
            .. report.Executions.Select(one => new[] { "executions", null, null, null, one.Reason is null ? one.State : $"{one.State} {one.Reason}", Number(one.Count) }),
            Gate("asked", report.Gates.Asked), Gate("decided", report.Gates.Decided), Gate("undecided", report.Gates.Undecided),
            Gate("open", report.Gates.Open), Gate("timeouts", report.Gates.Timeouts), Gate("escalations", report.Gates.Escalations),
            .. report.Decisions.Select(one => new[] { "decisions", null, one.HumanActorId, one.Role, one.DecisionType, Number(one.Count) }),
            Time("p50_milliseconds", report.TimeToDecide.P50Milliseconds), Time("p90_milliseconds", report.TimeToDecide.P90Milliseconds), Time("max_milliseconds", report.TimeToDecide.MaxMilliseconds),
            .. report.Overrides.Select(one => new[] { "overrides", one.InstanceId, one.HumanActorId, one.Role, one.ContextDeltaHash, one.ContextDelta?.GetRawText() }),
            ["self_check", null, null, null, "entries", Number(report.SelfCheck.Entries)],
            ["self_check", null, null, null, "is_consistent", report.SelfCheck.IsConsistent ? "true" : "false"],
            .. report.SelfCheck.Faults.Select(one => new[] { "self_check", one.InstanceId, null, null, $"entry {Number(one.Sequence)}", one.Fault }),
        ]);

    private static string?[] Gate(string what, long count) => ["gates", null, null, null, what, Number(count)];

    private static string?[] Time(string what, long? time) => ["time_to_decide", null, null, null, what, time is { } known ? Number(known) : null];

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
