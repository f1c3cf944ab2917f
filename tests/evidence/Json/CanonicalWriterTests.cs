using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Tests.Json;

public class CanonicalWriterTests
{
    [Fact]
    public void Every_kind_of_value_is_written_in_canonical_form()
    {
        var writer = new CanonicalWriter();
        WriteSample(writer);
        Assert.Equal(
            "{\"a\":[1,-9007199254740991,true,false,null,[],{}],\"d\":\"" + new string('0', 64) +
            "\",\"s\":\"\\u0001\\\"\\\\/é😀\",\"t\":\"\\n\\u001fé\",\"v\":{\"x\":1.5},\"\ud800\udc00\":0,\"\ue000\":0}",
            writer.ToCanonicalBytes().ToString());
        Assert.True(CanonicalJson.IsCanonical(writer.Written, JsonLimits.Default, out _));
    }

    [Fact]
    public void A_reset_writer_writes_the_same_again_and_allocates_nothing()
    {
        var writer = new CanonicalWriter();
        WriteSample(writer);
        var first = writer.ToCanonicalBytes();
        var nested = CanonicalJson.Canonicalize("{\"x\":1.5}"u8);
        writer.Reset();
        var before = GC.GetAllocatedBytesForCurrentThread();
        WriteSample(writer, nested);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(first, writer.ToCanonicalBytes());
    }

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    [InlineData("aa", "a")]
    [InlineData("\ue000", "\ud800\udc00")]
    [InlineData("\n", "\t")]
    public void Names_that_do_not_ascend_are_a_mistake_and_leave_nothing_behind(string first, string second)
    {
        var writer = new CanonicalWriter();
        writer.BeginObject();
        writer.Name(first);
        writer.Null();
        Assert.Throws<InvalidOperationException>(() => writer.Name(second));
        writer.EndObject();
        Assert.True(CanonicalJson.IsCanonical(writer.Written, JsonLimits.Default, out _));
    }

    [Fact]
    public void A_string_UTF8_cannot_carry_is_refused_and_leaves_nothing_behind()
    {
        var writer = new CanonicalWriter();
        writer.BeginArray();
        foreach (var text in (string[])["\ud800", "a\udc00", "\ud83d\ude00\ud83d", "\udc00\ud800"])
        {
            var refused = Assert.Throws<JsonRefusedException>(() => writer.String(text));
            Assert.Equal(JsonFaultCode.LoneSurrogate, refused.Fault.Code);
        }

        var invalid = Assert.Throws<JsonRefusedException>(() => writer.String([(byte)'a', (byte)'b', 0xFF]));
        Assert.Equal((JsonFaultCode.InvalidUtf8, 2), (invalid.Fault.Code, invalid.Fault.Offset));
        writer.EndArray();
        Assert.Equal("[]", writer.ToCanonicalBytes().ToString());
    }

    [Theory]
    [InlineData(9007199254740992)]
    [InlineData(-9007199254740992)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_number_not_every_reader_holds_is_a_mistake(long value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CanonicalWriter().Number(value));

    [Fact]
    public void Writing_out_of_turn_is_a_mistake()
    {
        Mistake(writer => writer.Name("a"u8));
        Mistake(writer => writer.EndArray());
        Mistake(writer => writer.ToCanonicalBytes());
        Mistake(writer => { writer.Null(); writer.Null(); });
        Mistake(writer => { writer.BeginObject(); writer.Null(); });
        Mistake(writer => { writer.BeginObject(); writer.EndArray(); });
        Mistake(writer => { writer.BeginObject(); writer.Name("a"u8); writer.EndObject(); });
        Mistake(writer => { writer.BeginObject(); writer.Name("a"u8); writer.Name("b"u8); });
        Mistake(writer => { writer.BeginArray(); writer.Name("a"u8); });
        Mistake(writer => { writer.BeginArray(); writer.ToCanonicalBytes(); });
        Mistake(writer => { for (var depth = 0; depth <= JsonLimits.GreatestDepth; depth++) { writer.BeginArray(); } });
    }

    [Fact]
    public void A_name_given_as_bytes_needs_no_escape_and_a_value_is_there()
    {
        var writer = new CanonicalWriter();
        writer.BeginObject();
        Assert.Throws<ArgumentException>(() => writer.Name("\n"u8));
        Assert.Throws<ArgumentException>(() => writer.Name("\""u8));
        Assert.Throws<ArgumentException>(() => writer.Name("é"u8));
        Assert.Throws<ArgumentException>(() => writer.Value(default));
    }

    private static void Mistake(Action<CanonicalWriter> write) =>
        Assert.Throws<InvalidOperationException>(() => write(new CanonicalWriter()));

    private static void WriteSample(CanonicalWriter writer) =>
        WriteSample(writer, CanonicalJson.Canonicalize("{\"x\":1.5}"u8));

    private static void WriteSample(CanonicalWriter writer, CanonicalBytes nested)
    {
        writer.BeginObject();
        writer.Name("a"u8);
        writer.BeginArray();
        writer.Number(1);
        writer.Number(-9007199254740991);
        writer.Boolean(true);
        writer.Boolean(false);
        writer.Null();
        writer.BeginArray();
        writer.EndArray();
        writer.BeginObject();
        writer.EndObject();
        writer.EndArray();
        writer.Name("d"u8);
        writer.Digest(Digest.Zero);
        writer.Name("s");
        writer.String("\u0001\"\\/é😀");
        writer.Name("t");
        writer.String("\n\u001fé"u8);
        writer.Name("v"u8);
        writer.Value(nested);
        writer.Name("\ud800\udc00");
        writer.Number(0);
        writer.Name("\ue000");
        writer.Number(0);
        writer.EndObject();
    }
}
