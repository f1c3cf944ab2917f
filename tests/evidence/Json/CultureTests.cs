using System.Globalization;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Tests.Json;

/// <summary>Decimal commas, other digits, other minus signs and other casing rules must not reach the bytes.</summary>
public class CultureTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    [InlineData("sv-SE")]
    public void The_bytes_are_the_same_in_every_culture(string name)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
        try
        {
            Assert.Equal(
                "{\"I\":-1.5,\"i\":[1e-7,-0.0000012345678901234567,18446744073709552000],\"\u0131\":\"I\u0130\"}",
                CanonicalText.Of("{\"\\u0131\":\"I\\u0130\",\"i\":[1E-7,-1.2345678901234567e-6,18446744073709551616],\"I\":-1.50}"));
            Assert.Equal("/a/12", CanonicalText.RefusalOf("{\"a\":[0,1,2,3,4,5,6,7,8,9,10,11,1e400]}").Path);

            var writer = new CanonicalWriter();
            writer.Number(-1234567);
            Assert.Equal("-1234567", writer.ToCanonicalBytes().ToString());
            var reader = new CanonicalReader(writer.Written);
            Assert.True(reader.Read() && reader.TryGetInt64(out var value) && value == -1234567);
            Assert.True(CanonicalJson.IsCanonical("[-0.5,1.5e-10]"u8, JsonLimits.Default, out _));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
