using System.Text;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Tests.Json;

public class CanonicalReaderTests
{
    [Fact]
    public void Tokens_come_in_the_order_of_the_text()
    {
        var reader = new CanonicalReader("{\"a\":[1,\"x\\n\",true],\"b\":{},\"c\":[],\"d\":null,\"e\":false}"u8);
        var tokens = new List<string>();
        while (reader.Read())
        {
            tokens.Add($"{reader.Token}:{Encoding.UTF8.GetString(reader.Raw)}");
        }

        Assert.False(reader.HasFault);
        Assert.Equal(
            [
                "BeginObject:", "Name:a", "BeginArray:", "Number:1", "String:x\\n", "True:", "EndArray:", "Name:b",
                "BeginObject:", "EndObject:", "Name:c", "BeginArray:", "EndArray:", "Name:d", "Null:", "Name:e",
                "False:", "EndObject:",
            ],
            tokens);
        Assert.False(reader.Read());
    }

    [Theory]
    [InlineData(" 1", JsonFaultCode.NotCanonical, "", 0)]
    [InlineData("1 ", JsonFaultCode.NotCanonical, "", 1)]
    [InlineData("[1, 2]", JsonFaultCode.NotCanonical, "/1", 3)]
    [InlineData("[1\n]", JsonFaultCode.NotCanonical, "/0", 2)]
    [InlineData("{ \"a\":1}", JsonFaultCode.NotCanonical, "", 1)]
    [InlineData("{\"a\" :1}", JsonFaultCode.NotCanonical, "/a", 4)]
    [InlineData("{\"a\": 1}", JsonFaultCode.NotCanonical, "/a", 5)]
    [InlineData("{\"b\":1,\"a\":2}", JsonFaultCode.NotCanonical, "/a", 7)]
    [InlineData("{\"a\":1,\"a\":2}", JsonFaultCode.DuplicateKey, "/a", 7)]
    [InlineData("{\"\\n\":1,\"\\t\":2}", JsonFaultCode.NotCanonical, "/\t", 8)]
    [InlineData("{\"\ue000\":1,\"\ud800\udc00\":2}", JsonFaultCode.NotCanonical, "/\ud800\udc00", 9)]
    [InlineData("\"\\/\"", JsonFaultCode.NotCanonical, "", 1)]
    [InlineData("\"\\u0041\"", JsonFaultCode.NotCanonical, "", 1)]
    [InlineData("\"\\u001F\"", JsonFaultCode.NotCanonical, "", 1)]
    [InlineData("\"\\u000a\"", JsonFaultCode.NotCanonical, "", 1)]
    [InlineData("\"\\ud800\"", JsonFaultCode.NotCanonical, "", 1)]
    [InlineData("[1.0]", JsonFaultCode.NotCanonical, "/0", 1)]
    [InlineData("[1e2]", JsonFaultCode.NotCanonical, "/0", 1)]
    [InlineData("[-0]", JsonFaultCode.NotCanonical, "/0", 1)]
    [InlineData("[1e21]", JsonFaultCode.NotCanonical, "/0", 1)]
    [InlineData("[0.0000001]", JsonFaultCode.NotCanonical, "/0", 1)]
    [InlineData("[9007199254740993]", JsonFaultCode.NotCanonical, "/0", 1)]
    [InlineData("[1,", JsonFaultCode.Syntax, "/0", 3)]
    [InlineData("{\"a\":1,", JsonFaultCode.Syntax, "/a", 7)]
    [InlineData("{\"a\"", JsonFaultCode.Syntax, "/a", 4)]
    [InlineData("1,", JsonFaultCode.Syntax, "", 1)]
    public void What_is_not_canonical_is_a_fault_where_it_shows(string text, JsonFaultCode code, string path, int offset)
    {
        var fault = CanonicalText.ReadFaultOf(text);
        Assert.Equal((code, path, offset), (fault.Code, fault.Path, fault.Offset));
    }

