using Gantral.Abstractions.Authority;
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

    private static readonly Shape Execution = new("ExecutionCount", "Instances that have come to the same place.",
        new Field("state", Form.Word<ExecutionState>(), "Their state."),
        new Field("reason", Form.Word<Reason>().OrNull, "Why they were terminated."),
        new Field("count", Form.Whole(1), "How many there are."));

    private static readonly Shape Gates = new("GateCount", "Gates, and what became of them.",
        new Field("asked", Form.Whole(0), "How often people were asked."),
        new Field("decided", Form.Whole(0), "How often somebody decided."),
        new Field("undecided", Form.Whole(0), "How often the instance ended before anybody did."),
        new Field("open", Form.Whole(0), "How many wait."),
        new Field("timeouts", Form.Whole(0), "How often the time was over."),
        new Field("escalations", Form.Whole(0), "How often others were asked then."));

    private static readonly Shape Decisions = new("DecisionCount", "Decisions of one kind by one person in one role.",
        new Field("human_actor_id", Form.Text(), "Who decided."),
        new Field("issuer", Form.Text(), "Who vouches for the id."),
        new Field("role", Form.Name, "In which role."),
        new Field("decision_type", Form.Word<DecisionType>(), "What was decided; each of several approvals counts."),
        new Field("count", Form.Whole(1), "How often."),
        new Field("delegated", Form.Whole(0), "How often of these on behalf of somebody else."));

    private static readonly Shape Times = new("DecisionTimes", "How long people took, from the gate to the decision that settled it.",
        new Field("p50_milliseconds", Form.Whole(0).OrNull, "Half of the gates were decided within this time; null where none was."),
        new Field("p90_milliseconds", Form.Whole(0).OrNull, "Nine of ten were."),
        new Field("max_milliseconds", Form.Whole(0).OrNull, "All were."));

    private static readonly Shape Override = new("OverrideMade", "An override.",
        new Field("instance_id", Form.Id, "Of which instance."),
        new Field("sequence", Form.Whole(1), "Which entry of it."),
        new Field("at", Form.Time, "When."),
        new Field("step", Form.Name.OrNull, "Before which step; null for the start."),
        new Field("human_actor_id", Form.Text(), "Who decided."),
        new Field("role", Form.Name, "In which role."),
        new Field("context_delta_hash", Form.Hash, "The hash of what was changed."),
        new Field("context_delta", Form.Free.OrNull, "What was changed; null once that is erased."));

    private static readonly Shape CheckFault = new("EntryCheckFault", "An entry that does not fit.",
        new Field("instance_id", Form.Id, "Of which instance."),
        new Field("sequence", Form.Whole(1), "Which one."),
        new Field("fault", Form.Text(), "What is wrong with it."));

    private static readonly Shape Check = new("EntryCheck", "Whether the entries hold together. It is a look at itself, not a proof: that is what a bundle and `gantral verify` are for.",
        new Field("entries", Form.Whole(0), "How many were looked at."),
        new Field("is_consistent", Form.Flag, "Whether all of them do."),
        new Field("faults", Form.ListOf(CheckFault.Form), "The first that do not."));

    private static readonly Shape AuthorityReport = new("AuthorityReport", "What was executed, who decided what about it, and how long that took.",
        new Field("coverage", Coverage.Form, "What was looked at."),
        new Field("executions", Form.ListOf(Execution.Form), "How many instances there are by where they have come to."),
        new Field("gates", Gates.Form, "What became of the gates."),
        new Field("decisions", Form.ListOf(Decisions.Form), "Who decided what, in which role, how often."),
        new Field("time_to_decide", Times.Form, "How long people took."),
        new Field("overrides_made", Form.Whole(0), "How many overrides there were."),
        new Field("overrides", Form.ListOf(Override.Form), "The first thousand of them."),
        new Field("self_check", Check.Form, "Whether the entries hold together."));

    public static Described Authority { get; } = new("report_authority", Tag, "Report what was decided")
    {
        Text = "The instances of a team that were created in a time: where they have come to, what became of their gates, who decided what in which role, how long that took, overrides with what they changed, timeouts and escalations. All of it follows from entries, so whoever has their bundles can make it again. With `Accept: text/csv` it is a table, with `Accept: text/html` a page to read; `format` says the same where no header can be sent.",
        Query = [.. ListQuery.Report, new Parameter("format", Form.Word<ReportFormat>(), "As what; it comes before `Accept`.", "html")],
        Answers =
        [
            new(200, "The report.")
            {
                Bodies = [("application/json", AuthorityReport.Form), (ReportCsv.ContentType, Form.Bytes(ReportCsv.ContentType)), (AuthorityPage.ContentType, Form.Bytes(AuthorityPage.ContentType))],
            },
        ],
        Refusals = [RefusalCode.TooLarge],
        Examples = [new("since", "Since the beginning of the year") { Query = $"?{Since}&workflow_id=deploy" }, new("page", "As a page to read") { Query = $"?{Since}&format=html", Accept = "text/html" }],
    };

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
