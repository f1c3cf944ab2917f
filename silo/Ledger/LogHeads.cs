using System.Runtime.InteropServices;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;

namespace Gantral.Silo.Ledger;

/// <summary>
/// Signs the heads of one log. A new head is only ever signed on top of one that carries this log's signature and has
/// not gone back: whoever can write to the database cannot have a tree signed that is not this log's.
/// </summary>
internal sealed class LogHeads(LogSigner signer)
{
    private StoredHead? _last;
    private Frontier? _lastFrontier;

    /// <summary>The name of the log.</summary>
    public string Origin => signer.Name;

    /// <summary>The key that its heads are signed with.</summary>
    public LogVerifyingKey PublicKey => signer.PublicKey;

    /// <summary>The newest head that this silo has seen.</summary>
    public StoredHead? Known => Volatile.Read(ref _last);

    /// <summary>How large the log was when this silo last saw it.</summary>
    public long KnownSize => Volatile.Read(ref _last)?.Size ?? 0;

    /// <summary>Whether the log ends where this silo left it; if not, others write to it too.</summary>
    public bool IsWhereWeLeftIt(StoredHead? head) => _last is null || (head is not null && head.Note.AsSpan().SequenceEqual(_last.Note));

    /// <summary>The tree to go on from, as a copy. Throws <see cref="LogBrokenException"/> rather than build on a head that cannot be this log's.</summary>
    public Frontier GoOnFrom(StoredHead? head)
    {
        if (head is null)
        {
            return _last is null ? new Frontier() : throw Broken($"it was {_last.Size} entries long, and now it has no checkpoint at all");
        }

        if (_last is not null && IsWhereWeLeftIt(head))
        {
            return _lastFrontier!.Clone();
        }

        if (head.Size < KnownSize)
        {
            throw Broken($"it was {KnownSize} entries long, and now it ends at {head.Size}");
        }

        var frontier = Check(head);
        (_last, _lastFrontier) = (head, frontier);
        return frontier.Clone();
    }

    /// <summary>Signs the tree as it has grown.</summary>
    public StoredHead Sign(Frontier grown, Instant at)
    {
        var body = new Checkpoint(Origin, grown.Size, grown.Root(), at).Body();
        var note = SignedNote.TryCreate(body, [signer.Sign(body)], out var made, out var fault) ? made : throw new InvalidOperationException(fault);
        return new StoredHead(grown.Size, MemoryMarshal.AsBytes<Digest>(grown.Hashes.ToArray()).ToArray(), note.ToBytes());
    }

    /// <summary>Takes a head that this silo signed and that is durable.</summary>
    public void Accept(StoredHead head, Frontier frontier) => (_last, _lastFrontier) = (head, frontier);

    private Frontier Check(StoredHead head)
    {
        if (!SignedNote.TryParse(head.Note, out var note, out var fault) || !Checkpoint.TryParse(note.Text, out var checkpoint, out fault))
        {
            throw Broken($"its newest checkpoint cannot be read: {fault}");
        }

        if (!note.IsSignedBy(signer.PublicKey))
        {
            throw Broken("its newest checkpoint is not signed by the key that this silo has; silos of one database share one signing key");
        }

        if (head.Frontier.Length % Digest.Size != 0
            || !Frontier.TryRestore(head.Size, MemoryMarshal.Cast<byte, Digest>(head.Frontier), out var frontier)
            || checkpoint.Origin != Origin || checkpoint.Size != head.Size || checkpoint.Root != frontier.Root())
        {
            throw Broken($"what is stored beside its checkpoint of size {head.Size} is not what was signed");
        }

        return frontier;
    }

    private LogBrokenException Broken(string how) => new($"Log {Origin} cannot be gone on with: {how}. Nothing is written to it; see docs/operating.md.");
}
