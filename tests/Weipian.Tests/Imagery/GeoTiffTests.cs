using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;
using Weipian.Geo;
using Weipian.Imagery;

namespace Weipian.Tests.Imagery;

public sealed class GeoTiffTests
{
    private static readonly CoordinateSystem Plane = CoordinateSystem.FromEpsg(4548);

    [Theory]
    [InlineData(50000, "ZSTD")]
    [InlineData(50001, "WEBP")]
    [InlineData(34887, "LERC")]
    public void A_compression_that_is_not_read_is_refused_by_name_with_the_command_that_converts(int compression, string name)
    {
        var bytes = new TiffMaker().Bytes();
        Patch(bytes, 259, (ushort)compression);
        var refused = Refused(bytes);
        Assert.Equal("images.compression", refused.Code);
        Assert.Contains(name, refused.Chinese, StringComparison.Ordinal);
        Assert.Contains("gdal_translate", refused.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_any_directory_is_refused_when_it_is_opened()
    {
        byte[] little = [(byte)'I', (byte)'I', 42, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal("images.damaged", Refused(little).Code);
    }

    [Fact]
    public void A_file_cut_short_is_refused_when_it_is_opened()
    {
        // The directory comes first in the file that is made here by moving it: cut anywhere, it must be noticed.
        var whole = new TiffMaker { Compression = Compression.ADOBE_DEFLATE }.Bytes();
        foreach (var length in (int[])[9, 100, whole.Length / 2, whole.Length - 1])
            Assert.Contains(Refused(whole[..length]).Code, (string[])["images.truncated", "images.damaged"]);
        Assert.Equal("images.truncated", Refused(whole[..(whole.Length / 2)]).Code);
    }

    [Fact]
    public void What_is_no_tiff_is_refused()
    {
        Assert.Equal("images.not-tiff", Refused([1, 2, 3]).Code);
        Assert.Equal("images.not-tiff", Refused("II and then some text"u8.ToArray()).Code);
    }

    [Fact]
    public void Without_a_georeference_it_is_refused() =>
        Assert.Equal("images.no-georeference", Refused(new TiffMaker { Crs = 0 }.Bytes()).Code);

    [Theory]
    [InlineData(32650, "images.unknown-crs")]
    [InlineData(3857, "images.unknown-crs")]
    [InlineData(2364, "geometry.older-datum")]
    public void A_system_that_is_not_supported_is_refused_by_name(int epsg, string code)
    {
        var refused = Refused(new TiffMaker { Crs = epsg }.Bytes());
        Assert.Equal(code, refused.Code);
        Assert.Contains(epsg.ToString(), refused.English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(258, 4)]
    [InlineData(277, 13)]
    public void Pixels_of_another_layout_are_refused(int tag, int value)
    {
        var bytes = new TiffMaker { Bands = 1 }.Bytes();
        Patch(bytes, tag, (ushort)value);
        Assert.Equal("images.layout", Refused(bytes).Code);
    }

    [Theory]
    [InlineData(Compression.NONE, 32, 8, false, false)]
    [InlineData(Compression.NONE, 0, 8, false, true)]
    [InlineData(Compression.LZW, 32, 8, true, false)]
    [InlineData(Compression.LZW, 0, 16, true, false)]
    [InlineData(Compression.ADOBE_DEFLATE, 32, 8, true, true)]
    [InlineData(Compression.ADOBE_DEFLATE, 64, 16, true, false)]
    [InlineData(Compression.DEFLATE, 0, 16, false, false)]
    [InlineData(Compression.PACKBITS, 32, 8, false, false)]
    [InlineData(Compression.PACKBITS, 0, 16, false, false)]
    public void Every_sample_is_read_back(Compression compression, int tile, int bits, bool predictor, bool bigEndian)
    {
        foreach (var planar in (PlanarConfig[])[PlanarConfig.CONTIG, PlanarConfig.SEPARATE])
        {
            var made = new TiffMaker
            {
                Compression = compression,
                Tile = tile,
                Bits = bits,
                Predictor = predictor,
                BigEndian = bigEndian,
                Planar = planar,
                At = (x, y, b) => (x * 2 + y * 3 + b * 40) % 251 * (bits == 16 ? 200 : 1),
            };
            using var image = Open(made.Bytes());
            var raster = image.Read(0, 0, 0, made.Width, made.Height);
            for (var b = 0; b < 3; b++)
            for (var y = 0; y < made.Height; y++)
            for (var x = 0; x < made.Width; x++)
                Assert.Equal(made.At(x, y, b), raster.Bands[b][y * made.Width + x]);
            Assert.DoesNotContain(false, raster.Valid);
        }
    }

    [Fact]
    public void Long_strings_of_lzw_cross_every_width_of_code()
    {
        // Noise makes new strings fast: codes of 9, 10, 11, 12 bits, and a table that is cleared.
        var random = new Random(7);
        var noise = Enumerable.Range(0, 200 * 160 * 3).Select(_ => random.Next(256)).ToArray();
        var made = new TiffMaker
        {
            Width = 200,
            Height = 160,
            Tile = 160,
            Compression = Compression.LZW,
            At = (x, y, b) => noise[(Math.Min(y, 159) * 200 + Math.Min(x, 199)) * 3 + b],
        };
        using var image = Open(made.Bytes());
        var raster = image.Read(0, 0, 0, 200, 160);
        Assert.Equal(noise, Enumerable.Range(0, 200 * 160 * 3).Select(i => (int)raster.Bands[i % 3][i / 3]));
    }

    [Theory]
    [InlineData(Photometric.RGB, 3)]
    [InlineData(Photometric.YCBCR, 3)]
    [InlineData(Photometric.MINISBLACK, 1)]
    public void Jpeg_tiles_come_close(Photometric photometric, int bands)
    {
        var made = new TiffMaker
        {
            Bands = bands,
            Compression = Compression.JPEG,
            Photometric = photometric,
            At = (x, y, b) => 60 + x + (b * 20),
        };
        using var image = Open(made.Bytes());
        var raster = image.Read(0, 0, 0, made.Width, made.Height);
        for (var b = 0; b < bands; b++)
        for (var i = 0; i < raster.Valid.Length; i++)
            Assert.InRange(raster.Bands[b][i] - made.At(i % 100, i / 100, b), -12, 12);
    }

    [Fact]
    public void Twelve_bands_are_read_and_the_first_three_are_shown()
    {
        var made = new TiffMaker { Bands = 12, Bits = 16 };
        using var image = Open(made.Bytes());
        Assert.Equal(12, image.ShownBands);
        Assert.Equal(made.At(5, 6, 11), image.Read(0, 5, 6, 1, 1).Bands[11][0]);
        var chip = Chip.Render(image, Frame(made));
        Assert.Equal(4 * 64 * 64, chip.ToRgba().Length);
    }

    /// <summary>Words of eight bytes can be negative: a citation before its texts and a number before the numbers are none.</summary>
    [Fact]
    public void Damaged_words_about_the_system_point_nowhere()
    {
        long[] words = [1, 1, 0, 4, 3072, 0, 1, 4548, 1026, 34737, 9, -3, 3073, 34737, -9, 1, 3080, 34736, 1, -1];
        var sound = new TiffMaker().Bytes();
        byte[] bytes = [.. sound, .. words.SelectMany(BitConverter.GetBytes)];
        var entry = BitConverter.ToInt32(bytes, 4) + 2;
        while (BitConverter.ToUInt16(bytes, entry) != 34735)
            entry += 12;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(entry + 2), 16);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(entry + 4), words.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(entry + 8), sound.Length);
        using var image = Open(bytes);
        Assert.Equal(Plane.CentralMeridianDegrees, image.Place.System.CentralMeridianDegrees);
    }

    [Fact]
    public void What_the_mask_hides_is_no_data()
    {
        var made = new TiffMaker { Mask = (x, y) => (x + y) % 3 > 0 };
        using var image = Open(made.Bytes());
        var raster = image.Read(0, 0, 0, made.Width, made.Height);
        Assert.Equal(Enumerable.Range(0, made.Width * made.Height).Select(i => made.Mask(i % made.Width, i / made.Width)), raster.Valid);
    }

    [Fact]
    public void A_palette_becomes_colours()
    {
        var made = new TiffMaker { Bands = 1, Palette = true };
        using var image = Open(made.Bytes());
        Assert.True(image.HasPalette);
        var raster = image.Read(0, 0, 0, 20, 10);
        var index = made.At(7, 3, 0);
        Assert.Equal([index, 255 - index, 0], raster.Bands.Select(b => (int)b[3 * 20 + 7]));
    }

    [Fact]
    public void The_value_for_no_data_is_no_data_and_outside_is_too()
    {
        var made = new TiffMaker { NoData = "0", At = (x, y, b) => x < 50 ? 0 : 90 };
        using var image = Open(made.Bytes());
        Assert.Equal(0, image.NoData);
        var raster = image.Read(0, -10, 0, 120, 10);
        Assert.Equal([.. Enumerable.Range(-10, 120).Select(x => x is >= 50 and < 100)], raster.Valid[..120]);
        var half = Chip.Render(image, Frame(made)).Coverage;
        Assert.InRange(half, 0.45, 0.55);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Pixels_lie_where_scale_and_tie_or_the_matrix_put_them(bool point, bool matrix)
    {
        using var image = Open(
            new TiffMaker
            {
                Point = point,
                ByMatrix = matrix,
                Scale = 2,
            }.Bytes()
        );
        var (longitude, latitude) = image.Place.ToGeographic(10, 20);
        var (x, y) = Plane.FromGeographic(longitude, latitude);
        Assert.Equal(TiffMaker.Easting + 20, x, 1e-6);
        Assert.Equal(TiffMaker.Northing - 40, y, 1e-6);
        var (column, row) = image.Place.FromGeographic(longitude, latitude);
        Assert.Equal((10, 20), (Math.Round(column, 6), Math.Round(row, 6)));
        Assert.Equal(2, image.ResolutionMetres, 1e-3);
    }

    [Theory]
    [InlineData(4490)]
    [InlineData(4326)]
    public void Degrees_are_read_too(int epsg)
    {
        using var image = Open(
            new TiffMaker
            {
                Crs = epsg,
                Corner = (117.8, 36.8),
                Scale = 1e-5,
            }.Bytes()
        );
        Assert.Equal((117.8, 36.8), image.Place.ToGeographic(0, 0));
        Assert.InRange(image.ResolutionMetres, 0.9, 1.1);
    }

    [Fact]
    public void A_chip_shows_the_ground_where_it_is()
    {
        // A bright square of 10 by 10 pixels, 20 m east and 30 m south of the corner, on a frame in degrees.
        var made = new TiffMaker { At = (x, y, b) => x is >= 20 and < 30 && y is >= 30 and < 40 ? 250 : 30 };
        using var image = Open(made.Bytes());
        var (west, north) = Plane.ToGeographic(TiffMaker.Easting, TiffMaker.Northing);
        var (east, south) = Plane.ToGeographic(TiffMaker.Easting + 100, TiffMaker.Northing - 80);
        var frame = new ChipFrame(CoordinateSystem.Cgcs2000, new(west, south, east, north), 300, 240);
        var chip = Chip.Render(image, frame);
        var (x, y) = frame.FromGeographic(
            Plane.ToGeographic(TiffMaker.Easting + 25, TiffMaker.Northing - 35).Longitude,
            Plane.ToGeographic(TiffMaker.Easting + 25, TiffMaker.Northing - 35).Latitude
        );
        var bright = Enumerable.Range(0, chip.Valid.Length).Where(i => chip.Bands[0][i] > 140).ToList();
        Assert.Equal(x, bright.Average(i => i % 300 + 0.5), 1.0);
        Assert.Equal(y, bright.Average(i => i / 300 + 0.5), 1.0);
        Assert.InRange(bright.Count, 800, 1000);
    }

    [Fact]
    public void Sixteen_bits_are_stretched_and_coarse_frames_read_overviews()
    {
        var made = new TiffMaker
        {
            Bits = 16,
            Width = 256,
            Height = 256,
            Overview = true,
            At = (x, y, b) => 1000 + x * 20,
        };
        using var image = Open(made.Bytes());
        Assert.Equal(1, image.OverviewCount);
        Assert.Equal(1, image.LevelFor(2.5).Level);
        var (low, high) = image.Stretch![0];
        Assert.InRange(low, 1000, 1200);
        Assert.InRange(high, 5900, 6120);
        var rgba = Chip.Render(image, Frame(made)).ToRgba();
        Assert.InRange(rgba[4 * (32 * 64 + 2)], 0, 12);
        Assert.InRange(rgba[4 * (32 * 64 + 61)], 240, 255);
    }

    [Fact]
    public void Forty_thousand_pixels_square_are_read_by_their_tiles_alone()
    {
        using var stream = new MemoryStream(Sparse(40_000));
        using var image = GeoTiff.Open(stream, "huge.tif");
        Assert.Equal(40_000, image.Width);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (longitude, latitude) = image.Place.ToGeographic(20_128, 20_128);
        var frame = ChipFrame.Around(new(longitude, latitude, longitude, latitude), 1, 100, 512);
        var chip = Chip.Render(image, frame);
        // 512 × 512 samples in real numbers and three tiles of 256 × 256 by four: far below the 4.8 GB of the image.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 24 << 20);
        Assert.InRange(chip.Coverage, 0.9, 1);
        Assert.Equal(77, chip.Bands[1][256 * 512 + 256]);
    }

    [Fact]
    public void A_chip_becomes_a_picture_with_outline_and_date()
    {
        var made = new TiffMaker();
        using var image = Open(made.Bytes());
        var chip = Chip.Render(image, Frame(made));
        var (west, north) = Plane.ToGeographic(TiffMaker.Easting + 30, TiffMaker.Northing - 20);
        var (east, south) = Plane.ToGeographic(TiffMaker.Easting + 60, TiffMaker.Northing - 60);
        double[] ring = [west, south, east, south, east, north, west, north];
        var plain = ChipPicture.Jpeg(chip);
        var drawn = ChipPicture.Jpeg(chip, new([ring]));
        Assert.Equal([0xFF, 0xD8], plain[..2]);
        Assert.NotEqual(plain, drawn);
        Assert.Equal("PNG"u8.ToArray(), ChipPicture.Png(chip)[1..4]);
    }

    private static ChipFrame Frame(TiffMaker made)
    {
        var side = Math.Min(made.Width, made.Height);
        return new(Plane, new(TiffMaker.Easting, TiffMaker.Northing - side, TiffMaker.Easting + made.Width, TiffMaker.Northing), 64, 64);
    }

    private static GeoTiff Open(byte[] bytes) => GeoTiff.Open(new MemoryStream(bytes), "made.tif");

    private static Problem Refused(byte[] bytes) => Assert.Throws<Problem>(() => Open(bytes));

    /// <summary>Writes a short value over the one of a tag in the first directory.</summary>
    private static void Patch(byte[] bytes, int tag, ushort value)
    {
        var at = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));
        var count = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
        for (var i = at + 2; i < at + 2 + 12 * count; i += 12)
            if (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(i)) == tag)
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i + 8), value);
    }

    /// <summary>A tiled image in which only four tiles in the middle are there, plain bytes of 77.</summary>
    private static byte[] Sparse(int side)
    {
        const int Tile = 256;
        var across = (side + Tile - 1) / Tile;
        var middle = 20_000 / Tile;
        using var stream = new MemoryStream();
        using var to = new BinaryWriter(stream);
        var tiles = across * across;
        const int Entries = 14;
        var heap = 8 + 2 + 12 * Entries + 4;
        var (bits, scale, tie, keys) = (heap, heap + 8, heap + 32, heap + 80);
        var (offsets, counts) = (keys + 32, keys + 32 + 4 * tiles);
        var data = counts + 4 * tiles;
        to.Write("II"u8);
        to.Write((ushort)42);
        to.Write(8);
        to.Write((ushort)Entries);
        void Entry(int tag, int type, int count, int value)
        {
            to.Write((ushort)tag);
            to.Write((ushort)type);
            to.Write(count);
            to.Write(value);
        }
        Entry(256, 4, 1, side);
        Entry(257, 4, 1, side);
        Entry(258, 3, 3, bits);
        Entry(259, 3, 1, 1);
        Entry(262, 3, 1, 2);
        Entry(277, 3, 1, 3);
        Entry(284, 3, 1, 1);
        Entry(322, 3, 1, Tile);
        Entry(323, 3, 1, Tile);
        Entry(324, 4, tiles, offsets);
        Entry(325, 4, tiles, counts);
        Entry(33550, 12, 3, scale);
        Entry(33922, 12, 6, tie);
        Entry(34735, 3, 16, keys);
        to.Write(0);
        foreach (var b in (ushort[])[8, 8, 8, 0])
            to.Write(b);
        foreach (var real in (double[])[1, 1, 0, 0, 0, 0, TiffMaker.Easting, TiffMaker.Northing, 0])
            to.Write(real);
        foreach (var key in (ushort[])[1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 4548])
            to.Write(key);
        bool There(int i) => Math.Abs(i % across - middle) <= 1 && Math.Abs(i / across - middle) <= 1;
        var serial = 0;
        for (var i = 0; i < tiles; i++)
            to.Write(There(i) ? data + Tile * Tile * 3 * serial++ : 0);
        for (var i = 0; i < tiles; i++)
            to.Write(There(i) ? Tile * Tile * 3 : 0);
        for (var i = 0; i < serial; i++)
            to.Write(Enumerable.Repeat((byte)77, Tile * Tile * 3).ToArray());
        return stream.ToArray();
    }
}
