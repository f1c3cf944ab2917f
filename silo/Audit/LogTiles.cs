using System.Runtime.InteropServices;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Log;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Audit;

/// <summary>
/// The tree of a log in tiles (C2SP tlog-tiles). Full tiles are stored once the log has grown past them, by whoever
/// comes first: they hold nothing but hashes of what is there, so several silos at it write the same. The partial ones
/// at the right edge are made when they are asked for.
/// </summary>
public sealed class LogTiles(NpgsqlDataSource source)
{
    private const string LeafHashes =
        """
        SELECT sha256('\x00'::bytea || entry.bytes)
        FROM entry
        WHERE entry.log_id = $1 AND entry.position >= $2 AND entry.position < $3
        ORDER BY entry.position
        """;

    private const string Roots = "SELECT root FROM tile WHERE log_id = $1 AND level = $4 AND index >= $2 AND index < $3 ORDER BY index";

    private const string Stored = "SELECT index + 1 FROM tile WHERE log_id = $1 AND level = $2 ORDER BY index DESC LIMIT 1";

    private const string Store =
        """
        INSERT INTO tile (log_id, level, index, root, hashes)
        SELECT $1, $2, tiles.*
        FROM unnest($3, $4, $5) AS tiles (index, root, hashes)
        ON CONFLICT DO NOTHING
        """;

    private const string Full =
        """
        SELECT tile.level, tile.index, tile.hashes
        FROM unnest($2, $3) AS wanted (level, index)
        JOIN tile ON tile.log_id = $1 AND tile.level = wanted.level AND tile.index = wanted.index
        """;

    // So many tiles of leaves are hashed in one statement: short ones, that nobody has to wait for.
    private const int TilesAtOnce = 16;

    /// <summary>Stores the tiles that a log of this size has filled and that are not stored yet; answers how many those were.</summary>
    public async Task<long> CatchUpAsync(int logId, long size, CancellationToken cancellation = default)
    {
        var stored = 0L;
        for (var level = 0; HashesOn(level, size) / TileId.FullWidth is > 0 and var full; level++)
        {
            for (var next = await StoredAsync(logId, level, cancellation); next < full;)
            {
                var some = Math.Min(full - next, TilesAtOnce);
                await StoreAsync(logId, level, next, await HashesAsync(logId, level, next * TileId.FullWidth, some * TileId.FullWidth, cancellation), cancellation);
                (next, stored) = (next + some, stored + some);
            }
        }

        return stored;
    }

    /// <summary>Proofs that the leaves at these positions are in the tree of a size.</summary>
    public async Task<IReadOnlyList<Digest[]>> InclusionAsync(int logId, IReadOnlyCollection<long> positions, long size, CancellationToken cancellation = default)
    {
        var proofs = new TileProofs(await LoadAsync(logId, positions, size, cancellation));
        return [.. positions.Select(position => proofs.TryInclusion(position, size, out var path, out var fault) ? path : throw new InvalidDataException(fault))];
    }

    /// <summary>The proof that the tree of one size only adds to an earlier one.</summary>
    public async Task<Digest[]> ConsistencyAsync(int logId, long first, long second, CancellationToken cancellation = default) =>
        new TileProofs(await LoadAsync(logId, [first - 1], second, cancellation)).TryConsistency(first, second, out var path, out var fault)
            ? path
            : throw new InvalidDataException(fault);

    /// <summary>The perfect subtrees that the log had at a size, largest first.</summary>
    public async Task<IReadOnlyList<Digest>> FrontierAsync(int logId, long size, CancellationToken cancellation = default) =>
        new TileProofs(await LoadAsync(logId, [], size, cancellation)).TryFrontier(size, out var frontier, out var fault)
            ? frontier.Hashes
            : throw new InvalidDataException(fault);

    /// <summary>The hashes of a tile, or none when the log is not that large. A partial tile can be had as long as the log is.</summary>
    public async Task<byte[]?> TileAsync(int logId, TileId tile, long size, CancellationToken cancellation = default)
    {
        if ((tile.Index * TileId.FullWidth) + tile.Width > HashesOn(tile.Level, size))
        {
            return null;
        }

        await CatchUpAsync(logId, size, cancellation);
        var bytes = new byte[tile.Width * Digest.Size];
        return (await ReadAsync(logId, [tile], cancellation)).TryRead(tile, bytes) ? bytes : null;
    }

