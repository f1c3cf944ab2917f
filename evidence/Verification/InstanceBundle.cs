using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Verification;

/// <summary>
/// The bundle of one instance: its entries, what governs it, a proof for each under a signed head. It is held in memory,
/// for the order of its lines does not matter, and so it has a greatest size.
/// </summary>
internal sealed class InstanceBundle(TrustedKeys keys, VerifierOptions options) : BundleCheck(keys, options)
{
    /// <summary>The most that an instance's bundle can hold.</summary>
    public const long MostBytes = 64 * 1024 * 1024;

    private readonly Dictionary<(string? Origin, long Position), (Digest Hash, Entry Entry)> _entries = [];
    private readonly Dictionary<(string? Origin, long Position), (long Size, ImmutableArray<Digest> Path)> _proofs = [];
    private readonly Dictionary<(string? Origin, long Position), byte[]> _payloads = [];
    private readonly List<(string? Origin, long First, long Second, ImmutableArray<Digest> Path)> _links = [];
    private readonly List<string> _notes = [];
    private readonly List<byte[]> _lines = [];
    private long _bytes;

    protected override void TakeHeader(BundleHeader header)
    {
        if (Header is not null)
        {
            Findings.Add(FindingCode.DuplicateLine, "there are two headers");
        }
        else if (header.Scope != BundleScope.Instance)
        {
            Findings.Add(FindingCode.MisplacedLine, $"the header of a {WireName.Of(header.Scope)} does not stand first");
        }

        Header ??= header;
    }

    protected override void Take(in BundleLine line, ReadOnlySpan<byte> utf8)
    {
        _bytes += utf8.Length;
        if (_bytes > MostBytes)
        {
            Findings.Add(FindingCode.TooLarge, $"the bundle of an instance has at most {MostBytes} bytes");
        }
        else
        {
            _lines.Add(utf8.ToArray());
        }
    }

    // Sorted before they are looked at, so that the report cannot depend on the order in which the lines stood.
    private void TakeSorted()
    {
        _lines.Sort((left, right) => left.AsSpan().SequenceCompareTo(right));
        foreach (var line in _lines)
        {
            Take(BundleLine.Read(line, out _));
        }

        _lines.Clear();
    }

    private void Take(in BundleLine line)
    {
        var place = (line.Origin, line.Position);
        switch (line.Kind)
        {
            case LineKind.Entry:
                TakeEntry(place, line.Entry);
                break;
            case LineKind.Proof:
                Once(_proofs.TryAdd(place, (line.Size, line.Hashes)), "proof", place.Position);
                break;
            case LineKind.Payload:
                Once(_payloads.TryAdd(place, line.Fields.ToArray()), "payload", place.Position);
                break;
            case LineKind.Consistency:
                _links.Add((line.Origin, line.First, line.Second, line.Hashes));
                break;
            case LineKind.Checkpoint:
                _notes.Add(line.Note!);
                break;
            default:
                Findings.Add(FindingCode.MisplacedLine, $"the bundle of an instance has no lines of kind {WireName.Of(line.Kind)}");
                break;
        }
    }

    public override VerificationReport Finish()
    {
        if (Header is not { Scope: BundleScope.Instance } header)
        {
            return WithoutHeader();
        }

        TakeSorted();
        if (_entries.Keys.Any(place => place.Origin == header.Origin) || _proofs.Keys.Any(place => place.Origin == header.Origin)
            || _payloads.Keys.Any(place => place.Origin == header.Origin) || _links.Exists(link => link.Origin == header.Origin))
        {
            Findings.Add(FindingCode.MalformedLine, "a line names the header's origin again");
        }

        CheckCounts(header);
        CheckHeads(header);
        CheckProofs(header);
        CheckPayloads();
        var instance = Replay(header);
        var head = Heads.Largest(header.Origin);
        var report = Report(header, head);
        return report with
        {
            Instances = [instance with { Finding = report.Finding }],
            InstanceCounts = ImmutableSortedDictionary<Verdict, long>.Empty.Add(report.Verdict, 1),
            Entries = _entries.Count,
            NotExcluded = NotExcluded(report.Anchor),
        };
    }

    private void TakeEntry((string? Origin, long Position) place, ReadOnlySpan<byte> bytes)
    {
        if (!EntryReader.TryRead(bytes, out var entry, out var fault))
        {
            Findings.Add(fault.UnknownFormat ? FindingCode.UnknownFormat : FindingCode.MalformedEntry, $"the entry at position {place.Position}: {fault.Reason}");
            return;
        }

        Once(_entries.TryAdd(place, (TreeHash.Leaf(bytes), entry)), "entry", place.Position);
    }

    private void Once(bool first, string what, long position)
    {
        if (!first)
        {
            Findings.Add(FindingCode.DuplicateLine, $"there are two lines of kind {what} for position {position}");
        }
    }

