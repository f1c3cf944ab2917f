using System.Collections.Immutable;

namespace Gantral.Silo.Reports;

/// <summary>
/// What was executed, who decided what about it, and how long that took. All of it follows from entries, so whoever has a
/// bundle of the same instances makes the same report.
/// </summary>
/// <param name="Coverage">What was looked at.</param>
/// <param name="Executions">How many instances there are by where they have come to.</param>
/// <param name="Gates">What became of the gates.</param>
/// <param name="Decisions">Who decided what, in which role, how often.</param>
/// <param name="TimeToDecide">How long people took, from the gate to the decision that opened or closed it.</param>
/// <param name="OverridesMade">How many overrides there were.</param>
/// <param name="Overrides">The first of them, in the order of the instances.</param>
/// <param name="SelfCheck">Whether the entries hold together.</param>
public sealed record AuthorityReport(
    ReportCoverage Coverage,
    ImmutableArray<ExecutionCount> Executions,
    GateCount Gates,
    ImmutableArray<DecisionCount> Decisions,
    DecisionTimes TimeToDecide,
    long OverridesMade,
    ImmutableArray<OverrideMade> Overrides,
    EntryCheck SelfCheck)
{
    /// <summary>Makes the report of what is recorded.</summary>
    public static async Task<AuthorityReport> ReadAsync(ReportSource source, ReportScope scope)
    {
        var reading = new ReportReading(source, scope);
        var tally = new AuthorityTally();
        await foreach (var life in reading.LivesAsync())
        {
            tally.Take(life);
        }

        return tally.Report(reading.Coverage);
    }
}
