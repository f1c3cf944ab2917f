using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Tests.Running;
using Gantral.Evidence.Log;
using Gantral.Lives;

namespace Gantral.Cli.Tests.Verify;

/// <summary>What an auditor has in hand: a log's bundles and its keys, as files.</summary>
public sealed class Audit : IDisposable
{
    public const string Origin = "gantral.example/log/0";

    private readonly LogSigner _signer = LogSigner.Create(Origin);

    public Audit()
    {
        Log = new PaperLog(Origin, _signer, new Instant(1_772_355_600_000));
        Keys = Folder.Write("keys.json", Log.Keys().ToFile().Span);
    }

    /// <summary>Where the files are.</summary>
    public TestFolder Folder { get; } = new();

    /// <summary>The log.</summary>
    public PaperLog Log { get; }

    /// <summary>The path of the keys file.</summary>
    public string Keys { get; }

    /// <summary>An instance that a person approved and that has ended.</summary>
    public Life Approved(string name = "approved") =>
        Waiting(name).Decide("alice", DecisionType.Approve).Resume().Complete();

    /// <summary>An instance that waits for a person.</summary>
    public Life Waiting(string name = "waiting") =>
        new Life(Log, name).Create(Life.Allow).Request(Life.Ask(TimeSpan.FromMinutes(30))).Suspend();

    /// <summary>Writes a bundle and answers its path.</summary>
    public string Write(BundleFile bundle, string name = "bundle.jsonl") => Folder.Write(name, bundle.ToBytes());

    /// <summary>Keeps the head of the log as it is, and answers its path.</summary>
    public string KeepCheckpoint(string name = "kept.txt") => Folder.Write(name, Log.Sign(Log.Head()));

    public void Dispose()
    {
        _signer.Dispose();
        Folder.Dispose();
    }
}
