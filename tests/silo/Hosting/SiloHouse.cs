using System.Security.Cryptography;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;
using Gantral.Grains.Policies;
using Gantral.Lives;
using Gantral.Lives.Vectors;
using Gantral.Silo.Hosting;

namespace Gantral.Silo.Tests.Hosting;

/// <summary>A host over a ledger in memory, with a workflow that its agents can start.</summary>
internal sealed class SiloHouse : IDisposable
{
    private static readonly LogSigner Signer = LogSigner.Create("gantral.example/log/0");
    private static int Keys;

    private SiloHouse(GrainHostOptions options, IHttpPolicies? http)
    {
        Log = new PaperLog(Signer.Name, Signer, VectorKeys.Start);
        Ledger = new InMemoryLedger(Log);
        Host = new GrainHost(Ledger, new PaperMoments(Log, seed: 1), Time, options, http);
    }

    public PaperLog Log { get; }

    public InMemoryLedger Ledger { get; }

    public ManualTime Time { get; } = new();

    public GrainHost Host { get; }

    public static async Task<SiloHouse> OpenAsync(GrainHostOptions? options = null, IHttpPolicies? http = null)
    {
        var house = new SiloHouse(options ?? new GrainHostOptions(), http);
        var policy = Life.Json("""{"policy_id":"p","version":"1","evaluator":"rules","rules":[],"default":{"decision":"ALLOW"}}""");
        var workflow = Life.Json("""{"workflow_id":"w","version":"1","materiality":"LOW","policy_version_id":"p@1","queue":"q","steps":[{"step":"deploy"}]}""");
        Assert.Null((await house.Host.Policy("p@1").RegisterAsync(Caller(), "payments", policy)).Refusal);
        Assert.Null((await house.Host.Workflow("w", "1").RegisterAsync(Caller(), "payments", workflow)).Refusal);
        return house;
    }

    /// <summary>A caller with a key that nobody has used.</summary>
    public static Caller Caller()
    {
        var key = new Digest(SHA256.HashData(BitConverter.GetBytes(Interlocked.Increment(ref Keys))));
        return new Caller(Life.Agent, [], new CommandKey(key, key));
    }

    /// <summary>A new instance that runs.</summary>
    public async Task<Guid> RunningAsync()
    {
        var caller = Caller();
        var id = Host.NewInstanceId(caller.Key);
        Assert.Null((await Host.Instance(id).CreateAsync(caller, new Creation("w", "1", "payments", Life.Json("{}")))).Refusal);
        return id;
    }

    /// <summary>Adds an entry to an instance.</summary>
    public Task<Reply> NoteAsync(Guid id) => Host.Instance(id).AttachEvidenceAsync(Caller(), Life.Json("[]")).AsTask();

    public void MustBeValid() =>
        Assert.Equal(Verdict.Valid, Verifier.Verify(new MemoryStream(Log.Export(payloads: true).ToBytes()), Log.Keys()).Verdict);

    public void Dispose() => Host.Dispose();
}