    private void CheckHeads(BundleHeader header)
    {
        foreach (var note in _notes)
        {
            Heads.Take(note);
        }

        foreach (var (origin, first, second, path) in _links)
        {
            Heads.Link(origin ?? header.Origin, first, second, path.AsSpan());
        }

        Heads.RequireOneHistory();
        Heads.RequireAny(header.Origin);
        if (Heads.Largest(header.Origin) is { } head)
        {
            Heads.RequireTied(head);
        }

        Heads.RefuseStrangers(_entries.Keys.Select(place => place.Origin ?? header.Origin).Append(header.Origin).ToHashSet(StringComparer.Ordinal));
    }

    private void CheckProofs(BundleHeader header)
    {
        foreach (var (place, (hash, _)) in _entries)
        {
            var origin = place.Origin ?? header.Origin;
            if (!_proofs.TryGetValue(place, out var proof))
            {
                Findings.AddMissing(FindingCode.MissingProof, new MissingItem("proof", origin, place.Position));
            }
            else if (Heads.Find(origin, proof.Size) is not { } head)
            {
                Heads.Require(origin, proof.Size);
            }
            else if (!InclusionProof.Verify(hash, place.Position, proof.Size, proof.Path.AsSpan(), head.Root))
            {
                Findings.Add(FindingCode.WrongProof, $"the entry at position {place.Position} of {origin} is not proven to be in the tree of size {proof.Size}");
            }
        }

        foreach (var place in _proofs.Keys.Where(place => !_entries.ContainsKey(place)))
        {
            Findings.AddMissing(FindingCode.MissingEntry, new MissingItem("entry", place.Origin ?? header.Origin, place.Position));
        }
    }

    private void CheckPayloads()
    {
        foreach (var (place, fields) in _payloads)
        {
            if (_entries.TryGetValue(place, out var entry))
            {
                PayloadCheck.Check(entry.Entry, fields, Findings);
            }
            else
            {
                Findings.AddMissing(FindingCode.MissingEntry, new MissingItem("entry", place.Origin ?? Header!.Origin, place.Position));
            }
        }
    }

    private InstanceReport Replay(BundleHeader header)
    {
        var located = _entries.Select(pair => new LocatedEntry(pair.Value.Entry, pair.Value.Hash, pair.Key.Origin ?? header.Origin, pair.Key.Position)).ToList();
        var governing = new GoverningIndex();
        var subject = new Subject(SubjectType.Instance, header.InstanceId!);
        foreach (var group in located.GroupBy(entry => entry.Entry.Subject).Where(group => group.Key != subject))
        {
            ReplayGoverning(group.Key, group, governing);
        }

        var replay = new InstanceReplay(header.InstanceId!, governing);
        foreach (var entry in InOrder(located.Where(entry => entry.Entry.Subject == subject)))
        {
            replay.Take(entry);
        }

        var report = replay.Finish(proven: false);
        if (report.Entries == 0)
        {
            Findings.AddMissing(FindingCode.MissingEntry, new MissingItem("entry", $"instance {header.InstanceId}", 1));
        }

        Findings.Add(replay.Findings);
        if (located.Exists(entry => entry.Entry.Subject == subject && entry.Origin != header.Origin))
        {
            Findings.Add(FindingCode.MisplacedLine, $"instance {header.InstanceId} does not live in the header's log {header.Origin}");
        }

        foreach (var stranger in located.Select(entry => entry.Entry.Subject).Distinct().Where(other => other != subject && !governing.WasAsked(other)))
        {
            Findings.Add(FindingCode.MixedSubjects, $"{WireName.Of(stranger.Type)} {stranger.Id} does not belong to instance {header.InstanceId}");
        }

        return report;
    }

    private void ReplayGoverning(Subject subject, IEnumerable<LocatedEntry> entries, GoverningIndex governing)
    {
        var chain = new Chain(subject, Findings);
        foreach (var entry in InOrder(entries))
        {
            if (chain.Take(entry))
            {
                governing.Take(entry, Findings);
            }
        }
    }

    private static IEnumerable<LocatedEntry> InOrder(IEnumerable<LocatedEntry> entries) =>
        entries.OrderBy(entry => entry.Entry.Sequence).ThenBy(entry => entry.Origin, StringComparer.Ordinal).ThenBy(entry => entry.Position);

    private ImmutableArray<string> NotExcluded(Anchor anchor)
    {
        var words = Unanchored(anchor).ToBuilder();
        words.Add("that evidence, cost or redactions were recorded after the last entry shown; nothing of authority can follow an end");
        if (_entries.Values.Any(entry => entry.Entry.Decision?.Delegation is not null))
        {
            words.Add("that a delegation was revoked before it was used, where the revocation is not shown; a whole-log export shows it");
        }

        if (_payloads.Count == 0)
        {
            words.Add("anything about private content, which this bundle does not show");
        }

        return words.ToImmutable();
    }
}
