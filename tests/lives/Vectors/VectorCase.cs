using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Lives.Vectors;

/// <summary>One frozen bundle: how it is made, with which keys it is judged, and what the judgement must be.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Verdict">The verdict it must get.</param>
/// <param name="Code">The code it must get.</param>
/// <param name="Make">Makes the file anew; signatures apart, the bytes are the same each time.</param>
public sealed record VectorCase(string Name, Verdict Verdict, FindingCode Code, Func<byte[]> Make)
{
    /// <summary>The keys that the auditor trusts.</summary>
    public TrustedKeys Keys { get; init; } = VectorKeys.Trusted;

    /// <summary>Heads that the auditor holds from before.</summary>
    public IReadOnlyList<Checkpoint> Known { get; init; } = [];
}
