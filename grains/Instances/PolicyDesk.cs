using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Ledger;
using Gantral.Grains.Policies;

namespace Gantral.Grains.Instances;

/// <summary>Asks the policy versions that an instance is bound to, and no others: its workflow's, and those that the operator requires.</summary>
internal sealed class PolicyDesk(IGrains grains)
{
    private static readonly PolicyAnswer NoAnswer = new PolicyAnswer.Unavailable();

    /// <summary>Asks about a start, a step, or an agent that suspends.</summary>
    public ValueTask<PolicyAnswer> AskAsync(
        Caller caller, Guid instanceId, Binding binding, ExecutionState state, string? step, CanonicalBytes context)
    {
        var bound = new PolicyReference(binding.PolicyVersionId, binding.PolicyHash);
        var question = new PolicyQuestion
        {
            InstanceId = instanceId,
            WorkflowId = binding.WorkflowId,
            WorkflowVersion = binding.WorkflowVersion,
            Materiality = binding.Materiality,
            CurrentState = state,
            ActorId = caller.Actor.Id,
            Roles = caller.Roles,
            Step = step,
            ExecutionContext = context,
            PolicyVersionId = binding.PolicyVersionId,
        };
        return binding.RequiredPolicies.IsEmpty ? AskAsync(question, bound) : AskAllAsync(question, [.. binding.RequiredPolicies.Append(bound).Distinct()]);
    }

    private async ValueTask<PolicyAnswer> AskAllAsync(PolicyQuestion question, ImmutableArray<PolicyReference> policies) =>
        Composition.Of(await Task.WhenAll(policies.Select(policy => AskAsync(question with { PolicyVersionId = policy.PolicyVersionId }, policy).AsTask())));

    private async ValueTask<PolicyAnswer> AskAsync(PolicyQuestion question, PolicyReference bound)
    {
        var policy = grains.Policy(bound.PolicyVersionId);
        PolicyVersion? version;
        try
        {
            version = await policy.ReadAsync();
        }
        catch (Exception fault) when (fault is not LedgerUnavailableException)
        {
            // Storage that is away is told to the caller; a policy that cannot be understood is an answer.
            return NoAnswer;
        }

        return version?.Reference.PolicyHash == bound.PolicyHash ? await policy.AskAsync(question) : NoAnswer;
    }
}
