namespace Gantral.Evidence.Verification;

/// <summary>Something that is needed for a proof and is not there.</summary>
/// <param name="Kind">entry, proof, checkpoint, consistency, key, or header.</param>
/// <param name="Subject">Of what.</param>
/// <param name="Number">Its sequence, position or size, where it has one.</param>
public sealed record MissingItem(string Kind, string Subject, long? Number)
{
    internal static IComparer<MissingItem> Order { get; } = Comparer<MissingItem>.Create((left, right) =>
    {
        var kind = string.CompareOrdinal(left.Kind, right.Kind);
        var subject = string.CompareOrdinal(left.Subject, right.Subject);
        return kind != 0 ? kind : subject != 0 ? subject : Nullable.Compare(left.Number, right.Number);
    });

    /// <inheritdoc/>
    public override string ToString() => $"{What} {Subject}";

    private string What => (Kind, Number) switch
    {
        ("entry", null) => "the entry of",
        ("entry", { } number) => $"entry {number} of",
        ("proof", { } number) => $"the inclusion proof of position {number} of",
        ("checkpoint", null) => "a signed checkpoint of",
        ("checkpoint", { } number) => $"the signed checkpoint of size {number} of",
        ("consistency", { } number) => $"a consistency proof for the checkpoint of size {number} of",
        ("key", _) => "a trusted key of",
        _ => $"{Kind} {Number} of",
    };
}
