using Gantral.Evidence.Entries;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>An entry and where it lies in its log.</summary>
/// <param name="Position">The position.</param>
/// <param name="Entry">The entry.</param>
internal sealed record PlacedEntry(long Position, SealedEntry Entry);
