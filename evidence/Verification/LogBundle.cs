using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Verification;

/// <summary>
/// A log, or a range of its positions, in position order. The tree grows while the lines pass by; what must be
/// remembered of them goes to <see cref="ReplayParts"/>, so that memory does not grow with the log.
/// </summary>
internal sealed class LogBundle : BundleCheck
{
    private const int MostLinks = 1000;
    private const int MostWarnings = 20;

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    private readonly List<(string Origin, long First, long Second, ImmutableArray<Digest> Path)> _links = [];
    private readonly HashSet<long> _recomputed = [];
    private readonly List<string> _warnings = [];
    private readonly Dictionary<string, long> _retired = [];
    private readonly HashSet<string> _introduced = [];
    private readonly Preface _preface;
    private readonly LogOpenings _openings;
    private readonly ReplayParts _parts;
    private Frontier _tree = new();
    private Entry? _previous;
    private byte[] _putAside = [];
    private int _putAsideLength;
    private bool _payloadMayFollow;
    private Instant _latest;
    private long _lastHidden = -1;
    private long _next;

    public LogBundle(BundleHeader header, TrustedKeys keys, VerifierOptions options)
        : base(keys, options)
    {
        _next = header.From ?? 0;
        _parts = new ReplayParts(options, header.Counts.GetValueOrDefault(LineKind.Entry));
        _preface = new Preface(_parts.Governing, _parts.Begun, Findings);
        _openings = new LogOpenings(options, Findings);
    }

    protected override void TakeHeader(BundleHeader header)
    {
        if (Header is not null)
        {
            Findings.Add(FindingCode.DuplicateLine, "there are two headers");
        }

        Header ??= header;
        if (header.To <= (header.From ?? 0))
        {
            Findings.Add(FindingCode.MalformedLine, "the header speaks of no position at all");
        }
    }

    protected override void Take(in BundleLine line, ReadOnlySpan<byte> utf8)
    {
        if (line.Origin == Header!.Origin)
        {
            Findings.Add(FindingCode.MalformedLine, "a line names the header's origin again");
            return;
        }

        var origin = line.Origin ?? Header.Origin;
        switch (line.Kind)
        {
            case LineKind.Frontier:
                TakeFrontier(line);
                break;
            case LineKind.Entry when (line.Origin is not null || line.Position < Header.From) && _next == (Header.From ?? 0):
                _preface.Take(origin, line.Position, line.Entry);
                break;
            case LineKind.Entry when line.Origin is not null:
                Findings.Add(FindingCode.MisplacedLine, $"position {line.Position} of {origin} does not stand before the positions of {Header.Origin}");
                break;
            case LineKind.Proof when line.Origin is not null || Header.Scope == BundleScope.Range:
                _preface.Prove(origin, line.Position, line.Size, line.Hashes);
                break;
            case LineKind.Entry:
                if (IsNext(line.Position))
                {
                    TakeEntry(line);
                }

                break;
            case LineKind.Leaf:
                if (IsNext(line.Position))
                {
                    _previous = null;
                    _lastHidden = _next;
                    Grow(line.Hash);
                }

                break;
            case LineKind.Payload when line.Origin is null:
                TakePayload(line);
                break;
            case LineKind.Checkpoint:
                Heads.Take(line.Note!);
                break;
            case LineKind.Consistency when _links.Count < MostLinks:
                _links.Add((origin, line.First, line.Second, line.Hashes));
                break;
            default:
                Findings.Add(FindingCode.MisplacedLine, $"a {WireName.Of(Header.Scope)} has no such line of kind {WireName.Of(line.Kind)}");
                break;
        }
    }

