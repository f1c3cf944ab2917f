using Gantral.Evidence.Json;

namespace Gantral.Evidence.Tests.Json;

public class Rfc8785Tests
{
    private const string Sample = """
        {
          "numbers": [333333333.3333333, 1E30, 4.50,
                      2e-3, 0.000000000000000000000000001],
          "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
          "literals": [null, true, false]
        }
        """;

    // Section 3.2.4, the published bytes.
    private const string SampleBytes =
        "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e333333333333" +
        "332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c" +
        "222f227d";

    [Fact]
    public void The_sample_of_section_3_2_2_gets_the_published_bytes() =>
        Assert.Equal(SampleBytes, Convert.ToHexStringLower(Canonicalize(Sample)));

    // The published sample spells its first number 333333333.33333329. The double is 333333333.33333331..., so those
    // digits are not what is kept; this library takes no number whose digits it would change without a word.
    [Fact]
    public void The_published_literal_with_a_digit_too_many_is_refused()
    {
        var fault = CanonicalText.RefusalOf(Sample.Replace("333333333.3333333", "333333333.33333329", StringComparison.Ordinal));
        Assert.Equal(JsonFaultCode.InexactNumber, fault.Code);
        Assert.Equal("/numbers/0", fault.Path);
    }

    [Fact]
    public void The_sample_of_section_3_2_3_is_sorted_as_published()
    {
        var canonical = CanonicalText.Of("""
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """);
        Assert.Equal(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\"," +
            "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\"," +
            "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
            canonical);
    }

    [Fact]
    public void Every_control_has_its_one_escape()
    {
        var escapes = string.Concat(Enumerable.Range(0, 0x20).Select(control => $"\\u{control:X4}"));
        Assert.Equal(
            "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f" +
            "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f\"",
            CanonicalText.Of($"\"{escapes}\""));
    }

    [Theory]
    [InlineData("\"\\/\\u007f\\u2028\"", "\"/\u007f\u2028\"")]
    [InlineData("\"\\u00e9\"", "\"\u00e9\"")]
    [InlineData("\"\\ud834\\udd1e\"", "\"\ud834\udd1e\"")]
    [InlineData(" [ 1 , { } , [ ] ] ", "[1,{},[]]")]
    [InlineData("{\"b\":{\"d\":1,\"c\":2},\"a\":[{\"z\":0,\"y\":0}]}", "{\"a\":[{\"y\":0,\"z\":0}],\"b\":{\"c\":2,\"d\":1}}")]
    [InlineData("{\"ab\":1,\"a\":2,\"\":3}", "{\"\":3,\"a\":2,\"ab\":1}")]
    [InlineData("{\"\\n\":1,\"\\t\":2,\"\\u000b\":3,\"\\b\":4}", "{\"\\b\":4,\"\\t\":2,\"\\n\":1,\"\\u000b\":3}")]
    [InlineData("{\"a]\":1,\"a\\\\\":2,\"a[\":3}", "{\"a[\":3,\"a\\\\\":2,\"a]\":1}")]
    [InlineData("{\"\\uffff\":1,\"\\ud800\\udc00\":2,\"\\ue000\":3,\"\\ud7ff\":4}", "{\"\ud7ff\":4,\"\ud800\udc00\":2,\"\ue000\":3,\"\uffff\":1}")]
    public void One_form_is_written(string text, string canonical) => Assert.Equal(canonical, CanonicalText.Of(text));

    private static byte[] Canonicalize(string text) =>
        CanonicalJson.Canonicalize(System.Text.Encoding.UTF8.GetBytes(text)).Span.ToArray();
}
