using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gantral.Silo.Identity;
using Gantral.Silo.Identity.Development;

namespace Gantral.Silo.Tests.Identity;

/// <summary>Every token here was made to get in, and none may.</summary>
public sealed class ForgedTokenTests : IDisposable
{
    private readonly Mint _mint = new();
    private readonly TokenValidator _validator;

    public ForgedTokenTests() => _validator = new([DevelopmentIssuer.Of(_mint.Key)], new SetClock(Mint.Now));

    [Fact]
    public void A_good_token_gets_in_so_that_the_others_fail_for_their_own_reason() =>
        Assert.Equal("alice", _validator.Look(_mint.Token()).Identity?.Actor.Id);

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("ES384")]
    [InlineData("RS256")]
    [InlineData("es256")]
    [InlineData("")]
    public void Another_algorithm_is_refused_although_the_signature_is_good(string algorithm)
    {
        var header = Mint.Header();
        header["alg"] = algorithm;

        Refused(_mint.Token(header: header));
    }

    [Fact]
    public void An_unsigned_token_is_refused()
    {
        var header = Mint.Header();
        header["alg"] = "none";
        var unsigned = $"{Mint.Part(header.ToJsonString())}.{Mint.Part(Mint.Claims().ToJsonString())}";

        Refused($"{unsigned}.");
        Refused(unsigned);
    }

    [Fact]
    public void The_public_key_is_no_shared_secret()
    {
        var header = Mint.Header();
        header["alg"] = "HS256";
        var signed = $"{Mint.Part(header.ToJsonString())}.{Mint.Part(Mint.Claims().ToJsonString())}";
        foreach (var secret in new[] { _mint.Key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(_mint.Key.ExportSubjectPublicKeyInfoPem()) })
        {
            Refused($"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}");
        }
    }

    [Theory]
    [InlineData("other")]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("gantral-dev' OR 1=1")]
    [InlineData("GANTRAL-DEV")]
    [InlineData(null)]
    public void A_key_that_is_not_known_is_refused(string? keyId)
    {
        var header = Mint.Header();
        header["kid"] = keyId;

        Refused(_mint.Token(header: header));
    }

    [Theory]
    [InlineData("jku", "\"https://evil.example/keys\"")]
    [InlineData("x5u", "\"https://evil.example/cert\"")]
    [InlineData("jwk", "{\"kty\":\"EC\"}")]
    [InlineData("x5c", "[\"MIIB\"]")]
    [InlineData("crit", "[\"exp\"]")]
    [InlineData("zip", "\"DEF\"")]
    [InlineData("enc", "\"A256GCM\"")]
    [InlineData("cty", "\"JWT\"")]
    [InlineData("b64", "false")]
    public void A_header_that_brings_a_key_or_a_condition_is_refused(string name, string value)
    {
        var header = Mint.Header();
        header[name] = JsonNode.Parse(value);

        Refused(_mint.Token(header: header));
    }

    [Theory]
    [InlineData("typ", "\"at+jwt\"")]
    [InlineData("typ", "\"application/at+JWT\"")]
    [InlineData("x5t", "\"dGh1bWI\"")]
    [InlineData("x5t#S256", "\"dGh1bWI\"")]
    [InlineData("unheard-of", "1")]
    public void What_a_header_says_besides_is_used_for_nothing_and_does_no_harm(string name, string value)
    {
        var header = Mint.Header();
        header[name] = JsonNode.Parse(value);

        Assert.Equal("alice", _validator.Look(_mint.Token(header: header)).Identity?.Actor.Id);
    }

    [Theory]
    [InlineData("""{"alg":"ES256","alg":"ES256","kid":"gantral-dev"}""")]
    [InlineData("""{"alg":"none","kid":"gantral-dev","alg":"ES256"}""")]
    [InlineData("""{"kid":"gantral-dev"}""")]
    [InlineData("""{"alg":"ES256"}""")]
    [InlineData("""{"alg":["ES256"],"kid":"gantral-dev"}""")]
    [InlineData("""{"alg":"ES256","kid":"gantral-dev","typ":"logout+jwt"}""")]
    [InlineData("""{"alg":"ES256","kid":"gantral-dev","typ":"dpop+jwt"}""")]
    [InlineData("""{"alg":"ES256","kid":"gantral-dev","typ":7}""")]
    [InlineData("[]")]
    [InlineData("\"ES256\"")]
    [InlineData("{")]
    [InlineData("")]
    public void A_header_that_is_not_exactly_ours_is_refused(string header) => Refused(_mint.Token(Mint.Claims().ToJsonString(), header));

    [Theory]
    [InlineData("iss", "\"gantral-dev2\"")]
    [InlineData("iss", "[\"gantral-dev\"]")]
    [InlineData("iss", null)]
    [InlineData("aud", "\"other\"")]
    [InlineData("aud", "[]")]
    [InlineData("aud", "[\"gantral\",\"other\"]")]
    [InlineData("aud", "[\"gantral\",\"gantral\"]")]
    [InlineData("aud", "{\"gantral\":true}")]
    [InlineData("aud", null)]
    [InlineData("sub", "\"\"")]
    [InlineData("sub", "7")]
    [InlineData("sub", "\"a\\u0000b\"")]
    [InlineData("sub", "\"a\\nb\"")]
    [InlineData("sub", null)]
    [InlineData("azp", "[\"gantral-cli\"]")]
    [InlineData("azp", "\"\"")]
    [InlineData("exp", null)]
    [InlineData("exp", "\"9999999999\"")]
    [InlineData("exp", "-1")]
    [InlineData("exp", "99999999999999")]
    [InlineData("exp", "1e300")]
    [InlineData("exp", "1772604367.5")]
    [InlineData("nbf", "true")]
    [InlineData("iat", "\"now\"")]
    [InlineData("auth_time", "null")]
    [InlineData("teams", "\"\"")]
    [InlineData("cnf", "{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}")]
    [InlineData("client_id", "\"another-client\"")]
    [InlineData("teams", "[\"payments\",1]")]
    [InlineData("teams", "[\"\"]")]
    [InlineData("teams", "[[\"payments\"]]")]
    [InlineData("teams", "null")]
    [InlineData("roles", "{\"gantral.admin\":true}")]
    [InlineData("roles", "\"gantral.admin\"")]
    public void A_claim_that_is_missing_or_wrong_is_refused(string name, string? value)
    {
        var claims = Mint.Claims();
        claims.Remove(name);
        if (value is not null)
        {
            claims[name] = JsonNode.Parse(value);
        }

        Refused(_mint.Token(claims));
    }

    [Theory]
    [InlineData("exp", -60)]
    [InlineData("exp", -3600)]
    [InlineData("nbf", 61)]
    [InlineData("iat", 61)]
    public void A_token_out_of_its_time_is_refused(string name, int seconds)
    {
        var claims = Mint.Claims();
        claims[name] = Mint.Now.ToUnixTimeSeconds() + seconds;

        Refused(_mint.Token(claims));
    }

    [Theory]
    [InlineData("exp", -59)]
    [InlineData("nbf", 60)]
    [InlineData("iat", 60)]
    public void Clocks_may_be_a_minute_apart(string name, int seconds)
    {
        var claims = Mint.Claims();
        claims[name] = Mint.Now.ToUnixTimeSeconds() + seconds;

        Assert.Null(_validator.Look(_mint.Token(claims)).Fault);
    }

    [Theory]
    [InlineData("sub", "\"mallory\"")]
    [InlineData("roles", "[\"gantral.admin\"]")]
    [InlineData("exp", "9999999999")]
    [InlineData("act", "{}")]
    public void A_claim_given_twice_is_refused(string name, string value) =>
        Refused(_mint.Token($"{Mint.Claims().ToJsonString()[..^1]},\"{name}\":1,\"{name}\":{value}}}"));

    [Fact]
    public void Claims_that_are_not_an_object_in_UTF8_are_refused()
    {
        Assert.All(["[]", "null", "\"x\"", "{", $"{Mint.Claims().ToJsonString()}x", "{\"iss\":\"\\ud800\"}"], claims => Refused(_mint.Token(claims)));

        var signed = $"{Mint.Part(Mint.Header().ToJsonString())}.{Base64Url.EncodeToString([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}'])}";
        Refused($"{signed}.{Base64Url.EncodeToString(_mint.Sign(signed))}");
    }

    [Fact]
    public void Another_key_under_the_same_id_is_refused()
    {
        using var other = new Mint();

        Refused(other.Token());
    }

    [Fact]
    public void A_signature_is_64_bytes_over_exactly_this_token()
    {
        var token = _mint.Token();
        var parts = token.Split('.');
        var signature = Base64Url.DecodeFromChars(parts[2]);
        var der = _mint.Key.SignData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        Refused($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(der)}");
        Refused($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature.AsSpan(0, 63))}");
        Refused($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString([.. signature, 0])}");
        Refused($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[64])}");
        Refused($"{parts[0]}.{parts[1]}.");
        Refused($"{Mint.Part("{\"alg\":\"ES256\",\"kid\":\"gantral-dev\"}")}.{parts[1]}.{parts[2]}");
        Refused($"{parts[0]}.{Mint.Part(Mint.Claims("mallory").ToJsonString())}.{parts[2]}");
    }

    [Fact]
    public void Every_changed_bit_of_a_signature_is_refused()
    {
        var parts = _mint.Token().Split('.');
        var signature = Base64Url.DecodeFromChars(parts[2]);
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            var changed = signature.ToArray();
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            Refused($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(changed)}");
        }
    }

    [Fact]
    public void A_token_has_one_spelling()
    {
        var token = _mint.Token();

        Assert.All(
            [$"{token}=", $"{token}==", $"{token} ", $" {token}", $"{token}\n", $"{token}.", $"{token}.x", $".{token}", token.Replace(".", "..", StringComparison.Ordinal), token.Replace("-", "+", StringComparison.Ordinal).Replace("_", "/", StringComparison.Ordinal) + "+", "", ".", "..", "..."],
            Refused);
        Refused(WithStrayLastBits(token));
    }

    [Fact]
    public void A_token_over_the_limit_or_too_deep_is_refused()
    {
        var claims = Mint.Claims();
        claims["padding"] = new string('x', 8 * 1024);
        Refused(_mint.Token(claims));
        Refused(new string('.', 100_000));

        claims = Mint.Claims();
        claims["deep"] = JsonNode.Parse(new string('[', 30) + new string(']', 30));
        Refused(_mint.Token(claims));
    }

    [Fact]
    public void A_token_inside_a_token_is_refused()
    {
        var outer = $"{Mint.Part("""{"alg":"ES256","kid":"gantral-dev","cty":"JWT"}""")}.{Mint.Part(_mint.Token())}";

        Refused($"{outer}.{Base64Url.EncodeToString(_mint.Sign(outer))}");
    }

    [Fact]
    public void A_token_that_got_in_is_refused_once_it_has_expired()
    {
        var clock = new SetClock(Mint.Now);
        var validator = new TokenValidator([DevelopmentIssuer.Of(_mint.Key)], clock);
        var token = _mint.Token();
        Assert.Null(validator.Look(token).Fault);

        clock.Now = Mint.Now.AddSeconds(3600 + TokenValidator.SkewSeconds);

        Assert.Contains("expired", validator.Look(token).Fault, StringComparison.Ordinal);
        Assert.Contains("expired", validator.Look(token).Fault, StringComparison.Ordinal);
    }

    public void Dispose() => _mint.Dispose();

    // The last character of 64 encoded bytes carries two bits that stand for nothing.
    private static string WithStrayLastBits(string token)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return $"{token[..^1]}{Alphabet[Alphabet.IndexOf(token[^1], StringComparison.Ordinal) | 1]}";
    }

    private void Refused(string token)
    {
        var verdict = _validator.Look(token);
        Assert.Null(verdict.Identity);
        Assert.NotNull(verdict.Fault);
    }
}
