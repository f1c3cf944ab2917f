using Gantral.Abstractions.Evidence;

namespace Gantral.Abstractions.Authority;

/// <summary>A policy version and the hash of its content.</summary>
public sealed record PolicyReference(string PolicyVersionId, Digest PolicyHash);
