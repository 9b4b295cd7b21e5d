using System.Runtime.CompilerServices;
using System.Text;

namespace Weipian.Geo;

/// <summary>One feature of a layer on its way into a <see cref="PackedLayer"/>.</summary>
/// <param name="Number">Row number in the normalised file, counted from 1.</param>
/// <param name="Code">The code areas are summed by (the land class); empty where the layer has none.</param>
public sealed record LayerFeature(long Number, string Code, PreparedShape Shape);

/// <summary>One feature of a layer whose rings stand in a <see cref="RingStore"/> already.</summary>
/// <param name="Number">Row number in the normalised file, counted from 1.</param>
/// <param name="Code">The code areas are summed by (the land class); empty where the layer has none.</param>
public sealed record PlacedFeature(long Number, string Code, PlacedShape Shape);

/// <summary>A layer as the kernel reads it: plane coordinates side by side, features in the order of a space-filling curve, a packed
/// tree of boxes.</summary>
/// <remarks>
/// Immutable. Features are numbered 0 … <see cref="Count"/> − 1 in the order of the curve, which depends on the data alone. The layer in
/// memory and the layer in a file are the same bytes, so a cached layer is mapped, checked and used. At most 2³¹ − 1 vertices.
/// Coordinates are those of <see cref="StatutoryPlane"/>; a file written for other constants is refused.
/// </remarks>
public sealed unsafe class PackedLayer : IDisposable
{
    private readonly LayerHeader header;
    private readonly LayerSections sections;
    private readonly string[] codes;

    /// <param name="isWhole">True when the layer was made just now: its bytes need not be summed again.</param>
    internal PackedLayer(LayerMemory memory, bool isWhole = false)
    {
        Memory = memory;
        header = isWhole ? *(LayerHeader*)memory.Start : CheckedHeader(memory);
        sections = new LayerSections(header);
        codes = ReadCodes();
    }

    /// <summary>The number of features.</summary>
    public int Count => header.Features;

    /// <summary>The number of vertices, the repeated last one of each ring included.</summary>
    public int VertexCount => header.Points;

    /// <summary>The distinct codes, in ordinal order.</summary>
    public IReadOnlyList<string> Codes => codes;

    /// <summary>Size in bytes, in memory and in a file.</summary>
    public long Length => header.Length;

    internal LayerMemory Memory { get; }

    internal LayerView View => new(Memory.Start, header, sections);

    /// <summary>The row number a feature was built with.</summary>
    public long NumberOf(int feature) => At<long>(sections.Number, feature);

    /// <summary>Index into <see cref="Codes"/>.</summary>
    public int CodeIndexOf(int feature) => At<int>(sections.Code, feature);

    /// <summary>The code of a feature.</summary>
    public string CodeOf(int feature) => codes[CodeIndexOf(feature)];

    /// <summary>Statutory area of a feature, m².</summary>
    public double AreaSquareMetresOf(int feature) => At<double>(sections.Area, feature);

    /// <summary>Packs features. They are read once, in their order; the order of the result is its own.</summary>
    /// <exception cref="Problem"><c>geometry.layer-too-large</c>.</exception>
    public static PackedLayer Build(IEnumerable<LayerFeature> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        using var store = new RingStore();
        var builder = new LayerBuilder(store);
        foreach (var feature in features)
            builder.Add(feature);
        return new PackedLayer(builder.Pack(), isWhole: true);
    }

