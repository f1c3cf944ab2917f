using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Evidence.Verification;

/// <summary>The chain of one subject: gapless sequence, each entry naming the one before, time and position never stepping back.</summary>
internal sealed class Chain(Subject subject, Findings findings)
{
    private Digest _head = Digest.Zero;
    private Instant _lastAt;
    private string? _origin;
    private long _lastPosition = -1;

    /// <summary>The sequence of the last entry taken.</summary>
    public long Sequence { get; private set; }

    /// <summary>Whether every entry from the first to the last was there.</summary>
    public bool Unbroken { get; private set; } = true;

    /// <summary>The position of the last entry taken.</summary>
    public long Position => _lastPosition;

    private string Name { get; } = $"{WireName.Of(subject.Type)} {subject.Id}";

    /// <summary>Takes the next entry; false if it is none.</summary>
    public bool Take(LocatedEntry located)
    {
        var entry = located.Entry;
        if (entry.Sequence <= Sequence)
        {
            findings.Add(FindingCode.DuplicateSequence, $"{Name} has two entries of sequence {entry.Sequence}");
            return false;
        }

        if (entry.Sequence > Sequence + 1)
        {
            NoteGap(entry.Sequence);
        }
        else if (entry.PrevHash != _head)
        {
            findings.Add(FindingCode.BrokenChain, $"entry {entry.Sequence} of {Name} does not follow the entry before it");
        }

        if (entry.At < _lastAt)
        {
            findings.Add(FindingCode.TimeSteppedBack, $"entry {entry.Sequence} of {Name} is earlier than the entry before it");
        }

        if (_origin is not null && (located.Origin != _origin || located.Position <= _lastPosition))
        {
            findings.Add(FindingCode.WrongOrder, $"entry {entry.Sequence} of {Name} does not stand behind the entry before it in one log");
        }

        (Sequence, _head, _lastAt, _origin, _lastPosition) = (entry.Sequence, located.Hash, entry.At, located.Origin, located.Position);
        return true;
    }

    private void NoteGap(long next)
    {
        Unbroken = false;

        // A hostile sequence number must not make a list without an end.
        for (var missing = Sequence + 1; missing < next && missing <= Sequence + MostNamed; missing++)
        {
            findings.AddMissing(FindingCode.MissingEntry, new MissingItem("entry", Name, missing));
        }
    }

    private const int MostNamed = 100;
}
