using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Authority;

/// <summary>Everything a ruling needs that is not in its arguments: time and chance are inputs, so equal inputs rule alike.</summary>
/// <param name="At">The database's time.</param>
/// <param name="NewId">An id that nobody has used, for the decision or the delegation that the command makes.</param>
/// <param name="Salts">Random bytes; each private field takes sixteen, in order.</param>
public readonly record struct Moment(Instant At, Guid NewId, ReadOnlyMemory<byte> Salts)
{
    /// <summary>How many random bytes the command with the most private fields takes.</summary>
    public const int SaltBytes = 8 * Gantral.Abstractions.Evidence.PrivateField.SaltSize;
}