    /// <summary>Packs features whose rings stand in a store, which is freed before this returns.</summary>
    /// <exception cref="Problem"><c>geometry.layer-too-large</c>.</exception>
    public static PackedLayer Build(RingStore store, IEnumerable<PlacedFeature> features)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(features);
        var builder = new LayerBuilder(store);
        foreach (var feature in features)
            builder.Add(feature);
        return new PackedLayer(builder.Pack(), isWhole: true);
    }

    /// <summary>Writes the layer; <see cref="Read"/> and <see cref="Map"/> take it back.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        const int block = 1 << 20;
        for (long at = 0; at < header.Length; at += block)
            stream.Write(new ReadOnlySpan<byte>(Memory.Start + at, (int)Math.Min(block, header.Length - at)));
        GC.KeepAlive(this);
    }

    /// <summary>Reads a layer into memory.</summary>
    /// <exception cref="Problem"><c>geometry.packed-layer-damaged</c>: not whole, or of another version. Rebuild it.</exception>
    public static PackedLayer Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var first = new byte[LayerSections.HeaderLength];
        if (stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) < first.Length)
            throw Problem.Geometry.PackedLayerDamaged("header");
        LayerHeader head;
        fixed (byte* start = first)
            head = *(LayerHeader*)start;
        CheckKind(head);
        var memory = LayerMemory.Allocate(head.Length);
        try
        {
            first.CopyTo(new Span<byte>(memory.Start, first.Length));
            for (long at = first.Length; at < head.Length; )
            {
                var read = stream.Read(new Span<byte>(memory.Start + at, (int)Math.Min(1 << 20, head.Length - at)));
                if (read == 0)
                    throw Problem.Geometry.PackedLayerDamaged($"{at} of {head.Length} bytes");
                at += read;
            }
            return new PackedLayer(memory);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>Maps a file; nothing is copied, and pages are read as they are touched. The file must not be written while it is
    /// mapped.</summary>
    /// <exception cref="Problem"><c>geometry.packed-layer-damaged</c>: not whole, or of another version. Rebuild it.</exception>
    public static PackedLayer Map(string path)
    {
        if (new FileInfo(path).Length < LayerSections.HeaderLength)
            throw Problem.Geometry.PackedLayerDamaged("header");
        var memory = LayerMemory.Map(path);
        try
        {
            return new PackedLayer(memory);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>Frees the memory or the mapping. A measurement that is running keeps it until it ends.</summary>
    public void Dispose() => Memory.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T At<T>(long section, int feature)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)feature, (uint)header.Features, nameof(feature));
        var value = ((T*)(Memory.Start + section))[feature];
        GC.KeepAlive(this);
        return value;
    }

    private static void CheckKind(in LayerHeader head)
    {
        if (head.Magic != LayerSections.Magic || head.Version != LayerSections.Version || head.HeaderLength != LayerSections.HeaderLength)
            throw Problem.Geometry.PackedLayerDamaged($"version {head.Version}");
        if (head.Plane != LayerSections.PlaneMark)
            throw Problem.Geometry.PackedLayerDamaged("plane");
        var counts = Math.Min(Math.Min(head.Features, head.Rings), Math.Min(head.Points, head.Chunks));
        if (
            Math.Min(Math.Min(counts, head.Nodes), Math.Min(head.Codes, head.CodeBytes)) < 0
            || head.Length != new LayerSections(head).Length
        )
            throw Problem.Geometry.PackedLayerDamaged("counts");
    }

    /// <summary>The whole file is summed before it is used: a damaged index would lead the kernel to foreign memory.</summary>
    private static LayerHeader CheckedHeader(LayerMemory memory)
    {
        var head = *(LayerHeader*)memory.Start;
        CheckKind(head);
        if (head.Length != memory.Length)
            throw Problem.Geometry.PackedLayerDamaged($"{memory.Length} of {head.Length} bytes");
        if (head.Checksum != Sum(memory.Start, head))
            throw Problem.Geometry.PackedLayerDamaged("checksum");
        return head;
    }

    internal static ulong Sum(byte* start, LayerHeader head)
    {
        head.Checksum = 0;
        var bytes = stackalloc byte[LayerSections.HeaderLength];
        new Span<byte>(bytes, LayerSections.HeaderLength).Clear();
        *(LayerHeader*)bytes = head;
        return LayerSections.ChecksumOf(bytes, LayerSections.HeaderLength)
            ^ LayerSections.ChecksumOf(start + LayerSections.HeaderLength, head.Length - LayerSections.HeaderLength);
    }

    /// <summary>Codes stand one after another, each ended by a zero.</summary>
    private string[] ReadCodes()
    {
        var text = Encoding.UTF8.GetString(Memory.Start + sections.CodeText, header.CodeBytes);
        var split = text.Split('\0');
        return header.Codes == 0 ? [] : split[..header.Codes];
    }
}

/// <summary>Pointers into a packed layer, for the kernel. Valid only while the layer's memory is held.</summary>
internal readonly unsafe struct LayerView
{
    public readonly int Features;

    /// <summary>Plane coordinates of all vertices; each ring is closed by its first vertex.</summary>
    public readonly double* X,
        Y;

    /// <summary>First ring of a feature, first vertex and first chunk of a ring; one more entry ends the last.</summary>
    public readonly int* RingStart,
        PointStart,
        ChunkStart;

    /// <summary>Minimum x, minimum y, maximum x, maximum y.</summary>
    public readonly double* ChunkBox,
        FeatureBox,
        NodeBox;

    public LayerView(byte* start, in LayerHeader header, in LayerSections sections)
    {
        Features = header.Features;
        X = (double*)(start + sections.X);
        Y = (double*)(start + sections.Y);
        RingStart = (int*)(start + sections.RingStart);
        PointStart = (int*)(start + sections.PointStart);
        ChunkStart = (int*)(start + sections.ChunkStart);
        ChunkBox = (double*)(start + sections.ChunkBox);
        FeatureBox = (double*)(start + sections.FeatureBox);
        NodeBox = (double*)(start + sections.NodeBox);
    }
}
