using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Log;

/// <summary>
/// Cuts a growing tree into tiles. It holds the partial tile of each level and the frontier, so at most some 70 KiB
/// however long the log is. Not for concurrent use.
/// </summary>
public sealed class TileBuilder
{
    // Made on first use: a level appears only after 256 times as many leaves as the one below.
    private readonly Digest[]?[] _levels = new Digest[TileId.Levels][];
    private readonly Frontier _frontier;

    /// <summary>Starts an empty log.</summary>
    public TileBuilder()
        : this(new Frontier())
    {
    }

    private TileBuilder(Frontier frontier) => _frontier = frontier;

    /// <summary>How many leaves the tree has.</summary>
    public long Size => _frontier.Size;

    /// <summary>Continues a log of this size from its tiles. Compare <see cref="Root"/> with a signed root before use.</summary>
    public static bool TryRestore(
        long size,
        ITileSource tiles,
        [NotNullWhen(true)] out TileBuilder? builder,
        [NotNullWhen(false)] out string? fault)
    {
        builder = null;
        if (!new TileProofs(tiles).TryFrontier(size, out var frontier, out fault))
        {
            return false;
        }

        var restored = new TileBuilder(frontier);
        var reader = new TileReader(tiles, size);
        foreach (var tile in TileId.PartialsAt(size))
        {
            if (!reader.TryTile(tile.Level, tile.Index, out var hashes))
            {
                fault = $"{reader.Missing} is not there to be read.";
                return false;
            }

            hashes.CopyTo(restored.Level(tile.Level), 0);
        }

        builder = restored;
        return true;
    }

    /// <summary>Continues a log from a trusted frontier; refuses tiles that do not hash to it.</summary>
    public static bool TryRestore(
        Frontier frontier,
        ITileSource tiles,
        [NotNullWhen(true)] out TileBuilder? builder,
        [NotNullWhen(false)] out string? fault)
    {
        if (!TryRestore(frontier.Size, tiles, out builder, out fault))
        {
            return false;
        }

        if (!builder._frontier.Hashes.SequenceEqual(frontier.Hashes))
        {
            (builder, fault) = (null, $"The tiles at size {frontier.Size} do not hash to the frontier.");
            return false;
        }

        return true;
    }

    /// <summary>The root of the tree at this size.</summary>
    public Digest Root() => _frontier.Root();

    /// <summary>The frontier at this size, as a copy.</summary>
    public Frontier Frontier() => _frontier.Clone();

    /// <summary>
    /// Adds the hash of the next leaf and hands every tile it filled to <paramref name="full"/>, lowest level first.
    /// The leaf is in the tree before the first tile is handed over.
    /// </summary>
    public void Append(Digest leaf, ITileSink full)
    {
        Span<Digest> completed = stackalloc Digest[TileId.Levels];
        var filled = _frontier.Append(leaf, completed);
        Place(0, leaf);
        for (var level = 0; level < filled; level++)
        {
            Place(level + 1, completed[level]);
        }

        for (var level = 0; level < filled; level++)
        {
            var tile = new TileId(level, (Size >> (TileId.Height * (level + 1))) - 1);
            full.Take(tile, MemoryMarshal.AsBytes<Digest>(Level(level)));
        }
    }

    /// <summary>Hands over the partial tile of every level that has one: with the full ones, the whole tree.</summary>
    public void WritePartials(ITileSink partials)
    {
        foreach (var tile in TileId.PartialsAt(Size))
        {
            partials.Take(tile, MemoryMarshal.AsBytes<Digest>(Level(tile.Level).AsSpan(0, tile.Width)));
        }
    }

    /// <summary>A builder of its own with the same leaves, to try appends that may have to be given up.</summary>
    public TileBuilder Clone()
    {
        var clone = new TileBuilder(_frontier.Clone());
        for (var level = 0; level < _levels.Length; level++)
        {
            clone._levels[level] = (Digest[]?)_levels[level]?.Clone();
        }

        return clone;
    }

    private Digest[] Level(int level) => _levels[level] ??= new Digest[TileId.FullWidth];

    // The size already counts the hash; a full tile is simply written over by the next one.
    private void Place(int level, Digest hash) =>
        Level(level)[((Size >> (TileId.Height * level)) - 1) % TileId.FullWidth] = hash;
}
