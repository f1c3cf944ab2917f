using System.Text;

namespace Gantral.Evidence.Tests.Json;

/// <summary>
/// Random JSON values: null, bool, double, string, a list of values, or a list of named values. They favour what goes
/// wrong: every plane of Unicode, doubles from random bits, names that sort differently in UTF-8 and UTF-16.
/// </summary>
internal sealed class RandomDocument(Random random)
{
    private static readonly string[] OddNames =
    [
        "", "__proto__", "constructor", "toJSON", "length", "0", "10", "9", "-1", "a", "aa", "A", "\u0000", "\n", "\"", "\\", "/",
        "\u007f", "\u0080", "\ud7ff", "\ue000", "\ufeff", "\uffff", "\ud800\udc00", "\udbff\udfff", "a\ue000", "a\ud800\udc00",
    ];

    public object? Value(int depth = 0) => random.Next(depth < 6 ? 9 : 6) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => Number(),
        3 => (double)random.Next(-1000, 1000),
        4 or 5 => Text(),
        6 => Enumerable.Range(0, random.Next(6)).Select(_ => Value(depth + 1)).ToList(),
        _ => Members(depth),
    };

    public string Text()
    {
        var text = new StringBuilder();
        for (var length = random.Next(12); length > 0; length--)
        {
            text.Append(Character().ToString());
        }

        return text.ToString();
    }

    private List<KeyValuePair<string, object?>> Members(int depth)
    {
        var names = Enumerable.Range(0, random.Next(8)).Select(_ => Name()).Distinct(StringComparer.Ordinal);
        return [.. names.Select(name => KeyValuePair.Create(name, Value(depth + 1)))];
    }

    private string Name() => random.Next(3) == 0 ? OddNames[random.Next(OddNames.Length)] : Text();

    private Rune Character() => random.Next(8) switch
    {
        0 => new Rune(random.Next(0x20)),
        1 => new Rune("\"\\/'&<>\u007f\u2028\u2029\ufeff\ufffd\uffff"[random.Next(13)]),
        2 => new Rune(random.Next(0x80, 0x800)),
        3 => new Rune(random.Next(0x800, 0xD800)),
        4 => new Rune(random.Next(0xE000, 0x10000)),
        5 => new Rune(random.Next(0x10000, 0x110000)),
        _ => new Rune(random.Next(0x20, 0x7F)),
    };

    private double Number()
    {
        var value = random.Next(6) switch
        {
            0 => BitConverter.Int64BitsToDouble(random.NextInt64(1L << 52)),
            1 => Math.ScaleB(random.Next(2) == 0 ? 1 : -1, random.Next(-1074, 1024)),
            2 => random.NextInt64(-1L << 54, 1L << 54),
            3 => random.NextInt64(1L << 53) / Math.ScaleB(1, random.Next(1, 12)),
            4 => Math.Round(random.NextDouble() * 1000, random.Next(6)),
            _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        };
        return double.IsFinite(value) ? value : random.NextDouble();
    }
}
