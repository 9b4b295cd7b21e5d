using System.Runtime.CompilerServices;
using System.Text;

namespace Weipian.Geo;

/// <summary>A feature on its way into a packed layer.</summary>
/// <param name="Number">What the feature is called outside: its row in the normalised file, 1-based, or any number of the caller.</param>
/// <param name="Code">The class it counts for; empty for none.</param>
public sealed record LayerFeature(long Number, string Code, PreparedShape Shape);

/// <summary>A layer as the measuring kernel wants it: immutable, in plane coordinates, sorted along a Hilbert curve, indexed by a packed tree.</summary>
/// <remarks>
/// One block of memory with a column per property, the same on disk and in memory, so that a file is mapped and not read.
/// Coordinates are metres of <see cref="StatutoryPlane"/>; outer rings run counter-clockwise and holes clockwise, which the kernel relies on.
/// The index of a feature (0 … <see cref="Count"/> − 1) is its place in this layer and nothing else; <see cref="NumberOf"/> names it.
/// Safe for many readers; do not dispose while one measures.
/// </remarks>
public sealed unsafe class PackedLayer : IDisposable
{
    private readonly PackedBlock block;
    private readonly PackedForm form;

    private PackedLayer(PackedBlock block)
    {
        this.block = block;
        form = new PackedForm(block.Head);
        Columns = new PackedColumns(block.Start, form);
        Codes = Encoding.UTF8.GetString(Columns.Codes, (int)form.Head.CodesLengthBytes).Split('\0')[..^1];
    }

    public int Count => (int)form.Head.FeatureCount;

    /// <summary>The distinct codes, in ordinal order.</summary>
    public IReadOnlyList<string> Codes { get; }

    /// <summary>Vertices of all rings, the repeated last ones counted.</summary>
    public long PointCount => form.Head.PointCount;

    internal PackedColumns Columns { get; }

    public long NumberOf(int feature) => Columns.Numbers[Checked(feature)];

    /// <summary>Index into <see cref="Codes"/>.</summary>
    public int CodeIndexOf(int feature) => Columns.CodeIndexes[Checked(feature)];

    public string CodeOf(int feature) => Codes[CodeIndexOf(feature)];

    /// <summary>Statutory area of the whole feature, square metres.</summary>
    public double AreaSquareMetresOf(int feature) => Columns.Areas[Checked(feature)];

    /// <summary>Packs features; their order does not matter to any result.</summary>
    public static PackedLayer Build(IEnumerable<LayerFeature> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var packing = new LayerPacking();
        foreach (var feature in features)
            packing.Add(feature);
        var head = packing.Head();
        var filled = PackedBlock.Allocate(head);
        packing.Fill(new PackedColumns(filled.Start, new PackedForm(head)));
        filled.Seal();
        return new PackedLayer(filled);
    }

    /// <summary>Writes the layer in the form that <see cref="Read"/> and <see cref="Map"/> take.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        block.CopyTo(stream);
    }

    /// <summary>Reads a written layer into memory and checks every byte.</summary>
    /// <exception cref="Problem"><c>geometry.packed-layer-damaged</c></exception>
    public static PackedLayer Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new PackedLayer(PackedBlock.Read(stream));
    }

    /// <summary>Maps a written layer: ready at once, pages come when they are touched. Checks its form and length; see <see cref="IsWhole"/>.</summary>
    /// <exception cref="Problem"><c>geometry.packed-layer-damaged</c>: not whole, or of another version. Rebuild it then.</exception>
    public static PackedLayer Map(string path) => new(PackedBlock.Map(path));

    /// <summary>True when every byte is as it was written; reads all of it.</summary>
    public bool IsWhole() => block.IsWhole();

    public void Dispose() => block.Dispose();

    /// <summary>Adds the features whose box meets a box (borders included) to a list, in ascending order.</summary>
    internal void Candidates(double west, double south, double east, double north, List<int> found)
    {
        if (Count == 0)
            return;
        Span<long> levelStart = stackalloc long[16];
        var levels = 0;
        long nodes = 0;
        for (long width = Count; levels == 0 || width > 1; levels++)
        {
            width = (width + PackedForm.NodeWidth - 1) / PackedForm.NodeWidth;
            levelStart[levels] = nodes;
            nodes += width;
        }
        Descend(levels - 1, 0, levelStart, (west, south, east, north), found);
    }

    private void Descend(
        int level,
        long node,
        ReadOnlySpan<long> levelStart,
        (double West, double South, double East, double North) sought,
        List<int> found
    )
    {
        if (!Meets(Columns.Nodes + 4 * (levelStart[level] + node), sought))
            return;
        var first = node * PackedForm.NodeWidth;
        if (level > 0)
        {
            var below = level - 1;
            var end = Math.Min(first + PackedForm.NodeWidth, levelStart[level] - levelStart[below]);
            for (var child = first; child < end; child++)
                Descend(below, child, levelStart, sought, found);
            return;
        }
        var last = Math.Min(first + PackedForm.NodeWidth, Count);
        for (var feature = first; feature < last; feature++)
            if (Meets(Columns.Boxes + 4 * feature, sought))
                found.Add((int)feature);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Meets(double* box, (double West, double South, double East, double North) sought) =>
        box[0] <= sought.East && sought.West <= box[2] && box[1] <= sought.North && sought.South <= box[3];

    private int Checked(int feature)
    {
        ObjectDisposedException.ThrowIf(block.IsDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(feature);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feature, Count);
        return feature;
    }
}
