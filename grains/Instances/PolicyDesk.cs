using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Ledger;

namespace Gantral.Grains.Instances;

/// <summary>Asks the policy version that an instance is bound to, and no other.</summary>
internal sealed class PolicyDesk(IGrains grains)
{
    private static readonly PolicyAnswer NoAnswer = new PolicyAnswer.Unavailable();

    /// <summary>Asks about a start, a step, or an agent that suspends.</summary>
    public async ValueTask<PolicyAnswer> AskAsync(
        Caller caller, Guid instanceId, Binding binding, ExecutionState state, string? step, CanonicalBytes context)
    {
        var policy = grains.Policy(binding.PolicyVersionId);
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

        return version?.Reference.PolicyHash != binding.PolicyHash ? NoAnswer : await policy.AskAsync(new PolicyQuestion
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
        });
    }
}
