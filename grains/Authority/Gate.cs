using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Entries;

namespace Gantral.Grains.Authority;

/// <summary>
/// Where execution goes on, stops for a person, or ends. Policy advises, this enforces: whatever is not a clear ALLOW
/// never lets anything pass, except in shadow mode, where everything passes and is recorded.
/// </summary>
internal static class Gate
{
    /// <summary>Starts an instance. A start always passes RUNNING, whatever policy then requires.</summary>
    public static void Start(Draft draft, PolicyAnswer answer)
    {
        // What policy saw at the start is the trigger context itself: the same content, salt and hash.
        var shown = draft.Instance.TriggerContext! with { Name = PrivateFieldNames.ContextSnapshot };
        var allowed = answer is PolicyAnswer.Advised { Advice.Decision: PolicyDecision.Allow };
        draft.Enter(ExecutionState.Running, entry => entry with { Advice = allowed ? Advice(null, shown, answer) : null });
        if (!allowed)
        {
            Apply(draft, null, shown, answer);
        }
    }

    /// <summary>Asks before a governed step.</summary>
    public static Ruling Request(Draft draft, Command.RequestAuthority request)
    {
        if (draft.Instance.State != ExecutionState.Running)
        {
            return draft.RefuseTransition($"ask for step '{request.Step}'");
        }

        if (!draft.Terms.Steps.Contains(request.Step))
        {
            return draft.Refuse(RefusalCode.UnknownStep, $"The workflow declares no step '{request.Step}'; it declares {string.Join(", ", draft.Terms.Steps.Order(StringComparer.Ordinal))}.");
        }

        var shown = draft.Private(PrivateFieldNames.ContextSnapshot, request.ExecutionContext);
        Apply(draft, request.Step, shown, request.Answer);
        return draft.Commit();
    }

    /// <summary>Stops for a person because the agent suspended by itself, whatever policy says short of naming who decides.</summary>
    public static bool TryStopFor(Draft draft, PrivateField shown, PolicyAnswer? answer)
    {
        var advice = answer is PolicyAnswer.Advised { Advice: { Decision: PolicyDecision.RequireHuman } advised } && !Contradicts(advised)
            ? advised
            : Instead(draft, answer as PolicyAnswer.Unavailable);
        if (advice.EligibleApproverRoles.IsEmpty)
        {
            return false;
        }

        Stop(draft, null, shown, advice);
        return true;
    }

    private static void Apply(Draft draft, string? step, PrivateField shown, PolicyAnswer answer)
    {
        var observing = draft.Instance.Binding.Mode == Mode.Observe;
        switch (answer)
        {
            case PolicyAnswer.Advised { Advice.Decision: PolicyDecision.Allow }:
                draft.Record(EventType.StepAllowed, entry => entry with { Advice = Advice(step, shown, answer) }, shown);
                break;
            case PolicyAnswer.Advised { Advice: { Decision: PolicyDecision.RequireHuman } advice } when !Contradicts(advice):
                if (observing)
                {
                    Observe(draft, step, shown, answer, null);
                }
                else
                {
                    Stop(draft, step, shown, advice);
                }

                break;
            case PolicyAnswer.Unavailable unavailable when !observing && AsksPeopleInstead(draft):
                Stop(draft, step, shown, Instead(draft, unavailable));
                break;
            default:
                var reason = ReasonOf(answer);
                if (observing)
                {
                    Observe(draft, step, shown, answer, reason);
                }
                else
                {
                    draft.Terminate(reason, Advice(step, shown, answer), step is null ? [] : [shown]);
                }

                break;
        }
    }

    private static void Stop(Draft draft, string? step, PrivateField shown, PolicyAdvice advice)
    {
        var request = new AuthorityRequest
        {
            Step = step,
            EligibleApproverRoles = advice.EligibleApproverRoles,
            EscalationRoles = advice.EscalationRoles,
            ApprovalsRequired = advice.ApprovalsRequired,
            DistinctRoles = advice.DistinctRoles,
            DecideBy = advice.Timeout is { } timeout ? draft.Now.Plus(timeout) : null,
            ExecuteWithin = advice.ExecuteWithin,
            OnTimeout = advice.OnTimeout,
            ContextSnapshotHash = shown.Hash(),
        };
        draft.Enter(ExecutionState.WaitingForHuman, entry => entry with { Authority = request }, shown);
    }

    private static void Observe(Draft draft, string? step, PrivateField shown, PolicyAnswer answer, Reason? reason) =>
        draft.Record(
            EventType.Observed,
            entry => entry with { Advice = Advice(step, shown, answer), Reason = reason },
            step is null ? [] : [shown]);

    // One policy that is away must not be a way around another that answered and named who decides.
    private static PolicyAdvice Instead(Draft draft, PolicyAnswer.Unavailable? unavailable) =>
        unavailable?.Demand is { } demand && !Contradicts(demand)
            ? demand
            : new PolicyAdvice(PolicyDecision.RequireHuman) { EligibleApproverRoles = draft.Terms.DefaultApproverRoles };

    private static bool AsksPeopleInstead(Draft draft) =>
        draft.Terms is { HumanWhenPolicyUnavailable: true, DefaultApproverRoles.IsEmpty: false }
        && draft.Instance.Binding.Materiality is Materiality.Low or Materiality.Medium;

    private static Reason ReasonOf(PolicyAnswer answer) => answer switch
    {
        PolicyAnswer.Unavailable => Reason.PolicyUnavailable,
        PolicyAnswer.Advised { Advice.Decision: PolicyDecision.Deny } => Reason.PolicyDenied,
        _ => Reason.ConflictingPolicy,
    };

    // A REQUIRE_HUMAN that no set of people could ever satisfy must not become a wait without an end.
    internal static bool Contradicts(PolicyAdvice advice) =>
        advice.EligibleApproverRoles.IsDefaultOrEmpty
        || advice.ApprovalsRequired is < 1 or > MostApprovals
        || (advice.DistinctRoles && advice.ApprovalsRequired > advice.EligibleApproverRoles.Distinct(StringComparer.Ordinal).Count())
        || advice.Timeout < ShortestTime
        || advice.ExecuteWithin < ShortestTime;

    private const int MostApprovals = 100;

    // Instants have milliseconds: with less, time would be over at the moment of asking.
    private static readonly TimeSpan ShortestTime = TimeSpan.FromMilliseconds(1);

    private static Advice Advice(string? step, PrivateField shown, PolicyAnswer answer)
    {
        var advice = (answer as PolicyAnswer.Advised)?.Advice;
        var asksPeople = advice?.Decision == PolicyDecision.RequireHuman && !Contradicts(advice);
        return new Advice
        {
            Step = step,
            Decision = advice?.Decision,
            ContextSnapshotHash = shown.Hash(),
            EligibleApproverRoles = asksPeople ? advice!.EligibleApproverRoles : [],
            EscalationRoles = asksPeople ? advice!.EscalationRoles : [],
            ApprovalsRequired = asksPeople ? advice!.ApprovalsRequired : null,
            DistinctRoles = asksPeople ? advice!.DistinctRoles : null,
            Timeout = asksPeople ? advice!.Timeout : null,
            OnTimeout = asksPeople ? advice!.OnTimeout : null,
            ExecuteWithin = asksPeople ? advice!.ExecuteWithin : null,
        };
    }
}
