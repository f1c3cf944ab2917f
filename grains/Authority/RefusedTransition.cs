using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Authority;

/// <summary>Says why a command does not fit the state, naming what happened instead.</summary>
internal static class RefusedTransition
{
    /// <summary>The refusal of a command for which the table has no edge from here.</summary>
    public static Ruling RefuseTransition(this Draft draft, string what)
    {
        var instance = draft.Instance;
        var state = WireName.Of(instance.State);
        return draft.Refuse(RefusalCode.InvalidTransition, instance.State switch
        {
            ExecutionState.Terminated or ExecutionState.Completed when instance.LastDecision is { } decision =>
                $"Cannot {what}: the instance is {state}{Because(instance)}. {Describe(decision)}",
            ExecutionState.Terminated or ExecutionState.Completed =>
                $"Cannot {what}: the instance is {state}{Because(instance)}, and nothing follows an end.",
            ExecutionState.WaitingForHuman =>
                $"Cannot {what}: the instance is {state} until one of {string.Join(", ", instance.Pending!.Request.EligibleApproverRoles)} decides.",
            ExecutionState.Resumed when instance.LastDecision is { } decision =>
                $"Cannot {what}: the instance is {state}; a runner takes up the work first. {Describe(decision)}",
            ExecutionState.Created => $"Cannot {what}: the instance is {state}; start it first.",
            _ => instance.LastDecision is { } decision
                ? $"Cannot {what}: the instance is {state}. {Describe(decision)}"
                : $"Cannot {what}: the instance is {state}.",
        });
    }

    private static string Because(Instance instance) =>
        instance.Reason is { } reason ? $" ({WireName.Of(reason)})" : "";

    private static string Describe(DecisionMade decision) =>
        $"Decision {decision.DecisionId:D} ({WireName.Of(decision.Type)}) was made at {decision.At}.";
}
