using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;
using Gantral.Grains.Authority;

namespace Gantral.Lives;

/// <summary>
/// One instance and what happens to it. Ids, salts and times come from a name and a counter, so the same life has the
/// same bytes on every machine.
/// </summary>
public sealed class Life
{
    private readonly string _name;
    private int _made;

    /// <summary>Begins a life; its workflow and policy are registered unless the log has them.</summary>
    public Life(PaperLog log, string name, Mode mode = Mode.Enforce, Materiality materiality = Materiality.High, string team = "payments")
    {
        (Log, _name) = (log, name);
        InstanceId = NewId();
        Binding = Register(log, mode, materiality, team);
    }

    /// <summary>The log.</summary>
    public PaperLog Log { get; }

    /// <summary>The id.</summary>
    public Guid InstanceId { get; }

    /// <summary>What the instance is bound to.</summary>
    public Binding Binding { get; init; }

    /// <summary>What the workflow says.</summary>
    public WorkflowTerms Terms { get; init; } = new(FrozenSet.Create("plan", "deploy")) { DefaultApproverRoles = ["release-manager"] };

    /// <summary>The instance as it is.</summary>
    public Instance? Instance { get; private set; }

    /// <summary>The agent that creates and asks.</summary>
    public static Actor Agent { get; } = new("agent-7", "https://issuer.example", ActorKind.Workload) { Client = "deploy-bot" };

    /// <summary>A runner.</summary>
    public static Actor Runner { get; } = new("runner-1", "https://issuer.example", ActorKind.Workload);

    /// <summary>A person.</summary>
    public static Actor Person(string id) => new(id, "https://issuer.example", ActorKind.Human) { Client = "gantral-web" };

