using Gantral.Abstractions.Authority;

namespace Gantral.Evidence.Verification;

/// <summary>The verdict on one instance.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Finding">What decides the verdict; <see cref="FindingCode.Ok"/> when nothing was found.</param>
/// <param name="Entries">How many of its entries were seen.</param>
/// <param name="State">The state after the last of them.</param>
/// <param name="Open">Whether it has not ended.</param>
public sealed record InstanceReport(string InstanceId, Finding Finding, long Entries, ExecutionState? State, bool Open)
{
    /// <summary>The verdict.</summary>
    public Verdict Verdict => Finding.Verdict;
}
