using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;
using Gantral.Grains.Authority;
using Gantral.Grains.Ledger;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Tests.Ledger;

/// <summary>An instance that is lived against a ledger, ruled by the real core; its commits can be held and sent by hand.</summary>
internal sealed class Sample(PostgresLedger ledger, Guid instanceId)
{
    private static readonly WorkflowTerms Terms = new(FrozenSet.Create("plan", "deploy"));

    public static Actor Agent { get; } = new("agent-7", "https://issuer.example", ActorKind.Workload);

    public static Actor Alice { get; } = new("alice", "https://issuer.example", ActorKind.Human);

    public static PolicyAnswer Allow { get; } = new PolicyAnswer.Advised(new PolicyAdvice(PolicyDecision.Allow));

    public static PolicyAnswer Ask { get; } = new PolicyAnswer.Advised(new PolicyAdvice(PolicyDecision.RequireHuman)
    {
        EligibleApproverRoles = ["release-manager", "sre"],
        Timeout = TimeSpan.FromHours(1),
        ExecuteWithin = TimeSpan.FromHours(2),
    });

    public Guid InstanceId { get; } = instanceId;

    public Instance? Instance { get; private set; }

    public static CanonicalBytes Json(string text) => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(text));

    public static Digest NewKey() => new(RandomNumberGenerator.GetBytes(Digest.Size));

    /// <summary>Registers what instances are bound to, once.</summary>
    public static async Task<Binding> BindAsync(PostgresLedger ledger, string workflow = "deploy", string team = "payments")
    {
        var definition = Json($$"""{"team":"{{team}}","workflow":"{{workflow}}"}""");
        var hash = PayloadHashing.Definition(definition);
        var binding = new Binding
        {
            WorkflowId = workflow,
            WorkflowVersion = "1",
            WorkflowHash = hash,
            OwningTeamId = team,
            Materiality = Materiality.High,
            PolicyVersionId = $"{workflow}-guard@1",
            PolicyHash = hash,
            Mode = Mode.Enforce,
        };
        await RegisterAsync(ledger, Subject.Policy(binding.PolicyVersionId), EventType.PolicyRegistered, definition, entry => entry with { OwningTeamId = team, Policy = new PolicyReference(binding.PolicyVersionId, hash) });
        await RegisterAsync(ledger, Subject.Workflow(workflow, "1"), EventType.WorkflowRegistered, definition, entry => entry with { Binding = binding });
        return binding;
    }

    /// <summary>The commit of a command, not yet sent.</summary>
    public Commit Prepare(Command command, Digest? requestHash = null)
    {
        var ruling = AuthorityCore.Rule(Instance, command, Terms, ledger.Clock.Next());
        Assert.Null(ruling.Refusal);
        return new Commit(ruling.Entries, ruling.Instance, new CommandKey(command.CommandId, requestHash));
    }

    public Commit Create(Binding binding, Digest? key = null, Digest? requestHash = null, string context = """{"change":"CHG-1"}""") =>
        Prepare(new Command.Create(Agent, key ?? NewKey(), InstanceId, binding, Json(context), Allow), requestHash);

    public Commit Request(PolicyAnswer answer, Digest? key = null, Digest? requestHash = null) =>
        Prepare(new Command.RequestAuthority(Agent, key ?? NewKey(), "deploy", Json("""{"amount":1250,"environment":"production"}"""), answer), requestHash);

    public Commit Decide(DecisionType type = DecisionType.Approve) =>
        Prepare(new Command.Decide(Alice, NewKey(), type, "release-manager", ["release-manager"], Instance!.Pending!.Request.ContextSnapshotHash, "reviewed"));

    public Commit Resume() => Prepare(new Command.Claim(Agent, NewKey(), WorkKind.Resume));

    public Commit Complete() => Prepare(new Command.Complete(Agent, NewKey()));

    /// <summary>Sends a commit and takes what it made of the instance if it is durable.</summary>
    public async Task<CommitOutcome> SendAsync(Commit commit)
    {
        var outcome = await ledger.CommitAsync(commit);
        if (outcome is CommitOutcome.Committed)
        {
            Instance = commit.Instance;
        }

        return outcome;
    }

    /// <summary>Sends a commit that must become durable.</summary>
    public async Task<Sample> DoAsync(Func<Sample, Commit> prepare)
    {
        for (var attempt = 1; ; attempt++)
        {
            // It may have waited for too long on a busy machine; a grain would decide again as well.
            var outcome = await SendAsync(prepare(this));
            if (outcome is not CommitOutcome.Conflict || attempt == 10)
            {
                Assert.IsType<CommitOutcome.Committed>(outcome);
                return this;
            }
        }
    }

    /// <summary>A life with a person in it, from the beginning to the end.</summary>
    public async Task<Sample> LiveAsync(Binding binding)
    {
        await DoAsync(life => life.Create(binding));
        await DoAsync(life => life.Request(Ask));
        await DoAsync(life => life.Decide());
        await DoAsync(life => life.Resume());
        return await DoAsync(life => life.Complete());
    }

    private static async Task RegisterAsync(PostgresLedger ledger, Subject subject, EventType type, CanonicalBytes definition, Func<Entry, Entry> detail)
    {
        var moment = ledger.Clock.Next();
        var entry = detail(new Entry { Subject = subject, Sequence = 1, PrevHash = Digest.Zero, Type = type, At = moment.At, Actor = Alice });
        var field = new PrivateField(PrivateFieldNames.Definition, moment.Salts[..PrivateField.SaltSize], definition);
        Assert.True(await ledger.CommitAsync(new Commit([SealedEntry.Seal(entry, field)], null, null)) is CommitOutcome.Committed or CommitOutcome.Conflict);
    }
}
