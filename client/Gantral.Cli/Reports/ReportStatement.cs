using System.Globalization;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Terminal;
using Gantral.Client;

namespace Gantral.Cli.Reports;

/// <summary>An authority report as people read it.</summary>
internal sealed class ReportStatement(TextWriter output, Colour colour, int? width)
{
    /// <summary>Prints all of it.</summary>
    public void Print(AuthorityReport report)
    {
        var (coverage, gates, times) = (report.Coverage, report.Gates, report.TimeToDecide);
        output.WriteLine(colour.Strong(Printable.Text($"Authority report of team {coverage.OwningTeamId}, {(coverage.WorkflowId is { } workflow ? $"workflow {workflow}" : "all workflows")}")));
        output.WriteLine($"  {Number(coverage.Instances)} instances created from {Moment.At(coverage.Since)} until before {Moment.At(coverage.Until)}{(coverage.IsComplete ? "" : colour.Doubtful("; not all that was asked for"))}");
        output.WriteLine($"  Gates: {Number(gates.Asked)} asked, {Number(gates.Decided)} decided, {Number(gates.Undecided)} ended undecided, {Number(gates.Open)} open; {Number(gates.Timeouts)} timeouts, {Number(gates.Escalations)} escalations");
        output.WriteLine(times.MaxMilliseconds is null ? "  Nobody decided." : $"  Time to decide: half within {Span(times.P50Milliseconds)}, nine of ten within {Span(times.P90Milliseconds)}, all within {Span(times.MaxMilliseconds)}");
        Print(report.SelfCheck);
        Table(["STATE", "REASON", "COUNT"], report.Executions.Select(one => new[] { WireName.Of(one.State), one.Reason is { } reason ? WireName.Of(reason) : "", Number(one.Count) }));
        Table(
            ["PERSON", "ISSUER", "ROLE", "DECISION", "COUNT", "FOR OTHERS"],
            report.Decisions.Select(one => new[] { one.HumanActorId, one.Issuer, one.Role, WireName.Of(one.DecisionType), Number(one.Count), Number(one.Delegated) }));
        Table(
            ["OVERRIDE OF", "ENTRY", "AT", "STEP", "PERSON", "ROLE"],
            report.Overrides.Select(one => new[] { one.InstanceId.ToString("D"), Number(one.Sequence), Moment.At(one.At), one.Step ?? "", one.HumanActorId, one.Role }));
        if (report.Overrides.Count < report.OverridesMade)
        {
            output.WriteLine($"  These are the first {Number(report.Overrides.Count)} of {Number(report.OverridesMade)} overrides.");
        }
    }

    private void Print(EntryCheck check)
    {
        output.WriteLine(check.IsConsistent
            ? $"  Self-check: {colour.Good($"the {Number(check.Entries)} entries hold together")}; the proof is gantral export and gantral verify"
            : $"  Self-check: {colour.Bad("entries do not hold together")}");
        Table(["INSTANCE", "ENTRY", "FAULT"], check.Faults.Select(one => new[] { one.InstanceId.ToString("D"), Number(one.Sequence), one.Fault }));
    }

    // Whatever has no rows is not shown; all but ids give way on a narrow terminal.
    private void Table(string[] titles, IEnumerable<string[]> rows)
    {
        var table = new Table(colour, [.. titles.Select((title, place) => new Column(title, GivesWay: place > 0))]);
        var some = false;
        foreach (var row in rows)
        {
            table.Add([.. row.Select(text => (Cell)text)]);
            some = true;
        }

        if (some)
        {
            output.WriteLine();
            table.Write(output, width);
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Span(long? milliseconds) => Moment.Span(TimeSpan.FromMilliseconds(milliseconds ?? 0));
}
