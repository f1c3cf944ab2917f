using Gantral.Abstractions.Refusals;

namespace Gantral.Grains.Ledger;

/// <summary>What grains say when the ledger did not take a commit.</summary>
internal static class Refusals
{
    /// <summary>The key was used for something else.</summary>
    public static Refusal KeyTaken { get; } = new(RefusalCode.IdempotencyConflict,
        "This idempotency key was used for another request; send the new request under a key of its own.");

    /// <summary>Others kept coming first.</summary>
    public static Refusal Contended { get; } = new(RefusalCode.Overloaded,
        "Others kept changing the same subject first, and nothing was done; send the same request again, under the same key.");

    /// <summary>The runner is no longer the one that has the work.</summary>
    public static Refusal LeaseLost { get; } = new(RefusalCode.LeaseLost,
        "This runner no longer holds the task, and nothing was done; stop the work, and claim again.");

    /// <summary>The ledger cannot be read.</summary>
    public static Refusal StorageUnavailable { get; } = new(RefusalCode.StorageUnavailable,
        "The storage cannot be read, and nothing was done; send the same request again, under the same key.");

    /// <summary>The evidence cannot be produced.</summary>
    public static Refusal EvidenceFailure(string fault) => new(RefusalCode.EvidenceFailure,
        $"The evidence could not be produced, so nothing was done: {fault}");
}
