using System.Collections.Frozen;
using System.Collections.Immutable;
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

namespace Gantral.Conformance;

/// <summary>The entries of one instance, drafted by the real core and handed to the ledger one commit at a time.</summary>
public sealed class TestChain(LedgerUnderTest under)
{
    private static readonly Actor Agent = new("agent-7", "https://issuer.example", ActorKind.Workload);
    private static readonly WorkflowTerms Terms = new(FrozenSet.Create("deploy"));
    private static readonly Binding Binding = new()
    {
        WorkflowId = "deploy",
        WorkflowVersion = "3",
        WorkflowHash = Digest.Zero,
        OwningTeamId = "payments",
        Materiality = Materiality.High,
        PolicyVersionId = "deploy-guard@7",
        PolicyHash = Digest.Zero,
        Mode = Mode.Enforce,
    };

    private readonly Guid _instanceId = under.NewInstanceId();
    private Instance? _committed;
    private Instance? _drafted;

    /// <summary>The instance.</summary>
    public Subject Subject => Subject.Instance(_instanceId);

    /// <summary>How many entries were committed.</summary>
    public long Committed => _committed?.Sequence ?? 0;

    /// <summary>Drafts the creation: two entries.</summary>
    public Commit DraftCreate(CommandKey? key = null) => Draft(key, id => new Command.Create(
        Agent, id, _instanceId, Binding, Json("""{"change":"CHG-1","text":"žluťoučký \u0007 kůň"}"""),
        new PolicyAnswer.Advised(new PolicyAdvice(PolicyDecision.Allow))));

    /// <summary>Drafts one entry with a payload.</summary>
    public Commit DraftAttach(CommandKey? key = null) => Draft(key, id => new Command.AttachEvidence(Agent, id, Json("""[{"hash":"sha256:11","ref":"s3://bucket/log"}]""")));

    /// <summary>Drafts an end: a report with a cost, evidence and the last transition.</summary>
    public Commit DraftCancel() => Draft(null, id => new Command.Fail(Agent, id, Json("\"exit code 1\""))
    {
        Evidence = Json("[]"),
        Cost = new Cost("EUR", "0.12"),
    });

    /// <summary>Drafts anew from what is committed.</summary>
    public void Forget() => _drafted = _committed;

    /// <summary>Hands a commit in.</summary>
    public ValueTask<CommitOutcome> CommitAsync(Commit commit) => under.Ledger.CommitAsync(commit);

    /// <summary>Commits what must be taken.</summary>
    public async ValueTask<ImmutableArray<SealedEntry>> MustCommitAsync(Commit commit)
    {
        Assert.IsType<CommitOutcome.Committed>(await CommitAsync(commit));
        _committed = _drafted = commit.Instance;
        return commit.Entries;
    }

    /// <summary>Creates the instance.</summary>
    public ValueTask<ImmutableArray<SealedEntry>> CreateAsync() => MustCommitAsync(DraftCreate());

    /// <summary>Adds an entry.</summary>
    public ValueTask<ImmutableArray<SealedEntry>> AttachAsync() => MustCommitAsync(DraftAttach());

    /// <summary>What the ledger holds.</summary>
    public ValueTask<ImmutableArray<SealedEntry>> ReadAsync(long after = 0) => under.Ledger.ReadAsync(Subject, after);

    /// <summary>What the ledger knows of a key.</summary>
    public ValueTask<CommitOutcome?> FindAsync(CommandKey key) => under.Ledger.FindAsync(Subject, key);

    private Commit Draft(CommandKey? given, Func<Digest, Command> command)
    {
        var key = given ?? LedgerUnderTest.NewKey();
        var ruling = AuthorityCore.Rule(_drafted, command(key.CommandId), Terms, under.Moments.Next());
        Assert.Null(ruling.Refusal);
        _drafted = ruling.Instance;
        return new Commit(ruling.Entries, ruling.Instance, key);
    }

    private static CanonicalBytes Json(string text) => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(text));
}
