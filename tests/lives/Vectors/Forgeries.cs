using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Verification;
using Gantral.Grains.Authority;

namespace Gantral.Lives.Vectors;

/// <summary>Every way in which evidence can be wrong although every hash and signature in it is right.</summary>
public static class Forgeries
{
    private static readonly Digest OtherHash = new([.. Enumerable.Repeat((byte)7, Digest.Size)]);

    /// <summary>The frozen cases.</summary>
    public static IEnumerable<VectorCase> Cases() => Edges().Concat(Decisions()).Concat(Quorums()).Concat(Deadlines()).Concat(Bindings());

    private static IEnumerable<VectorCase> Edges()
    {
        yield return Wrong("edge-running-to-approved", FindingCode.IllegalEdge, ValidLives.Approve, forgery => forgery
            .Drop(entry => entry.Type is EventType.WaitingForHuman or EventType.Suspended)
            .Change(Is(EventType.Approved), entry => entry with { FromState = ExecutionState.Running }));
        yield return Wrong("edge-rejected-to-resumed", FindingCode.IllegalEdge, ValidLives.All["reject"], forgery => forgery
            .Change(Is(EventType.Terminated), entry => entry with { Type = EventType.Resumed, State = ExecutionState.Resumed, Reason = null }));
        yield return Wrong("edge-out-of-an-end", FindingCode.IllegalEdge, ValidLives.Approve, forgery => forgery
            .Repeat(Is(EventType.Completed)));
        yield return Wrong("edge-forgotten-state", FindingCode.IllegalEdge, ValidLives.Approve, forgery => forgery
            .Drop(Is(EventType.Resumed)));
        yield return Wrong("begins-in-the-middle", FindingCode.IllegalEdge, ValidLives.Approve, forgery => forgery
            .Drop(Is(EventType.Created)).Change(Is(EventType.Running), entry => entry));
        yield return Wrong("event-in-the-wrong-state", FindingCode.IllegalEvent, ValidLives.All["timeout"], forgery => forgery
            .Change(Is(EventType.Timeout), entry => entry with { Type = EventType.StepAllowed, Advice = Allowed }));
        yield return Wrong("started-without-policy", FindingCode.IllegalEvent, ValidLives.Approve, forgery => forgery
            .Change(Is(EventType.Running), entry => entry with { Advice = null })
            .Drop(Is(EventType.WaitingForHuman, EventType.Approved, EventType.Resumed))
            .Change(entry => entry.Type == EventType.Suspended, entry => entry with { FromState = ExecutionState.Running, State = ExecutionState.Running })
            .Drop(entry => entry is { Type: EventType.Running, FromState: ExecutionState.Resumed }));
        yield return Wrong("step-allowed-against-policy", FindingCode.IllegalEvent, ValidLives.All["observe"], forgery => forgery
            .Change(Is(EventType.StepAllowed), entry => entry with { Advice = entry.Advice! with { Decision = PolicyDecision.Deny } }));
        yield return Wrong("observed-while-enforcing", FindingCode.IllegalEvent, ValidLives.All["observe"], forgery => forgery
            .ChangeFrom(Is(EventType.Created), entry => entry with { Binding = entry.Binding! with { Mode = Mode.Enforce } }));
    }

