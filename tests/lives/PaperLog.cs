using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Lives;

/// <summary>A log in memory with the real tree and the real signature, and the bundles that can be made of it.</summary>
public sealed class PaperLog
{
    private readonly List<SealedEntry> _entries = [];
    private readonly InMemoryTiles _tiles = new();
    private readonly TileBuilder _tree = new();

    /// <summary>Opens a log: its first two entries say what it is and who signs it.</summary>
    public PaperLog(string origin, LogSigner signer, Instant at, bool opens = true)
    {
        (Origin, Signer, Now) = (origin, signer, at);
        if (!opens)
        {
            return;
        }

        Add(SealedEntry.Seal(Governing(Subject.Log(origin), EventType.LogOpened) with { Log = new LogOpening(origin) }));
        Introduce(signer.PublicKey);
    }

    /// <summary>The log's name.</summary>
    public string Origin { get; private set; }

    /// <summary>Who signs its heads.</summary>
    public LogSigner Signer { get; set; }

    /// <summary>The time on paper.</summary>
    public Instant Now { get; set; }

    /// <summary>Every entry, in position order.</summary>
    public IReadOnlyList<SealedEntry> Entries => _entries;

    /// <summary>Adds an entry at the next position.</summary>
    public long Add(SealedEntry entry)
    {
        _entries.Add(entry);
        _tree.Append(entry.Hash, _tiles);
        return _entries.Count - 1;
    }

    /// <summary>Adds the entry that introduces a key.</summary>
    public long Introduce(LogVerifyingKey key) => Add(SealedEntry.Seal(Governing(KeySubject(key), EventType.KeyIntroduced) with
    {
        Key = new SigningKey(key.Name, SigningKey.EcdsaP256Sha256, Convert.ToBase64String(key.SubjectPublicKeyInfo)),
    }));

    /// <summary>Goes on under the signer's name, after a head that was known under the name before.</summary>
    public void Reopen(LogSigner signer, LogHead? known)
    {
        (Origin, Signer) = (signer.Name, signer);
        Add(SealedEntry.Seal(Governing(Subject.Log(Origin), EventType.LogOpened) with { Log = new LogOpening(Origin) { Predecessor = known } }));
        Introduce(signer.PublicKey);
    }

    /// <summary>Adds the entry that retires a key.</summary>
    public long Retire(LogVerifyingKey key)
    {
        var introduced = _entries.Single(entry => entry.Entry.Subject == KeySubject(key));
        return Add(SealedEntry.Seal(Governing(KeySubject(key), EventType.KeyRetired) with { Sequence = 2, PrevHash = introduced.Hash }));
    }

    /// <summary>An entry of the log's own, still without what it says.</summary>
    public Entry Governing(Subject subject, EventType type) => new()
    {
        Subject = subject,
        Sequence = 1,
        PrevHash = Digest.Zero,
        Type = type,
        At = Now,
        Actor = Actor.System,
    };

    /// <summary>The keys file of this log.</summary>
    public TrustedKeys Keys() => new()
    {
        Logs = ImmutableSortedDictionary<string, ImmutableArray<TrustedLogKey>>.Empty.Add(Origin, [new TrustedLogKey(Signer.PublicKey, 1, null)]),
    };

    /// <summary>The head of the log as it is.</summary>
    public Checkpoint Head() => new(Origin, _tree.Size, _tree.Root(), Now);

    /// <summary>A head with the log's signature, and those of witnesses.</summary>
    public byte[] Sign(Checkpoint head, params ReadOnlySpan<LogSigner> witnesses)
    {
        var body = head.Body();
        var signatures = new List<NoteSignature> { Signer.Sign(body) };
        foreach (var witness in witnesses)
        {
            signatures.Add(witness.Sign(body));
        }

        return SignedNote.TryCreate(body, signatures, out var note, out var fault) ? note.ToBytes() : throw new InvalidOperationException(fault);
    }

    /// <summary>The bundle of one instance, under a signed head of the log as it is.</summary>
    public BundleFile Instance(Guid instanceId, bool payloads = true) => Instance(instanceId, Sign(Head()), payloads);

    /// <summary>The bundle of one instance under a given head.</summary>
    public BundleFile Instance(Guid instanceId, byte[] head, bool payloads = true)
    {
        var subject = Subject.Instance(instanceId);
        var file = new BundleFile { Origin = Origin, Scope = BundleScope.Instance, InstanceId = subject.Id };
        _tree.WritePartials(_tiles);
        foreach (var position in Places(subject).Concat(GoverningOf(subject)))
        {
            file.Add(LineKind.Entry, BundleLines.Entry(position, _entries[(int)position].Bytes));
            if (payloads && !_entries[(int)position].Payload.IsEmpty)
            {
                file.Add(LineKind.Payload, BundleLines.Payload(position, _entries[(int)position].Payload));
            }

            file.Add(LineKind.Proof, BundleLines.Proof(position, _tree.Size, Inclusion(position)));
        }

        return file.Add(LineKind.Checkpoint, BundleLines.Checkpoint(head));
    }

