using System.Globalization;
using Gantral.Abstractions.Authority;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Telemetry;

namespace Gantral.Silo.Gateway.Overview;

/// <summary>What <see cref="OverviewOperations"/> do, for whoever calls them.</summary>
internal static class OverviewDescriptions
{
    private static readonly Form Count = Form.Whole(0);

    private static readonly Shape Instances = new("CountedInstances", "How many instances of a workflow are in a state.",
        new Field(OwningTeam.Field, Form.Name, "Whose they are."),
        new Field("workflow_id", Form.Name, "Of which workflow."),
        new Field("state", Form.Word<ExecutionState>(), "In which state."),
        new Field("count", Count, "How many."),
        new Field("timed_out", Count, "How many of them ended because nobody decided in time."));

    private static readonly Shape Waiting = new("WaitingFigures", "What waits for the people of a team.",
        new Field(OwningTeam.Field, Form.Name, "Whose it is."),
        new Field("late", Count, "How many are past `decide_by` and have not been ended or escalated yet."),
        new Field("near", Count, $"How many reach `decide_by` within {WaitingFigures.Soon.TotalMinutes.ToString(CultureInfo.InvariantCulture)} minutes."),
        new Field("oldest_since", Form.Time, "Since when the first of them waits."),
        new Field("ages", Form.ListOf(Count), "How many wait for how long: one count for each of `waiting_steps`, and one for what waits longer."));

    private static readonly Shape Timers = new("TimerFigures", "The deadlines of a team that come within the hour.",
        new Field(OwningTeam.Field, Form.Name, "Whose they are."),
        new Field("late", Count, "How many are over and have not fired yet."),
        new Field("next_minute", Count, "How many come within a minute."),
        new Field("next_hour", Count, "How many come within the hour, those within a minute among them."),
        new Field("next_at", Form.Time, "When the first of them is due."));

    private static readonly Shape Outcome = new("PolicyOutcomes", "How often policies said something.",
        new Field("outcome", Form.Word<PolicyOutcome>(), "What came of asking them."),
        new Field("count", Count, "How often."));

    private static readonly Shape Policy = new("PolicyFigures", "How policies answered, dry runs not counted.",
        new Field("outcomes", Form.ListOf(Outcome.Form), "What came of asking them."),
        new Field("latencies", Form.ListOf(Count), "How often they took how long: one count for each of `latency_steps`, and one for what took longer."),
        new Field("latency_steps", Form.ListOf(Form.Number), "The upper ends of the steps, in milliseconds."));

    private static readonly Shape Stream = new("StreamFigures", "How the stream of entries is followed.",
        new Field("listeners", Count, "How many follow it."),
        new Field("behind", Count, "How many entries are written and not yet told."),
        new Field("lag", Form.ListOf(Form.Whole().OrNull), "The longest that an entry took from when it was made until it was told, in milliseconds, for each second; null where nothing was."));

    private static readonly Shape Silo = new("SiloFigures", "What the silo that answers did in the seconds that are just over, for all teams together. Another silo did something else.",
        new Field("transitions", Form.ListOf(Count), $"How many transitions it committed in each of the last {RecentSeconds.Length.ToString(CultureInfo.InvariantCulture)} seconds, the oldest first."),
        new Field("committing", Count, "How many commits wait for their turn now."),
        new Field("policy", Policy.Form, "How policies answered in that time."),
        new Field("stream", Stream.Form, "How the stream is followed."));

    private static readonly Shape Overview = new("Overview", "How everything stands.",
        new Field("at", Form.Time, "When that was looked at."),
        new Field("ended_since", Form.Time, "Of what has ended, only what was created from here on is counted."),
        new Field("is_complete", Form.Flag, "Whether all of it was counted. What is not is the oldest."),
        new Field("instances", Form.ListOf(Instances.Form), "How many instances are in which state."),
        new Field("waiting", Form.ListOf(Waiting.Form), "What waits for people."),
        new Field("waiting_steps", Form.ListOf(Count), "The upper ends of the steps by which ages are counted, in seconds."),
        new Field("timers", Form.ListOf(Timers.Form), "Which deadlines come."),
        new Field("queues", Form.ListOf(QueueDescriptions.Queue.Form), "How the queues stand."),
        new Field("silo", Silo.Form.OrNull, "What this silo did; null for whoever has none of the roles that are told."));

    public static Described Get { get; } = new("get_overview", "Reports", "See how everything stands")
    {
        Text = "Counts over the projections of the caller's teams, for a live board. Everybody who asks within two seconds is answered from one look, however many boards are open; where a look takes long, the next one comes later. "
            + $"`silo` is told to {OverviewOperations.Whole.Words}.",
        Query = [new Parameter(OwningTeam.Field, Form.Name, "Only this team; all of the caller's unless said.", "payments")],
        Answers = [DescribedAnswer.Ok(Overview.Form, "How everything stands.")],
        Examples = [new("all", "All teams of the caller")],
    };
}
