using System.Text;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Tests.Json;

public class StrictTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData("[1")]
    [InlineData("[1,")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1,")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":1 \"b\":2}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("{1:1}")]
    [InlineData("[1}")]
    [InlineData("{\"a\":1]")]
    [InlineData("]")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("0x10")]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("00")]
    [InlineData("+1")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.e1")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1_000")]
    [InlineData("True")]
    [InlineData("tru")]
    [InlineData("nullx")]
    [InlineData("undefined")]
    [InlineData("1 2")]
    [InlineData("{} {}")]
    [InlineData("1//")]
    [InlineData("/* */1")]
    [InlineData("\"")]
    [InlineData("\"a")]
    [InlineData("\"\\")]
    [InlineData("\"\\x41\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\U0041\"")]
    [InlineData("\"\t\"")]
    [InlineData("\"\n\"")]
    [InlineData("\"\0\"")]
    [InlineData("\f1")]
    [InlineData("\u00a01")]
    [InlineData("\ufeff1")]
    public void Text_that_is_not_JSON_is_refused(string text)
    {
        Assert.Equal(JsonFaultCode.Syntax, CanonicalText.RefusalOf(text).Code);
        Assert.Contains(CanonicalText.ReadFaultOf(text).Code, new[] { JsonFaultCode.Syntax, JsonFaultCode.NotCanonical });
    }

    // Overlong forms, an encoded surrogate, beyond U+10FFFF, truncated, a lone continuation, bytes UTF-8 never has.
    [Theory]
    [InlineData("22c0af22")]
    [InlineData("22e080af22")]
    [InlineData("22f08080af22")]
    [InlineData("22eda08022")]
    [InlineData("22edbfbf22")]
    [InlineData("22f490808022")]
    [InlineData("22e282")]
    [InlineData("22e28222")]
    [InlineData("228022")]
    [InlineData("22ff22")]
    [InlineData("22fe22")]
    [InlineData("31ff")]
    public void Bytes_that_are_not_UTF8_are_refused_where_they_stop_being_it(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        var fault = CanonicalText.RefusalOf(bytes);
        Assert.Equal(JsonFaultCode.InvalidUtf8, fault.Code);
        Assert.Equal(1, fault.Offset);
        Assert.False(CanonicalJson.IsCanonical(bytes, JsonLimits.Default, out fault));
        Assert.Equal((JsonFaultCode.InvalidUtf8, 1), (fault.Code, fault.Offset));
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\"")]
    [InlineData("\"\\ud800x\"")]
    [InlineData("\"\\ud800\\n\"")]
    [InlineData("\"\\ud800\\u0041\"")]
    [InlineData("\"\\ud800\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    [InlineData("{\"\\udfff\":1}")]
    public void Half_a_surrogate_pair_is_refused(string text) =>
        Assert.Equal(JsonFaultCode.LoneSurrogate, CanonicalText.RefusalOf(text).Code);

    [Theory]
    [InlineData("{\"a\":1,\"a\":1}", "/a", 7)]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "/a", 7)]
    [InlineData("{\"b\":1,\"a\":2,\"b\":3,\"a\":4}", "/b", 13)]
    [InlineData("{\"x\":[0,{\"\\n\":1,\"\\u000A\":2}]}", "/x/1/\n", 16)]
    [InlineData("{\"\":1,\"\":2}", "/", 6)]
    [InlineData("{\"a/b~c\":1,\"a\\/b~c\":2}", "/a~1b~0c", 11)]
    public void A_member_named_twice_is_refused_at_its_second_name(string text, string path, int offset)
    {
        var fault = CanonicalText.RefusalOf(text);
        Assert.Equal((JsonFaultCode.DuplicateKey, path, offset), (fault.Code, fault.Path, fault.Offset));
    }

    [Fact]
    public void Depth_is_refused_beyond_the_limit_and_not_at_it()
    {
        var three = new JsonLimits { MaxDepth = 3 };
        Assert.True(CanonicalJson.TryCanonicalize("[{\"a\":[]}]"u8, three, out _, out _));
        var fault = CanonicalText.RefusalOf("[{\"a\":[{}]}]", three);
        Assert.Equal((JsonFaultCode.TooDeep, "/0/a/0", 7), (fault.Code, fault.Path, fault.Offset));
        Assert.Equal(fault, CanonicalText.ReadFaultOf("[{\"a\":[{}]}]", three));
        Assert.Equal(Nested(64), CanonicalText.Of(Nested(64)));
        Assert.Equal(JsonFaultCode.TooDeep, CanonicalText.RefusalOf(Nested(65)).Code);
    }

    [Fact]
    public void Size_is_refused_beyond_the_limit_and_not_at_it()
    {
        var five = new JsonLimits { MaxBytes = 5 };
        Assert.True(CanonicalJson.TryCanonicalize("\"abc\""u8, five, out _, out _));
        Assert.Equal(JsonFaultCode.TooLarge, CanonicalText.RefusalOf("\"abcd\"", five).Code);
        Assert.Equal(JsonFaultCode.TooLarge, CanonicalText.ReadFaultOf("\"abcd\"", five).Code);
    }

    [Fact]
    public void A_canonical_form_that_outgrows_the_limit_is_refused() =>
        Assert.Equal(JsonFaultCode.TooLarge, CanonicalText.RefusalOf("1e20", new JsonLimits { MaxBytes = 20 }).Code);

    [Fact]
    public void A_limit_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonLimits { MaxDepth = 65 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonLimits { MaxDepth = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonLimits { MaxBytes = 0 });
    }

    [Fact]
    public void A_fault_tells_where_and_what_in_its_exception()
    {
        var refused = Assert.Throws<JsonRefusedException>(() => CanonicalText.Of("{\"a\":[1,nope]}"));
        Assert.Equal(("/a/1", 8), (refused.Fault.Path, refused.Fault.Offset));
        Assert.Contains("\"/a/1\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains(refused.Fault.Message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_path_of_a_fault_under_a_long_name_is_cut_short()
    {
        var name = new string('é', 100_000);
        var fault = CanonicalText.RefusalOf(Encoding.UTF8.GetBytes($"{{\"{name}\":nope}}"));
        Assert.InRange(fault.Path.Length, 200, 300);
        Assert.StartsWith("/éé", fault.Path, StringComparison.Ordinal);
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