    private static IEnumerable<VectorCase> Decisions()
    {
        yield return Wrong("decided-by-a-workload", FindingCode.NotHuman, ValidLives.Approve, forgery => forgery
            .Change(Is(EventType.Approved), entry => entry with { Actor = entry.Actor with { Kind = ActorKind.Workload } }));
        yield return Wrong("decided-in-another-role", FindingCode.NotEligible, ValidLives.Approve, forgery => forgery
            .Change(Is(EventType.Approved), entry => entry with { Actor = entry.Actor with { Role = "intern" } }));
        yield return Wrong("decided-without-a-role", FindingCode.NotEligible, ValidLives.Approve, forgery => forgery
            .Change(Is(EventType.Approved), entry => entry with { Actor = entry.Actor with { Role = null } }));
        yield return Wrong("decided-by-the-creator", FindingCode.NotEligible, ValidLives.Approve, forgery => forgery
            .Change(Is(EventType.Created), entry => entry with { Actor = Life.Person("alice") }));
        yield return Wrong("decided-by-the-requester", FindingCode.NotEligible, ValidLives.Approve, forgery => forgery
            .Change(Is(EventType.WaitingForHuman), entry => entry with { Actor = Life.Person("alice") }));
        yield return Wrong("decided-on-another-snapshot", FindingCode.StaleContext, ValidLives.Approve, forgery => forgery
            .Change(Is(EventType.Approved), entry => entry with { Decision = entry.Decision! with { ContextSnapshotHash = OtherHash } }));
        yield return Wrong("decided-twice", FindingCode.IllegalEdge, ValidLives.Approve, forgery => forgery
            .Repeat(Is(EventType.Approved)));
        yield return Wrong("override-without-delta", FindingCode.ContextDeltaRequired, ValidLives.All["override"], forgery => forgery
            .Change(Is(EventType.Overridden), entry => entry with { Decision = entry.Decision! with { ContextDeltaHash = null } }));
        yield return Wrong("approval-with-delta", FindingCode.ContextDeltaRequired, ValidLives.Approve, forgery => forgery
            .Change(Is(EventType.Approved), entry => entry with { Decision = entry.Decision! with { ContextDeltaHash = OtherHash } }));
        yield return Wrong("rejection-recorded-as-approval", FindingCode.IllegalEvent, ValidLives.Approve, forgery => forgery
            .Change(Is(EventType.Approved), entry => entry with { Decision = entry.Decision! with { DecisionType = DecisionType.Reject } }));
        yield return Wrong("resumed-by-somebody-else", FindingCode.IllegalEvent, ValidLives.Approve, forgery => forgery
            .Change(Is(EventType.Resumed), entry => entry with { Actor = Life.Person("mallory") }));
    }

    private static IEnumerable<VectorCase> Quorums()
    {
        yield return Wrong("quorum-one-too-few", FindingCode.QuorumNotMet, ValidLives.All["quorum"], forgery => forgery
            .Drop(Is(EventType.DecisionRecorded)));
        yield return Wrong("quorum-one-person-twice", FindingCode.QuorumNotMet, ValidLives.All["quorum"], forgery => forgery
            .Change(Is(EventType.Approved), entry => entry with { Actor = Life.Person("alice") with { Role = "security" } })
            .Change(Is(EventType.Resumed), entry => entry with { Actor = Life.Person("alice") with { Role = "security" } }));
        yield return Wrong("quorum-one-role-twice", FindingCode.QuorumNotMet, ValidLives.All["quorum"], forgery => forgery
            .Change(Is(EventType.Approved), entry => entry with { Actor = entry.Actor with { Role = "release-manager" } }));
        yield return Wrong("quorum-recorded-too-often", FindingCode.QuorumNotMet, ValidLives.All["quorum"], forgery => forgery
            .Change(Is(EventType.WaitingForHuman), entry => entry with { Authority = entry.Authority! with { ApprovalsRequired = 1 } }));
        yield return Wrong("delegation-to-somebody-else", FindingCode.DelegationNotValid, ValidLives.Delegated, forgery => forgery
            .Change(Is(EventType.Approved), entry => entry with { Actor = Life.Person("mallory") with { Role = "release-manager" } })
            .Change(Is(EventType.Resumed), entry => entry with { Actor = Life.Person("mallory") with { Role = "release-manager" } }));
        yield return Wrong("delegation-after-its-end", FindingCode.DelegationNotValid, Unhurried, forgery => forgery
            .ChangeFrom(Is(EventType.Approved), entry => entry with { At = entry.At.Plus(TimeSpan.FromDays(4)) }));
        yield return Wrong("delegation-of-the-requester", FindingCode.NotEligible, ValidLives.Delegated, forgery => forgery
            .Change(Is(EventType.WaitingForHuman), entry => entry with { Actor = Life.Person("alice") }));
        yield return Wrong("delegation-of-another-entry", FindingCode.DelegationNotValid, ValidLives.Delegated, forgery => forgery
            .Change(Is(EventType.Approved), entry => entry with
            {
                Decision = entry.Decision! with { Delegation = entry.Decision.Delegation! with { EntryHash = OtherHash } },
            }));
        yield return Wrong("delegation-by-a-workload", FindingCode.DelegationNotValid, log => Lent(log, entry => entry with { Actor = entry.Actor with { Kind = ActorKind.Workload } }), forgery => forgery);
        yield return Wrong("delegation-of-a-role-not-held", FindingCode.DelegationNotValid, log => Lent(log, entry => entry with { Actor = entry.Actor with { Role = "intern" } }), forgery => forgery);
        yield return Wrong("delegation-for-too-long", FindingCode.DelegationNotValid, log => Lent(log, entry => entry with { Delegation = entry.Delegation! with { Until = entry.At.Plus(TimeSpan.FromDays(32)) } }), forgery => forgery);
        yield return Wrong("delegation-to-oneself", FindingCode.DelegationNotValid, log => Lent(log, entry => entry with { Actor = Life.Person("bob") with { Role = "release-manager" } }), forgery => forgery);
        yield return Wrong("delegation-revoked", FindingCode.DelegationNotValid, Revoked, forgery => forgery);
    }

