namespace Gantral.Silo.Schema;

/// <summary>That a log went on under another name.</summary>
/// <param name="LogId">The log.</param>
/// <param name="Position">The position of the entry that says so.</param>
/// <param name="Former">The name that it had before.</param>
/// <param name="KnownSize">How many entries were known under that name.</param>
public sealed record LogReopening(int LogId, long Position, string Former, long KnownSize);
