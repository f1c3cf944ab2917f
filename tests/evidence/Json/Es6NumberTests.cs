using System.Globalization;
using System.Text;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Tests.Json;

public class Es6NumberTests
{
    /// <summary>RFC 8785, appendix B.</summary>
    public static TheoryData<string, string> AppendixB => new()
    {
        { "0000000000000000", "0" },
        { "8000000000000000", "0" },
        { "0000000000000001", "5e-324" },
        { "8000000000000001", "-5e-324" },
        { "7fefffffffffffff", "1.7976931348623157e+308" },
        { "ffefffffffffffff", "-1.7976931348623157e+308" },
        { "4340000000000000", "9007199254740992" },
        { "c340000000000000", "-9007199254740992" },
        { "4430000000000000", "295147905179352830000" },
        { "44b52d02c7e14af5", "9.999999999999997e+22" },
        { "44b52d02c7e14af6", "1e+23" },
        { "44b52d02c7e14af7", "1.0000000000000001e+23" },
        { "444b1ae4d6e2ef4e", "999999999999999700000" },
        { "444b1ae4d6e2ef4f", "999999999999999900000" },
        { "444b1ae4d6e2ef50", "1e+21" },
        { "3eb0c6f7a0b5ed8c", "9.999999999999997e-7" },
        { "3eb0c6f7a0b5ed8d", "0.000001" },
        { "41b3de4355555553", "333333333.3333332" },
        { "41b3de4355555554", "333333333.33333325" },
        { "41b3de4355555555", "333333333.3333333" },
        { "41b3de4355555556", "333333333.3333334" },
        { "41b3de4355555557", "333333333.33333343" },
        { "becbf647612f3696", "-0.0000033333333333333333" },
        { "43143ff3c1cb0959", "1424953923781206.2" },
    };

    [Theory]
    [MemberData(nameof(AppendixB))]
    public void Every_number_of_RFC_8785_appendix_B_is_written_as_published(string bits, string text) =>
        Assert.Equal(text, Format(Parse(bits)));

    [Theory]
    [MemberData(nameof(AppendixB))]
    public void Every_number_of_RFC_8785_appendix_B_is_canonical_as_published(string bits, string text)
    {
        Assert.Equal(text, CanonicalText.Of(text));
        Assert.Equal(Parse(bits), double.Parse(text, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("7fffffffffffffff")]
    [InlineData("7ff0000000000000")]
    [InlineData("fff0000000000000")]
    public void What_RFC_8785_appendix_B_calls_an_error_is_one(string bits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Format(Parse(bits)));

    // For these two powers of two the runtime's own shortest text denotes a neighbouring double.
    [Theory]
    [InlineData("0410000000000000", "4.1045368012983762e-289")]
    [InlineData("3e60000000000000", "2.9802322387695312e-8")]
    public void A_power_of_two_gets_the_digits_that_denote_it(string bits, string text) =>
        Assert.Equal(text, Format(Parse(bits)));

    [Fact]
    public void Every_power_of_two_reads_back_as_itself_and_is_canonical()
    {
        for (var exponent = -1074; exponent <= 1023; exponent++)
        {
            var text = Format(Math.ScaleB(1, exponent));
            Assert.Equal(Math.ScaleB(1, exponent), double.Parse(text, CultureInfo.InvariantCulture));
            Assert.Equal(text, CanonicalText.Of(text));
        }
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(100, "100")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.00001, "0.00001")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(1.25e-7, "1.25e-7")]
    [InlineData(123e20, "1.23e+22")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(-1.2345678901234567e-6, "-0.0000012345678901234567")]
    public void The_layout_is_that_of_ECMAScript(double value, string text) => Assert.Equal(text, Format(value));

    private static double Parse(string bits) =>
        BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static string Format(double value)
    {
        Span<byte> text = stackalloc byte[Es6Number.MaxLength];
        return Encoding.UTF8.GetString(text[..Es6Number.Format(value, text)]);
    }
}
