using System.Security.Cryptography;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Grains.Ledger;

namespace Gantral.Conformance;

/// <summary>A ledger, and what its entries are made of.</summary>
/// <param name="Ledger">The ledger.</param>
/// <param name="Moments">Times that the ledger takes.</param>
/// <param name="NewInstanceId">Ids of instances that the ledger takes, all of them for one log.</param>
public sealed record LedgerUnderTest(ILedger Ledger, IMoments Moments, Func<Guid> NewInstanceId)
{
    /// <summary>A key that nobody has used.</summary>
    public static CommandKey NewKey() => new(NewDigest(), NewDigest());

    /// <summary>The same key with another request.</summary>
    public static CommandKey ForAnotherRequest(CommandKey key) => key with { RequestHash = NewDigest() };

    private static Digest NewDigest() => new(RandomNumberGenerator.GetBytes(Digest.Size));
}
