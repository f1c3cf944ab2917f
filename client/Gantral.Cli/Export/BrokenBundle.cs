using System.Text.Json;

namespace Gantral.Cli.Export;

/// <summary>The bundle of a log that broke off, and where it goes on.</summary>
/// <param name="From">The first position that it was to show.</param>
/// <param name="To">The position after the last.</param>
/// <param name="HasPayloads">Whether it was to show private content.</param>
/// <param name="Position">The last position that is there; it is fetched again, for what follows its entry may lack. None when the file ends before the first.</param>
/// <param name="Length">How many bytes stand before the line of that position.</param>
internal sealed record BrokenBundle(long From, long To, bool HasPayloads, long? Position, long Length)
{
    private const int MostHeaderBytes = 64 * 1024;
    private const int MostLineBytes = 5 * 1024 * 1024;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 };

    /// <summary>Reads the file from its two ends; none when it is no bundle of a log.</summary>
    public static BrokenBundle? Read(FileStream file)
    {
        if (Header(file) is not { } header)
        {
            return null;
        }

        var end = BehindLastLine(file, file.Length);
        while (end > 0)
        {
            var start = BehindLastLine(file, end - 1);
            if (end - start > MostLineBytes || Line(file, start, end) is not { } line)
            {
                return null;
            }

            if (line.Kind is "entry" or "leaf")
            {
                return line.IsElsewhere || line.Position < header.From ? header : header with { Position = line.Position, Length = start };
            }

            if (line.Kind is not "payload")
            {
                return header;
            }

            end = start;
        }

        return header;
    }

    // The first line says what the whole was to be.
    private static BrokenBundle? Header(FileStream file)
    {
        var bytes = new byte[MostHeaderBytes];
        file.Position = 0;
        var length = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).IndexOf((byte)'\n');
        if (length <= 0 || Parse(bytes.AsMemory(0, length)) is not { } json)
        {
            return null;
        }

        using (json)
        {
            var root = json.RootElement;
            return Text(root, "kind") == "header" && Text(root, "scope") is "log" or "range" && Whole(root, "to") is { } to
                ? new BrokenBundle(Whole(root, "from") ?? 0, to, root.TryGetProperty("counts", out var counts) && counts.TryGetProperty("payload", out _), null, 0)
                : null;
        }
    }

    private static (string? Kind, bool IsElsewhere, long Position)? Line(FileStream file, long start, long end)
    {
        var bytes = new byte[end - start];
        file.Position = start;
        file.ReadExactly(bytes);
        if (Parse(bytes) is not { } json)
        {
            return null;
        }

        using (json)
        {
            return (Text(json.RootElement, "kind"), Text(json.RootElement, "origin") is not null, Whole(json.RootElement, "position") ?? 0);
        }
    }

    // Where the line begins that goes on at this place: behind the line feed before it.
    private static long BehindLastLine(FileStream file, long before)
    {
        var buffer = new byte[64 * 1024];
        while (before > 0)
        {
            var some = (int)Math.Min(buffer.Length, before);
            file.Position = before - some;
            file.ReadExactly(buffer, 0, some);
            var found = buffer.AsSpan(0, some).LastIndexOf((byte)'\n');
            if (found >= 0)
            {
                return before - some + found + 1;
            }

            before -= some;
        }

        return 0;
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            var json = JsonDocument.Parse(utf8, Deep);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return json;
            }

            json.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Whole(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
