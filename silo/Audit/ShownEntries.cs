using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Log;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Audit;

/// <summary>Which entries of a part of a log are shown, and what from elsewhere governs them: found in one pass, before the first line is written.</summary>
internal sealed class ShownEntries(LogPart part)
{
    private readonly GoverningSubjects _named = new();
    private readonly HashSet<long> _lent = [];

    /// <summary>What governs what is shown and lies before the part, or in another log, in order of position.</summary>
    public ImmutableArray<(long Position, CanonicalBytes Entry)> Carried { get; private set; } = [];

    /// <summary>How many entries of the part are shown.</summary>
    public long Shown { get; private set; }

    /// <summary>How many of them have private content to be shown.</summary>
    public long Payloads { get; private set; }

    // A whole log holds what governs it.
    private bool IsWhole => part is { LogId: PostgresLedger.GoverningLog, From: 0, Teams: null };

    /// <summary>Looks through the part.</summary>
    public async Task FindAsync(LogPages pages, EntryReads entries, CancellationToken cancellation)
    {
        if ((IsWhole && !part.Payloads) || (part.Teams is null && part.Resume is not null))
        {
            Shown = part.To - part.From;
            return;
        }

        for (var from = part.From; from < part.To; from += LogPages.PageEntries)
        {
            var position = from;
            var own = new List<long>();
            foreach (var bytes in await pages.EntriesAsync(part.LogId, from, Math.Min(from + LogPages.PageEntries, part.To), cancellation))
            {
                if (Read(bytes) is var entry && IsOwn(entry))
                {
                    own.Add(position);
                    Note(entry, bytes);
                }

                position++;
            }

            Shown += own.Count;
            Payloads += part.Payloads ? await pages.PayloadCountAsync(part.LogId, [.. own], cancellation) : 0;
        }

        if (!IsWhole)
        {
            await FindGoverningAsync(entries);
        }
    }

    /// <summary>Whether an entry of the part is shown, and whether as one whose private content may be, too.</summary>
    public (bool Entry, bool Payload) Of(long position, CanonicalBytes bytes) =>
        part.Teams is null || IsOwn(Read(bytes)) ? (true, part.Payloads) : (_lent.Contains(position), false);

    private async Task FindGoverningAsync(EntryReads entries)
    {
        var governing = await _named.ReadAsync(entries);
        var isHere = part.LogId == PostgresLedger.GoverningLog;
        Carried = [.. governing.Where(entry => !isHere || entry.Position < part.From).OrderBy(entry => entry.Position).Select(entry => (entry.Position, entry.Sealed.Bytes))];
        if (!isHere || part.Teams is null)
        {
            return;
        }

        // What another team made and entries of this one are bound to: shown as an entry, without its content.
        foreach (var entry in governing.Where(entry => entry.Position >= part.From && entry.Position < part.To && !IsOwn(entry.Sealed.Entry)))
        {
            _lent.Add(entry.Position);
        }

        Shown += _lent.Count;
    }

    private void Note(Entry? entry, CanonicalBytes bytes)
    {
        if (entry is null || IsWhole)
        {
            return;
        }

        _named.Take(entry);
        if (part.LogId == PostgresLedger.GoverningLog && entry.Subject.Type != SubjectType.Instance && entry.Sequence > 1)
        {
            _named.TakeBefore(entry, TreeHash.Leaf(bytes.Span));
        }
    }

    // Nobody's, and so everybody's, is what the log says of itself. What cannot be read could be anybody's.
    private bool IsOwn(Entry? entry) =>
        part.Teams is not { } teams || (entry is not null && (IsOfTheLog(entry) || ((entry.Binding?.OwningTeamId ?? entry.OwningTeamId) is { } team && teams.Contains(team))));

    private static bool IsOfTheLog(Entry entry) => entry.Type == EventType.LogOpened || entry.Subject.Type == SubjectType.Key;

    private static Entry? Read(CanonicalBytes bytes) => EntryReader.TryRead(bytes.Span, out var entry, out _) ? entry : null;
}
