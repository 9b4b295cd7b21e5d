using System.Diagnostics;
using BitMiracle.LibTiff.Classic;
using CsCheck;
using Weipian.Geo;
using Weipian.Imagery;
using Weipian.Tests.GeoFiles;

namespace Weipian.Tests.Imagery;

/// <summary>Whatever bytes come as an image, the reader gives pixels or one refusal: no other exception, memory or hang.</summary>
public sealed class HostileImageTests
{
    private static readonly int Tries = Environment.GetEnvironmentVariable("WEIPIAN_LONG") == "1" ? 20_000 : 500;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>All that is allocated on the way to one picture: a block of 128 MB is read, unpacked and widened to 16 bits.</summary>
    private const long BytesMax = 600L << 20;

    [Fact]
    public void Of_a_plain_tiled_image() => Survives(new());

    [Fact]
    public void Of_a_deflated_image_with_differences_and_an_overview() =>
        Survives(
            new()
            {
                Compression = Compression.ADOBE_DEFLATE,
                Predictor = true,
                Overview = true,
                NoData = "0",
            }
        );

    [Fact]
    public void Of_sixteen_bits_in_strips_by_LZW() =>
        Survives(
            new()
            {
                Compression = Compression.LZW,
                Bits = 16,
                Tile = 0,
                Bands = 5,
            }
        );

    [Fact]
    public void Of_a_palette_in_packed_bits() =>
        Survives(
            new()
            {
                Compression = Compression.PACKBITS,
                Palette = true,
                Bands = 1,
            }
        );

    [Fact]
    public void Of_JPEG_tiles() => Survives(new() { Compression = Compression.JPEG, Photometric = Photometric.YCBCR });

    [Fact]
    public void Of_a_mask_inside() => Survives(new() { Compression = Compression.LZW, Mask = (x, y) => x > y });

    [Fact]
    public void Of_the_head_alone()
    {
        // The directory stands last in what LibTiff writes; mutated alone it is hit every time.
        var sound = new TiffMaker { Overview = true }.Bytes();
        var head = BitConverter.ToInt32(sound, 4);
        HostileBytesTests
            .Mutated(sound[head..])
            .Sample(tail => Read([.. sound[..head], .. tail]), iter: Tries, threads: 1, print: tail => Convert.ToBase64String(tail));
    }

    private static void Survives(TiffMaker made) =>
        HostileBytesTests.Mutated(made.Bytes()).Sample(Read, iter: Tries, threads: 1, print: bytes => Convert.ToBase64String(bytes));

    /// <summary>A reader that hangs does so again; one that waited for a busy machine does not.</summary>
    private static bool Read(byte[] bytes) => ReadWithinLimits(bytes) || ReadWithinLimits(bytes);

    /// <summary>As an image is taken in and then shown: its sheet, its footprint, a coarse look and a fine one.</summary>
    private static bool ReadWithinLimits(byte[] bytes)
    {
        var (clock, most) = (Stopwatch.GetTimestamp(), 0L);
        T Measured<T>(Func<T> act)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var result = act();
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            return result;
        }
        try
        {
            using var image = Measured(() => GeoTiff.Open(new MemoryStream(bytes), "hostile.tif"));
            Assert.InRange(image.ShownBands, 0, 12);
            _ = image.ResolutionMetres;
            var box = image.Footprint().Aggregate(Extent.Empty, (e, p) => e.Including(p.Longitude, p.Latitude));
            if (double.IsFinite(box.MinX + box.MaxX + box.MinY + box.MaxY))
                foreach (var pixels in (int[])[12, 64])
                {
                    var chip = Measured(() => Chip.Render(image, new(CoordinateSystem.Cgcs2000, box, pixels, pixels)));
                    Assert.Equal(4 * pixels * pixels, chip.ToRgba().Length);
                    Assert.InRange(chip.Coverage, 0, 1);
                }
        }
        catch (Problem problem)
        {
            Assert.Matches("^(images|geometry)\\.", problem.Code);
            Assert.NotEmpty(problem.English);
        }
        return Stopwatch.GetElapsedTime(clock) < Longest && most < BytesMax;
    }
}
