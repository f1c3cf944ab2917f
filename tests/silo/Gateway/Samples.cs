using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>Instances and versions as grains would answer them.</summary>
internal static class Samples
{
    public static Guid Id { get; } = Guid.Parse("01980000-0000-7000-8000-000000000001");

    public static Instant At { get; } = new(1_772_600_000_123);

    public static Actor Agent { get; } = new("agent-7", "gantral-dev", ActorKind.Workload);

    public static Binding Binding { get; } = new()
    {
        WorkflowId = "deploy",
        WorkflowVersion = "3",
        WorkflowHash = Hash(1),
        OwningTeamId = "payments",
        Materiality = Materiality.High,
        PolicyVersionId = "deploy-guard@7",
        PolicyHash = Hash(2),
        Mode = Mode.Enforce,
    };

    public static Instance Running(string team = "payments") => new()
    {
        InstanceId = Id,
        Binding = Binding with { OwningTeamId = team },
        State = ExecutionState.Running,
        Sequence = 2,
        Head = Hash(3),
        Creator = Agent,
        CreatedAt = At,
        UpdatedAt = At,
        TriggerContext = new PrivateField(PrivateFieldNames.TriggerContext, new byte[16], Json("""{"change":"CHG-1"}""")),
        Context = Json("""{"change":"CHG-1"}"""),
    };

    public static Instance Waiting(params string[] roles) => Running() with
    {
        State = ExecutionState.WaitingForHuman,
        Sequence = 3,
        Pending = new Pending(
            new AuthorityRequest { Step = "deploy", EligibleApproverRoles = [.. roles], EscalationRoles = ["cto"], DecideBy = At.Plus(TimeSpan.FromMinutes(30)), OnTimeout = OnTimeout.Escalate, ContextSnapshotHash = Snapshot.Hash() },
            Agent,
            At)
        {
            Snapshot = Snapshot,
        },
    };

    public static PrivateField Snapshot { get; } = new(PrivateFieldNames.ContextSnapshot, Enumerable.Range(0, 16).Select(value => (byte)value).ToArray(), Json("""{"environment":"production"}"""));

    public static PolicyVersion Policy(string id = "deploy-guard@7") => new()
    {
        Reference = new PolicyReference(id, Hash(2)),
        OwningTeamId = "payments",
        Teams = ["risk"],
        Definition = Json("""{"policy_id":"deploy-guard"}"""),
        RegisteredAt = At,
        RegisteredBy = Agent,
    };

    public static WorkflowVersion Workflow() => new()
    {
        Binding = Binding,
        Definition = Json("""{"workflow_id":"deploy"}"""),
        Steps = [new WorkflowStep("plan", [], false), new WorkflowStep("deploy", ["plan"], true)],
        Queue = "payments-agents",
        DefaultApproverRoles = ["release-manager"],
        StartAttempts = 3,
        ResumeAttempts = 1,
        RegisteredAt = At,
        RegisteredBy = Agent,
    };

    public static Entry Approval(Actor person) => new()
    {
        Subject = Subject.Instance(Id),
        Sequence = 4,
        PrevHash = Hash(3),
        Type = EventType.Approved,
        FromState = ExecutionState.WaitingForHuman,
        State = ExecutionState.Approved,
        At = At,
        Actor = person with { Role = "release-manager" },
        Binding = Binding,
        Decision = new Decision(Id, DecisionType.Approve, Snapshot.Hash(), Hash(5)),
    };

    public static Delegation Lent(string grantor) => new(
        new DelegationReference(Id, Hash(6), new Person(grantor, "gantral-dev")), "payments", new DelegationGrant(new Person("bob", "gantral-dev"), "release-manager", At.Plus(TimeSpan.FromDays(1))), At)
    { Head = Hash(6), Sequence = 1 };

    public static CanonicalBytes Json(string text) => CanonicalJson.Canonicalize(System.Text.Encoding.UTF8.GetBytes(text));

    public static Digest Hash(byte value) => new([.. Enumerable.Repeat(value, Digest.Size)]);
}
