using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

public class LogSignerTests
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    [Fact]
    public void Every_signature_is_strict_der_with_a_low_s_that_the_platform_verifies_too()
    {
        using var signer = LogSigner.Create("log.example");
        using var platform = ECDsa.Create();
        platform.ImportSubjectPublicKeyInfo(signer.PublicKey.SubjectPublicKeyInfo, out _);
        for (var i = 0; i < 1000; i++)
        {
            var text = BitConverter.GetBytes(i);
            var signature = signer.Sign(text);
            var (r, s) = Read(signature);
            Assert.InRange(r, BigInteger.One, Order - 1);
            Assert.InRange(s, BigInteger.One, Order / 2);
            Assert.True(signer.PublicKey.Verify(text, signature));
            Assert.True(platform.VerifyData(
                text, signature.Bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }
    }

    [Fact]
    public void A_signature_written_again_with_the_other_s_is_refused()
    {
        using var signer = LogSigner.Create("log.example");
        using var platform = ECDsa.Create();
        platform.ImportSubjectPublicKeyInfo(signer.PublicKey.SubjectPublicKeyInfo, out _);
        for (var i = 0; i < 50; i++)
        {
            var text = BitConverter.GetBytes(i);
            var signature = signer.Sign(text);
            var (r, s) = Read(signature);
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteInteger(r);
                writer.WriteInteger(Order - s);
            }

            // The platform takes the other spelling, which is why this library must not.
            Assert.True(platform.VerifyData(
                text, writer.Encode(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
            Assert.False(signer.PublicKey.Verify(
                text, new NoteSignature(signature.Name, signature.KeyId, writer.Encode())));
        }
    }

    [Fact]
    public void A_key_kept_as_pem_signs_for_the_same_public_key()
    {
        using var signer = LogSigner.Create("log.example");
        Assert.True(LogSigner.TryFromPem("log.example", signer.ExportPem(), out var again, out _));
        using (again)
        {
            Assert.Equal(signer.PublicKey.KeyId, again.PublicKey.KeyId);
            Assert.True(signer.PublicKey.Verify("text\n"u8, again.Sign("text\n"u8)));
        }
    }

    [Fact]
    public void Other_pem_is_refused_with_a_sentence()
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        var pkcs8 = p256.ExportPkcs8PrivateKey();
        byte[] withOthersPoint = [.. pkcs8[..^64], .. PublishedSignature.Spki()[^64..]];
        foreach (var pem in new[]
        {
            "",
            "no key",
            p256.ExportECPrivateKeyPem(),
            p256.ExportSubjectPublicKeyInfoPem(),
            p384.ExportPkcs8PrivateKeyPem(),
            rsa.ExportPkcs8PrivateKeyPem(),
            PemEncoding.WriteString("PRIVATE KEY", withOthersPoint),
            PemEncoding.WriteString("PRIVATE KEY", [.. pkcs8, 0]),
            PemEncoding.WriteString("PRIVATE KEY", pkcs8.AsSpan(0, 40)),
            PemEncoding.WriteString("PRIVATE KEY", []),
        })
        {
            Assert.False(LogSigner.TryFromPem("log.example", pem, out var signer, out var fault));
            Assert.Null(signer);
            Assert.EndsWith(".", fault, StringComparison.Ordinal);
        }

        Assert.False(LogSigner.TryFromPem("a b", p256.ExportPkcs8PrivateKeyPem(), out _, out _));
    }

    [Fact]
    public void A_key_that_cannot_sign_for_its_public_half_is_refused()
    {
        using var whole = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var half = ECDsa.Create(whole.ExportParameters(false));
        Assert.False(LogSigner.TryCreate("log.example", half, out _, out var fault));
        Assert.Equal("The key does not sign what its public half verifies.", fault);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.False(LogSigner.TryCreate("log.example", p384, out _, out _));
        Assert.Throws<ArgumentException>(() => LogSigner.Create("a b"));
    }

    private static (BigInteger R, BigInteger S) Read(NoteSignature signature)
    {
        var sequence = new AsnReader(signature.Bytes.ToArray(), AsnEncodingRules.DER).ReadSequence();
        return (sequence.ReadInteger(), sequence.ReadInteger());
    }
}
