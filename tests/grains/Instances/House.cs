using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Evidence.Verification;
using Gantral.Grains.Instances;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Instances;

/// <summary>A ledger in memory with a policy and a workflow on it, and processes that share it.</summary>
internal sealed class House
{
    public const string Team = "payments";

    private const string Policy = """
        {"policy_id":"deploy-guard","version":"7","evaluator":"rules","teams":["payments"],
         "rules":[{"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"escalation_roles":["cto"],
                   "timeout":"PT30M","on_timeout":"ESCALATE","execute_within":"PT10M"}],
         "default":{"decision":"ALLOW"}}
        """;

    private const string Workflow = """
        {"workflow_id":"deploy","version":"3","materiality":"HIGH","policy_version_id":"deploy-guard@7","queue":"payments-agents",
         "default_approver_roles":["release-manager"],"steps":[{"step":"plan"},{"step":"deploy","after":["plan"],"governed":true}],"triggers":[{"type":"api"}]}
        """;

    private House(OnStorageFailure onStorageFailure, int seed)
    {
        Log = Stage.Log();
        Ledger = new InMemoryLedger(Log);
        Moments = new PaperMoments(Log, seed);
        Options = new InstanceOptions(onStorageFailure);
        Grains = NewProcess();
    }

    public PaperLog Log { get; }

    public InMemoryLedger Ledger { get; }

    public PaperMoments Moments { get; }

    public InstanceOptions Options { get; }

    public PlainGrains Grains { get; }

    public static async Task<House> OpenAsync(OnStorageFailure onStorageFailure = OnStorageFailure.Refuse, int seed = 1)
    {
        var house = new House(onStorageFailure, seed);
        var author = Caller("register", "author-1");
        Assert.Null((await house.Grains.Policy("deploy-guard@7").RegisterAsync(author, "platform", Life.Json(Policy))).Refusal);
        Assert.Null((await house.Grains.Workflow("deploy", "3").RegisterAsync(author with { Key = Key("register a workflow") }, Team, Life.Json(Workflow))).Refusal);
        return house;
    }

    /// <summary>Another process over the same ledger.</summary>
    public PlainGrains NewProcess() => new(Ledger, Moments, Options);

    /// <summary>A key: what it is called, and what it is used for.</summary>
    public static CommandKey Key(string name, string? request = null) => new(Hash(name), Hash($"request {request ?? name}"));

    public static Caller Caller(string key, string person, params string[] roles) => new(Life.Person(person), [.. roles], Key(key));

    public static Caller Agent(string key) => new(Life.Agent, [], Key(key));

    public static Caller Runner(string key) => new(Life.Runner, [], Key(key));

    public static Creation Creation(bool start = true) => new("deploy", "3", Team, Life.Json("""{"change":"CHG-1"}"""), start);

    /// <summary>An instance that runs.</summary>
    public async Task<InstanceGrain> RunningAsync(string key = "create")
    {
        var grain = Grains.Instance(Moments.Next().NewId);
        Assert.Null((await grain.CreateAsync(Agent(key), Creation())).Refusal);
        return grain;
    }

    /// <summary>An instance that waits for a person.</summary>
    public async Task<InstanceGrain> WaitingAsync()
    {
        var grain = await RunningAsync();
        await AskAsync(grain, "ask");
        return grain;
    }

    /// <summary>An instance that was approved.</summary>
    public async Task<InstanceGrain> ResumedAsync()
    {
        var grain = await WaitingAsync();
        Assert.Null((await ApproveAsync(grain, "approve")).Refusal);
        return grain;
    }

    public static ValueTask<Reply> AskAsync(IInstanceGrain grain, string key, string context = """{"environment":"production"}""") =>
        grain.RequestAuthorityAsync(Agent(key), "deploy", Life.Json(context));

    public static async Task<Reply> ApproveAsync(IInstanceGrain grain, string key, string person = "alice", string role = "release-manager")
    {
        var pending = (await grain.ReadAsync())!.Pending!;
        return await DecideAsync(grain, key, pending.Request.ContextSnapshotHash, person, role);
    }

    public static ValueTask<Reply> DecideAsync(IInstanceGrain grain, string key, Digest seen, string person = "alice", string role = "release-manager") =>
        grain.DecideAsync(Caller(key, person, role), new OfferedDecision(DecisionType.Approve, role, seen, "read and understood"));

    /// <summary>What the verifier says to the whole log.</summary>
    public void MustBeValid()
    {
        var report = Verifier.Verify(new MemoryStream(Log.Export(payloads: true).ToBytes()), Log.Keys());
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }

    public static Digest Hash(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
