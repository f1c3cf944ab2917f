using System.Text;
using System.Text.RegularExpressions;

namespace Gantral.Lives;

/// <summary>What somebody without the key can do to a file. Null where an edit does not apply.</summary>
public static partial class Edits
{
    /// <summary>Each edit: its name, and what it makes of a file, with another file and chance.</summary>
    public static IReadOnlyList<(string Name, Func<byte[], byte[], Random, byte[]?> Apply)> Kinds { get; } =
    [
        ("replace a byte", (file, _, random) => ReplaceByte(file, random)),
        ("insert a byte", (file, _, random) => InsertByte(file, random)),
        ("delete bytes", (file, _, random) => DeleteBytes(file, random)),
        ("swap bytes", (file, _, random) => SwapBytes(file, random)),
        ("cut the end", (file, _, random) => file[..random.Next(file.Length)]),
        ("drop a line", (file, _, random) => Lines(file, lines => lines.RemoveAt(random.Next(lines.Count)))),
        ("drop a line and mend the header", (file, _, random) => DropAndMend(file, random)),
        ("repeat a line", (file, _, random) => Lines(file, lines => lines.Insert(random.Next(lines.Count), lines[random.Next(lines.Count)]))),
        ("repeat a line and mend the header", (file, _, random) => RepeatAndMend(file, random)),
        ("swap lines of a log", (file, _, random) => SwapLines(file, random)),
        ("splice in a line of another file", (file, other, random) => Splice(file, other, random)),
        ("take the head of another file", (file, other, _) => OtherHead(file, other)),
        ("renumber", (file, _, random) => Renumber(file, random)),
        ("swap two hashes", (file, _, random) => SwapHashes(file, random)),
    ];

    private static byte[] ReplaceByte(byte[] file, Random random)
    {
        var copy = file.ToArray();
        copy[random.Next(copy.Length)] = (byte)random.Next(256);
        return copy;
    }

    private static byte[] InsertByte(byte[] file, Random random)
    {
        var at = random.Next(file.Length);
        return [.. file[..at], (byte)random.Next(256), .. file[at..]];
    }

    private static byte[] DeleteBytes(byte[] file, Random random)
    {
        var at = random.Next(file.Length);
        return [.. file[..at], .. file[Math.Min(file.Length, at + 1 + random.Next(40))..]];
    }

    private static byte[] SwapBytes(byte[] file, Random random)
    {
        var copy = file.ToArray();
        var (one, other) = (random.Next(copy.Length), random.Next(copy.Length));
        (copy[one], copy[other]) = (copy[other], copy[one]);
        return copy;
    }

    // A payload may be left out: that is a bundle without this payload, and as true as before.
    private static byte[]? DropAndMend(byte[] file, Random random)
    {
        var lines = Split(file);
        var at = 1 + random.Next(lines.Count - 1);
        var kind = KindOf(lines[at]);
        if (kind == "payload")
        {
            return null;
        }

        lines.RemoveAt(at);
        return Join(Mend(lines, kind, -1));
    }

    private static byte[] RepeatAndMend(byte[] file, Random random)
    {
        var lines = Split(file);
        var at = 1 + random.Next(lines.Count - 1);
        lines.Insert(1 + random.Next(lines.Count - 1), lines[at]);
        return Join(Mend(lines, KindOf(lines[at]), +1));
    }

    // In the bundle of an instance the order of lines means nothing; in a log it does. Heads may stand anywhere.
    private static byte[]? SwapLines(byte[] file, Random random)
    {
        var lines = Split(file);
        var (one, other) = (1 + random.Next(lines.Count - 1), 1 + random.Next(lines.Count - 1));
        if (lines[0].Contains("\"scope\":\"instance\"", StringComparison.Ordinal) || one == other || !IsInOrder(lines[one]) || !IsInOrder(lines[other]))
        {
            return null;
        }

        (lines[one], lines[other]) = (lines[other], lines[one]);
        return Join(lines);
    }

