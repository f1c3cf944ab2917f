using System.Formats.Asn1;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

/// <summary>The P-256 key and SHA-256 signatures of RFC 6979, appendix A.2.5.</summary>
internal static class PublishedSignature
{
    private const string Header = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

    public const string X = "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6";
    public const string Y = "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299";

    /// <summary>The first four bytes of the key's SHA-256 as a second implementation gave them.</summary>
    public const uint KeyId = 0x5a7a78ccu;

    /// <summary>Over the text "test", with a low s.</summary>
    public const string TestR = "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367";
    public const string TestS = "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083";

    /// <summary>Over the text "sample", with a high s, and that s taken from the order.</summary>
    public const string SampleR = "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716";
    public const string SampleHighS = "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8";
    public const string SampleLowS = "0834E36AD29A83BF2BC9385E491D6099C8FDF9D1ED67AA7EA5F51F93782857A9";

    public static byte[] Spki(string x = X, string y = Y) => Convert.FromHexString(Header + x + y);

    public static LogVerifyingKey Key() =>
        LogVerifyingKey.TryCreate("log.example", Spki(), out var key, out var fault)
            ? key
            : throw new InvalidOperationException(fault);

    public static NoteSignature Signature(ReadOnlySpan<byte> der) => new("log.example", KeyId, der);

    /// <summary>The two numbers as DER, by the platform's encoder.</summary>
    public static byte[] Der(string r, string s)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Minimal(r));
            writer.WriteIntegerUnsigned(Minimal(s));
        }

        return writer.Encode();
    }

    private static ReadOnlySpan<byte> Minimal(string number)
    {
        var trimmed = Convert.FromHexString(number).AsSpan().TrimStart((byte)0);
        return trimmed.IsEmpty ? new byte[1] : trimmed;
    }
}
