using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Silo.Audit;

/// <summary>The keys file that whoever verifies this silo's logs is given: public keys, and nothing else.</summary>
internal static class PublishedKeys
{
    private const string File = "keys.json";

    /// <summary>Puts the file into a silo's data folder, where whoever has the folder finds it without the silo.</summary>
    public static void Write(string dataFolder, CanonicalBytes keys)
    {
        var draft = Path.Combine(dataFolder, $"{File}.new");
        System.IO.File.WriteAllBytes(draft, [.. keys.Span, (byte)'\n']);
        System.IO.File.Move(draft, Path.Combine(dataFolder, File), overwrite: true);
    }

    /// <summary>The file.</summary>
    public static CanonicalBytes Of(IEnumerable<LogVerifyingKey> signers, ImmutableArray<LogVerifyingKey> witnesses) => new TrustedKeys
    {
        Witnesses = witnesses,
        Logs = signers.ToImmutableSortedDictionary(key => key.Name, key => ImmutableArray.Create(new TrustedLogKey(key, 0, null)), StringComparer.Ordinal),
    }.ToFile();
}
