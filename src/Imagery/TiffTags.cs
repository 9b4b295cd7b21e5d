namespace Weipian.Imagery;

/// <summary>Numbers of TIFF 6.0, its technical note 2 (JPEG), GeoTIFF 1.1 and the three tags of GDAL that matter here.</summary>
internal static class TiffTags
{
    public const int NewSubfileType = 254;
    public const int Width = 256;
    public const int Height = 257;
    public const int BitsPerSample = 258;
    public const int Compression = 259;
    public const int Photometric = 262;
    public const int FillOrder = 266;
    public const int StripOffsets = 273;
    public const int SamplesPerPixel = 277;
    public const int RowsPerStrip = 278;
    public const int StripByteCounts = 279;
    public const int Planar = 284;
    public const int Predictor = 317;
    public const int ColourMap = 320;
    public const int TileWidth = 322;
    public const int TileHeight = 323;
    public const int TileOffsets = 324;
    public const int TileByteCounts = 325;
    public const int ExtraSamples = 338;
    public const int SampleFormat = 339;
    public const int JpegTables = 347;
    public const int PixelScale = 33550;
    public const int Tiepoint = 33922;
    public const int Transformation = 34264;
    public const int GeoKeys = 34735;
    public const int GeoReals = 34736;
    public const int GeoTexts = 34737;
    public const int Metadata = 42112;
    public const int NoData = 42113;

    /// <summary>Bits of <see cref="NewSubfileType"/>.</summary>
    public const int IsReduced = 1;
    public const int IsMask = 4;

    public const int Plain = 1;
    public const int Lzw = 5;
    public const int Jpeg = 7;
    public const int Deflate = 8;
    public const int OldDeflate = 32946;
    public const int PackBits = 32773;

    /// <summary>Of <see cref="SampleFormat"/>.</summary>
    public const int Unsigned = 1;
    public const int Signed = 2;
    public const int Undefined = 4;

    public const int WhiteIsZero = 0;
    public const int BlackIsZero = 1;
    public const int Rgb = 2;
    public const int Palette = 3;
    public const int YCbCr = 6;

    /// <summary>The name of a space of colours that is not read.</summary>
    public static string ColoursOf(int photometric) =>
        photometric switch
        {
            5 => "CMYK",
            8 or 9 or 10 => "L*a*b*",
            32844 or 32845 => "LogLuv",
            _ => $"PhotometricInterpretation {photometric}",
        };

    /// <summary>So many bytes at most come out of one: what says it holds more is damaged, and no room is made for it.</summary>
    /// <remarks>
    /// DEFLATE: 258 bytes for two bits. LZW: the longest string for twelve bits. PackBits: 128 bytes for two. JPEG: 16 × 16 pixels for two
    /// bits in each of their six blocks, and as much again. A plain block may be cut short, as some writers leave it.
    /// </remarks>
    public static long GrowthMax(long compression) =>
        compression switch
        {
            Deflate or OldDeflate => 1032,
            Lzw => 2560,
            Jpeg => 1024,
            _ => 64,
        };

    /// <summary>The name of a compression, as tools print it.</summary>
    public static string NameOf(long compression) =>
        compression switch
        {
            Plain => "NONE",
            2 => "CCITT RLE",
            3 => "CCITT FAX3",
            4 => "CCITT FAX4",
            Lzw => "LZW",
            6 => "OJPEG",
            Jpeg => "JPEG",
            Deflate or OldDeflate => "DEFLATE",
            PackBits => "PACKBITS",
            33003 or 33005 or 34712 => "JPEG2000",
            34887 => "LERC",
            34925 => "LZMA",
            50000 => "ZSTD",
            50001 => "WEBP",
            50002 => "JXL",
            _ => $"#{compression}",
        };
}
