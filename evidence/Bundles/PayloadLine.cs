using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;

namespace Gantral.Evidence.Bundles;

/// <summary>The private fields of an entry as a bundle shows them: each with salt and content, or erased down to its hash.</summary>
internal static class PayloadLine
{
    /// <summary>Recomputes the hashes of the fields, in ascending order of their names.</summary>
    public static ImmutableArray<KeyValuePair<string, Digest>> Hashes(ReadOnlySpan<byte> fieldsObject, out string? fault)
    {
        var hashes = ImmutableArray.CreateBuilder<KeyValuePair<string, Digest>>();
        var fields = new FieldReader(fieldsObject, BundleLine.Limits);
        fields.Open();
        while (fields.TryBeginAny(out var name))
        {
            var erased = fields.Hash("hash"u8);
            var salt = fields.Text("salt"u8);
            var hasValue = fields.Raw("value"u8, out var value);
            if (erased is not null == (salt is not null && hasValue) || salt is not null != hasValue)
            {
                fields.Fail($"{name} has neither salt and value nor a hash alone");
            }

            hashes.Add(KeyValuePair.Create(name, erased ?? Recompute(ref fields, salt, value)));
            fields.End();
        }

        fields.Close();
        fault = fields.Fault;
        return hashes.ToImmutable();
    }

    private static Digest Recompute(ref FieldReader fields, string? salt, ReadOnlySpan<byte> value)
    {
        Span<byte> bytes = stackalloc byte[PrivateField.SaltSize];
        if (salt is null || salt.Length != 2 * PrivateField.SaltSize || salt.AsSpan().ContainsAnyExcept(LowerHex)
            || Convert.FromHexString(salt, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            fields.Fail($"a salt is not {2 * PrivateField.SaltSize} lower-case hexadecimal digits");
            return default;
        }

        return PayloadHashing.Of(bytes, value);
    }

    private static readonly System.Buffers.SearchValues<char> LowerHex = System.Buffers.SearchValues.Create("0123456789abcdef");
}
