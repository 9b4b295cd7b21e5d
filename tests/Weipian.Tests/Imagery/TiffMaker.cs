using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;

namespace Weipian.Tests.Imagery;

/// <summary>Writes GeoTIFFs with a library that the reader does not use, so that the two check each other.</summary>
internal sealed record TiffMaker
{
    public const double Easting = 574_000;
    public const double Northing = 4_071_000;

    static TiffMaker() =>
        Tiff.SetTagExtender(tiff =>
            tiff.MergeFieldInfo(
                [
                    Field(33550, TiffType.DOUBLE, "ModelPixelScale"),
                    Field(33922, TiffType.DOUBLE, "ModelTiepoint"),
                    Field(34264, TiffType.DOUBLE, "ModelTransformation"),
                    Field(34735, TiffType.SHORT, "GeoKeyDirectory"),
                    Field(34736, TiffType.DOUBLE, "GeoDoubleParams"),
                    Field(42112, TiffType.ASCII, "GdalMetadata"),
                    Field(42113, TiffType.ASCII, "GdalNoData"),
                ],
                7
            )
        );

    public int Width { get; init; } = 100;
    public int Height { get; init; } = 80;
    public int Bands { get; init; } = 3;
    public int Bits { get; init; } = 8;
    public int Tile { get; init; } = 32;
    public Compression Compression { get; init; } = Compression.NONE;
    public Photometric Photometric { get; init; } = Photometric.RGB;
    public PlanarConfig Planar { get; init; } = PlanarConfig.CONTIG;
    public bool Predictor { get; init; }
    public bool BigEndian { get; init; }
    public bool Palette { get; init; }
    public string? NoData { get; init; }

    /// <summary>What GDAL writes about bands, XML.</summary>
    public string? Metadata { get; init; }

    /// <summary>EPSG number; 0 leaves the keys out.</summary>
    public int Crs { get; init; } = 4548;
    public bool Point { get; init; }
    public bool ByMatrix { get; init; }
    public bool Overview { get; init; }

    /// <summary>Whether a pixel has data, in a directory of its own with one bit to a pixel.</summary>
    public Func<int, int, bool>? Mask { get; init; }
    public double Scale { get; init; } = 1;
    public (double X, double Y) Corner { get; init; } = (Easting, Northing);

    /// <summary>The sample of a pixel, by column, row, band.</summary>
    public Func<int, int, int, int> At { get; init; } = (x, y, b) => (x * 2 + y * 3 + b * 40) % 251;

    public byte[] Bytes()
    {
        using var stream = new MemoryStream();
        using (var tiff = Tiff.ClientOpen("made", BigEndian ? "wb" : "wl", stream, new TiffStream()))
        {
            Directory(tiff, Width, Height, At);
            Place(tiff);
            Pixels(tiff, Width, Height, At);
            tiff.WriteDirectory();
            if (Overview)
            {
                Directory(tiff, Width / 2, Height / 2, (x, y, b) => At(2 * x, 2 * y, b));
                tiff.SetField(TiffTag.SUBFILETYPE, FileType.REDUCEDIMAGE);
                Pixels(tiff, Width / 2, Height / 2, (x, y, b) => At(2 * x, 2 * y, b));
                tiff.WriteDirectory();
            }
            if (Mask is not null)
                WriteMask(tiff);
            tiff.Flush();
            return stream.ToArray();
        }
    }

