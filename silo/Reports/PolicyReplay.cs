using System.Collections.Immutable;
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
public sealed class PolicyReplay(EntryReads entries, IGrains grains)
{
    /// <summary>Asks a policy version about every boundary in the scope.</summary>
    /// <param name="scope">Which boundaries.</param>
    /// <param name="policyVersionId">Which policy version.</param>
    /// <param name="mostExamples">How many examples of each change are named.</param>
    public async Task<PolicyReplayReport> RunAsync(ReportScope scope, string policyVersionId, int mostExamples = 10)
    {
        var (asked, erased) = (0L, 0L);
        var changes = new Dictionary<(BoundaryOutcome From, BoundaryOutcome To), Change>();
        Entry? before = null;
        await foreach (var placed in LogPages.ReadAsync(entries, scope))
        {
            var entry = placed.Sealed.Entry;

            // An agent that suspended by itself stood at no boundary of policy's.
            var suspended = before is { Type: EventType.Suspended } && before.Subject == entry.Subject;
            before = entry;
            if (suspended || !scope.Covers(entry) || BoundaryOutcome.Of(entry) is not { } recorded)
            {
                continue;
            }

            if (await ContextAsync(scope.LogId, placed.Sealed.Payload, entry) is not { } context)
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

        return new PolicyReplayReport(policyVersionId, asked, erased,
            [.. changes.OrderByDescending(change => change.Value.Count).Select(change => new ReplayChange(change.Key.From, change.Key.To, change.Value.Count, [.. change.Value.Examples]))]);
    }

    // At the start policy saw the trigger context, which the first entry binds.
    private async Task<CanonicalBytes?> ContextAsync(int logId, ImmutableArray<PrivateField> payload, Entry entry)
    {
        if (payload.FirstOrDefault(field => field.Name == PrivateFieldNames.ContextSnapshot) is { } shown)
        {
            return shown.Value;
        }

        return StepOf(entry) is not null || await entries.FirstOfSubjectAsync(logId, entry.Subject) is not { } created
            ? null
            : created.Sealed.Payload.FirstOrDefault(field => field.Name == PrivateFieldNames.TriggerContext)?.Value;
    }

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
