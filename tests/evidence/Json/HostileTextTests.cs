using System.Globalization;
using System.Text;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Tests.Json;

/// <summary>A mebibyte of anything costs linear time and bounded memory; something quadratic would not come back.</summary>
public class HostileTextTests
{
    private const int Size = 1 << 20;
    private const long GenerousBytes = 32L * Size;

    public static TheoryData<string> Names => [.. Texts.Keys];

    private static Dictionary<string, Func<string>> Texts { get; } = new()
    {
        ["opening brackets"] = () => new string('[', Size),
        ["opening objects"] = () => Repeat("{\"a\":"),
        ["an unclosed string"] = () => "\"" + new string('a', Size - 1),
        ["unicode escapes"] = () => "\"" + Repeat("\\u0001", Size - 2) + "\"",
        ["surrogate pairs"] = () => "\"" + Repeat("\\ud83d\\ude00", Size - 2) + "\"",
        ["backslashes"] = () => "\"" + Repeat("\\\\", Size - 2) + "\"",
        ["minus signs"] = () => new string('-', Size),
        ["one long number"] = () => new string('9', Size),
        ["one long fraction"] = () => "0." + new string('1', Size - 2),
        ["numbers that take all their digits"] = () => "[" + Repeat("0.1000000000000000055511151231257827,", Size - 40) + "0]",
        ["numbers that grow"] = () => "[" + Repeat("1e20,", Size - 10) + "0]",
        ["smallest numbers"] = () => "[" + Repeat("5e-324,", Size - 10) + "0]",
        ["white space"] = () => new string(' ', Size),
        ["empty strings"] = () => "[" + Repeat("\"\",", Size - 10) + "0]",
        ["many keys, descending"] = () => Keys(100_000, i => (0xFFFFF - i).ToString("x", CultureInfo.InvariantCulture), ""),
        ["many keys, shuffled"] = () => Keys(100_000, i => (i * 611_953L % 1_000_003).ToString("x", CultureInfo.InvariantCulture), ""),
        ["keys that share a long prefix"] = () => Keys(1_000, i => Tail(999 - i), new string('p', 1_000)),
        ["keys that share a prefix of escapes"] = () => Keys(1_000, i => Tail(999 - i), Repeat("\\n", 1_000)),
        ["one key a hundred thousand times"] = () => Keys(100_000, _ => "k", ""),
        ["unsorted objects in each other"] = () => Unsorted(),
        ["a fault below a long key"] = () => "{\"" + new string('k', Size - 10) + "\":x}",
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_text_costs_bounded_memory(string name)
    {
        var text = Encoding.UTF8.GetBytes(Texts[name]());
        Assert.InRange(text.Length, 1, Size);
        CanonicalJson.TryCanonicalize("{}"u8, JsonLimits.Default, out _, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var accepted = CanonicalJson.TryCanonicalize(text, JsonLimits.Default, out var canonical, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, GenerousBytes);

        before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(accepted, CanonicalJson.IsCanonical(accepted ? canonical.Span : text, JsonLimits.Default, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    private static string Repeat(string part, int length = Size) =>
        new StringBuilder().Insert(0, part, length / part.Length).ToString();

    private static string Tail(int number) => number.ToString("D3", CultureInfo.InvariantCulture);

    private static string Keys(int count, Func<int, string> key, string prefix) =>
        "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{prefix}{key(i)}\":0")) + "}";

    private static string Unsorted()
    {
        var inner = "\"" + new string('v', Size / 2) + "\"";
        for (var depth = 0; depth < JsonLimits.GreatestDepth; depth++)
        {
            inner = $"{{\"b\":{inner},\"a\":0}}";
        }

        return inner;
    }
}
