using Gantral.Abstractions.Evidence;

namespace Gantral.Abstractions.Grains;

/// <summary>The idempotency key of a command, and what it was used for.</summary>
/// <param name="CommandId">The hash over who uses the key, and the key.</param>
/// <param name="RequestHash">The hash of what is asked; none for a key that was made up for one request, which nobody can send again.</param>
public readonly record struct CommandKey(Digest CommandId, Digest? RequestHash);
