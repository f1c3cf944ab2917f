using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Gantral.Abstractions.Evidence;

namespace Gantral.Cli.Logs;

/// <summary>A consistency proof as C2SP tlog-witness has it: <c>old SIZE</c>, a line for each hash, an empty line and the signed head.</summary>
internal sealed record ConsistencyText(Digest[] Path, byte[] Note)
{
    /// <summary>Reads a proof that begins at a size.</summary>
    public static bool TryParse(string text, long old, [NotNullWhen(true)] out ConsistencyText? proof)
    {
        proof = null;
        var beginning = string.Create(CultureInfo.InvariantCulture, $"old {old}\n");
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < beginning.Length - 1 || !text.StartsWith(beginning, StringComparison.Ordinal))
        {
            return false;
        }

        var path = new List<Digest>();
        foreach (var line in text[..end].Split('\n').Skip(1))
        {
            var hash = new byte[Digest.Size];
            if (!Convert.TryFromBase64String(line, hash, out var length) || length != Digest.Size)
            {
                return false;
            }

            path.Add(new Digest(hash));
        }

        proof = new ConsistencyText([.. path], Encoding.UTF8.GetBytes(text[(end + 2)..]));
        return true;
    }
}
