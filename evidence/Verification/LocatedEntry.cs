using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Verification;

/// <summary>An entry with its hash and its place.</summary>
internal readonly record struct LocatedEntry(Entry Entry, Digest Hash, string Origin, long Position);
