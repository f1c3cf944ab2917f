using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Verification;

/// <summary>The replays of many subjects at once, each fed in position order.</summary>
/// <param name="governing">What governs the instances.</param>
/// <param name="begun">The chains that began before.</param>
internal sealed class SubjectReplays(GoverningIndex governing, IReadOnlyDictionary<Subject, Chain> begun)
{
    private readonly Dictionary<string, InstanceReplay> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<Subject, Chain> _others = [];

    /// <summary>Whether entries of what governs are still to be indexed.</summary>
    public bool TakesGoverning { get; init; } = true;

    /// <summary>Takes the next entry of any subject.</summary>
    public void Take(LocatedEntry located, Findings findings)
    {
        var subject = located.Entry.Subject;
        if (subject.Type == SubjectType.Instance)
        {
            if (!_instances.TryGetValue(subject.Id, out var replay))
            {
                _instances.Add(subject.Id, replay = new InstanceReplay(subject.Id, governing));
            }

            replay.Take(located);
            return;
        }

        if (!_others.TryGetValue(subject, out var chain))
        {
            _others.Add(subject, chain = begun.GetValueOrDefault(subject) ?? new Chain(subject, findings));
        }

        if (chain.Take(located) && TakesGoverning)
        {
            governing.Take(located, findings);
        }
    }

    /// <summary>Ends the replays, in the order in which the subjects appeared.</summary>
    public void Finish(bool whole, long lastHidden, Findings findings, Action<InstanceReport> each)
    {
        foreach (var replay in _instances.Values)
        {
            var report = replay.Finish(whole, lastHidden);
            findings.Add(replay.Findings);
            each(report);
        }
    }
}
