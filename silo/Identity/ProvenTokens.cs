using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Evidence;

namespace Gantral.Silo.Identity;

/// <summary>Tokens that were verified lately, by their hash: a caller's next request costs no signature check.</summary>
internal sealed class ProvenTokens
{
    private const int Most = 4096;
    private readonly ConcurrentDictionary<Digest, ProvenToken> _known = new();

    public static Digest HashOf(string token)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return new Digest(hash);
    }

    public ProvenToken? Find(Digest hash) => _known.GetValueOrDefault(hash);

    public void Keep(Digest hash, ProvenToken token)
    {
        // Nobody who mints many tokens may fill the memory; starting over is cheap.
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[hash] = token;
    }

    public void Forget(Digest hash) => _known.TryRemove(hash, out _);
}