    // What paths from these leaves can pass: the tiles above each, and the right edge of every level.
    private async Task<InMemoryTiles> LoadAsync(int logId, IEnumerable<long> positions, long size, CancellationToken cancellation)
    {
        await CatchUpAsync(logId, size, cancellation);
        var needed = new HashSet<TileId>();
        for (var level = 0; HashesOn(level, size) is > 0 and var hashes; level++)
        {
            foreach (var index in positions.Select(position => position >> (TileId.Height * level)).Append(hashes - 1).Where(place => place < hashes).Select(place => place / TileId.FullWidth))
            {
                needed.Add(new TileId(level, index, (int)Math.Min(TileId.FullWidth, hashes - (index * TileId.FullWidth))));
            }
        }

        return await ReadAsync(logId, needed, cancellation);
    }

    private async Task<InMemoryTiles> ReadAsync(int logId, IReadOnlyCollection<TileId> wanted, CancellationToken cancellation)
    {
        var tiles = new InMemoryTiles();
        var full = wanted.Where(tile => !tile.IsPartial).ToList();
        await AskAsync(
            Full,
            row => tiles.Take(new TileId(row.GetInt16(0), row.GetInt64(1)), row.GetFieldValue<byte[]>(2)),
            cancellation,
            Parameter.Of((short)logId),
            Parameter.Of(full.Select(tile => (short)tile.Level).ToArray()),
            Parameter.Of(full.Select(tile => tile.Index).ToArray()));
        foreach (var partial in wanted.Where(tile => tile.IsPartial))
        {
            var hashes = await HashesAsync(logId, partial.Level, partial.Index * TileId.FullWidth, partial.Width, cancellation);
            tiles.Take(partial, MemoryMarshal.AsBytes<Digest>(hashes));
        }

        return tiles;
    }

    private async Task<long> StoredAsync(int logId, int level, CancellationToken cancellation)
    {
        var stored = 0L;
        await AskAsync(Stored, row => stored = row.GetInt64(0), cancellation, Parameter.Of((short)logId), Parameter.Of((short)level));
        return stored;
    }

    private Task StoreAsync(int logId, int level, long first, Digest[] hashes, CancellationToken cancellation)
    {
        var tiles = hashes.Chunk(TileId.FullWidth).ToList();
        return AskAsync(
            Store,
            _ => { },
            cancellation,
            Parameter.Of((short)logId),
            Parameter.Of((short)level),
            Parameter.Column([.. tiles.Select((_, place) => first + place)], NpgsqlDbType.Bigint),
            Parameter.Column([.. tiles.Select(tile => Root(tile).ToArray())], NpgsqlDbType.Bytea),
            Parameter.Column([.. tiles.Select(tile => MemoryMarshal.AsBytes<Digest>(tile).ToArray())], NpgsqlDbType.Bytea));
    }

    // On level 0 the hashes of entries; above, the roots of the tiles below.
    private async Task<Digest[]> HashesAsync(int logId, int level, long first, long count, CancellationToken cancellation)
    {
        var hashes = new List<Digest>((int)count);
        NpgsqlParameter[] range = [Parameter.Of((short)logId), Parameter.Of(first), Parameter.Of(first + count)];
        await AskAsync(
            level == 0 ? LeafHashes : Roots,
            row => hashes.Add(new Digest(row.GetFieldValue<byte[]>(0))),
            cancellation,
            level == 0 ? range : [.. range, Parameter.Of((short)(level - 1))]);
        return hashes.Count == count ? [.. hashes] : throw new InvalidDataException($"The log lacks hashes of level {level} from {first} on, although its checkpoint covers them.");
    }

    private async Task AskAsync(string question, Action<NpgsqlDataReader> take, CancellationToken cancellation, params NpgsqlParameter[] parameters) => await StorageFault.AsUnavailableAsync(async () =>
    {
        await using var command = source.CreateCommand(question);
        command.Parameters.AddRange(parameters);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            take(rows);
        }

        return true;
    });

    private static Digest Root(Digest[] hashes)
    {
        var tree = new Frontier();
        Array.ForEach(hashes, tree.Append);
        return tree.Root();
    }

    private static long HashesOn(int level, long size) => size >> (TileId.Height * level);
}
