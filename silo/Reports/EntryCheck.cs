using System.Collections.Immutable;

namespace Gantral.Silo.Reports;

/// <summary>
/// Whether entries hold together: each hashes to what the next one names, takes a legal edge, and binds the private content
/// that is there. It is a look at itself, not a proof: that is what a bundle and `gantral verify` are for.
/// </summary>
/// <param name="Entries">How many were looked at.</param>
/// <param name="IsConsistent">Whether all of them do.</param>
/// <param name="Faults">The first that do not.</param>
public sealed record EntryCheck(long Entries, bool IsConsistent, ImmutableArray<EntryCheckFault> Faults);
