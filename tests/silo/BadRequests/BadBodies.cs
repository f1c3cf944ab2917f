using System.Text;
using System.Text.Json.Nodes;

namespace Gantral.Silo.Tests.BadRequests;

/// <summary>Bodies with one thing wrong.</summary>
internal static class BadBodies
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-0", "-1", "1.5", "1e400", "-1e400", "1e-400", "9007199254740993", "123456789012345678901234567890", "[]", "{}", "[[]]", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u202e\"", "\"é\u0301\"", "\"PT99999999999S\"", "\"-PT1S\"", "\"P1Y\"", "\"9999-12-31T23:59:59.999Z\"", "\"0001-01-01T00:00:00Z\"", "\"2026-13-45T99:99:99Z\"",
        "\"00000000-0000-0000-0000-000000000000\"", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"", "\"' OR 1=1 --\"", "\"../../etc/passwd\"", "\"@\"", "\"a@b@c\"", "NaN", "Infinity", "'x'", "01", "+1", "1.", ".5", "\"unterminated",
    ];

    /// <summary>One of them, made of a good one.</summary>
    public static (byte[] Body, string What) Of(byte[] good, Random random) => random.Next(9) switch
    {
        0 => (Bytes(good, random), "bytes"),
        1 => (good[..random.Next(good.Length + 1)], "cut off"),
        2 => (Whole(random), "another body"),
        3 => (Duplicated(good), "a name twice"),
        4 => (Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(good)), "UTF-16"),
        5 => ([0xef, 0xbb, 0xbf, .. good], "a byte order mark"),
        _ => Value(good, random),
    };

    private static byte[] Bytes(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(bytes.Count + 1);
            if (random.Next(2) == 0 || at == bytes.Count)
            {
                bytes.Insert(at, (byte)random.Next(256));
            }
            else
            {
                bytes[at] = (byte)random.Next(256);
            }
        }

        return [.. bytes];
    }

    private static byte[] Whole(Random random) => Encoding.UTF8.GetBytes(random.Next(7) switch
    {
        0 => string.Concat(Enumerable.Repeat("[", random.Next(1, 100_000))),
        1 => string.Concat(Enumerable.Repeat("{\"a\":", random.Next(1, 40_000))),
        2 => $"\"{new string('x', random.Next(300_000))}\"",
        3 => $"{{\"a\":{new string('9', random.Next(1, 200_000))}}}",
        4 => $"{{{string.Join(',', Enumerable.Range(0, random.Next(1, 15_000)).Select(i => $"\"n{i}\":{i}"))}}}",
        5 => new string(' ', random.Next(300_000)),
        _ => Values[random.Next(Values.Length)],
    });

    private static byte[] Duplicated(byte[] good)
    {
        var text = Encoding.UTF8.GetString(good);
        return Encoding.UTF8.GetBytes(text.Length > 2 ? $"{text[..^1]},{text[1..]}" : "{\"a\":1,\"a\":1}");
    }

    // Somewhere in it another value, another name, one more member or one less.
    private static (byte[] Body, string What) Value(byte[] good, Random random)
    {
        var root = (JsonObject)JsonNode.Parse(good)!;
        var target = root;
        while (target.Select(member => member.Value).OfType<JsonObject>().Where(inner => inner.Count > 0).ToList() is { Count: > 0 } inside && random.Next(2) == 0)
        {
            target = inside[random.Next(inside.Count)];
        }

        var (mark, value) = ($"mark-{random.Next()}", random.Next(8) == 0 ? $"\"{new string('y', random.Next(5_000))}\"" : Values[random.Next(Values.Length)]);
        var name = target.Count > 0 ? target.ElementAt(random.Next(target.Count)).Key : "unknown";
        var what = random.Next(4);
        switch (what)
        {
            case 0:
                target.Remove(name);
                return (Encoding.UTF8.GetBytes(root.ToJsonString()), $"without {name}");
            case 1:
                target[random.Next(2) == 0 ? "unknown" : $"{name}\u0000"] = mark;
                break;
            default:
                target[name] = mark;
                break;
        }

        return (Encoding.UTF8.GetBytes(root.ToJsonString().Replace($"\"{mark}\"", value, StringComparison.Ordinal)), $"{(what == 1 ? "one more member" : name)} is {(value.Length > 40 ? "long" : value)}");
    }
}
