using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;

namespace Gantral.Evidence.Bundles;

/// <summary>The private fields of an entry as a bundle shows them: each with salt and content, or erased down to its hash.</summary>
internal static class PayloadLine
{
    /// <summary>A private field as shown: its hash, and the hash without salt while its content is there.</summary>
    public readonly record struct Shown(string Name, Digest Hash, Digest? Unsalted);

    /// <summary>Recomputes the hashes of the fields, in ascending order of their names.</summary>
    public static ImmutableArray<Shown> Read(ReadOnlySpan<byte> fieldsObject, out string? fault)
    {
        var shown = ImmutableArray.CreateBuilder<Shown>();
        var fields = new FieldReader(fieldsObject, BundleLine.Limits);
        fields.Open();
        while (fields.TryBeginAny(out var name))
        {
            if (!PrivateFieldNames.All.Contains(name))
            {
                fields.Fail($"{name} is no private field");
            }

            var erased = fields.Hash("hash"u8);
            var salt = fields.Text("salt"u8);
            var hasValue = fields.Raw("value"u8, out var value);
            if (erased is not null == (salt is not null && hasValue) || salt is not null != hasValue)
            {
                fields.Fail($"{name} has neither salt and value nor a hash alone");
            }

            shown.Add(new Shown(name, erased ?? Recompute(ref fields, salt, value), hasValue ? PayloadHashing.Of([], value) : null));
            fields.End();
        }

        fields.Close();
        fault = fields.Fault;
        return shown.ToImmutable();
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
