namespace Gantral.Abstractions.Evidence;

/// <summary>Content that an entry only hashes. With its salt a short secret cannot be guessed from its hash.</summary>
/// <param name="Name">What the content is.</param>
/// <param name="Salt">16 bytes that nobody can guess.</param>
/// <param name="Value">The content.</param>
public sealed record PrivateField(string Name, ReadOnlyMemory<byte> Salt, CanonicalBytes Value)
{
    /// <summary>How many bytes a salt has.</summary>
    public const int SaltSize = 16;
}