    public override VerificationReport Finish()
    {
        if (Header is not { } header)
        {
            return WithoutHeader();
        }

        CheckCounts(header);
        var to = header.To!.Value;
        if (_next < to)
        {
            Findings.AddMissing(FindingCode.MissingEntry, new MissingItem("entry", header.Origin, _next));
        }

        _openings.Finish(header);
        var head = CheckHead(header, to);
        _preface.Finish(Heads);
        var hidden = Count(LineKind.Leaf);
        var whole = header.Scope == BundleScope.Log && hidden == 0;
        CheckKeys(header.Origin, whole && _next == to);
        var counts = new SortedDictionary<Verdict, long>();
        var named = new NamedInstances(Options.MostInstances);

        // A fault of the log is a fault of everything in it: no instance is proven under a head that does not hold.
        var ofTheLog = Findings.Worst;
        _parts.Replay(header.Scope == BundleScope.Log, _lastHidden, Findings, instance =>
        {
            var judged = ofTheLog is null || instance.Verdict > ofTheLog.Verdict ? instance : instance with { Finding = ofTheLog };
            counts[judged.Verdict] = counts.GetValueOrDefault(judged.Verdict) + 1;
            Options.EachInstance?.Invoke(judged);
            named.Add(judged);
        });

        var report = Report(header, head);
        var anchor = head is null || report.Verdict >= Verdict.Invalid ? Anchor.None : Heads.AnchorOf(head, _recomputed);
        anchor = anchor == Anchor.None && _openings.IsTied && report.Verdict < Verdict.Invalid ? Anchor.EarlierCheckpoint : anchor;
        return report with
        {
            Anchor = anchor,
            Instances = named.ToImmutable(),
            InstanceCounts = counts.ToImmutableSortedDictionary(),
            Entries = Count(LineKind.Entry),
            Hidden = hidden,
            Warnings = [.. _warnings, .. _openings.Warnings],
            NotExcluded = NotExcluded(anchor, header, hidden),
        };
    }

    public override void Dispose()
    {
        _parts.Dispose();
        base.Dispose();
    }

    private void TakeFrontier(in BundleLine line)
    {
        if (_tree.Size > 0 || line.Size != Header!.From || line.Size == 0)
        {
            Findings.Add(FindingCode.MisplacedLine, "the tree before a range stands first, and fits its first position");
        }
        else if (!Frontier.TryRestore(line.Size, line.Hashes.AsSpan(), out var tree))
        {
            Findings.Add(FindingCode.MalformedLine, $"{line.Hashes.Length} hashes are not the tree of size {line.Size}");
        }
        else
        {
            _tree = tree;
        }
    }

    private bool IsNext(long position)
    {
        _payloadMayFollow = false;
        if (position == _next && position < Header!.To)
        {
            return true;
        }

        if (position > _next)
        {
            Findings.AddMissing(FindingCode.MissingEntry, new MissingItem("entry", Header!.Origin, _next));
        }
        else
        {
            Findings.Add(FindingCode.MisplacedLine, $"position {position} stands where {_next} belongs");
        }

        return false;
    }

    private void TakeEntry(in BundleLine line)
    {
        var hash = TreeHash.Leaf(line.Entry);
        var position = _next;
        Grow(hash);
        if (_parts.AreDealtOut && position > 0 && EntryGlance.TryRead(line.Entry, out var glance))
        {
            PutAside(line.Entry, hash, glance);
            return;
        }

        if (!EntryReader.TryRead(line.Entry, out var entry, out var fault))
        {
            _previous = null;
            Findings.Add(fault.UnknownFormat ? FindingCode.UnknownFormat : FindingCode.MalformedEntry, $"the entry at position {position}: {fault.Reason}");
            return;
        }

        _previous = entry;
        _payloadMayFollow = true;
        NoteTime(entry.At, position);
        NoteLog(entry, position);
        _parts.Take(new LocatedEntry(entry, hash, Header!.Origin, position), line.Entry, Findings);
    }

    // A large log is read in full only when its parts are replayed; until then a glance tells where an entry belongs.
    private void PutAside(ReadOnlySpan<byte> bytes, Digest hash, in EntryGlance glance)
    {
        if (_putAside.Length < bytes.Length)
        {
            _putAside = new byte[2 * bytes.Length];
        }

        bytes.CopyTo(_putAside);
        _putAsideLength = bytes.Length;
        _previous = null;
        _payloadMayFollow = true;
        NoteTime(glance.At, _next - 1);
        _parts.Deal(glance.InstanceId, bytes, hash, Header!.Origin, _next - 1);
    }

    private void TakePayload(in BundleLine line)
    {
        if (_previous is null && _payloadMayFollow && EntryReader.TryRead(_putAside.AsSpan(0, _putAsideLength), out var putAside, out _))
        {
            _previous = putAside;
        }

        if (_previous is null || !_payloadMayFollow || line.Position != _next - 1)
        {
            Findings.Add(FindingCode.MisplacedLine, $"the payload of position {line.Position} does not stand behind its entry");
            return;
        }

        _payloadMayFollow = false;
        PayloadCheck.Check(_previous, line.Fields, Findings);
    }

