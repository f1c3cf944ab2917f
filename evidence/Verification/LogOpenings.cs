using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Verification;

/// <summary>
/// Under which names a log went. It is opened at position 0; where its database came back from before a head that was known, it is
/// opened again under another name, and the entry that does so names that head.
/// </summary>
internal sealed class LogOpenings(VerifierOptions options, Findings findings)
{
    private readonly Dictionary<Checkpoint, Digest> _roots = [];
    private readonly List<string> _warnings = [];
    private string? _origin;

    /// <summary>What a name that the log had lost, in words.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Whether a head that was known before, under a name that the log had then, is that of the same entries.</summary>
    public bool IsTied { get; private set; }

    /// <summary>Takes the tree after each entry, for heads that were known under a name that turns out to be this log's.</summary>
    public void Grown(Frontier tree)
    {
        foreach (var known in options.KnownCheckpoints)
        {
            if (known.Size == tree.Size)
            {
                _roots[known] = tree.Root();
            }
        }
    }

    /// <summary>Takes an entry that opens the log.</summary>
    public void Take(LogOpening opening, long position)
    {
        var former = opening.Predecessor;
        if (position > 0 && (former is null || former.Size < position || former.Origin == opening.Origin || (_origin is not null && former.Origin != _origin)))
        {
            findings.Add(FindingCode.IllegalEvent, $"position {position} opens the log {opening.Origin} again, and names no head of the log that it was before");
        }

        _origin = opening.Origin;
        if (position == 0 || former is null)
        {
            return;
        }

        if (former.Size > position)
        {
            _warnings.Add($"the log was reopened at position {position}: of {former.Origin}, {former.Size} entries were known, and those from position {position} on are lost");
        }

        foreach (var known in options.KnownCheckpoints.Where(known => known.Origin == former.Origin))
        {
            Compare(known, former, position);
        }
    }

    /// <summary>Says so if what is shown of a log was never opened under the name that it goes by.</summary>
    public void Finish(BundleHeader header)
    {
        if (header.Scope == BundleScope.Log && _origin is not null && _origin != header.Origin)
        {
            findings.Add(FindingCode.IllegalEvent, $"the log {header.Origin} was opened as {_origin}");
        }
    }

    private void Compare(Checkpoint known, LogHead former, long position)
    {
        if (known.Size == former.Size && known.Root != former.Root)
        {
            findings.Add(FindingCode.SplitView, $"the head of size {known.Size} of {known.Origin} that was known before is not the one that the log was reopened after");
        }
        else if (known.Size > position)
        {
            _warnings.Add($"the head of size {known.Size} of {known.Origin} that was known before covers entries that were lost when the log was reopened at position {position}{(known.Size > former.Size ? $", which speaks of {former.Size} only" : "")}");
        }
        else if (_roots.TryGetValue(known, out var root) && root != known.Root)
        {
            findings.Add(FindingCode.SplitView, $"the entries up to position {known.Size - 1} are not those under the head of {known.Origin} that was known before");
        }
        else if (_roots.ContainsKey(known))
        {
            IsTied = true;
        }
    }
}
