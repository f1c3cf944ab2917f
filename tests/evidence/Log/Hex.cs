using System.Text;
using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Tests.Log;

internal static class Hex
{
    public static Digest Digest(string hex) =>
        Abstractions.Evidence.Digest.TryParse(Encoding.ASCII.GetBytes(hex), out var digest)
            ? digest
            : throw new ArgumentException(hex);

    public static Digest[] Digests(string spaceSeparated) =>
        [.. spaceSeparated.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Digest)];

    /// <summary>The same digest but for one bit.</summary>
    public static Digest Flip(Digest digest, int bit)
    {
        var bytes = digest.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return new Digest(bytes);
    }
}
