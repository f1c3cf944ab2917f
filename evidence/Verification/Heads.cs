using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Verification;

/// <summary>The signed heads of a bundle: which of them trusted keys vouch for, and whether they are heads of one history.</summary>
internal sealed class Heads(TrustedKeys keys, VerifierOptions options, Findings findings)
{
    private readonly Dictionary<(string Origin, long Size), Checkpoint> _trusted = [];
    private readonly Dictionary<(string Origin, long Size), Digest> _computed = [];
    private readonly HashSet<(string Origin, long Size)> _seen = [];
    private readonly HashSet<(string, long)> _witnessed = [];
    private readonly HashSet<(string Origin, long First, long Second)> _links = [];
    private readonly List<(string Name, uint KeyId, long Size)> _signers = [];

    /// <summary>The keys that signed heads, each with the size of the head.</summary>
    public IReadOnlyList<(string Name, uint KeyId, long Size)> Signers => _signers;

    /// <summary>Takes a head: its form, its signatures, and that no other head of its size differs.</summary>
    public void Take(string note)
    {
        if (!SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var signed, out var fault)
            || !Checkpoint.TryParse(signed.Text, out var head, out fault))
        {
            findings.Add(FindingCode.MalformedCheckpoint, $"a checkpoint cannot be read: {fault}");
            return;
        }

        if (head.Size == 0)
        {
            findings.Add(FindingCode.MalformedCheckpoint, "a checkpoint of an empty log proves nothing");
            return;
        }

        _seen.Add((head.Origin, head.Size));
        if (!IsTrusted(signed, head))
        {
            return;
        }

        if (!_trusted.TryAdd((head.Origin, head.Size), head))
        {
            var same = _trusted[(head.Origin, head.Size)].Root == head.Root;
            findings.Add(same ? FindingCode.DuplicateLine : FindingCode.SplitView, $"there are two heads of size {head.Size} of {head.Origin}{(same ? "" : ", with different roots")}");
        }

