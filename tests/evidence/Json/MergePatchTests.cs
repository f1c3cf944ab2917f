using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Tests.Json;

public class MergePatchTests
{
    // RFC 7396, appendix A.
    [Theory]
    [InlineData("{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}")]
    [InlineData("{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}")]
    [InlineData("{\"a\":\"b\"}", "{\"a\":null}", "{}")]
    [InlineData("{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}")]
    [InlineData("{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}")]
    [InlineData("{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}")]
    [InlineData("{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}")]
    [InlineData("{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}")]
    [InlineData("[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]")]
    [InlineData("{\"a\":\"b\"}", "[\"c\"]", "[\"c\"]")]
    [InlineData("{\"a\":\"foo\"}", "null", "null")]
    [InlineData("{\"a\":\"foo\"}", "\"bar\"", "\"bar\"")]
    [InlineData("{\"e\":null}", "{\"a\":1}", "{\"a\":1,\"e\":null}")]
    [InlineData("[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}")]
    [InlineData("{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}")]
    public void Every_case_of_RFC_7396_appendix_A_comes_out_as_published(string target, string patch, string result) =>
        Assert.Equal(result, Apply(target, patch));

    [Theory]
    [InlineData("{\"a\":1,\"c\":3,\"e\":5}", "{\"b\":2,\"c\":null,\"d\":4,\"f\":6}", "{\"a\":1,\"b\":2,\"d\":4,\"e\":5,\"f\":6}")]
    [InlineData("{\"\ue000\":1}", "{\"\ud800\udc00\":2,\"\\n\":3}", "{\"\\n\":3,\"\ud800\udc00\":2,\"\ue000\":1}")]
    [InlineData("{\"a\":{\"x\":{\"y\":1,\"z\":2}}}", "{\"a\":{\"x\":{\"y\":null},\"w\":[null]}}", "{\"a\":{\"w\":[null],\"x\":{\"z\":2}}}")]
    public void The_result_is_canonical(string target, string patch, string result) =>
        Assert.Equal(result, Apply(target, patch));

    [Fact]
    public void Patches_as_deep_as_texts_may_be_are_applied()
    {
        var deep = new StringBuilder().Insert(0, "{\"a\":", 63).Append("{}").Append('}', 63).ToString();
        Assert.Equal(deep, Apply(deep, deep));
        Assert.Equal(deep, Apply("0", deep));
    }

    [Fact]
    public void Values_deeper_than_texts_may_be_are_refused()
    {
        var writer = new CanonicalWriter();
        writer.BeginArray();
        writer.Value(Canonical(new string('[', 64) + new string(']', 64)));
        writer.EndArray();
        var tooDeep = writer.ToCanonicalBytes();
        var refused = Assert.Throws<JsonRefusedException>(() => MergePatch.Apply(tooDeep, Canonical("{}")));
        Assert.Equal(JsonFaultCode.TooDeep, refused.Fault.Code);
        Assert.Throws<JsonRefusedException>(() => MergePatch.Apply(Canonical("{}"), tooDeep));
        Assert.Throws<JsonRefusedException>(() => MergePatch.Apply(default, Canonical("{}")));
    }

    private static string Apply(string target, string patch)
    {
        var result = MergePatch.Apply(Canonical(target), Canonical(patch));
        Assert.True(CanonicalJson.IsCanonical(result.Span, JsonLimits.Default, out var fault), fault.Message);
        return result.ToString();
    }

    private static CanonicalBytes Canonical(string json) => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json));
}
