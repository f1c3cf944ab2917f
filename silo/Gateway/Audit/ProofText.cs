using System.Globalization;
using System.Text;
using Gantral.Abstractions.Evidence;

namespace Gantral.Silo.Gateway.Audit;

/// <summary>Proofs in the texts that tools of others read: each with the signed head that it leads to.</summary>
internal static class ProofText
{
    /// <summary>An inclusion proof as C2SP tlog-proof has it.</summary>
    public static byte[] Inclusion(long position, IEnumerable<Digest> path, ReadOnlySpan<byte> note) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"c2sp.org/tlog-proof@v1\nindex {position}\n"), path, note);

    /// <summary>A consistency proof as C2SP tlog-witness sends it to a witness.</summary>
    public static byte[] Consistency(long first, IEnumerable<Digest> path, ReadOnlySpan<byte> note) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"old {first}\n"), path, note);

    private static byte[] Write(string beginning, IEnumerable<Digest> path, ReadOnlySpan<byte> note)
    {
        var text = new StringBuilder(beginning);
        foreach (var hash in path)
        {
            text.Append(Convert.ToBase64String(hash.ToArray())).Append('\n');
        }

        return [.. Encoding.UTF8.GetBytes(text.Append('\n').ToString()), .. note];
    }
}
