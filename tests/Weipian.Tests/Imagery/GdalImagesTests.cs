using System.Globalization;
using BitMiracle.LibTiff.Classic;
using Weipian.Geo;
using Weipian.Imagery;
using Weipian.Tests.GeoFiles;

namespace Weipian.Tests.Imagery;

/// <summary>Images as the program that writes most of them writes them: what GDAL reads from a file we read from it.</summary>
public sealed class GdalImagesTests : IDisposable
{
    private const int Width = 301;
    private const int Height = 203;
    private const string Sound = "sound.tif";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("ZSTD", "images.compression")]
    [InlineData("WEBP", "images.compression")]
    [InlineData("LERC", "images.compression")]
    [InlineData("LZMA", "images.compression")]
    public void A_compression_that_is_not_read_is_refused_by_its_name_and_the_command_in_the_sentence_converts_it(
        string compression,
        string code
    )
    {
        Make(8, 3);
        Translate("out.tif", "-co", $"COMPRESS={compression}");
        var refused = Assert.Throws<Problem>(() => Open("out.tif"));
        Assert.Equal(code, refused.Code);
        Assert.Contains(compression, refused.English, StringComparison.Ordinal);
        using var converted = Converted(refused);
        Same(converted, "converted.tif", level: 0, tolerance: 0);
    }

    [Theory]
    [InlineData("-ot Float32")]
    [InlineData("-ot Int16")]
    [InlineData("-ot UInt32")]
    [InlineData("-ot CFloat32")]
    [InlineData("-ot UInt16 -co NBITS=12")]
    [InlineData("-ot Byte -scale 0 255 0 1 -co NBITS=1 -b 1")]
    [InlineData("-ot Byte -scale 0 255 0 15 -co NBITS=4 -b 1")]
    [InlineData("-b 1 -b 2 -b 3 -b 1 -co COMPRESS=JPEG")]
    [InlineData("-b 1 -b 2 -b 3 -b 1 -co PHOTOMETRIC=CMYK")]
    [InlineData("-co PHOTOMETRIC=CIELAB")]
    [InlineData("-b 1 -b 2 -b 3 -b 1 -b 2 -b 3 -b 1 -b 2 -b 3 -b 1 -b 2 -b 3 -b 1")]
    public void Samples_of_another_kind_are_refused_and_the_command_in_the_sentence_converts_them(string options)
    {
        Make(8, 3);
        Translate("out.tif", options.Split(' '));
        var refused = Assert.Throws<Problem>(() => Open("out.tif"));
        Assert.Equal("images.layout", refused.Code);
        using var converted = Converted(refused);
        // Of one bit GDAL makes a palette: what is read are its colours.
        if (!converted.HasPalette)
            Same(converted, "converted.tif", level: 0, tolerance: 0);
    }

    /// <summary>Numbers between 0 and 1, as reflectance often is, are not all zero afterwards.</summary>
    [Fact]
    public void Of_reflectance_the_command_keeps_the_contrast()
    {
        Make(8, 3);
        Translate("out.tif", "-ot", "Float32", "-scale", "0", "255", "0", "1");
        using var converted = Converted(Assert.Throws<Problem>(() => Open("out.tif")));
        Assert.True(converted.Read(0, 0, 0, Width, Height).Bands[0].Distinct().Count() > 100);
    }

    [Fact]
    public void Without_a_place_it_is_refused()
    {
        Make(8, 3, crs: 0);
        Assert.Equal("images.no-georeference", Assert.Throws<Problem>(() => Open(Sound)).Code);
    }

    /// <summary>UTM on the ellipsoid of CGCS2000 has the meridian and the false easting of a zone, and another scale: kilometres
    /// away.</summary>
    [Theory]
    [InlineData("EPSG:32650", "images.unknown-crs")]
    [InlineData("+proj=utm +zone=50 +ellps=GRS80 +units=m", "images.unknown-crs")]
    [InlineData("+proj=tmerc +lat_0=0 +lon_0=117 +k=0.9996 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m", "images.unknown-crs")]
    [InlineData("+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=500000 +y_0=-3000000 +ellps=GRS80 +units=m", "images.unknown-crs")]
    [InlineData("+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=500000 +y_0=0 +ellps=krass +units=m", "images.unknown-crs")]
    [InlineData("EPSG:2364", "geometry.older-datum")]
    [InlineData("EPSG:4610", "geometry.older-datum")]
    public void Another_system_is_refused(string system, string code)
    {
        Make(8, 1);
        foreach (var flavour in (string[])["STANDARD", "ESRI_PE"])
        {
            Translate("out.tif", "-a_srs", system, "-co", $"GEOTIFF_KEYS_FLAVOR={flavour}");
            var refused = Assert.Throws<Problem>(() => Open("out.tif")).Code;
            Assert.True(refused == code || (flavour == "ESRI_PE" && refused == "geometry.older-datum"), $"{flavour}: {refused}");
        }
    }

    [Theory]
    [InlineData(8, 3, "-co TILED=NO")]
    [InlineData(8, 3, "-co TILED=YES -co BLOCKXSIZE=64 -co BLOCKYSIZE=48")]
    [InlineData(8, 3, "-co COMPRESS=LZW")]
    [InlineData(8, 3, "-co COMPRESS=LZW -co PREDICTOR=2 -co TILED=YES")]
    [InlineData(8, 4, "-co COMPRESS=DEFLATE -co PREDICTOR=2 -co INTERLEAVE=BAND")]
    [InlineData(8, 2, "-co COMPRESS=PACKBITS")]
    [InlineData(8, 12, "-co COMPRESS=DEFLATE -co BLOCKYSIZE=7")]
    [InlineData(8, 1, "-co PHOTOMETRIC=MINISBLACK -co SPARSE_OK=TRUE")]
    [InlineData(16, 1, "-co COMPRESS=LZW -co PREDICTOR=2")]
    [InlineData(16, 4, "-co COMPRESS=DEFLATE -co PREDICTOR=2 -co TILED=YES -co BIGTIFF=YES")]
    [InlineData(16, 3, "-co ENDIANNESS=BIG -co COMPRESS=LZW -co PREDICTOR=2")]
    [InlineData(16, 3, "-co ENDIANNESS=BIG -co INTERLEAVE=BAND -co BIGTIFF=YES")]
    [InlineData(16, 5, "-co COMPRESS=PACKBITS -co TILED=YES")]
    [InlineData(8, 3, "-co GEOTIFF_KEYS_FLAVOR=ESRI_PE")]
    [InlineData(8, 3, "-co GEOTIFF_VERSION=1.1 -mo AREA_OR_POINT=Point")]
    [InlineData(8, 3, "-co ALPHA=YES -colorinterp_3 undefined")]
    [InlineData(8, 3, "-srcwin 11 17 130 77")]
    [InlineData(8, 3, "-a_nodata 40")]
    [InlineData(16, 3, "-a_nodata 65535")]
    [InlineData(8, 3, "-a_nodata nan")]
    public void What_GDAL_wrote_is_read_sample_by_sample(int bits, int bands, string options)
    {
        Make(bits, bands);
        Translate("out.tif", options.Split(' '));
        using var image = Open("out.tif");
        Same(image, "out.tif", level: 0, tolerance: 0);
    }

    [Theory]
    [InlineData(3, "-co COMPRESS=JPEG -co PHOTOMETRIC=YCBCR -co TILED=YES")]
    [InlineData(3, "-co COMPRESS=JPEG -co PHOTOMETRIC=YCBCR")]
    [InlineData(3, "-co COMPRESS=JPEG -co JPEG_QUALITY=95")]
    [InlineData(1, "-co COMPRESS=JPEG -co TILED=YES")]
    [InlineData(3, "-co COMPRESS=JPEG -co PHOTOMETRIC=YCBCR -co TILED=YES -co JPEGTABLESMODE=0")]
    public void JPEG_is_read_as_GDAL_reads_it(int bands, string options)
    {
        Make(8, bands);
        Translate("out.tif", options.Split(' '));
        using var image = Open("out.tif");
        Same(image, "out.tif", level: 0, tolerance: 4);
    }

    [Theory]
    [InlineData("DEFLATE", 0)]
    [InlineData("LZW", 0)]
    [InlineData("JPEG", 4)]
    public void Of_a_cloud_optimised_image_every_resolution_is_read(string compression, int tolerance)
    {
        Make(8, 3);
        Translate("out.tif", "-of", "COG", "-co", $"COMPRESS={compression}", "-co", "BLOCKSIZE=128");
        using var image = Open("out.tif");
        Assert.True(image.OverviewCount >= 1);
        for (var level = 0; level <= image.OverviewCount; level++)
            Same(image, "out.tif", level, tolerance);
    }

    [Theory]
    [InlineData("-co TILED=YES -co COMPRESS=JPEG -co PHOTOMETRIC=YCBCR")]
    [InlineData("-co COMPRESS=DEFLATE")]
    [InlineData("-of COG -co COMPRESS=JPEG -co BLOCKSIZE=128")]
    public void The_mask_inside_a_file_says_where_it_has_no_data(string options)
    {
        Make(
            8,
            4,
            (x, y, b) =>
                b < 3 ? Ordinary(x, y, b)
                : IsInside(x, y) ? byte.MaxValue
                : 0
        );
        Translate(
            "out.tif",
            ["-b", "1", "-b", "2", "-b", "3", "-mask", "4", "--config", "GDAL_TIFF_INTERNAL_MASK", "YES", .. options.Split(' ')]
        );
        using var image = Open("out.tif");
        Assert.Equal(3, image.ShownBands);
        for (var level = 0; level <= image.OverviewCount; level++)
        {
            var (width, height) = image.SizeOf(level);
            var whole = image.Read(level, 0, 0, width, height);
            if (level == 0)
                for (var i = 0; i < whole.Valid.Length; i++)
                    Assert.Equal(IsInside(i % width, i / width), whole.Valid[i]);
            Assert.Equal(Raw("out.tif", level, "mask").Select(v => v != 0), whole.Valid);
        }
        // A window that begins outside and steps says the same of its pixels.
        var part = image.Read(0, -5, 20, 260, 100, step: 3);
        for (var j = 0; j < part.Height; j++)
        for (var i = 0; i < part.Width; i++)
            Assert.Equal(3 * i - 5 >= 0 && IsInside(3 * i - 5, 20 + 3 * j), part.Valid[j * part.Width + i]);
    }

    [Theory]
    [InlineData("EPSG:4548", 4548)]
    [InlineData("EPSG:4490", 4490)]
    [InlineData("EPSG:4527", 4527)]
    [InlineData("EPSG:4508", 4508)]
    [InlineData("+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m", 4548)]
    [InlineData("+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=39500000 +y_0=0 +ellps=GRS80 +units=m", 4527)]
    [InlineData("+proj=longlat +ellps=GRS80", 4490)]
    public void The_system_is_understood_however_it_is_written(string system, int epsg)
    {
        Make(8, 1);
        var expected = CoordinateSystem.FromEpsg(epsg);
        foreach (var flavour in (string[])["STANDARD", "ESRI_PE"])
        {
            Translate("out.tif", "-a_srs", system, "-co", $"GEOTIFF_KEYS_FLAVOR={flavour}");
            using var image = Open("out.tif");
            Assert.Equal(expected.CentralMeridianDegrees, image.Place.System.CentralMeridianDegrees);
            Assert.Equal(expected.HasZonePrefix, image.Place.System.HasZonePrefix);
        }
    }

    [Theory]
    [InlineData("574000, 2, 0, 4071000, 0, -2")]
    [InlineData("574000, 2, 0, 4070000, 0, 2")]
    [InlineData("574000, 1.8, 0.4, 4071000, 0.4, -1.8")]
    [InlineData("574000, 0, 2, 4071000, 2, 0")]
    public void Turned_and_mirrored_images_lie_where_GDAL_lays_them(string transform)
    {
        Make(8, 1);
        File.WriteAllText(
            scratch["turned.vrt"],
            $"""
            <VRTDataset rasterXSize="{Width}" rasterYSize="{Height}"><SRS>EPSG:4548</SRS><GeoTransform>{transform}</GeoTransform>
            <VRTRasterBand dataType="Byte" band="1"><SimpleSource><SourceFilename relativeToVRT="1">{Sound}</SourceFilename>
            <SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>
            """
        );
        Gdal.Run("gdal_translate", "-q", scratch["turned.vrt"], scratch["out.tif"]);
        using var image = Open("out.tif");
        var g = transform.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal((g[0], g[3]), image.Place.Origin);
        Assert.Equal((g[1], g[4]), image.Place.PerColumn);
        Assert.Equal((g[2], g[5]), image.Place.PerRow);
    }

    private static int Ordinary(int x, int y, int band) => 30 + (x / 3 + y / 2 + band * 17) % 190;

    private static bool IsInside(int x, int y) => x + y > 90 && x < 280;

    private void Make(int bits, int bands, Func<int, int, int, int>? at = null, int crs = 4548)
    {
        var made = new TiffMaker
        {
            Width = Width,
            Height = Height,
            Bits = bits,
            Bands = bands,
            Photometric = bands < 3 ? Photometric.MINISBLACK : Photometric.RGB,
            Tile = 0,
            Crs = crs,
            At = at ?? ((x, y, b) => Ordinary(x, y, b) * (bits == 16 ? 257 : 1)),
        };
        File.WriteAllBytes(scratch[Sound], made.Bytes());
    }

    private void Translate(string to, params string[] options) =>
        Gdal.Run("gdal_translate", ["-q", .. options, scratch[Sound], scratch[to]]);

    /// <summary>Runs the command that a refusal names, as a person would.</summary>
    private GeoTiff Converted(Problem refused)
    {
        const string Command = "gdal_translate ";
        foreach (var sentence in new[] { refused.Chinese, refused.English })
        {
            var at = sentence.IndexOf(Command, StringComparison.Ordinal);
            Assert.True(at > 0, sentence);
            var words = sentence[(at + Command.Length)..].TrimEnd('.', '。').Split(' ').Select(w => w.Trim('"'));
            Gdal.Run("gdal_translate", ["-q", .. words.Select(w => w.EndsWith(".tif", StringComparison.Ordinal) ? scratch[w] : w)]);
        }
        return Open("converted.tif");
    }

    private GeoTiff Open(string name) => GeoTiff.Open(File.OpenRead(scratch[name]), name);

    /// <summary>Samples of a resolution, band after band, as GDAL gives them out; of the mask where that is asked for.</summary>
    private ushort[] Raw(string name, int level, params string[] bands)
    {
        var overview = level == 0 ? "NONE" : (level - 1).ToString(CultureInfo.InvariantCulture);
        string[] asked = [.. bands.SelectMany(b => new[] { "-b", b })];
        Gdal.Run(
            "gdal_translate",
            ["-q", "-of", "ENVI", "-co", "INTERLEAVE=BSQ", "-oo", $"OVERVIEW_LEVEL={overview}", .. asked, scratch[name], scratch["out.raw"]]
        );
        var bytes = File.ReadAllBytes(scratch["out.raw"]);
        return File.ReadAllText(scratch["out.hdr"]).Contains("data type = 12", StringComparison.Ordinal)
            ? [.. bytes.Chunk(2).Select(b => BitConverter.ToUInt16(b))]
            : [.. bytes.Select(b => (ushort)b)];
    }

    private void Same(GeoTiff image, string name, int level, int tolerance)
    {
        var (width, height) = image.SizeOf(level);
        var ours = image.Read(level, 0, 0, width, height);
        var theirs = Raw(name, level);
        var size = width * height;
        Assert.Equal(image.Bands * size, theirs.Length);
        for (var band = 0; band < image.ShownBands; band++)
        {
            var worst = Enumerable.Range(0, size).Max(i => Math.Abs(ours.Bands[band][i] - theirs[band * size + i]));
            Assert.True(worst <= tolerance, $"level {level}, band {band}: {worst}");
        }
        // The value for no data hides a pixel that has it in every band; GDAL hides it band by band.
        var seen = image.NoData is { } none
            ? Enumerable.Range(0, size).Select(i => Enumerable.Range(0, image.ShownBands).Any(b => theirs[b * size + i] != none))
            : Raw(name, level, "mask").Select(v => v != 0);
        Assert.Equal(seen, ours.Valid);
    }
}