    /// <summary>Canonical JSON of a text.</summary>
    public static CanonicalBytes Json(string text) => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(text));

    /// <summary>Policy lets it pass.</summary>
    public static PolicyAnswer Allow { get; } = new PolicyAnswer.Advised(new PolicyAdvice(PolicyDecision.Allow));

    /// <summary>Policy says no.</summary>
    public static PolicyAnswer Deny { get; } = new PolicyAnswer.Advised(new PolicyAdvice(PolicyDecision.Deny));

    /// <summary>Policy asks for a person.</summary>
    public static PolicyAnswer Ask(
        TimeSpan? timeout = null, OnTimeout onTimeout = OnTimeout.FailClosed, int approvals = 1, bool distinct = false, TimeSpan? executeWithin = null,
        ImmutableArray<string>? roles = null, ImmutableArray<string>? escalation = null) =>
        new PolicyAnswer.Advised(new PolicyAdvice(PolicyDecision.RequireHuman)
        {
            EligibleApproverRoles = roles ?? ["release-manager"],
            EscalationRoles = escalation ?? (onTimeout == OnTimeout.Escalate ? ["cto"] : []),
            Timeout = timeout,
            OnTimeout = onTimeout,
            ApprovalsRequired = approvals,
            DistinctRoles = distinct,
            ExecuteWithin = executeWithin,
        });

    /// <summary>Lets time pass.</summary>
    public Life Wait(TimeSpan span)
    {
        Log.Now = Log.Now.Plus(span);
        return this;
    }

    /// <summary>Rules on a command and commits what comes of it.</summary>
    public Ruling Rule(Func<Digest, Command> command)
    {
        Log.Now = Log.Now.Plus(TimeSpan.FromMilliseconds(250));
        var ruling = AuthorityCore.Rule(Instance, command(NewCommandId()), Terms, NewMoment());
        foreach (var entry in ruling.Entries)
        {
            Log.Add(entry);
        }

        Instance = ruling.Instance;
        return ruling;
    }

    /// <summary>Carries out a command that must not be refused.</summary>
    public Life Do(Func<Digest, Command> command) =>
        Rule(command) is { Refusal: { } refusal } ? throw new InvalidOperationException($"{refusal.Code}: {refusal.Message}") : this;

    /// <summary>Creates and starts.</summary>
    public Life Create(PolicyAnswer? start, string trigger = """{"change":"CHG-1","environment":"production"}""") =>
        Do(id => new Command.Create(Agent, id, InstanceId, Binding, Json(trigger), start));

    /// <summary>Asks before a step.</summary>
    public Life Request(PolicyAnswer answer, string context = """{"amount":1250,"environment":"production"}""", string step = "deploy") =>
        Do(id => new Command.RequestAuthority(Agent, id, step, Json(context), answer));

    /// <summary>What a person would send.</summary>
    public Command.Decide Decision(Digest id, string person, DecisionType type, string role = "release-manager", string? delta = null) =>
        new(Person(person), id, type, role, [role], Instance!.Pending!.Request.ContextSnapshotHash, $"{person} has read the change")
        {
            ContextDelta = delta is null ? null : Json(delta),
        };

    /// <summary>A person decides.</summary>
    public Life Decide(string person, DecisionType type, string role = "release-manager", string? delta = null, Delegation? delegation = null) =>
        Do(id => Decision(id, person, type, role, delta) with { Delegation = delegation });

    /// <summary>A new process takes up the work.</summary>
    public Life Resume() => Do(id => new Command.Claim(Runner, id, WorkKind.Resume));

    /// <summary>The agent finishes.</summary>
    public Life Complete(Cost? cost = null) => Do(id => new Command.Complete(Runner, id) { Cost = cost });

    /// <summary>The agent checkpoints and exits.</summary>
    public Life Suspend() => Do(id => new Command.Suspend(Runner, id, Json("""{"hash":"sha256:00","ref":"s3://bucket/checkpoint"}"""), Allow));

    /// <summary>Time is over.</summary>
    public Life Expire(Deadline deadline = Deadline.Decision) => Do(id => new Command.Expire(id, deadline));

    /// <summary>A person lends a role.</summary>
    public Delegation Delegate(string from, string to, TimeSpan lasting, string role = "release-manager")
    {
        var grant = new DelegationGrant(Person(to).Person, role, Log.Now.Plus(lasting));
        var ruling = DelegationCore.Grant(Person(from), [role], Binding.OwningTeamId, grant, "on leave this week", NewCommandId(), NewMoment());
        Log.Add(ruling.Entry!);
        return ruling.Delegation!;
    }

    /// <summary>The grantor ends a delegation.</summary>
    public Delegation Revoke(Delegation delegation, string by)
    {
        var ruling = DelegationCore.Revoke(delegation, Person(by), "back from leave", NewCommandId(), NewMoment());
        Log.Add(ruling.Entry!);
        return ruling.Delegation!;
    }

    /// <summary>A moment with unused ids and salts.</summary>
    public Moment NewMoment() => new(Log.Now, NewId(), Stretch("salt", Moment.SaltBytes));

    /// <summary>An unused command id.</summary>
    public Digest NewCommandId() => new(Stretch("command", Digest.Size));

    private Guid NewId()
    {
        var bytes = Stretch("id", 16);
        bytes[6] = (byte)(bytes[6] & 0x0f | 0x70);
        bytes[8] = (byte)(bytes[8] & 0x3f | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private byte[] Stretch(string what, int length)
    {
        var bytes = new byte[length];
        Span<byte> counter = stackalloc byte[4];
        var seed = Encoding.UTF8.GetBytes($"{_name}/{what}/{_made++}");
        for (var done = 0; done < length; done += Digest.Size)
        {
            BinaryPrimitives.WriteInt32BigEndian(counter, done);
            var block = SHA256.HashData([.. seed, .. counter]);
            block.AsSpan(0, Math.Min(Digest.Size, length - done)).CopyTo(bytes.AsSpan(done));
        }

        return bytes;
    }

    private static Binding Register(PaperLog log, Mode mode, Materiality materiality, string team)
    {
        var policy = Json("""{"default":{"decision":"ALLOW"},"evaluator":"rules","policy_id":"deploy-guard","version":"7"}""");
        var workflow = Json($$"""{"materiality":"{{materiality}}","mode":"{{mode}}","steps":[{"step":"plan"},{"governed":true,"step":"deploy"}],"team":"{{team}}"}""");
        var binding = new Binding
        {
            WorkflowId = "deploy",
            WorkflowVersion = $"{team}-{materiality}-{mode}",
            WorkflowHash = PayloadHashing.Definition(workflow),
            OwningTeamId = team,
            Materiality = materiality,
            PolicyVersionId = "deploy-guard@7",
            PolicyHash = PayloadHashing.Definition(policy),
            Mode = mode,
        };
        RegisterOnce(log, log.Governing(Subject.Policy(binding.PolicyVersionId), EventType.PolicyRegistered) with
        {
            OwningTeamId = "platform",
            Policy = new PolicyReference(binding.PolicyVersionId, binding.PolicyHash),
        }, policy);
        RegisterOnce(log, log.Governing(Subject.Workflow(binding.WorkflowId, binding.WorkflowVersion), EventType.WorkflowRegistered) with { Binding = binding }, workflow);
        return binding;
    }

    private static void RegisterOnce(PaperLog log, Entry entry, CanonicalBytes definition)
    {
        if (log.Entries.All(known => known.Entry.Subject != entry.Subject))
        {
            var salt = SHA256.HashData(Encoding.UTF8.GetBytes(entry.Subject.Id)).AsMemory(0, PrivateField.SaltSize);
            log.Add(SealedEntry.Seal(entry with { Actor = Person("author-1") }, new PrivateField(PrivateFieldNames.Definition, salt, definition)));
        }
    }
}
