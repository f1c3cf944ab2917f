using Gantral.Abstractions.Authority;

namespace Gantral.Abstractions.Evidence;

/// <summary>A delegation, named by its id, the hash of the entry that granted it, and who granted it.</summary>
public sealed record DelegationReference(Guid DelegationId, Digest EntryHash, Person Grantor);