    private static byte[]? Splice(byte[] file, byte[] other, Random random)
    {
        var lines = Split(file);
        var foreign = Split(other);
        var line = foreign[1 + random.Next(foreign.Count - 1)];
        if (lines.Contains(line) || lines.Exists(known => IsSameHead(known, line)))
        {
            return null;
        }

        var same = Enumerable.Range(1, lines.Count - 1).Where(at => KindOf(lines[at]) == KindOf(line)).ToList();
        if (random.Next(2) == 0 && same.Count > 0)
        {
            lines[same[random.Next(same.Count)]] = line;
            return Join(lines);
        }

        lines.Insert(1 + random.Next(lines.Count), line);
        return Join(Mend(lines, KindOf(line), +1));
    }

    private static byte[]? OtherHead(byte[] file, byte[] other)
    {
        var lines = Split(file);
        var head = Split(other).Find(line => KindOf(line) == "checkpoint");
        var at = lines.FindIndex(line => KindOf(line) == "checkpoint");

        if (head is null || at < 0 || IsSameHead(head, lines[at]))
        {
            return null;
        }

        lines[at] = head;
        return Join(lines);
    }

    private static byte[]? Renumber(byte[] file, Random random)
    {
        var text = Encoding.UTF8.GetString(file);
        var numbers = NumberPattern().Matches(text);
        var found = numbers[random.Next(numbers.Count)].Groups[1];
        return Encoding.UTF8.GetBytes(text[..found.Index] + random.Next(100) + text[(found.Index + found.Length)..]);
    }

    private static byte[]? SwapHashes(byte[] file, Random random)
    {
        var text = Encoding.UTF8.GetString(file);
        var hashes = HashPattern().Matches(text);
        var one = hashes[random.Next(hashes.Count)];
        var other = hashes[random.Next(hashes.Count)];
        if (one.Value == other.Value)
        {
            return null;
        }

        var builder = new StringBuilder(text);
        builder.Remove(one.Index, 64).Insert(one.Index, other.Value).Remove(other.Index, 64).Insert(other.Index, one.Value);
        return Encoding.UTF8.GetBytes(builder.ToString());
    }

    private static List<string> Mend(List<string> lines, string kind, int by)
    {
        var pattern = new Regex($"\"{kind}\":(\\d+)");
        var count = pattern.Match(lines[0]);
        var now = (count.Success ? int.Parse(count.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : 0) + by;
        lines[0] = now == 0 || !count.Success ? lines[0] : lines[0].Replace(count.Value, $"\"{kind}\":{now}", StringComparison.Ordinal);
        return lines;
    }

    private static bool IsInOrder(string line) => KindOf(line) is "entry" or "leaf" or "payload";

    // Two logs of one content have one head, signed twice: to put one for the other is no edit.
    private static bool IsSameHead(string one, string other) =>
        KindOf(one) == "checkpoint" && KindOf(other) == "checkpoint" && HeadOf(one) == HeadOf(other);

    private static string HeadOf(string line) => line[..line.IndexOf("\\n\\n", StringComparison.Ordinal)];

    private static string KindOf(string line) => KindPattern().Matches(line) is { Count: > 0 } kinds ? kinds[^1].Groups[1].Value : "";

    private static byte[] Lines(byte[] file, Action<List<string>> edit)
    {
        var lines = Split(file);
        edit(lines);
        return Join(lines);
    }

    private static List<string> Split(byte[] file) => [.. Encoding.UTF8.GetString(file).TrimEnd('\n').Split('\n')];

    private static byte[] Join(List<string> lines) => BundleFile.Join(lines.Select(Encoding.UTF8.GetBytes));

    [GeneratedRegex("\"(?:position|sequence|size|from|to|first|second|entry|proof|payload|leaf)\":(\\d+)")]
    private static partial Regex NumberPattern();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex HashPattern();

    [GeneratedRegex("\"kind\":\"([a-z]+)\"[,}]")]
    private static partial Regex KindPattern();
}
