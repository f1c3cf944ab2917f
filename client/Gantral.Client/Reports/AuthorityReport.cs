namespace Gantral.Client;

/// <summary>What was executed, who decided what about it, and how long that took.</summary>
/// <param name="Coverage">What was looked at.</param>
/// <param name="Executions">How many instances there are by where they have come to.</param>
/// <param name="Gates">What became of the gates.</param>
/// <param name="Decisions">Who decided what, in which role, how often.</param>
/// <param name="TimeToDecide">How long people took.</param>
/// <param name="OverridesMade">How many overrides there were.</param>
/// <param name="Overrides">The first thousand of them.</param>
/// <param name="SelfCheck">Whether the entries hold together.</param>
public sealed record AuthorityReport(ReportCoverage Coverage, IReadOnlyList<ExecutionCount> Executions, GateCount Gates, IReadOnlyList<DecisionCount> Decisions, DecisionTimes TimeToDecide, long OverridesMade, IReadOnlyList<OverrideMade> Overrides, EntryCheck SelfCheck);
