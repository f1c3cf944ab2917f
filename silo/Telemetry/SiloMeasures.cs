using System.Diagnostics.Metrics;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Telemetry;

/// <summary>
/// What this silo does, measured where it happens: told to whoever listens to the instruments of <c>Gantral</c>, and kept
/// for a short while for the overview. Labels come from closed sets; no payload and no name is in them.
/// </summary>
internal sealed class SiloMeasures(TimeProvider time)
{
    private static readonly Meter Meter = new("Gantral");

    private static readonly Counter<long> Transitions = Meter.CreateCounter<long>("gantral.transitions", "{transition}", "Transitions that this silo committed, by type.");
    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("gantral.commit.batch.size", "{commit}", "Commits that were written in one transaction.");
    private static readonly Histogram<double> BatchDuration = Meter.CreateHistogram<double>("gantral.commit.batch.duration", "s", "How long it took to write a batch.");
    private static readonly Histogram<double> PolicyDuration = Meter.CreateHistogram<double>("gantral.policy.duration", "s", "How long a policy took to answer, by what came of it.");
    private static readonly Histogram<double> StreamLag = Meter.CreateHistogram<double>("gantral.stream.lag", "s", "How long entries were on their way to those who follow.");

    // Made once: a label that is made anew each time would cost memory for each of them.
    private static readonly KeyValuePair<string, object?>[] Types = Labels<EventType>("type");
    private static readonly KeyValuePair<string, object?>[] Outcomes = Labels<PolicyOutcome>("outcome");

    private readonly RecentSeconds _recent = new(time);

    /// <summary>What was measured in the seconds that are just over.</summary>
    public RecentFigures Recent => _recent.Read();

    /// <summary>A batch is durable.</summary>
    /// <param name="commits">What was in it.</param>
    /// <param name="took">How long that took.</param>
    public void Committed(List<PendingCommit> commits, TimeSpan took)
    {
        var transitions = 0;
        foreach (var commit in commits)
        {
            foreach (var item in commit.Commit.Entries)
            {
                var entry = item.Entry;
                if (entry.FromState != entry.State)
                {
                    transitions++;
                    Transitions.Add(1, Types[(int)entry.Type]);
                }
            }
        }

        BatchSize.Record(commits.Count);
        BatchDuration.Record(took.TotalSeconds);
        _recent.Committed(transitions);
    }

    /// <summary>A policy was asked.</summary>
    public void Asked(PolicyAnswer answer, TimeSpan took)
    {
        var outcome = OutcomeOf(answer);
        PolicyDuration.Record(took.TotalSeconds, Outcomes[(int)outcome]);
        _recent.Asked(outcome, LatencyBounds.StepOf(took));
    }

    /// <summary>Entries were told to those who follow; the first of them was on its way for so long.</summary>
    public void Told(TimeSpan lag)
    {
        // Another silo's idea of the database's time may be a little ahead.
        lag = lag > TimeSpan.Zero ? lag : TimeSpan.Zero;
        StreamLag.Record(lag.TotalSeconds);
        _recent.Told(lag);
    }

    private static PolicyOutcome OutcomeOf(PolicyAnswer answer) => answer switch
    {
        PolicyAnswer.Advised { Advice.Decision: PolicyDecision.Allow } => PolicyOutcome.Allow,
        PolicyAnswer.Advised { Advice.Decision: PolicyDecision.RequireHuman } => PolicyOutcome.RequireHuman,
        PolicyAnswer.Advised => PolicyOutcome.Deny,
        PolicyAnswer.Conflicting => PolicyOutcome.ConflictingPolicy,
        _ => PolicyOutcome.PolicyUnavailable,
    };

    private static KeyValuePair<string, object?>[] Labels<T>(string name) where T : struct, Enum =>
        [.. WireName.All<T>().Select(word => KeyValuePair.Create<string, object?>(name, word))];
}
