using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Verification;

/// <summary>What governs the instances of a range but was written before it: entries that stand first, each with a proof of its own.</summary>
internal sealed class Preface(GoverningIndex governing, Findings findings)
{
    private const int MostEntries = 100_000;

    private readonly Dictionary<long, Digest> _hashes = [];
    private readonly Dictionary<Subject, Chain> _chains = [];
    private readonly Dictionary<long, (long Size, ImmutableArray<Digest> Path)> _proofs = [];
    private long _last = -1;

    /// <summary>Takes an entry from before the range.</summary>
    public void Take(long position, ReadOnlySpan<byte> bytes, string origin)
    {
        if (!EntryReader.TryRead(bytes, out var entry, out var fault))
        {
            findings.Add(fault.UnknownFormat ? FindingCode.UnknownFormat : FindingCode.MalformedEntry, $"the entry at position {position}: {fault.Reason}");
        }
        else if (entry.Subject.Type is not (SubjectType.Workflow or SubjectType.Policy or SubjectType.Delegation or SubjectType.Setting) || _hashes.Count >= MostEntries)
        {
            findings.Add(FindingCode.MisplacedLine, $"the entry at position {position} stands before the range and governs nothing");
        }
        else if (position <= _last)
        {
            findings.Add(FindingCode.MisplacedLine, $"position {position} does not stand before {_last}");
        }
        else
        {
            var located = new LocatedEntry(entry, TreeHash.Leaf(bytes), origin, position);
            _last = position;
            _hashes.Add(position, located.Hash);
            Index(located);
        }
    }

    /// <summary>Takes the proof of such an entry.</summary>
    public void Prove(long position, long size, ImmutableArray<Digest> path)
    {
        if (_proofs.Count >= MostEntries || !_proofs.TryAdd(position, (size, path)))
        {
            findings.Add(FindingCode.DuplicateLine, $"there are two lines of kind proof for position {position}");
        }
    }

    /// <summary>Checks the proofs.</summary>
    public void Finish(string origin, Heads heads)
    {
        foreach (var (position, hash) in _hashes)
        {
            CheckProof(position, hash, origin, heads);
        }

        foreach (var position in _proofs.Keys.Where(position => !_hashes.ContainsKey(position)))
        {
            findings.AddMissing(FindingCode.MissingEntry, new MissingItem("entry", origin, position));
        }
    }

    // Indexed at once, for instances are replayed while they are read; a proof that fails condemns the whole all the same.
    private void Index(LocatedEntry located)
    {
        var subject = located.Entry.Subject;
        if (!_chains.TryGetValue(subject, out var chain))
        {
            _chains.Add(subject, chain = new Chain(subject, findings));
        }

        if (chain.Take(located))
        {
            governing.Take(located, findings);
        }
    }

    private void CheckProof(long position, Digest hash, string origin, Heads heads)
    {
        if (!_proofs.TryGetValue(position, out var proof))
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
