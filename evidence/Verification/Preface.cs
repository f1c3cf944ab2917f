using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Verification;

/// <summary>
/// What governs the instances of a log or a range but was written before it, or in another log: entries that stand
/// first, each with a proof of its own.
/// </summary>
/// <param name="governing">Takes what governs.</param>
/// <param name="chains">The chains that begin here; the range goes on with them.</param>
/// <param name="findings">Takes what was found.</param>
internal sealed class Preface(GoverningIndex governing, Dictionary<Subject, Chain> chains, Findings findings)
{
    private const int MostEntries = 100_000;

    private readonly Dictionary<(string Origin, long Position), Digest> _hashes = [];
    private readonly Dictionary<(string Origin, long Position), (long Size, ImmutableArray<Digest> Path)> _proofs = [];
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>The logs that the entries are of.</summary>
    public IEnumerable<string> Origins => _last.Keys;

    /// <summary>Takes an entry from before the range, or of another log.</summary>
    public void Take(string origin, long position, ReadOnlySpan<byte> bytes)
    {
        if (!EntryReader.TryRead(bytes, out var entry, out var fault))
        {
            findings.Add(fault.UnknownFormat ? FindingCode.UnknownFormat : FindingCode.MalformedEntry, $"the entry at position {position}: {fault.Reason}");
        }
        else if (entry.Subject.Type is not (SubjectType.Workflow or SubjectType.Policy or SubjectType.Delegation or SubjectType.Setting or SubjectType.Key) || _hashes.Count >= MostEntries)
        {
            findings.Add(FindingCode.MisplacedLine, $"the entry at position {position} of {origin} stands before all others and governs nothing");
        }
        else if (_last.TryGetValue(origin, out var last) && position <= last)
        {
            findings.Add(FindingCode.MisplacedLine, $"position {position} of {origin} does not stand before {last}");
        }
        else
        {
            var located = new LocatedEntry(entry, TreeHash.Leaf(bytes), origin, position);
            _last[origin] = position;
            _hashes.Add((origin, position), located.Hash);
            Index(located);
        }
    }

    /// <summary>Takes the proof of such an entry.</summary>
    public void Prove(string origin, long position, long size, ImmutableArray<Digest> path)
    {
        if (_proofs.Count >= MostEntries || !_proofs.TryAdd((origin, position), (size, path)))
        {
            findings.Add(FindingCode.DuplicateLine, $"there are two lines of kind proof for position {position} of {origin}");
        }
    }

    /// <summary>Checks the proofs.</summary>
    public void Finish(Heads heads)
    {
        foreach (var (place, hash) in _hashes)
        {
            CheckProof(place.Origin, place.Position, hash, heads);
        }

        foreach (var (origin, position) in _proofs.Keys.Where(place => !_hashes.ContainsKey(place)))
        {
            findings.AddMissing(FindingCode.MissingEntry, new MissingItem("entry", origin, position));
        }
    }

    // Indexed at once, for instances are replayed while they are read; a proof that fails condemns the whole all the same.
    private void Index(LocatedEntry located)
    {
        var subject = located.Entry.Subject;
        if (!chains.TryGetValue(subject, out var chain))
        {
            chains.Add(subject, chain = new Chain(subject, findings));
        }

        if (chain.Take(located))
        {
            governing.Take(located, findings);
        }
    }

    private void CheckProof(string origin, long position, Digest hash, Heads heads)
    {
        if (!_proofs.TryGetValue((origin, position), out var proof))
        {
            findings.AddMissing(FindingCode.MissingProof, new MissingItem("proof", origin, position));
        }
        else if (heads.Find(origin, proof.Size) is not { } head)
        {
            heads.Require(origin, proof.Size);
        }
        else if (!InclusionProof.Verify(hash, position, proof.Size, proof.Path.AsSpan(), head.Root))
        {
            findings.Add(FindingCode.WrongProof, $"the entry at position {position} of {origin} is not proven to be in the tree of size {proof.Size}");
        }
    }
}
