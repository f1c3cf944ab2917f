using System.Globalization;

namespace Gantral.Evidence.Log;

/// <summary>
/// Names one tile of the tree (C2SP tlog-tiles): up to 256 consecutive hashes, each over 256^level leaves. The
/// default value is the first full tile.
/// </summary>
public readonly record struct TileId
{
    /// <summary>How many heights of the tree a tile spans.</summary>
    public const int Height = 8;

    /// <summary>How many hashes a full tile has.</summary>
    public const int FullWidth = 1 << Height;

    /// <summary>How many levels a tree of any size can have tiles on: 63 heights, eight to a level.</summary>
    internal const int Levels = 8;

    private const int MaxLevel = 63;

    // Kept as what is missing, so that the default value is a valid tile.
    private readonly byte _missing;

    /// <summary>Names the tile; a width of 256 is a full tile.</summary>
    public TileId(int level, long index, int width = FullWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxLevel);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        Level = level;
        Index = index;
        _missing = (byte)(FullWidth - width);
    }

    /// <summary>The level: 0 holds leaf hashes, each next one the roots of the tiles below.</summary>
    public int Level { get; }

    /// <summary>The place of the tile within its level.</summary>
    public long Index { get; }

    /// <summary>How many hashes the tile has, 1 to 256.</summary>
    public int Width => FullWidth - _missing;

    /// <summary>Whether the tile can still grow.</summary>
    public bool IsPartial => _missing != 0;

    /// <summary>The full tile this one becomes.</summary>
    public TileId Full => new(Level, Index);

    /// <summary>The path under which the tile is published, such as <c>tile/0/x001/x234/067.p/8</c>.</summary>
    public string Path
    {
        get
        {
            var index = (Index % 1000).ToString("D3", CultureInfo.InvariantCulture);
            for (var rest = Index / 1000; rest > 0; rest /= 1000)
            {
                index = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:D3}/{index}");
            }

            return IsPartial
                ? string.Create(CultureInfo.InvariantCulture, $"tile/{Level}/{index}.p/{Width}")
                : string.Create(CultureInfo.InvariantCulture, $"tile/{Level}/{index}");
        }
    }

    /// <summary>Reads a path as <see cref="Path"/> writes it and no other spelling.</summary>
    public static bool TryParse(ReadOnlySpan<char> path, out TileId tile) => TilePath.TryRead(path, out tile);

    /// <summary>The partial tiles of a tree of this size, lowest level first: what changes from size to size.</summary>
    public static IEnumerable<TileId> PartialsAt(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return Enumerable.Range(0, Levels)
            .Where(level => WidthOfLast(level, size) != 0)
            .Select(level => new TileId(level, HashesOn(level, size) / FullWidth, WidthOfLast(level, size)));
    }

    /// <summary>All tiles of a tree of this size, lowest level first, left to right.</summary>
    public static IEnumerable<TileId> AllAt(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return AllTiles(size);
    }

    /// <inheritdoc/>
    public override string ToString() => Path;

    /// <summary>The tile with this place as it is in a tree of the given size.</summary>
    internal static TileId At(int level, long index, long size) =>
        new(level, index, (int)Math.Min(FullWidth, HashesOn(level, size) - (index * FullWidth)));

    internal static int WidthOfLast(int level, long size) => (int)(HashesOn(level, size) % FullWidth);

    private static long HashesOn(int level, long size) => size >> (level * Height);

    private static IEnumerable<TileId> AllTiles(long size)
    {
        for (var level = 0; level < Levels; level++)
        {
            var hashes = HashesOn(level, size);
            for (long index = 0; index * FullWidth < hashes; index++)
            {
                yield return At(level, index, size);
            }
        }
    }
}
