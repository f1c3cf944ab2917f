using System.Collections.Concurrent;

namespace Gantral.Silo.Ledger;

/// <summary>
/// Whether operators hold work of a team back, as batches that begin work saw it last. Whoever asks says since when it must
/// have been seen, and knows nothing otherwise: it is never older than the question.
/// </summary>
internal sealed class HeldBackTeams
{
    private readonly ConcurrentDictionary<string, (long Seen, bool IsHeld)> _teams = new(StringComparer.Ordinal);
    private long _moment;

    /// <summary>A moment after all that were taken before.</summary>
    public long Moment() => Interlocked.Increment(ref _moment);

    /// <summary>Takes what was looked at after a moment.</summary>
    public void Saw(long moment, string team, bool isHeld) =>
        _teams.AddOrUpdate(team, (moment, isHeld), (_, before) => before.Seen > moment ? before : (moment, isHeld));

    /// <summary>Whether a look after a moment found that all work of the team may be had.</summary>
    public bool IsFree(string team, long since) => _teams.TryGetValue(team, out var last) && last.Seen > since && !last.IsHeld;
}