    private void Grow(Digest leaf)
    {
        _tree.Append(leaf);
        _next++;
        _openings.Grown(_tree);
        foreach (var known in Options.KnownCheckpoints)
        {
            if (known.Size != _tree.Size || known.Origin != Header!.Origin)
            {
                continue;
            }

            if (_tree.Root() == known.Root)
            {
                _recomputed.Add(known.Size);
            }
            else
            {
                Findings.Add(FindingCode.SplitView, $"the entries up to position {known.Size - 1} are not those under the head that was known before");
            }
        }
    }

    private Checkpoint? CheckHead(BundleHeader header, long to)
    {
        var complete = _tree.Size == to;
        var root = complete ? _tree.Root() : default;
        if (complete && Heads.Find(header.Origin, to) is null)
        {
            Heads.TakeComputed(header.Origin, to, root);
        }

        foreach (var (origin, first, second, path) in _links)
        {
            Heads.Link(origin, first, second, path.AsSpan());
        }

        Heads.RequireOneHistory();
        Heads.RefuseStrangers(_preface.Origins.Append(header.Origin).ToHashSet(StringComparer.Ordinal));
        var head = Heads.Largest(header.Origin);
        if (head is null || head.Size < to || (header.Scope == BundleScope.Log && head.Size != to))
        {
            Heads.Require(header.Origin, to);
        }
        else if (complete && head.Size == to && head.Root != root)
        {
            Findings.Add(FindingCode.WrongRoot, $"the entries do not hash to the signed root of size {to}");
        }
        else if (head.Size > to && !Heads.AreLinked(header.Origin, to, head.Size))
        {
            Findings.AddMissing(FindingCode.MissingProof, new MissingItem("consistency", header.Origin, to));
        }

        if (head is not null)
        {
            Heads.RequireTied(head, _recomputed);
        }

        return head;
    }

    private void NoteTime(Instant at, long position)
    {
        if (at.Plus(ClockTolerance) < _latest && _warnings.Count < MostWarnings)
        {
            _warnings.Add($"the entry at position {position} says {at}, more than {ClockTolerance.TotalSeconds} seconds before an earlier one");
        }

        _latest = Instant.Later(_latest, at);
    }

    private void NoteLog(Entry entry, long position)
    {
        if (entry.Type == EventType.KeyIntroduced)
        {
            _introduced.Add(entry.Subject.Id);
        }

        if (entry.Type == EventType.KeyRetired)
        {
            _retired.TryAdd(entry.Subject.Id, position);
        }

        if (entry.Log is { } opening)
        {
            _openings.Take(opening, position);
        }
        else if (position == 0)
        {
            Findings.Add(FindingCode.IllegalEvent, $"position 0 does not open the log {Header!.Origin}, or opens it again");
        }
    }

    // The keys file may be older than a retirement that the log itself records, and a whole log shows every introduction.
    private void CheckKeys(string origin, bool whole)
    {
        foreach (var (name, keyId, size) in Heads.Signers.Where(signer => signer.Name == origin))
        {
            if (whole && !_introduced.Contains($"{name}+{keyId:x8}"))
            {
                Findings.Add(FindingCode.KeyOutOfRange, $"the key {keyId:x8} of {name} signed the head of size {size}, but the log never introduced it");
            }

            if (_retired.TryGetValue($"{name}+{keyId:x8}", out var since) && size - 1 >= since)
            {
                Findings.Add(FindingCode.KeyOutOfRange, $"the key {keyId:x8} of {name} signed the head of size {size}, but was retired at position {since}");
            }
        }
    }

    private static ImmutableArray<string> NotExcluded(Anchor anchor, BundleHeader header, long hidden)
    {
        var words = Unanchored(anchor).ToBuilder();
        words.Add($"that the log grew after position {header.To - 1}");
        if (header.Scope == BundleScope.Range)
        {
            words.Add($"anything about the entries outside positions {header.From} to {header.To - 1}, but that they are under the same head");
        }

        if (hidden > 0)
        {
            words.Add($"anything about the {hidden} entries that are shown as bare hashes; a delegation may have been revoked or a key retired among them");
        }

        return words.ToImmutable();
    }
}
