using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;
using Gantral.Silo.Schema;

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

    /// <summary>The file. A log that was reopened is in it under each of its names, with the positions that were signed under that.</summary>
    public static CanonicalBytes Of(ImmutableSortedDictionary<int, LogVerifyingKey> signers, ImmutableArray<LogReopening> reopenings, ImmutableArray<LogVerifyingKey> witnesses) => new TrustedKeys
    {
        Witnesses = witnesses,
        Logs = reopenings.Select(reopening => Former(signers[reopening.LogId], reopening))
            .Concat(signers.Select(log => new TrustedLogKey(log.Value, reopenings.LastOrDefault(reopening => reopening.LogId == log.Key)?.Position ?? 0, null)))
            .ToImmutableSortedDictionary(key => key.Key.Name, key => ImmutableArray.Create(key), StringComparer.Ordinal),
    }.ToFile();

    private static TrustedLogKey Former(LogVerifyingKey signer, LogReopening reopening) =>
        LogVerifyingKey.TryCreate(reopening.Former, signer.SubjectPublicKeyInfo, out var key, out var fault)
            ? new TrustedLogKey(key, 0, Math.Max(1, reopening.KnownSize))
            : throw new InvalidDataException(fault);
}
