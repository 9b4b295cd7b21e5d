using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Weipian.Imagery;

/// <summary>One resolution of an image: its blocks (tiles or strips) and how their samples are laid out.</summary>
internal sealed class TiffLevel
{
    public const int BandsMax = 12;

    /// <summary>Pixels to a side; a size beyond it is no size but damage.</summary>
    private const int SideMax = 4_000_000;

    /// <summary>A block larger than this would not fit a small machine; it is refused with the command that tiles the image.</summary>
    private const long BlockBytesMax = 128L << 20;

    private readonly TiffDirectory directory;
    private readonly long[] offsets;
    private readonly long[] counts;
    private readonly byte[] jpegTables;
    private readonly int across;
    private readonly int perPlane;
    private readonly bool differenced;
    private readonly bool isMask;

    /// <param name="isMask">The directory says which pixels of a resolution have data: one band of one bit, or of eight.</param>
    public TiffLevel(TiffDirectory directory, bool isMask = false)
    {
        (this.directory, this.isMask) = (directory, isMask);
        (Width, Height) = ((int)directory.One(TiffTags.Width, 0), (int)directory.One(TiffTags.Height, 0));
        Bands = (int)directory.One(TiffTags.SamplesPerPixel, 1);
        var bits = directory.Whole(TiffTags.BitsPerSample);
        Bits = bits.Length == 0 ? 1 : (int)bits[0];
        Compression = directory.One(TiffTags.Compression, TiffTags.Plain);
        Photometric = (int)directory.One(TiffTags.Photometric, 1);
        IsPlanar = directory.One(TiffTags.Planar, 1) == 2;
        differenced = directory.One(TiffTags.Predictor, 1) == 2;
        Check(bits);
        var extra = directory.Whole(TiffTags.ExtraSamples);
        var alpha = Array.FindIndex(extra, e => e is 1 or 2);
        Alpha = alpha < 0 ? -1 : Bands - extra.Length + alpha;
        var tiled = directory.Has(TiffTags.TileOffsets);
        BlockWidth = tiled ? (int)directory.One(TiffTags.TileWidth, 0) : Width;
        BlockHeight = tiled
            ? (int)directory.One(TiffTags.TileHeight, 0)
            : (int)Math.Min(Height, directory.One(TiffTags.RowsPerStrip, Height));
        if (BlockWidth < 1 || BlockHeight < 1)
            throw Problem.Images.Damaged(Name, "TileWidth");
        if ((long)BlockWidth * BlockHeight * Bands * Math.Max(Bits, 8) / 8 > BlockBytesMax)
            throw Problem.Images.Layout(Name, tiled ? "tile > 128 MB" : "strip > 128 MB", "-co BLOCKSIZE=512");
        (offsets, counts) = tiled
            ? (directory.Whole(TiffTags.TileOffsets), directory.Whole(TiffTags.TileByteCounts))
            : (directory.Whole(TiffTags.StripOffsets), directory.Whole(TiffTags.StripByteCounts));
        jpegTables = directory.Bytes(TiffTags.JpegTables);
        across = (Width + BlockWidth - 1) / BlockWidth;
        var down = (Height + BlockHeight - 1) / BlockHeight;
        if ((long)across * down * Bands > int.MaxValue)
            throw Problem.Images.Damaged(Name, "TileWidth");
        perPlane = across * down;
        CheckBlocks();
    }

    public int Width { get; }
    public int Height { get; }
    public int Bands { get; }
    public int Bits { get; }
    public long Compression { get; }
    public int Photometric { get; }
    public bool IsPlanar { get; }
    public int BlockWidth { get; }
    public int BlockHeight { get; }

    /// <summary>Index of the alpha band, or −1.</summary>
    public int Alpha { get; }

    /// <summary>Which pixels have data, where the file says it in a directory of its own; a block that is not there has none.</summary>
    public TiffLevel? Mask { get; init; }

    private string Name => directory.File.Name;

    /// <summary>Samples of a block, pixel by pixel, <see cref="Bands"/> to a pixel (one in a separate plane); null where the file is
    /// sparse.</summary>
    /// <exception cref="Problem">images.truncated, images.damaged</exception>
    public ushort[]? Block(int column, int row, int plane)
    {
        var index = plane * perPlane + row * across + column;
        if (counts[index] == 0)
            return null;
        var packed = directory.File.Read(offsets[index], counts[index]);
        var bands = IsPlanar ? 1 : Bands;
        // The last strip may be shorter than the others.
        var rows = BlockWidth == Width ? Math.Min(BlockHeight, Height - row * BlockHeight) : BlockHeight;
        var used = BlockWidth * (directory.Has(TiffTags.TileOffsets) ? BlockHeight : rows) * bands;
        try
        {
            var size = used / (BlockWidth * bands) * ((BlockWidth * bands * Bits + 7) / 8);
            if (size > packed.Length * TiffTags.GrowthMax(Compression))
                throw new InvalidDataException($"{packed.Length} → {size}");
            var samples = new ushort[BlockWidth * BlockHeight * bands];
            Samples(Unpacked(packed, size, bands), samples.AsSpan(0, used), bands);
            return samples;
        }
        catch (InvalidDataException damaged)
        {
            throw Problem.Images.Damaged(Name, $"{TiffTags.NameOf(Compression)} {index}: {damaged.Message}");
        }
    }

