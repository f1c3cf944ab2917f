using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Log;

namespace Gantral.Silo.Ledger;

/// <summary>The entries that every log begins with: what it is, and who signs it.</summary>
internal static class LogBeginning
{
    public static IEnumerable<SealedEntry> Of(LogVerifyingKey key, Instant at, LogHead? predecessor = null)
    {
        var first = new Entry
        {
            Subject = Subject.Log(key.Name),
            Sequence = 1,
            PrevHash = Digest.Zero,
            Type = EventType.LogOpened,
            At = at,
            Actor = Actor.System,
        };
        yield return SealedEntry.Seal(first with { Log = new LogOpening(key.Name) { Predecessor = predecessor } });
        yield return SealedEntry.Seal(first with
        {
            Subject = new Subject(SubjectType.Key, $"{key.Name}+{key.KeyId:x8}"),
            Type = EventType.KeyIntroduced,
            Key = new SigningKey(key.Name, SigningKey.EcdsaP256Sha256, Convert.ToBase64String(key.SubjectPublicKeyInfo)),
        });
    }
}
