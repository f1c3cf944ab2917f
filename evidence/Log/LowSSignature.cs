namespace Gantral.Evidence.Log;

/// <summary>
/// The one accepted spelling of a P-256 signature: minimal DER with s in the lower half of the group. Without it,
/// whoever holds a signature could write it another way and still have it verify.
/// </summary>
internal static class LowSSignature
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;

    /// <summary>Encodes r ‖ s, 32 bytes each, after bringing s into the lower half, where it is as valid.</summary>
    public static byte[] Encode(Span<byte> fields)
    {
        var s = fields[P256.FieldSize..];
        if (s.SequenceCompareTo(P256.HalfOrder) > 0)
        {
            Negate(s);
        }

        byte[] integers = [.. EncodeInteger(fields[..P256.FieldSize]), .. EncodeInteger(s)];
        return [Sequence, (byte)integers.Length, .. integers];
    }

    /// <summary>Decodes into r ‖ s; refuses every spelling but the one <see cref="Encode"/> writes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> der, Span<byte> fields)
    {
        if (der.Length < 2 || der[0] != Sequence || der[1] != der.Length - 2)
        {
            return false;
        }

        var rest = der[2..];
        return TryInteger(ref rest, P256.Order, false, fields[..P256.FieldSize])
            && TryInteger(ref rest, P256.HalfOrder, true, fields[P256.FieldSize..])
            && rest.IsEmpty;
    }

    private static bool TryInteger(
        ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> limit, bool limitIncluded, Span<byte> field)
    {
        // The longest is a sign byte and 32 more, so a length of the long form is refused with the rest.
        if (rest.Length < 2 || rest[0] != Integer || rest[1] is 0 or > P256.FieldSize + 1 || rest.Length - 2 < rest[1])
        {
            return false;
        }

        var number = rest.Slice(2, rest[1]);
        rest = rest[(2 + number.Length)..];
        var negative = number[0] >= 0x80;
        var padded = number.Length > 1 && number[0] == 0 && number[1] < 0x80;
        if (negative || padded)
        {
            return false;
        }

        number = number.TrimStart((byte)0);
        if (number.IsEmpty || number.Length > P256.FieldSize)
        {
            return false;
        }

        field.Clear();
        number.CopyTo(field[(P256.FieldSize - number.Length)..]);
        var order = field.SequenceCompareTo(limit);
        return order < 0 || (limitIncluded && order == 0);
    }

    private static byte[] EncodeInteger(ReadOnlySpan<byte> field)
    {
        var number = field.TrimStart((byte)0);
        return number[0] >= 0x80
            ? [Integer, (byte)(number.Length + 1), 0, .. number]
            : [Integer, (byte)number.Length, .. number];
    }

    private static void Negate(Span<byte> s)
    {
        var borrow = 0;
        for (var i = P256.FieldSize - 1; i >= 0; i--)
        {
            var difference = P256.Order[i] - s[i] - borrow;
            s[i] = (byte)difference;
            borrow = difference < 0 ? 1 : 0;
        }
    }
}
