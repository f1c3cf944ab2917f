namespace Gantral.Client;

/// <summary>Whether the entries hold together: a look at itself, and no proof.</summary>
/// <param name="Entries">How many were looked at.</param>
/// <param name="IsConsistent">Whether all of them do.</param>
/// <param name="Faults">The first that do not.</param>
public sealed record EntryCheck(long Entries, bool IsConsistent, IReadOnlyList<EntryCheckFault> Faults);
