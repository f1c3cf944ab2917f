namespace Gantral.Client;

/// <summary>A page of an instance's entries.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Entries">What it shows, in order.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
public sealed record HistoryPage(Guid InstanceId, IReadOnlyList<HistoryEntry> Entries, string? NextCursor);
