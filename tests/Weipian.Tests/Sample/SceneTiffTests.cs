using System.Buffers.Binary;
using System.Diagnostics;
using Weipian.Imagery;
using Weipian.Sample.Imagery;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Sample;

/// <summary>The images of the sample are COGs: whoever reads one over a network finds its directories in front.</summary>
public sealed class SceneTiffTests : IDisposable
{
    private const int Tile = SceneTiff.Tile;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private byte[] Written()
    {
        var path = folder.File("scene.tif");
        var tiles = new Dictionary<(int Column, int Row), byte[]>
        {
            [(0, 0)] = Filled(40),
            [(2, 1)] = Filled(90),
            [(4, 3)] = Filled(200),
        };
        SceneTiff.Write(path, tiles, (5, 4), (574_000, 4_071_000, 1));
        return File.ReadAllBytes(path);
    }

    private static byte[] Filled(byte value)
    {
        var pixels = new byte[Tile * Tile * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(value + i % 3);
        return pixels;
    }

    [Fact]
    public void Directories_stand_first_and_the_tiles_of_the_coarsest_resolution_before_the_finer()
    {
        var bytes = Written();
        var (at, places, heads) = (Int(bytes, 4), new List<(uint First, uint Last)>(), new List<uint>());
        Assert.Equal(8u, at);
        while (at != 0)
        {
            heads.Add(at);
            var count = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan((int)at));
            var offsets = Enumerable.Range(0, count).Select(i => (int)at + 2 + 12 * i).Single(e => Short(bytes, e) == 324);
            var all = Enumerable
                .Range(0, (int)Int(bytes, offsets + 4))
                .Select(i => Int(bytes, (int)Int(bytes, offsets + 8) + 4 * i))
                .Where(o => o > 0)
                .ToList();
            places.Add((all.Min(), all.Max()));
            at = Int(bytes, (int)at + 2 + 12 * count);
        }
        Assert.Equal(3, heads.Count);
        Assert.Equal(heads.Order(), heads);
        Assert.True(places[2].First > heads[2]);
        Assert.True(places[1].First > places[2].Last && places[0].First > places[1].Last);
    }

    [Fact]
    public void It_is_read_back_sparse_with_its_overviews()
    {
        using var image = GeoTiff.Open(new MemoryStream(Written()), "scene.tif");
        Assert.Equal((5 * Tile, 4 * Tile, 3, 2), (image.Width, image.Height, image.Bands, image.OverviewCount));
        var raster = image.Read(0, 2 * Tile, Tile, Tile, Tile);
        Assert.Equal([90, 91, 92], raster.Bands.Select(b => (int)b[5]));
        Assert.DoesNotContain(false, raster.Valid);
        Assert.DoesNotContain(true, image.Read(0, Tile, Tile, Tile, Tile).Valid);
        Assert.Equal(200, image.Read(1, 4 * Tile / 2, 3 * Tile / 2, 1, 1).Bands[0][0]);
    }

    /// <summary>Where GDAL is installed, it finds the same.</summary>
    [Fact]
    public async Task Gdal_reads_it_as_we_do()
    {
        _ = Written();
        using var process = StartGdal(folder.File("scene.tif"));
        if (process is null)
            return;
        var told = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Size is 320, 256", told, StringComparison.Ordinal);
        Assert.True(told.Contains("Overviews: 160x128, 80x64", StringComparison.Ordinal), told);
        Assert.Contains("CGCS2000", told, StringComparison.Ordinal);
        Assert.Contains("NoData Value=0", told, StringComparison.Ordinal);
    }

    private static Process? StartGdal(string path)
    {
        try
        {
            var start = new ProcessStartInfo("gdalinfo", [path])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static uint Int(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static ushort Short(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
}
