using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

public class TileIdTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(0, 273, 112, "tile/0/273.p/112")]
    [InlineData(1, 1, 17, "tile/1/001.p/17")]
    [InlineData(2, 0, 1, "tile/2/000.p/1")]
    [InlineData(3, 999, 255, "tile/3/999.p/255")]
    [InlineData(0, 1000, 256, "tile/0/x001/000")]
    [InlineData(63, long.MaxValue, 256, "tile/63/x009/x223/x372/x036/x854/x775/807")]
    public void A_tile_has_its_published_path_and_is_read_back_from_it(int level, long index, int width, string path)
    {
        var tile = new TileId(level, index, width);
        Assert.Equal(path, tile.Path);
        Assert.True(TileId.TryParse(path, out var read));
        Assert.Equal(tile, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile")]
    [InlineData("tile/")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile//000")]
    [InlineData("/tile/0/000")]
    [InlineData("Tile/0/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/+1/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/x0/000")]
    [InlineData("tile/entries/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/00")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/067")]
    [InlineData("tile/0/x001/x067")]
    [InlineData("tile/0/x001x234/067")]
    [InlineData("tile/0/x1/234")]
    [InlineData("tile/0/1000")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/0/000 ")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/-1")]
    [InlineData("tile/0/000.p/1.p/1")]
    [InlineData("tile/0/000.p/1/")]
    [InlineData("tile/0/٠٠٠")]
    [InlineData("tile/63/x009/x223/x372/x036/x854/x775/808")]
    [InlineData("tile/63/x999/x999/x999/x999/x999/x999/x999/x999/999")]
    public void Any_other_spelling_is_refused(string path) => Assert.False(TileId.TryParse(path, out _));

    [Fact]
    public void A_tree_of_seventy_thousand_has_the_published_tiles()
    {
        string[] partials = ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"];
        Assert.Equal(partials, TileId.PartialsAt(70_000).Select(tile => tile.Path));
        var all = TileId.AllAt(70_000).ToList();
        Assert.Equal(273, all.Count(tile => tile is { Level: 0, IsPartial: false }));
        Assert.Equal(1, all.Count(tile => tile is { Level: 1, IsPartial: false }));
        Assert.Equal(partials, all.Where(tile => tile.IsPartial).Select(tile => tile.Path));
    }

    [Fact]
    public void A_tree_of_256_has_a_full_tile_and_a_partial_one_above_it() =>
        Assert.Equal(["tile/0/000", "tile/1/000.p/1"], TileId.AllAt(256).Select(tile => tile.Path));

    [Fact]
    public void The_largest_tree_has_no_tile_past_level_seven() =>
        Assert.Equal(
            [255, 255, 255, 255, 255, 255, 255, 127], TileId.PartialsAt(long.MaxValue).Select(tile => tile.Width));

    [Fact]
    public void Tiles_that_cannot_be_are_not_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TileId(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TileId(64, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TileId(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TileId(0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TileId(0, 0, 257));
        Assert.Equal(new TileId(0, 0), default);
    }
}