    private static IEnumerable<VectorCase> Deadlines()
    {
        yield return Wrong("decided-at-the-deadline", FindingCode.DecisionTooLate, ValidLives.Approve, forgery =>
        {
            var decideBy = forgery.Entries.Single(entry => entry.Entry.Type == EventType.WaitingForHuman).Entry.Authority!.DecideBy!.Value;
            return forgery.ChangeFrom(Is(EventType.Approved), entry => entry with { At = decideBy });
        });
        yield return Wrong("timeout-too-early", FindingCode.IllegalEvent, ValidLives.All["timeout"], forgery => forgery
            .ChangeFrom(Is(EventType.Timeout), entry => entry with { At = entry.At.Plus(-TimeSpan.FromMinutes(1)) }));
        yield return Wrong("timeout-without-a-deadline", FindingCode.IllegalEvent, ValidLives.All["timeout"], forgery => forgery
            .Change(Is(EventType.WaitingForHuman), entry => entry with { Authority = entry.Authority! with { DecideBy = null } }));
        yield return Wrong("timeout-approves", FindingCode.IllegalEvent, ValidLives.Approve, forgery => forgery
            .Change(Is(EventType.Suspended), entry => entry with { Type = EventType.Timeout, Actor = Actor.System, At = entry.At.Plus(TimeSpan.FromMinutes(29)), PayloadHash = null })
            .ChangeFrom(Is(EventType.Approved), entry => entry with { At = entry.At.Plus(TimeSpan.FromMinutes(29)) }));
        yield return Wrong("escalation-to-others", FindingCode.IllegalEvent, ValidLives.All["escalation-timeout"], forgery => forgery
            .Change(Is(EventType.Escalated), entry => entry with { Authority = entry.Authority! with { EligibleApproverRoles = ["friend"] } }));
        yield return Wrong("escalation-with-more-time", FindingCode.IllegalEvent, ValidLives.All["escalation"], forgery => forgery
            .Change(Is(EventType.Escalated), entry => entry with { Authority = entry.Authority! with { DecideBy = entry.Authority.DecideBy!.Value.Plus(TimeSpan.FromDays(1)) } }));
        yield return Wrong("escalation-skipped", FindingCode.IllegalEvent, ValidLives.All["escalation-timeout"], forgery =>
        {
            var first = true;
            forgery.Drop(entry => entry.Type == EventType.Escalated || (entry.Type == EventType.Timeout && !(first && (first = false) == false)));
            return forgery;
        });
        yield return Wrong("approval-taken-up-too-late", FindingCode.ApprovalExpired, TakenUp, forgery => forgery
            .ChangeFrom(entry => entry is { Type: EventType.Running, FromState: ExecutionState.Resumed }, entry => entry with { At = entry.At.Plus(TimeSpan.FromMinutes(6)) }));
        yield return Wrong("evidence-failure-by-a-person", FindingCode.IllegalEvent, ValidLives.All["evidence-failure"], forgery => forgery
            .Change(Is(EventType.Terminated), entry => entry with { Actor = Life.Person("mallory") }));
        yield return Wrong("time-steps-back", FindingCode.TimeSteppedBack, ValidLives.Approve, forgery => forgery
            .Change(Is(EventType.Completed), entry => entry with { At = entry.At.Plus(-TimeSpan.FromSeconds(1)) }));
    }