        foreach (var known in options.KnownCheckpoints.Where(known => known.Origin == head.Origin && known.Size == head.Size && known.Root != head.Root))
        {
            findings.Add(FindingCode.SplitView, $"the head of size {known.Size} of {known.Origin} is not the one that was known before");
        }
    }

    /// <summary>Takes the root of a size that was recomputed from entries, to be tied to a signed head by a proof.</summary>
    public void TakeComputed(string origin, long size, Digest root) => _computed[(origin, size)] = root;

    /// <summary>The trusted head of a size.</summary>
    public Checkpoint? Find(string origin, long size) => _trusted.GetValueOrDefault((origin, size));

    /// <summary>Says that a head is needed and not there, unless it is there and was found wanting already.</summary>
    public void Require(string origin, long size)
    {
        if (!_seen.Contains((origin, size)))
        {
            findings.AddMissing(FindingCode.MissingCheckpoint, new MissingItem("checkpoint", origin, size));
        }
    }

    /// <summary>Says that any head of a log is needed, if there is none.</summary>
    public void RequireAny(string origin)
    {
        if (!_seen.Any(head => head.Origin == origin))
        {
            findings.AddMissing(FindingCode.MissingCheckpoint, new MissingItem("checkpoint", origin, null));
        }
    }

    /// <summary>Refuses heads of logs to which nothing in the file belongs: true or not, they prove nothing here.</summary>
    public void RefuseStrangers(IReadOnlySet<string> origins)
    {
        foreach (var (origin, size) in _seen.Where(head => !origins.Contains(head.Origin)))
        {
            findings.Add(FindingCode.MisplacedLine, $"the head of size {size} of {origin} covers nothing in this file");
        }
    }

    /// <summary>The largest trusted head of a log.</summary>
    public Checkpoint? Largest(string origin) => _trusted.Values.Where(head => head.Origin == origin).MaxBy(head => head.Size);

    /// <summary>Takes a proof that one head only adds to another; each is in the file or was known before.</summary>
    public void Link(string origin, long first, long second, ReadOnlySpan<Digest> path)
    {
        var older = RootOf(origin, first);
        var newer = RootOf(origin, second);
        if (older is null || newer is null)
        {
            Require(origin, older is null ? first : second);
        }
        else if (!_links.Add((origin, first, second)))
        {
            findings.Add(FindingCode.DuplicateLine, $"the consistency of {first} and {second} of {origin} is proven twice");
        }
        else if (first >= second || !ConsistencyProof.Verify(first, older.Value, second, newer.Value, path))
        {
            findings.Add(FindingCode.WrongProof, $"the heads of size {first} and {second} of {origin} are not proven to be of one history");
        }
    }

    /// <summary>Says which heads of the file no proof ties together.</summary>
    public void RequireOneHistory()
    {
        foreach (var heads in _trusted.Values.GroupBy(head => head.Origin, StringComparer.Ordinal))
        {
            var reached = Reached(heads.Key, heads.Max(head => head.Size));
            foreach (var head in heads.Where(head => !reached.Contains(head.Size)))
            {
                findings.AddMissing(FindingCode.MissingProof, new MissingItem("consistency", head.Origin, head.Size));
            }
        }
    }

    /// <summary>What ties a head to something that the operator could not rewrite.</summary>
    /// <param name="head">The head.</param>
    /// <param name="recomputed">Heads that were known before and whose root was recomputed from the entries.</param>
    public Anchor AnchorOf(Checkpoint head, IReadOnlySet<long>? recomputed = null)
    {
        if (_witnessed.Contains((head.Origin, head.Size)))
        {
            return Anchor.Witnessed;
        }

        var reached = Reached(head.Origin, head.Size);
        return options.KnownCheckpoints.Any(known =>
            known.Origin == head.Origin && (reached.Contains(known.Size) || recomputed?.Contains(known.Size) == true))
            ? Anchor.EarlierCheckpoint
            : Anchor.None;
    }

    /// <summary>Whether proofs tie two sizes together.</summary>
    public bool AreLinked(string origin, long first, long second) => Reached(origin, first).Contains(second);

    /// <summary>Says which heads that were known before nothing ties to this one: the log may have been rolled back or rewritten.</summary>
    public void RequireTied(Checkpoint head, IReadOnlySet<long>? recomputed = null)
    {
        var reached = Reached(head.Origin, head.Size);
        foreach (var known in options.KnownCheckpoints.Where(known => known.Origin == head.Origin))
        {
            if (!reached.Contains(known.Size) && recomputed?.Contains(known.Size) != true)
            {
                findings.AddMissing(FindingCode.MissingProof, new MissingItem("consistency", known.Origin, known.Size));
            }
        }
    }

    private Digest? RootOf(string origin, long size) =>
        Find(origin, size)?.Root
        ?? (_computed.TryGetValue((origin, size), out var root) ? root : (Digest?)null)
        ?? options.KnownCheckpoints.FirstOrDefault(known => known.Origin == origin && known.Size == size)?.Root;

    private HashSet<long> Reached(string origin, long size)
    {
        var reached = new HashSet<long> { size };
        var waiting = new Queue<long>(reached);
        while (waiting.TryDequeue(out var at))
        {
            foreach (var link in _links.Where(link => link.Origin == origin && (link.First == at || link.Second == at)))
            {
                var other = link.First == at ? link.Second : link.First;
                if (reached.Add(other))
                {
                    waiting.Enqueue(other);
                }
            }
        }

        return reached;
    }

    private bool IsTrusted(SignedNote signed, Checkpoint head)
    {
        if (!keys.Logs.TryGetValue(head.Origin, out var logKeys))
        {
            findings.AddMissing(FindingCode.NoTrustedKey, new MissingItem("key", head.Origin, null));
            return false;
        }

        var signedByLog = false;
        var sound = true;
        var seen = new HashSet<(string, uint)>();
        foreach (var signature in signed.Signatures)
        {
            if (!seen.Add((signature.Name, signature.KeyId)))
            {
                findings.Add(FindingCode.DuplicateLine, $"{signature.Name} signed the head of size {head.Size} twice");
                sound = false;
            }
            else if (signature.Name == head.Origin)
            {
                var trusted = CheckLogSignature(signed, signature, head, logKeys);
                signedByLog |= trusted;
                sound &= trusted;
            }
            else
            {
                sound &= CheckWitness(signed, signature, head);
            }
        }

        if (!signedByLog && sound)
        {
            findings.AddMissing(FindingCode.NoTrustedKey, new MissingItem("key", head.Origin, null));
        }

        return signedByLog && sound;
    }

    private bool CheckLogSignature(SignedNote signed, NoteSignature signature, Checkpoint head, IEnumerable<TrustedLogKey> logKeys)
    {
        var key = logKeys.FirstOrDefault(key => key.Key.KeyId == signature.KeyId);
        if (key is null)
        {
            findings.AddMissing(FindingCode.NoTrustedKey, new MissingItem("key", $"{signature.Name}+{signature.KeyId:x8}", null));
            return false;
        }

        if (!key.Key.Verify(signed.Text, signature))
        {
            findings.Add(FindingCode.WrongSignature, $"the signature of {signature.Name} under the head of size {head.Size} is wrong");
            return false;
        }

        if (!key.Covers(head.Size - 1))
        {
            findings.Add(FindingCode.KeyOutOfRange, $"the key {signature.KeyId:x8} of {signature.Name} was not valid at position {head.Size - 1}");
            return false;
        }

        _signers.Add((signature.Name, signature.KeyId, head.Size));
        return true;
    }

    // Outside a bundle an unknown signature may be ignored. Here it would be bytes that nobody checks.
    private bool CheckWitness(SignedNote signed, NoteSignature signature, Checkpoint head)
    {
        var witness = keys.Witnesses.FirstOrDefault(witness => witness.Name == signature.Name && witness.KeyId == signature.KeyId);
        if (witness is null)
        {
            findings.AddMissing(FindingCode.UnknownSigner, new MissingItem("key", $"{signature.Name}+{signature.KeyId:x8}", null));
            return false;
        }

        if (!witness.Verify(signed.Text, signature))
        {
            findings.Add(FindingCode.WrongSignature, $"the signature of witness {signature.Name} under the head of size {head.Size} is wrong");
            return false;
        }

        _witnessed.Add((head.Origin, head.Size));
        return true;
    }
}
