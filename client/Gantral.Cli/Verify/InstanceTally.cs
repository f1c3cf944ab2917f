using Gantral.Evidence.Verification;

namespace Gantral.Cli.Verify;

/// <summary>What is worth telling of the instances: those that are not VALID, by what was found, for a reason is told once however many it strikes.</summary>
internal sealed class InstanceTally
{
    /// <summary>How many instances of one finding are named.</summary>
    public const int MostNamed = 10;

    private const int MostFindings = 20;

    private readonly Dictionary<Finding, (long Count, List<InstanceReport> Named)> _byFinding = [];

    /// <summary>The findings, the worst first, with the first instances of each and how many there are.</summary>
    public IEnumerable<(Finding Finding, long Count, IReadOnlyList<InstanceReport> Named)> ByFinding =>
        _byFinding
            .OrderByDescending(pair => pair.Key.Verdict).ThenBy(pair => pair.Key.Code).ThenBy(pair => pair.Key.Reason, StringComparer.Ordinal)
            .Select(pair => (pair.Key, pair.Value.Count, (IReadOnlyList<InstanceReport>)pair.Value.Named));

    /// <summary>How many VALID instances have not ended.</summary>
    public long Open { get; private set; }

    /// <summary>How many instances have findings that are not told.</summary>
    public long Untold { get; private set; }

    /// <summary>Takes the report on an instance.</summary>
    public void Take(InstanceReport instance)
    {
        if (instance.Verdict == Verdict.Valid)
        {
            Open += instance.Open ? 1 : 0;
            return;
        }

        if (!_byFinding.TryGetValue(instance.Finding, out var same))
        {
            if (_byFinding.Count == MostFindings)
            {
                Untold++;
                return;
            }

            same = (0, []);
        }

        if (same.Named.Count < MostNamed)
        {
            same.Named.Add(instance);
        }

        _byFinding[instance.Finding] = (same.Count + 1, same.Named);
    }
}