    private void WriteMask(Tiff tiff)
    {
        tiff.SetField(TiffTag.SUBFILETYPE, FileType.MASK);
        tiff.SetField(TiffTag.IMAGEWIDTH, Width);
        tiff.SetField(TiffTag.IMAGELENGTH, Height);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
        tiff.SetField(TiffTag.BITSPERSAMPLE, 1);
        tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MASK);
        tiff.SetField(TiffTag.COMPRESSION, Compression.ADOBE_DEFLATE);
        tiff.SetField(TiffTag.ROWSPERSTRIP, Height);
        var line = (Width + 7) / 8;
        var bytes = new byte[line * Height];
        for (var i = 0; i < Width * Height; i++)
            if (Mask!(i % Width, i / Width))
                bytes[i / Width * line + i % Width / 8] |= (byte)(0x80 >> (i % Width % 8));
        tiff.WriteEncodedStrip(0, bytes, bytes.Length);
        tiff.WriteDirectory();
    }

    private void Directory(Tiff tiff, int width, int height, Func<int, int, int, int> _)
    {
        tiff.SetField(TiffTag.IMAGEWIDTH, width);
        tiff.SetField(TiffTag.IMAGELENGTH, height);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, Bands);
        tiff.SetField(TiffTag.BITSPERSAMPLE, Bits);
        tiff.SetField(TiffTag.PLANARCONFIG, Planar);
        tiff.SetField(TiffTag.COMPRESSION, Compression);
        tiff.SetField(
            TiffTag.PHOTOMETRIC,
            Palette ? Photometric.PALETTE
                : Bands < 3 ? Photometric.MINISBLACK
                : Photometric
        );
        if (Bands > 3)
            tiff.SetField(TiffTag.EXTRASAMPLES, Bands - 3, new short[Bands - 3]);
        if (Predictor)
            tiff.SetField(TiffTag.PREDICTOR, BitMiracle.LibTiff.Classic.Predictor.HORIZONTAL);
        if (Compression == Compression.JPEG && Photometric == Photometric.YCBCR)
            tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB);
        if (Palette)
        {
            var ramp = Enumerable.Range(0, 256).Select(i => (short)(i << 8)).ToArray();
            tiff.SetField(TiffTag.COLORMAP, ramp, ramp.Reverse().ToArray(), new short[256]);
        }
        if (Tile > 0)
        {
            tiff.SetField(TiffTag.TILEWIDTH, Tile);
            tiff.SetField(TiffTag.TILELENGTH, Tile);
        }
        else
            tiff.SetField(TiffTag.ROWSPERSTRIP, 16);
    }

    private void Place(Tiff tiff)
    {
        if (Metadata is not null)
            tiff.SetField((TiffTag)42112, Metadata.Length + 1, System.Text.Encoding.ASCII.GetBytes(Metadata + "\0"));
        if (NoData is not null)
            tiff.SetField((TiffTag)42113, NoData.Length + 1, System.Text.Encoding.ASCII.GetBytes(NoData + "\0"));
        if (Crs == 0)
            return;
        var degrees = Crs is 4490 or 4326;
        short[] keys = [1, 1, 0, 3, 1024, 0, 1, (short)(degrees ? 2 : 1), 1025, 0, 1, (short)(Point ? 2 : 1)];
        tiff.SetField((TiffTag)34735, 16, (short[])[.. keys, (short)(degrees ? 2048 : 3072), 0, 1, (short)Crs]);
        // As a point, the place named is the middle of the first pixel.
        var half = Point ? Scale / 2 : 0;
        var (x, y) = (Corner.X + half, Corner.Y - half);
        if (ByMatrix)
        {
            tiff.SetField((TiffTag)34264, 16, (double[])[Scale, 0, 0, x, 0, -Scale, 0, y, 0, 0, 0, 0, 0, 0, 0, 1]);
            return;
        }
        tiff.SetField((TiffTag)33550, 3, (double[])[Scale, Scale, 0]);
        tiff.SetField((TiffTag)33922, 6, (double[])[0, 0, 0, x, y, 0]);
    }

    private void Pixels(Tiff tiff, int width, int height, Func<int, int, int, int> at)
    {
        var (wide, tall) = Tile > 0 ? (Tile, Tile) : (width, 16);
        for (var plane = 0; plane < (Planar == PlanarConfig.SEPARATE ? Bands : 1); plane++)
        for (var top = 0; top < height; top += tall)
        for (var left = 0; left < width; left += wide)
        {
            var rows = Tile > 0 ? tall : Math.Min(tall, height - top);
            var bands = Planar == PlanarConfig.SEPARATE ? 1 : Bands;
            var bytes = new byte[wide * rows * bands * Bits / 8];
            for (var y = 0; y < rows; y++)
            for (var x = 0; x < wide; x++)
            for (var b = 0; b < bands; b++)
            {
                var value = at(left + x, top + y, plane + b);
                var i = (y * wide + x) * bands + b;
                if (Bits == 8)
                    bytes[i] = (byte)value;
                else
                    BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), (ushort)value);
            }
            if (Tile > 0)
                tiff.WriteEncodedTile(tiff.ComputeTile(left, top, 0, (short)plane), bytes, bytes.Length);
            else
                tiff.WriteEncodedStrip(tiff.ComputeStrip(top, (short)plane), bytes, bytes.Length);
        }
    }

    private static TiffFieldInfo Field(int tag, TiffType type, string name) =>
        new((TiffTag)tag, TiffFieldInfo.Variable, TiffFieldInfo.Variable, type, FieldBit.Custom, true, true, name);
}
