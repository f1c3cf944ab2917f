using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Entries;

/// <summary>Which fields an entry of each kind has, and which it has not. The writer and the reader ask the same table.</summary>
public static class EntryShape
{
    /// <summary>What is wrong with the shape of an entry, or nothing.</summary>
    public static string? Fault(Entry entry) =>
        entry.Sequence < 1 ? "its sequence starts below 1"
        : (entry.Sequence == 1) != (entry.PrevHash == Digest.Zero) ? "only the first entry of a subject has no predecessor"
        : entry.Actor.Id.Length == 0 || entry.Actor.Issuer.Length == 0 || entry.Actor.Role is "" || entry.Actor.Client is "" ? "an actor has an id and an issuer, and no empty names"
        : entry.Subject.Type != SubjectOf(entry.Type) ? $"{entry.Type} is not an event of a {entry.Subject.Type}"
        : BindingFault(entry) ?? StateFault(entry) ?? BodyFault(entry);

    private static SubjectType SubjectOf(EventType type) => type switch
    {
        EventType.WorkflowRegistered => SubjectType.Workflow,
        EventType.PolicyRegistered => SubjectType.Policy,
        EventType.DelegationGranted or EventType.DelegationRevoked => SubjectType.Delegation,
        EventType.KeyIntroduced or EventType.KeyRetired => SubjectType.Key,
        EventType.SettingChanged or EventType.LogOpened => SubjectType.Setting,
        _ => SubjectType.Instance,
    };

    private static string? BindingFault(Entry entry)
    {
        var bound = entry.Subject.Type is SubjectType.Instance or SubjectType.Workflow;
        return bound != entry.Binding is not null ? "an instance and a workflow are bound, nothing else is"
            : bound && (entry.OwningTeamId ?? entry.Policy as object) is not null ? "team and policy of a bound subject stand in its binding"
            : (entry.Policy is not null) != (entry.Subject.Type == SubjectType.Policy) ? "a policy names its version, nothing else does"
            : entry.OwningTeamId is null && entry.Subject.Type is SubjectType.Policy or SubjectType.Delegation ? "a policy and a delegation have a team"
            : null;
    }

    private static string? StateFault(Entry entry)
    {
        if (entry.Subject.Type != SubjectType.Instance)
        {
            return entry.State is null && entry.FromState is null ? null : "only an instance has a state";
        }

        return entry.State is null ? "an instance has a state"
            : !Guid.TryParseExact(entry.Subject.Id, "D", out var id) || id.ToString("D") != entry.Subject.Id ? "an instance's id is a UUID"
            : (entry.FromState is null) != (entry.Type == EventType.Created) ? "only a created instance comes from no state"
            : null;
    }

    private static string? BodyFault(Entry entry)
    {
        var type = entry.Type;
        return Mismatch(entry.Authority, type is EventType.WaitingForHuman or EventType.Escalated) ? "authority stands on what waits for a person"
            : Mismatch(entry.Decision, IsDecision(type)) ? "a decision stands on what a person decided"
            : Mismatch(entry.Delegation, type == EventType.DelegationGranted) ? "a delegation stands on its grant"
            : Mismatch(entry.Key, type == EventType.KeyIntroduced) ? "a key stands on its introduction"
            : Mismatch(entry.Log, type == EventType.LogOpened) ? "an origin stands on the first entry of a log"
            : Mismatch(entry.Cost, type == EventType.CostRecorded) ? "a cost stands on a recorded cost"
            : Mismatch(entry.Redaction, type == EventType.Redacted) ? "a redaction stands on a redacted event"
            : CostFault(entry.Cost) ?? ReasonFault(entry) ?? AdviceFault(entry) ?? AuthorityFault(entry.Authority);
    }

    // Amounts are added up from entries alone, so each is a number in one plain spelling.
    private static string? CostFault(Cost? cost) =>
        cost is null ? null
        : Cost.CurrencyFault(cost.Currency) is { } currency ? $"a currency {currency}"
        : Cost.AmountFault(cost.Amount) is { } amount ? $"an amount {amount}"
        : null;

    private static string? ReasonFault(Entry entry) => entry.Type switch
    {
        EventType.Terminated => entry.Reason is null ? "a terminated instance has a reason" : null,
        EventType.Observed => null,
        _ => entry.Reason is null ? null : "a reason stands on an end or an observation",
    };

    private static string? AdviceFault(Entry entry) => entry.Type switch
    {
        EventType.StepAllowed or EventType.Observed => entry.Advice is null ? "policy's advice is missing" : null,
        EventType.Terminated when entry.Reason is Reason.PolicyDenied or Reason.PolicyUnavailable or Reason.ConflictingPolicy =>
            entry.Advice is null ? "policy's advice is missing" : null,
        EventType.Running => null,
        _ => entry.Advice is null ? null : "advice stands on what policy caused",
    };

    private static string? AuthorityFault(AuthorityRequest? authority) =>
        authority is null ? null
        : authority.ApprovalsRequired < 1 ? "at least one approval is required"
        : authority.EligibleApproverRoles.IsDefaultOrEmpty ? "somebody must be eligible"
        : null;

    /// <summary>Whether an event is a person's decision.</summary>
    public static bool IsDecision(EventType type) => type is EventType.DecisionRecorded or EventType.Approved or EventType.Rejected or EventType.Overridden;

    private static bool Mismatch(object? body, bool expected) => body is not null != expected;
}
