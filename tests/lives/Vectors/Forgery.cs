using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;

namespace Gantral.Lives.Vectors;

/// <summary>
/// What an operator with the signing key could do: a life is taken apart, entries are changed, added or left out, and
/// everything is numbered, chained, hashed and signed again. Only replay can find it.
/// </summary>
public sealed class Forgery
{
    private readonly PaperLog _log = VectorKeys.NewLog();
    private readonly Life _life;
    private readonly PaperLog _forged = VectorKeys.NewLog();
    private bool _governedLater;

    /// <summary>Takes a life apart.</summary>
    public Forgery(Func<PaperLog, Life> live)
    {
        _life = live(_log);
        Entries = [.. _log.Entries.Where(entry => entry.Entry.Subject == Subject.Instance(_life.InstanceId))];
    }

    /// <summary>The instance's entries, to be changed.</summary>
    public List<SealedEntry> Entries { get; private set; }

    /// <summary>Changes the first entry that fits.</summary>
    public Forgery Change(Func<Entry, bool> which, Func<Entry, Entry> how)
    {
        var at = Entries.FindIndex(entry => which(entry.Entry));
        Entries[at] = Entries[at] with { Entry = how(Entries[at].Entry) };
        return this;
    }

    /// <summary>Changes every entry from the first that fits on.</summary>
    public Forgery ChangeFrom(Func<Entry, bool> which, Func<Entry, Entry> how)
    {
        var at = Entries.FindIndex(entry => which(entry.Entry));
        Entries = [.. Entries.Select((entry, index) => index < at ? entry : entry with { Entry = how(entry.Entry) })];
        return this;
    }

    /// <summary>Leaves out the entries that fit, as if they had never been.</summary>
    public Forgery Drop(Func<Entry, bool> which)
    {
        Entries.RemoveAll(entry => which(entry.Entry));
        return this;
    }

    /// <summary>Repeats the first entry that fits right behind itself.</summary>
    public Forgery Repeat(Func<Entry, bool> which)
    {
        var at = Entries.FindIndex(entry => which(entry.Entry));
        Entries.Insert(at + 1, Entries[at]);
        return this;
    }

    /// <summary>Registers what governs only after the instance.</summary>
    public Forgery GovernedLater()
    {
        _governedLater = true;
        return this;
    }

    /// <summary>Signs the forgery and makes the instance's bundle of it.</summary>
    public byte[] ToBytes() => ToFile().ToBytes();

    /// <summary>Signs the forgery and makes the instance's bundle of it.</summary>
    public BundleFile ToFile()
    {
        if (!_governedLater)
        {
            AddGoverning();
        }

        var sequence = 0L;
        var head = Digest.Zero;
        var latest = default(Instant);
        foreach (var entry in Entries)
        {
            var chained = SealedEntry.Seal(entry.Entry with { Sequence = ++sequence, PrevHash = head }, [.. entry.Payload]);
            head = chained.Hash;
            latest = Instant.Later(latest, entry.Entry.At);
            _forged.Add(chained);
        }

        if (_governedLater)
        {
            AddGoverning();
        }

        _forged.Now = latest;
        return _forged.Instance(_life.InstanceId);
    }

    private void AddGoverning()
    {
        foreach (var entry in _log.Entries.Skip(2).Where(entry => entry.Entry.Subject.Type != SubjectType.Instance))
        {
            _forged.Add(entry);
        }
    }
}
