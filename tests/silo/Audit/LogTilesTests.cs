using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Log;
using Gantral.Silo.Audit;
using Gantral.Silo.Ledger;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Audit;

/// <summary>Tiles and proofs from a log that has grown past several tiles.</summary>
public sealed class LogTilesTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private PostgresLedger _ledger = null!;
    private InMemoryTiles _expected = null!;
    private TileBuilder _tree = null!;

    public async Task InitializeAsync()
    {
        _ledger = await server.OpenAsync();
        while ((await HeadAsync()).Size < 700)
        {
            await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ =>
            {
                var life = await new Sample(_ledger, LedgerDatabase.NewId()).DoAsync(life => life.Create(server.Binding));
                await life.DoAsync(life => life.Request(Sample.Ask));
            }));
        }

        (_expected, _tree) = (new InMemoryTiles(), new TileBuilder());
        foreach (var entry in await _ledger.Entries.OfLogAsync(1, 0, 10_000))
        {
            _tree.Append(entry.Sealed.Hash, _expected);
        }

        _tree.WritePartials(_expected);
    }

    public Task DisposeAsync() => _ledger.DisposeAsync().AsTask();

    [Fact]
    public async Task Every_tile_is_the_one_that_the_entries_make_and_none_is_there_that_is_not()
    {
        var tiles = new LogTiles(_ledger.Source);
        foreach (var tile in TileId.AllAt(_tree.Size))
        {
            var hashes = new byte[tile.Width * Digest.Size];
            Assert.True(_expected.TryRead(tile, hashes));
            Assert.Equal(hashes, await tiles.TileAsync(1, tile, _tree.Size));
        }

        Assert.Null(await tiles.TileAsync(1, new TileId(0, _tree.Size / TileId.FullWidth), _tree.Size));
        Assert.Null(await tiles.TileAsync(1, new TileId(0, long.MaxValue / TileId.FullWidth, 1), _tree.Size));
        Assert.Null(await tiles.TileAsync(1, new TileId(5, 0, 1), _tree.Size));
    }

    [Fact]
    public async Task Every_entry_is_proven_under_a_head_and_every_head_to_add_to_the_ones_before()
    {
        var tiles = new LogTiles(_ledger.Source);
        var head = await HeadAsync();
        long[] positions = [0, 1, 255, 256, 257, 511, 512, head.Size - 2, head.Size - 1];
        foreach (var (position, path) in positions.Zip(await tiles.InclusionAsync(1, positions, head.Size)))
        {
            var entry = Assert.Single(await _ledger.Entries.OfLogAsync(1, position, 1));
            Assert.True(InclusionProof.Verify(entry.Sealed.Hash, position, head.Size, path, head.Root), $"position {position}");
        }

        foreach (var first in positions.Where(size => size > 0))
        {
            var earlier = new Frontier();
            foreach (var entry in await _ledger.Entries.OfLogAsync(1, 0, (int)first))
            {
                earlier.Append(entry.Sealed.Hash);
            }

            Assert.True(ConsistencyProof.Verify(first, earlier.Root(), head.Size, head.Root, await tiles.ConsistencyAsync(1, first, head.Size)), $"size {first}");
        }
    }

    [Fact]
    public async Task Silos_that_store_tiles_at_the_same_time_do_not_disturb_each_other()
    {
        var size = (await HeadAsync()).Size;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new LogTiles(_ledger.Source).CatchUpAsync(1, size)));

        Assert.Equal(0, await new LogTiles(_ledger.Source).CatchUpAsync(1, size));
        var hashes = new byte[TileId.FullWidth * Digest.Size];
        Assert.True(_expected.TryRead(new TileId(0, 1), hashes));
        Assert.Equal(hashes, await new LogTiles(_ledger.Source).TileAsync(1, new TileId(0, 1), size));
    }

    private async Task<Checkpoint> HeadAsync() => (await new LogCheckpoints(_ledger.Source).NewestAsync(1)).Checkpoint;
}