    [Fact]
    public void After_a_fault_nothing_more_is_read()
    {
        var reader = new CanonicalReader("[1, 2]"u8);
        Assert.True(reader.Read() && reader.Read());
        Assert.False(reader.Read());
        Assert.False(reader.Read());
        Assert.False(reader.TrySkip(out _));
        Assert.True(reader.HasFault);
        Assert.Equal(JsonToken.None, reader.Token);
    }

    [Fact]
    public void A_skipped_value_is_exactly_its_bytes()
    {
        var reader = new CanonicalReader("{\"a\":{\"x\":[1,{}]},\"b\":\"s\",\"c\":-1.5}"u8);
        var values = new List<string>();
        Assert.True(reader.Read());
        while (reader.Read() && reader.Token == JsonToken.Name)
        {
            Assert.True(reader.TrySkip(out var value));
            values.Add(Encoding.UTF8.GetString(value));
        }

        Assert.Equal(["{\"x\":[1,{}]}", "\"s\"", "-1.5"], values);
        Assert.Equal(JsonToken.EndObject, reader.Token);
        Assert.False(reader.Read() || reader.HasFault);
    }

    [Fact]
    public void Skipping_stops_at_the_end_of_an_array_and_leaves_it_to_be_read()
    {
        var reader = new CanonicalReader("[[],{\"a\":1},2]"u8);
        var values = new List<string>();
        Assert.True(reader.Read());
        while (reader.TrySkip(out var value))
        {
            values.Add(Encoding.UTF8.GetString(value));
        }

        Assert.Equal(["[]", "{\"a\":1}", "2"], values);
        Assert.False(reader.HasFault);
        Assert.True(reader.Read());
        Assert.Equal((JsonToken.EndArray, 14), (reader.Token, reader.Position));
    }

    [Fact]
    public void A_whole_text_can_be_skipped_and_a_faulty_one_not()
    {
        var reader = new CanonicalReader("[1]"u8);
        Assert.True(reader.TrySkip(out var value));
        Assert.True(value.SequenceEqual("[1]"u8));

        reader = new CanonicalReader("[1,{\"a\": 1}]"u8);
        Assert.False(reader.TrySkip(out value));
        Assert.True(value.IsEmpty);
        Assert.Equal("/1/a", reader.Fault.Path);
    }

    [Fact]
    public void Skipping_where_a_name_is_due_is_a_mistake() => Assert.Throws<InvalidOperationException>(() =>
    {
        var reader = new CanonicalReader("{\"a\":1}"u8);
        reader.Read();
        reader.TrySkip(out _);
    });

    [Theory]
    [InlineData("9007199254740991", true)]
    [InlineData("-9007199254740991", true)]
    [InlineData("9007199254740992", false)]
    [InlineData("1234567890123456800", false)]
    [InlineData("1e+21", false)]
    [InlineData("1.5", false)]
    [InlineData("\"1\"", false)]
    public void Only_a_safe_integer_is_given_as_one(string text, bool isInteger)
    {
        var reader = new CanonicalReader(Encoding.UTF8.GetBytes(text));
        Assert.True(reader.Read());
        Assert.Equal(isInteger, reader.TryGetInt64(out var value));
        Assert.True(!isInteger || value.ToString(System.Globalization.CultureInfo.InvariantCulture) == text);
    }

    [Fact]
    public void A_string_is_compared_as_written_and_given_unescaped()
    {
        var reader = new CanonicalReader("\"a\\u0001\\\"\\\\é😀\\b\\t\\n\\f\\r\""u8);
        Assert.True(reader.Read());
        Assert.True(reader.ValueEquals("a\\u0001\\\"\\\\é😀\\b\\t\\n\\f\\r"u8));
        Assert.False(reader.ValueEquals("a"u8));
        Assert.Equal("a\u0001\"\\é😀\b\t\n\f\r", reader.GetString());
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var text = "{\"actor\":\"reviewer\",\"at\":1763716680000,\"seen\":[true,null,1.5,-3],\"what\":\"a \\\"quoted\\\" word\"}"u8;
        Assert.True(CanonicalJson.IsCanonical(text, JsonLimits.Default, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reader = new CanonicalReader(text);
        while (reader.Read())
        {
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