    private static IEnumerable<VectorCase> Bindings()
    {
        yield return Bound("changed-workflow", binding => binding with { WorkflowHash = OtherHash });
        yield return Bound("changed-policy", binding => binding with { PolicyVersionId = "lenient@1" });
        yield return Bound("changed-mode", binding => binding with { Mode = Mode.Observe });
        yield return Bound("changed-team", binding => binding with { OwningTeamId = "search" });
        yield return Bound("changed-materiality", binding => binding with { Materiality = Materiality.Low });
        yield return Wrong("bound-to-another-workflow", FindingCode.GoverningMismatch, ValidLives.Approve, forgery => forgery
            .ChangeFrom(Is(EventType.Created), entry => entry with { Binding = entry.Binding! with { WorkflowHash = OtherHash } }));
        yield return Wrong("bound-to-a-later-policy", FindingCode.GoverningMismatch, ValidLives.Approve, forgery => forgery.GovernedLater());
        yield return Wrong("bound-to-another-mode", FindingCode.GoverningMismatch, ValidLives.All["agent-suspends-itself"], forgery => forgery
            .ChangeFrom(Is(EventType.Created), entry => entry with { Binding = entry.Binding! with { Mode = Mode.Observe } }));
        yield return Wrong("bound-to-another-policy", FindingCode.GoverningMismatch, ValidLives.Approve, forgery => forgery
            .ChangeFrom(Is(EventType.Created), entry => entry with { Binding = entry.Binding! with { PolicyHash = OtherHash } }));
    }

    private static VectorCase Bound(string name, Func<Binding, Binding> how) => Wrong(name, FindingCode.BindingChanged, ValidLives.Approve, forgery => forgery
        .ChangeFrom(Is(EventType.Approved), entry => entry with { Binding = how(entry.Binding!) }));

    private static VectorCase Wrong(string name, FindingCode code, Func<PaperLog, Life> live, Func<Forgery, Forgery> forge) =>
        new($"forged-{name}", Verdict.Invalid, code, () => forge(new Forgery(live)).ToBytes());

    private static Func<Entry, bool> Is(params EventType[] types) => entry => types.Contains(entry.Type);

    private static Advice Allowed { get; } = new() { Step = "deploy", Decision = PolicyDecision.Allow, ContextSnapshotHash = OtherHash };

    private static Life TakenUp(PaperLog log) => new Life(log, "taken-up").Create(Life.Allow)
        .Request(Life.Ask(TimeSpan.FromMinutes(30), executeWithin: TimeSpan.FromMinutes(5))).Decide("alice", DecisionType.Approve).Resume().Complete();

    private static Life Unhurried(PaperLog log)
    {
        var life = new Life(log, "unhurried").Create(Life.Allow).Request(Life.Ask());
        var lent = life.Delegate("alice", "bob", TimeSpan.FromDays(3));
        return life.Decide("bob", DecisionType.Approve, delegation: lent).Resume().Complete();
    }

    // A grant that the core would have refused, used as if it had not.
    private static Life Lent(PaperLog log, Func<Entry, Entry> how)
    {
        var life = new Life(log, "lent").Create(Life.Allow).Request(Life.Ask());
        var aside = new PaperLog(log.Origin, log.Signer, log.Now);
        new Life(aside, "aside").Delegate("alice", "bob", TimeSpan.FromDays(3));
        var grant = SealedEntry.Seal(how(aside.Entries[^1].Entry), [.. aside.Entries[^1].Payload]);
        log.Add(grant);
        return life.Decide("bob", DecisionType.Approve, delegation: DelegationCore.Apply(null, grant)).Resume().Complete();
    }

    private static Life Revoked(PaperLog log)
    {
        var life = new Life(log, "revoked").Create(Life.Allow).Request(Life.Ask());
        var lent = life.Delegate("alice", "bob", TimeSpan.FromDays(3));
        life.Revoke(lent, "alice");
        return life.Decide("bob", DecisionType.Approve, delegation: lent).Resume().Complete();
    }
}
