using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Reports;

/// <summary>What <see cref="ReportOperations"/> do, for whoever calls them.</summary>
internal static class ReportDescriptions
{
    private const string Tag = "Reports";
    private const string Since = "since=2026-01-01T00:00:00Z";

    private static readonly Shape Coverage = new("ReportCoverage", "What a report is about.",
        new Field("owning_team_id", Form.Name, "Whose instances."),
        new Field("workflow_id", Form.Name.OrNull, "Of which workflow; null for all."),
        new Field("since", Form.Time, "Created at this moment or later."),
        new Field("until", Form.Time, "And before this one."),
        new Field("instances", Form.Whole(0), "How many were looked at."),
        new Field("is_complete", Form.Flag, "Whether these are all; if not, a report since `until` goes on."));

    private static readonly Shape Gate = new("ShadowGate", "A gate that would have fired.",
        new Field("workflow_id", Form.Name, "In which workflow."),
        new Field("workflow_version", Form.Name, "In which version of it."),
        new Field("step", Form.Name.OrNull, "Before which step; null for the start."),
        new Field("role", Form.Name.OrNull, "Which role could have decided, once for each."),
        new Field("reason", Form.Text(), "`REQUIRE_HUMAN`, or why the instance would have ended."),
        new Field("count", Form.Whole(1), "How often."));

    private static readonly Shape Load = new("ShadowLoad", "What the people in a role would have had to do.",
        new Field("role", Form.Name, "The role."),
        new Field("gates", Form.Whole(1), "How many gates would have waited for them."),
        new Field("approvals", Form.Whole(1), "How many approvals those needed."),
        new Field("busiest_day", Form.Whole(1), "How many of the gates fell on the day with most, by UTC."),
        new Field("longest_wait_seconds", Form.Whole(0), "How long instances would have waited in all, had everybody taken the whole time."));

    private static readonly Shape ShadowReport = new("ShadowReport", "What observe-only mode has seen.",
        new Field("coverage", Coverage.Form, "What was looked at."),
        new Field("observed", Form.Whole(0), "How many boundaries would not have let an instance pass."),
        new Field("gates", Form.ListOf(Gate.Form), "Where and why, the most frequent first."),
        new Field("load", Form.ListOf(Load.Form), "Who would have had to decide how much."));

    private static readonly Shape Outcome = new("BoundaryOutcome", "What policy said at a boundary.",
        new Field("decision", Form.OneOf("ALLOW", "REQUIRE_HUMAN", "DENY", "POLICY_UNAVAILABLE", "CONFLICTING_POLICY"), "What it said."),
        new Field("roles", Form.Text(), "Who may decide, in order and with commas between."));

    private static readonly Shape ReplayExample = new("ReplayExample", "One boundary.",
        new Field("instance_id", Form.Id, "Of which instance."),
        new Field("sequence", Form.Whole(1), "Which entry of it."),
        new Field("step", Form.Name.OrNull, "Before which step; null for the start."));

    private static readonly Shape Change = new("ReplayChange", "One kind of change.",
        new Field("from", Outcome.Form, "What is recorded."),
        new Field("to", Outcome.Form, "What the other version says."),
        new Field("count", Form.Whole(1), "How often."),
        new Field("examples", Form.ListOf(ReplayExample.Form), "Some of the boundaries."));

    private static readonly Shape ReplayReport = new("PolicyReplayReport", "What would be different under another policy version.",
        new Field("coverage", Coverage.Form, "What was looked at."),
        new Field("policy_version_id", Form.VersionId, "The version that was asked."),
        new Field("boundaries", Form.Whole(0), "How many boundaries it was asked about."),
        new Field("erased", Form.Whole(0), "How many it could not be asked about, for what policy saw is erased."),
        new Field("changes", Form.ListOf(Change.Form), "What would change, the most frequent first."));

    private static readonly Shape Spent = new("Spent", "What was spent in one currency.",
        new Field("owning_team_id", Form.Name, "By which team."),
        new Field("workflow_id", Form.Name.OrNull, "In which workflow; null for all of the team's."),
        new Field("currency", Form.Currency, "The currency."),
        new Field("amount", Form.Amount, "The exact sum, in plain digits."),
        new Field("entries", Form.Whole(1), "How many recorded costs it is made of."));

    private static readonly Shape CostReport = new("CostReport", "What was spent.",
        new Field("since", Form.Time, "Recorded at this moment or later."),
        new Field("until", Form.Time, "And before this one."),
        new Field("workflows", Form.ListOf(Spent.Form), "By team, workflow and currency."),
        new Field("teams", Form.ListOf(Spent.Form), "By team and currency."));

    public static Described Shadow { get; } = new("report_shadow", Tag, "Report what observe-only mode saw")
    {
        Text = "Where policy would have stopped or ended the instances of a team that were created in a time, and how much people would have had to decide. With `Accept: text/csv` the gates are a table.",
        Query = ListQuery.Report,
        Answers = [DescribedAnswer.Report(ShadowReport.Form, "The report.")],
        Refusals = [RefusalCode.TooLarge],
        Examples = [new("since", "Since the beginning of the year") { Query = $"?{Since}" }, new("table", "As a table") { Query = $"?{Since}", Accept = "text/csv" }],
    };

    public static Described Replay { get; } = new("report_policy_replay", Tag, "Report what another policy would say")
    {
        Text = "Asks a policy version, as a dry run, about every recorded boundary of the instances of a team that were created in a time. With `Accept: text/csv` the changes are a table.",
        Body = Shape.Sent("PolicyReplay", "Which version is asked about what.",
            new Field("policy_version_id", Form.VersionId, "The version to ask."),
            Field.Maybe(OwningTeam.Field, Form.Name, "The team; may be left out by a token of one team."),
            Field.Maybe("workflow_id", Form.Name, "Only this workflow."),
            Field.Maybe("since", Form.Time, "From this moment on; 30 days before `until` unless said."),
            Field.Maybe("until", Form.Time, "Before this moment; now unless said.")).Form,
        Answers = [DescribedAnswer.Report(ReplayReport.Form, "The report.")],
        Refusals = [RefusalCode.NotFound, RefusalCode.TooLarge],
        Examples = [new("same", "The policy that is in force") { Body = """{"policy_version_id":"deploy-guard@7","workflow_id":"deploy"}""" }],
    };

    public static Described Cost { get; } = new("report_cost", Tag, "Report what was spent")
    {
        Text = "What was recorded as spent in a time, by team, workflow and currency; of all teams of the caller unless one is named. With `Accept: text/csv` it is a table.",
        Query = ListQuery.Report,
        Answers = [DescribedAnswer.Report(CostReport.Form, "The report.")],
        Examples = [new("since", "Since the beginning of the year") { Query = $"?{Since}&workflow_id=deploy" }, new("table", "As a table") { Query = $"?{Since}", Accept = "text/csv" }],
    };
}
