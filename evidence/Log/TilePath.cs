namespace Gantral.Evidence.Log;

/// <summary>Reads the published paths of tiles.</summary>
internal static class TilePath
{
    private const string Prefix = "tile/";
    private const string PartialMark = ".p/";

    public static bool TryRead(ReadOnlySpan<char> path, out TileId tile)
    {
        tile = default;
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = path[Prefix.Length..];
        var slash = rest.IndexOf('/');
        if (slash < 0 || !TryNumber(rest[..slash], out var level) || level > 63)
        {
            return false;
        }

        rest = rest[(slash + 1)..];
        long width = TileId.FullWidth;
        var mark = rest.IndexOf(PartialMark, StringComparison.Ordinal);
        if (mark >= 0)
        {
            if (!TryNumber(rest[(mark + PartialMark.Length)..], out width) || width is < 1 or >= TileId.FullWidth)
            {
                return false;
            }

            rest = rest[..mark];
        }

        if (!TryNumber(rest, out var index))
        {
            return false;
        }

        // One tile has one path: whatever was read loosely above is held against the one spelling.
        var read = new TileId((int)level, index, (int)width);
        if (!path.SequenceEqual(read.Path))
        {
            return false;
        }

        tile = read;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        foreach (var c in text)
        {
            if (c is 'x' or '/')
            {
                continue;
            }

            if (!char.IsAsciiDigit(c) || number > (long.MaxValue - (c - '0')) / 10)
            {
                return false;
            }

            number = (number * 10) + (c - '0');
        }

        return true;
    }
}