    /// <summary>The export of all positions, or of those from one to another; entries of which <paramref name="hide"/> says so as bare hashes.</summary>
    public BundleFile Export(long from = 0, long? to = null, bool payloads = false, Func<Entry, bool>? hide = null)
    {
        var end = to ?? _tree.Size;
        var whole = from == 0 && end == _tree.Size;
        var file = new BundleFile { Origin = Origin, Scope = whole ? BundleScope.Log : BundleScope.Range, From = whole ? null : from, To = end };
        _tree.WritePartials(_tiles);
        if (from > 0)
        {
            AddPreface(file, from, end, hide);
            file.Add(LineKind.Frontier, BundleLines.Frontier(from, FrontierAt(from)));
        }

        for (var position = from; position < end; position++)
        {
            AddShown(file, position, payloads, hide);
        }

        if (end < _tree.Size)
        {
            file.Add(LineKind.Consistency, BundleLines.Consistency(end, _tree.Size, Consistency(end, _tree.Size)));
        }

        return file.Add(LineKind.Checkpoint, BundleLines.Checkpoint(Sign(Head())));
    }

    /// <summary>The proof that the log of one size became that of another.</summary>
    public IReadOnlyList<Digest> Consistency(long first, long second)
    {
        _tree.WritePartials(_tiles);
        return new TileProofs(_tiles).TryConsistency(first, second, out var path, out var fault) ? path : throw new InvalidOperationException(fault);
    }

    private void AddPreface(BundleFile file, long from, long end, Func<Entry, bool>? hide)
    {
        var instances = _entries.Take((int)end).Skip((int)from).Select(entry => entry.Entry)
            .Where(entry => entry.Subject.Type == SubjectType.Instance && hide?.Invoke(entry) != true).Select(entry => entry.Subject).Distinct();
        foreach (var position in instances.SelectMany(GoverningOf).Distinct().Where(position => position < from).Order())
        {
            file.Add(LineKind.Entry, BundleLines.Entry(position, _entries[(int)position].Bytes));
            file.Add(LineKind.Proof, BundleLines.Proof(position, _tree.Size, Inclusion(position)));
        }
    }

    /// <summary>The proof that the entry at a position is in the log as it is.</summary>
    public IReadOnlyList<Digest> Inclusion(long position)
    {
        _tree.WritePartials(_tiles);
        return new TileProofs(_tiles).TryInclusion(position, _tree.Size, out var path, out var fault) ? path : throw new InvalidOperationException(fault);
    }

    private IReadOnlyList<Digest> FrontierAt(long size) =>
        new TileProofs(_tiles).TryFrontier(size, out var frontier, out var fault) ? frontier.Hashes : throw new InvalidOperationException(fault);

    private void AddShown(BundleFile file, long position, bool payloads, Func<Entry, bool>? hide)
    {
        var entry = _entries[(int)position];
        if (hide?.Invoke(entry.Entry) == true)
        {
            file.Add(LineKind.Leaf, BundleLines.Leaf(position, entry.Hash));
            return;
        }

        file.Add(LineKind.Entry, BundleLines.Entry(position, entry.Bytes));
        if (payloads && !entry.Payload.IsEmpty)
        {
            file.Add(LineKind.Payload, BundleLines.Payload(position, entry.Payload));
        }
    }

    private IEnumerable<long> Places(Subject subject)
    {
        for (var position = 0; position < _entries.Count; position++)
        {
            if (_entries[position].Entry.Subject == subject)
            {
                yield return position;
            }
        }
    }

    private IEnumerable<long> GoverningOf(Subject subject)
    {
        var entries = _entries.Where(entry => entry.Entry.Subject == subject).Select(entry => entry.Entry).ToList();
        var binding = entries[0].Binding!;
        var named = new HashSet<Subject> { Subject.Workflow(binding.WorkflowId, binding.WorkflowVersion), Subject.Policy(binding.PolicyVersionId) };
        named.UnionWith(binding.RequiredPolicies.Select(policy => Subject.Policy(policy.PolicyVersionId)));
        named.UnionWith(binding.Settings.Select(setting => new Subject(SubjectType.Setting, setting.SettingId)));
        named.UnionWith(entries.Select(entry => entry.Decision?.Delegation).OfType<DelegationReference>().Select(delegation => Subject.Delegation(delegation.DelegationId)));
        return named.SelectMany(Places);
    }

    private static Subject KeySubject(LogVerifyingKey key) => new(SubjectType.Key, $"{key.Name}+{key.KeyId:x8}");
}
