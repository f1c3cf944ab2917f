using System.Collections.Immutable;

namespace Gantral.Silo.Audit;

/// <summary>What of a log somebody wants to take away, and may see.</summary>
/// <param name="LogId">The log.</param>
/// <param name="From">The first position.</param>
/// <param name="To">The position after the last; the log has been that large.</param>
public sealed record LogPart(int LogId, long From, long To)
{
    /// <summary>Whose entries are shown, and those of others as bare hashes; those of everybody, if nothing is said.</summary>
    public ImmutableHashSet<string>? Teams { get; init; }

    /// <summary>Whether private content is wanted.</summary>
    public bool Payloads { get; init; }

    /// <summary>The position from which to go on, where an earlier attempt broke off: then only the lines of the positions from there on are written.</summary>
    public long? Resume { get; init; }
}
