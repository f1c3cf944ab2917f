using System.Buffers;
using System.Buffers.Text;

namespace Gantral.Evidence.Log;

/// <summary>Base64 with one spelling per value: no white space, full padding, unused bits zero.</summary>
internal static class CanonicalBase64
{
    public static bool TryDecode(ReadOnlySpan<byte> text, out byte[] bytes)
    {
        bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, bytes, out _, out var written) != OperationStatus.Done)
        {
            return false;
        }

        bytes = bytes[..written];

        // The decoder is lenient about white space; only what encodes back to the same text is canonical.
        var again = new byte[Base64.GetMaxEncodedToUtf8Length(written)];
        return Base64.EncodeToUtf8(bytes, again, out _, out var length) == OperationStatus.Done
            && text.SequenceEqual(again.AsSpan(0, length));
    }
}
