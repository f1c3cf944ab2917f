using System.Buffers.Binary;
using System.Security.Cryptography;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

public class LogVerifyingKeyTests
{
    private const string Order = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";

    private static readonly LogVerifyingKey Key = PublishedSignature.Key();
    private static readonly byte[] Good = PublishedSignature.Der(PublishedSignature.TestR, PublishedSignature.TestS);

    [Fact]
    public void The_published_signature_verifies_over_its_text_only()
    {
        Assert.True(Verify(Good));
        Assert.False(Key.Verify("test\n"u8, PublishedSignature.Signature(Good)));
        Assert.False(Key.Verify("test"u8, new NoteSignature("other.example", PublishedSignature.KeyId, Good)));
        Assert.False(Key.Verify("test"u8, new NoteSignature("log.example", PublishedSignature.KeyId + 1, Good)));
    }

    [Fact]
    public void The_key_id_is_the_beginning_of_the_hash_of_the_encoded_key()
    {
        Assert.Equal(PublishedSignature.KeyId, Key.KeyId);
        Assert.Equal(PublishedSignature.Spki(), Key.SubjectPublicKeyInfo.ToArray());
        using var signer = LogSigner.Create("log.example");
        var hash = SHA256.HashData(signer.PublicKey.SubjectPublicKeyInfo);
        Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(hash), signer.PublicKey.KeyId);
    }

    [Fact]
    public void A_high_s_is_refused_though_its_low_twin_verifies()
    {
        var high = PublishedSignature.Der(PublishedSignature.SampleR, PublishedSignature.SampleHighS);
        var low = PublishedSignature.Der(PublishedSignature.SampleR, PublishedSignature.SampleLowS);
        Assert.False(Key.Verify("sample"u8, PublishedSignature.Signature(high)));
        Assert.True(Key.Verify("sample"u8, PublishedSignature.Signature(low)));
    }

    [Fact]
    public void Numbers_outside_the_group_are_refused()
    {
        var (r, s) = (PublishedSignature.TestR, PublishedSignature.TestS);
        foreach (var (wrongR, wrongS) in new[] { ("00", s), (r, "00"), ("00", "00"), (Order, s), (r, Order), (Order, Order) })
        {
            Assert.False(Verify(PublishedSignature.Der(wrongR, wrongS)));
        }
    }

    [Fact]
    public void Every_other_encoding_of_a_signature_is_refused()
    {
        // 30 len 02 21 00 r(32) 02 20 s(32), or shorter where a number has leading zeros.
        var r = Good[2..(4 + Good[3])];
        var s = Good[(4 + Good[3])..];
        byte[][] others =
        [
            [.. Good, 0],
            Good[..^1],
            Good[1..],
            [0x30],
            [0x30, 0x00],
            Sequence(r),
            Sequence([.. r, .. s, .. s]),
            Sequence([.. s, .. r]),
            Sequence([.. r, .. s, 0x05, 0x00]),
            [0x31, .. Good[1..]],
            [0x30, 0x81, .. Good[1..]],
            [0x30, 0x82, 0x00, .. Good[1..]],
            [0x30, 0x80, .. Good[2..], 0x00, 0x00],
            [0x30, (byte)(Good[1] + 1), .. Good[2..]],
            Sequence([0x02, 0x81, .. r[1..], .. s]),
            Sequence([.. r, 0x02, 0x81, .. s[1..]]),
            Sequence([0x03, .. r[1..], .. s]),
            Sequence([.. r, 0x22, .. s[1..]]),
            Sequence([0x02, (byte)(r[1] + 1), 0x00, .. r[2..], .. s]),
            Sequence([.. r, 0x02, (byte)(s[1] + 1), 0x00, .. s[2..]]),
            Sequence([0x02, (byte)(r[1] - 1), .. r[3..], .. s]),
            Sequence([0x02, 0x00, .. s]),
            Sequence([.. r, 0x02, 0x00]),
            Sequence([.. r, 0x02, 0x21, 0x01, .. new byte[32]]),
        ];
        Assert.All(others, other => Assert.False(Verify(other)));
        Assert.True(Verify(Sequence([.. r, .. s])));
    }

    [Fact]
    public void No_flipped_bit_or_cut_of_a_signature_verifies()
    {
        for (var bit = 0; bit < Good.Length * 8; bit++)
        {
            var flipped = Good.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Verify(flipped));
        }

        for (var length = 1; length < Good.Length; length++)
        {
            Assert.False(Verify(Good[..length]));
        }
    }

    [Fact]
    public void Only_a_P256_key_in_its_one_encoding_is_taken()
    {
        var spki = PublishedSignature.Spki();
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        byte[] compressed =
            [0x30, 0x39, .. spki[2..23], 0x03, 0x22, 0x00, 0x03, .. spki[27..59]];
        foreach (var other in new byte[][]
        {
            [],
            spki[..^1],
            [.. spki, 0],
            compressed,
            p384.ExportSubjectPublicKeyInfo(),
            rsa.ExportSubjectPublicKeyInfo(),
            PublishedSignature.Spki(y: PublishedSignature.X),
            PublishedSignature.Spki(new string('0', 64), new string('0', 64)),
            PublishedSignature.Spki(new string('F', 64)),
        })
        {
            Assert.False(LogVerifyingKey.TryCreate("log.example", other, out var key, out var fault));
            Assert.Null(key);
            Assert.EndsWith(".", fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_coordinate_past_the_field_is_refused()
    {
        // The point at x = 0 is on the curve; written with x = p it would be a second spelling of the same key.
        const string Y = "66485C780E2F83D72433BD5D84A06BB6541C2AF31DAE871728BF856A174F93F4";
        const string Prime = "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF";
        Assert.True(LogVerifyingKey.TryCreate(
            "log.example", PublishedSignature.Spki(new string('0', 64), Y), out _, out _));
        Assert.False(LogVerifyingKey.TryCreate("log.example", PublishedSignature.Spki(Prime, Y), out _, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\u007f")]
    public void A_key_is_not_taken_under_a_name_it_cannot_have(string name) =>
        Assert.False(LogVerifyingKey.TryCreate(name, PublishedSignature.Spki(), out _, out _));

    [Fact]
    public void One_key_verifies_for_many_at_once()
    {
        var right = 0;
        Parallel.For(0, 500, i =>
        {
            if (Verify(Good) && !Key.Verify("other"u8, PublishedSignature.Signature(Good)))
            {
                Interlocked.Increment(ref right);
            }
        });
        Assert.Equal(500, right);
    }

    [Fact]
    public void A_trusted_key_covers_from_its_first_position_to_before_its_last()
    {
        var retired = new TrustedLogKey(Key, 10, 20);
        Assert.Equal([false, true, true, false], new long[] { 9, 10, 19, 20 }.Select(retired.Covers));
        var current = new TrustedLogKey(Key, 20, null);
        Assert.Equal([false, true, true], new long[] { 19, 20, long.MaxValue }.Select(current.Covers));
    }

    private static bool Verify(byte[] der) => Key.Verify("test"u8, PublishedSignature.Signature(der));

    private static byte[] Sequence(byte[] content) => [0x30, (byte)content.Length, .. content];
}
