namespace Gantral.Client;

/// <summary>An event of a stream.</summary>
/// <param name="Id">To go on from after it.</param>
/// <param name="Entry">What happened; none where the stream only says how far it is, or ends.</param>
/// <param name="EndReason">Why the silo ends the stream, of the last event only: <c>token_expired</c>, <c>stopping</c>, <c>storage_unavailable</c>.</param>
public sealed record StreamedEvent(string Id, StreamedEntry? Entry, string? EndReason);