    private byte[] Unpacked(byte[] packed, int size, int bands)
    {
        if (Compression == TiffTags.Jpeg)
            return Unpacking.Jpeg(
                packed,
                jpegTables,
                BlockWidth,
                size / (BlockWidth * bands),
                bands,
                bands == 3 && Photometric != TiffTags.YCbCr
            );
        var bytes = new byte[size];
        var got = Compression switch
        {
            TiffTags.Deflate or TiffTags.OldDeflate => Unpacking.Deflate(packed, bytes),
            TiffTags.Lzw => Unpacking.Lzw(packed, bytes),
            TiffTags.PackBits => Unpacking.PackBits(packed, bytes),
            _ => Plain(packed, bytes),
        };
        // What is not there is no black ground.
        return got == size ? bytes : throw new InvalidDataException($"{got} / {size}");
    }

    /// <summary>A plain strip may be cut short, as some writers leave the last one: the rest is zero.</summary>
    private static int Plain(byte[] packed, byte[] into)
    {
        packed.AsSpan(0, Math.Min(into.Length, packed.Length)).CopyTo(into);
        return into.Length;
    }

    private void Samples(byte[] bytes, Span<ushort> into, int bands)
    {
        var row = BlockWidth * bands;
        if (Bits == 1)
        {
            Unpacking.Bits(bytes, into, row);
            return;
        }
        if (Bits == 8)
        {
            for (var at = 0; at + row <= bytes.Length; at += row)
                if (differenced)
                    Unpacking.Undifference(bytes.AsSpan(at, row), bands);
            for (var i = 0; i < into.Length; i++)
                into[i] = bytes[i];
            return;
        }
        MemoryMarshal.Cast<byte, ushort>(bytes)[..into.Length].CopyTo(into);
        if (directory.File.IsLittleEndian != BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(into, into);
        for (var at = 0; differenced && at + row <= into.Length; at += row)
            Unpacking.Undifference(into.Slice(at, row), bands);
    }

    private void Check(long[] bits)
    {
        if (Width is < 1 or > SideMax || Height is < 1 or > SideMax)
            throw Problem.Images.Damaged(Name, "ImageWidth, ImageLength");
        if (
            Compression
            is not (TiffTags.Plain or TiffTags.Lzw or TiffTags.Jpeg or TiffTags.Deflate or TiffTags.OldDeflate or TiffTags.PackBits)
        )
            throw Problem.Images.Compression(Name, TiffTags.NameOf(Compression));
        if (Bands is < 1 or > BandsMax)
            throw Problem.Images.Layout(Name, $"{Bands} bands", "-b 1 -b 2 -b 3 -b 4");
        var formats = directory.Whole(TiffTags.SampleFormat);
        if (formats.Any(f => f is not (TiffTags.Unsigned or TiffTags.Signed or TiffTags.Undefined)))
            throw Problem.Images.Layout(Name, "real or complex numbers", "-ot Byte -scale");
        if (formats.Contains(TiffTags.Signed))
            throw Problem.Images.Layout(Name, "signed numbers");
        if (isMask ? Bits is not (1 or 8) || Bands != 1 : Bits is not (8 or 16) || bits.Any(b => b != Bits))
            throw Problem.Images.Layout(Name, $"{string.Join('/', bits.Distinct())} bits");
        if (directory.One(TiffTags.FillOrder, 1) != 1 || directory.One(TiffTags.Predictor, 1) > 2)
            throw Problem.Images.Layout(Name, "FillOrder, Predictor");
        if (
            !isMask
            && Photometric is not (TiffTags.WhiteIsZero or TiffTags.BlackIsZero or TiffTags.Rgb or TiffTags.Palette or TiffTags.YCbCr)
        )
            throw Problem.Images.Layout(Name, TiffTags.ColoursOf(Photometric), "-b 1 -b 2 -b 3");
        if (Photometric == TiffTags.YCbCr && Compression != TiffTags.Jpeg)
            throw Problem.Images.Layout(Name, "YCbCr", "-b 1 -b 2 -b 3");
        if (Compression == TiffTags.Jpeg && (isMask || Bits != 8 || Bands is not (1 or 3) || (IsPlanar && Bands > 1)))
            throw Problem.Images.Layout(Name, $"JPEG, {Bands} bands");
    }

    /// <summary>A file that was cut short is found when it is opened, not when somebody looks at its far corner.</summary>
    private void CheckBlocks()
    {
        var expected = perPlane * (IsPlanar ? Bands : 1);
        if (offsets.Length < expected || counts.Length < expected)
            throw Problem.Images.Damaged(Name, "TileOffsets");
        for (var i = 0; i < expected; i++)
            if (counts[i] != 0 && offsets[i] + counts[i] > directory.File.Length)
                throw Problem.Images.Truncated(Name, offsets[i] + counts[i], directory.File.Length);
    }
}
