using System.Globalization;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Tests.Json;

public class NumberFidelityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.0e7", "0")]
    [InlineData("0e99999999999999999999", "0")]
    [InlineData("0.1", "0.1")]
    [InlineData("0.10000000000000001", "0.1")]
    [InlineData("0.1000000000000000055511151231257827", "0.1")]
    [InlineData("1.50", "1.5")]
    [InlineData("1E2", "100")]
    [InlineData("1e0000000000000000000000002", "100")]
    [InlineData("100e-2", "1")]
    [InlineData("18446744073709551616", "18446744073709552000")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("9007199254740994", "9007199254740994")]
    [InlineData("1e23", "1e+23")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("4.9e-324", "5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("5.684341886080802e-14", "5.684341886080802e-14")]
    [InlineData("1424953923781206.25", "1424953923781206.2")]
    public void A_number_a_double_holds_is_accepted(string text, string canonical) =>
        Assert.Equal(canonical, CanonicalText.Of(text));

    // The last three: halfway between two shorter decimals, only the even one is what the double says; a subnormal has
    // few digits of its own; and the nearest double below 1e-323 is another number altogether.
    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("-9007199254740993")]
    [InlineData("12345678901234567890")]
    [InlineData("333333333.33333329")]
    [InlineData("0.1000000000000000055511151231257828")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e-400")]
    [InlineData("1e99999999999999999999")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("1424953923781206.3")]
    [InlineData("4.95e-324")]
    [InlineData("9e-324")]
    public void A_number_a_double_cannot_hold_is_refused(string text) =>
        Assert.Equal(JsonFaultCode.InexactNumber, CanonicalText.RefusalOf(text).Code);

    [Fact]
    public void A_number_text_of_128_characters_is_read_and_a_longer_one_refused()
    {
        var zeros = new string('0', 126);
        Assert.Equal("1", CanonicalText.Of($"1.{zeros}"));
        Assert.Equal(JsonFaultCode.InexactNumber, CanonicalText.RefusalOf($"1.{zeros}0").Code);
    }

    [Fact]
    public void Every_short_integer_is_its_own_canonical_form()
    {
        for (var value = 1L; value < 9_007_199_254_740_991; value = (value * 3) + 1)
        {
            var text = (-value).ToString(CultureInfo.InvariantCulture);
            Assert.Equal(text, CanonicalText.Of(text));
        }
    }
}
