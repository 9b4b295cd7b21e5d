using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>Tiles: their grid, what of a polygon falls into one, and the bytes that are written.</summary>
public sealed class VectorTileTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(21, 0, 0)]
    [InlineData(1, 2, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(5, -1, 3)]
    [InlineData(5, 3, 16)]
    public void The_grid_has_no_such_tile(int level, int column, int row) => Assert.False(new TileAddress(level, column, row).Exists);

    [Fact]
    public void A_tile_holds_the_place_it_is_asked_for()
    {
        Assert.Equal(new Extent(0, -90, 180, 90), new TileAddress(1, 1, 0).Box);
        for (var level = TileAddress.LevelMin; level <= TileAddress.LevelMax; level++)
        {
            var tile = TileAddress.Of(level, 117.85, 36.8);
            Assert.True(tile.Exists);
            Assert.True(tile.Box.Contains(new Extent(117.85, 36.8, 117.85, 36.8)));
        }
        var tiles = TileAddress.Meeting(12, new Extent(117.8, 36.7, 118, 36.9)).ToList();
        Assert.Equal(tiles.Count, tiles.Distinct().Count());
        Assert.Contains(TileAddress.Of(12, 117.9, 36.8), tiles);
    }

    /// <summary>A square over four tiles: each has its quarter with a rim, the shell turns as the format wants it, the hole the other
    /// way.</summary>
    [Fact]
    public void A_polygon_is_cut_to_the_tile_and_turned()
    {
        var tile = new TileAddress(12, 2000, 500);
        var (west, north, side) = (tile.Box.MinX, tile.Box.MaxY, tile.SideDegrees);
        double[] Square(double from, double to) =>
            [
                west + from * side,
                north - to * side,
                west + to * side,
                north - to * side,
                west + to * side,
                north - from * side,
                west + from * side,
                north - from * side,
                west + from * side,
                north - to * side,
            ];
        var fitted = TileShape.Fit([Square(0.5, 1.5), Square(0.6, 0.7)], tile, 0);
        Assert.Equal(2, fitted.Count);
        Assert.True(Twice(fitted[0]) > 0);
        Assert.True(Twice(fitted[1]) < 0);
        Assert.Equal(TileShape.Units + TileShape.Rim, fitted[0].Max());
        Assert.Equal(2048, fitted[0].Min());
        Assert.Equal(2 * Math.Pow(2048 + TileShape.Rim, 2), Twice(fitted[0]));
        Assert.Empty(TileShape.Fit([Square(2, 3)], tile, 0));
        Assert.Empty(TileShape.Fit([Square(0.5, 0.5001)], tile, 0));
    }

    [Fact]
    public void A_simplified_line_leaves_the_true_one_by_no_more_than_was_allowed()
    {
        var tile = new TileAddress(14, 13550, 2420);
        var (x, y) = ((tile.Box.MinX + tile.Box.MaxX) / 2, (tile.Box.MinY + tile.Box.MaxY) / 2);
        var circle = new double[2 * 721];
        for (var i = 0; i <= 720; i++)
            (circle[2 * i], circle[2 * i + 1]) = (
                x + Math.Cos(i % 720 * Math.PI / 360) * tile.SideDegrees / 4,
                y + Math.Sin(i % 720 * Math.PI / 360) * tile.SideDegrees / 4
            );
        var whole = Assert.Single(TileShape.Fit([circle], tile, 0));
        var simple = Assert.Single(TileShape.Fit([circle], tile, 3));
        Assert.InRange(simple.Length, 20, whole.Length / 4);
        // A chord that leaves a circle of radius r by at most t cuts less than t times its own length.
        Assert.InRange(Twice(simple) / 2, Twice(whole) / 2 - 3 * 2 * Math.PI * 1024, Twice(whole) / 2);
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        int[] shell = [0, 0, 100, 0, 100, 100, 0, 100];
        int[] hole = [20, 20, 20, 40, 40, 40, 40, 20];
        var layer = new VectorTileLayer("patches");
        layer.AddPolygon(7, [shell, hole], ("n", "370306-1"), ("s", "illegal"));
        layer.AddPolygon(300, [shell], ("n", "370306-2"), ("s", "illegal"));
        var heaps = new VectorTileLayer("heaps");
        heaps.AddPoint(1, 4095, -3, ("c", 1_000L));
        var read = TileReader.Read(new VectorTile().Add(layer).Add(new VectorTileLayer("none")).Add(heaps).ToBytes());
        Assert.Equal(3, read.Count);
        Assert.Equal((7L, 3, 2), (read[0].Id, read[0].Type, read[0].Parts.Count));
        Assert.Equal([(0, 0), (100, 0), (100, 100), (0, 100)], read[0].Parts[0]);
        Assert.Equal([(20, 20), (20, 40), (40, 40), (40, 20)], read[0].Parts[1]);
        Assert.Equal("370306-2", read[1].Properties["n"]);
        Assert.Equal("illegal", read[1].Properties["s"]);
        Assert.Equal(("heaps", 1, "1000"), (read[2].Layer, read[2].Type, read[2].Properties["c"]));
        Assert.Equal([(4095, -3)], read[2].Parts[0]);
    }

    private static double Twice(int[] ring)
    {
        var sum = 0.0;
        for (int i = 0, j = ring.Length - 2; i < ring.Length; j = i, i += 2)
            sum += (double)ring[j] * ring[i + 1] - (double)ring[i] * ring[j + 1];
        return sum;
    }
}
