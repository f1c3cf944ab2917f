using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Reports;

/// <summary>
/// What another policy version would have said at the boundaries that are recorded. It is asked as a dry run, with the
/// very contexts that were bound then. Roles of the callers are not recorded, so it is asked as by somebody with none.
/// </summary>
public sealed class PolicyReplay(ReportSource source, IGrains grains)
{
    /// <summary>Asks a policy version about every boundary in the scope.</summary>
    /// <param name="scope">Which boundaries.</param>
    /// <param name="policyVersionId">Which policy version.</param>
    /// <param name="mostExamples">How many examples of each change are named.</param>
    public async Task<PolicyReplayReport> RunAsync(ReportScope scope, string policyVersionId, int mostExamples = 10)
    {
        var (asked, erased) = (0L, 0L);
        var changes = new Dictionary<(BoundaryOutcome From, BoundaryOutcome To), Change>();
        var reading = new ReportReading(source, scope);
        await foreach (var life in reading.LivesAsync())
        {
            Entry? before = null;
            foreach (var placed in life)
            {
                var entry = placed.Sealed.Entry;

                // An agent that suspended by itself stood at no boundary of policy's.
                var suspended = before is { Type: EventType.Suspended };
                before = entry;
                if (suspended || BoundaryOutcome.Of(entry) is not { } recorded)
                {
                    continue;
                }

                if (ContextOf(placed, life[0]) is not { } context)
                {
                    erased++;
                    continue;
                }

                asked++;
                var outcome = BoundaryOutcome.Of(await grains.Policy(policyVersionId).AskAsync(Question(entry, context, policyVersionId)));
                if (outcome != recorded)
                {
                    changes.TryAdd((recorded, outcome), new Change());
                    changes[(recorded, outcome)].Take(new ReplayExample(entry.Subject.Id, entry.Sequence, StepOf(entry)), mostExamples);
                }
            }
        }

        return new PolicyReplayReport(reading.Coverage, policyVersionId, asked, erased,
            [.. changes.OrderByDescending(change => change.Value.Count).Select(change => new ReplayChange(change.Key.From, change.Key.To, change.Value.Count, [.. change.Value.Examples]))]);
    }

    // At the start policy saw the trigger context, which the first entry binds.
    private static CanonicalBytes? ContextOf(PlacedEntry boundary, PlacedEntry created) =>
        (Field(boundary, PrivateFieldNames.ContextSnapshot) ?? (StepOf(boundary.Sealed.Entry) is null ? Field(created, PrivateFieldNames.TriggerContext) : null))?.Value;

    private static PrivateField? Field(PlacedEntry entry, string name) => entry.Sealed.Payload.FirstOrDefault(field => field.Name == name);

    private static PolicyQuestion Question(Entry entry, CanonicalBytes context, string policyVersionId) => new()
    {
        InstanceId = Guid.ParseExact(entry.Subject.Id, "D"),
        WorkflowId = entry.Binding!.WorkflowId,
        WorkflowVersion = entry.Binding.WorkflowVersion,
        Materiality = entry.Binding.Materiality,
        CurrentState = StepOf(entry) is null ? ExecutionState.Created : ExecutionState.Running,
        ActorId = entry.Actor.Id,
        Roles = [],
        Step = StepOf(entry),
        ExecutionContext = context,
        PolicyVersionId = policyVersionId,
        DryRun = true,
    };

    private static string? StepOf(Entry entry) => entry.Authority?.Step ?? entry.Advice?.Step;

    private sealed class Change
    {
        public long Count { get; private set; }

        public List<ReplayExample> Examples { get; } = [];

        public void Take(ReplayExample example, int most)
        {
            Count++;
            if (Examples.Count < most)
            {
                Examples.Add(example);
            }
        }
    }
}
