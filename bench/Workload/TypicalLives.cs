using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Log;
using Gantral.Lives;

namespace Gantral.Bench.Workload;

/// <summary>A log with one life of each kind that a real log holds, ruled by the real core.</summary>
internal sealed class TypicalLives : IDisposable
{
    private const string Origin = "gantral.example/log/bench";

    // Lives are repeated side by side, so each begins at the same time and is over before clocks would look odd.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly LogSigner _signer = LogSigner.Create(Origin);

    public TypicalLives()
    {
        Log = new PaperLog(Origin, _signer, new Instant(1_772_355_600_000));
        var registered = new Life(Log, "registered");
        var lent = registered.Delegate("alice", "dora", TimeSpan.FromDays(7));
        var start = Log.Now;
        Live("allowed", life => life.Create(Life.Allow).Request(Life.Allow).Complete());
        Live("approved", life => life.Create(Life.Allow).Request(Life.Ask(TimeSpan.FromMinutes(30))).Suspend().Decide("alice", DecisionType.Approve).Resume().Complete());
        Live("rejected", life => life.Create(Life.Allow).Request(Life.Ask(TimeSpan.FromMinutes(30))).Decide("alice", DecisionType.Reject));
        Live("overridden", life => life.Create(Life.Allow).Request(Life.Ask(TimeSpan.FromMinutes(30))).Suspend().Decide("bob", DecisionType.Override, delta: """{"percent":5}""").Resume().Complete());
        Live("two approve", life => life.Create(Life.Allow).Request(Life.Ask(TimeSpan.FromMinutes(30), approvals: 2)).Decide("alice", DecisionType.Approve).Decide("bob", DecisionType.Approve).Resume().Complete());
        Live("lent", life => life.Create(Life.Allow).Request(Life.Ask()).Decide("dora", DecisionType.Approve, delegation: lent).Resume().Complete());
        Live("nobody came", life => life.Create(Life.Allow).Request(Life.Ask(Soon)).Wait(Soon).Expire());
        Live("escalated", life => life.Create(Life.Allow).Request(Life.Ask(Soon, OnTimeout.Escalate)).Wait(Soon).Expire().Decide("carol", DecisionType.Approve, role: "cto").Resume().Complete());
        Live("denied", life => life.Create(Life.Allow).Request(Life.Deny));

        void Live(string name, Action<Life> live)
        {
            Log.Now = start;
            live(new Life(Log, name));
        }
    }

    /// <summary>The log.</summary>
    public PaperLog Log { get; }

    /// <summary>What stands before every life: the log's opening, its key, what governs.</summary>
    public IEnumerable<SealedEntry> Beginning => Log.Entries.Where(entry => entry.Entry.Subject.Type != SubjectType.Instance);

    /// <summary>The entries of each life.</summary>
    public IEnumerable<IReadOnlyList<SealedEntry>> Lives =>
        Log.Entries.Where(entry => entry.Entry.Subject.Type == SubjectType.Instance).GroupBy(entry => entry.Entry.Subject).Select(IReadOnlyList<SealedEntry> (life) => [.. life]);

    /// <inheritdoc/>
    public void Dispose() => _signer.Dispose();
}
