using System.Runtime.Intrinsics;
using System.Text;
using NetTopologySuite.Geometries;

namespace Weipian.Geo;

/// <summary>Collects features and packs them into one block.</summary>
/// <param name="store">Takes the rings of features that are given as geometries, and is freed when all are packed.</param>
internal sealed unsafe class LayerBuilder(RingStore store)
{
    /// <summary>Cells of the space-filling curve along each side.</summary>
    private const int CurveOrder = 16;

    private readonly List<long> numbers = [];
    private readonly List<int> codeOf = [];

    /// <summary>Each code with a number, in the order of coming: one text for all features of a code.</summary>
    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly List<double> areas = [];
    private readonly List<Extent> boxes = [];

    /// <summary>First ring of each feature.</summary>
    private readonly List<int> ringStart = [0];

    /// <summary>The closed rings, x and y interleaved, in plane metres, as they are to stand in the layer.</summary>
    private readonly List<RingPlace> rings = [];
    private long points;
    private long chunks;

    public void Add(LayerFeature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        var box = Extent.Empty;
        var (plane, at) = (feature.Shape.PlaneRings, 0);
        foreach (var geometry in feature.Shape.Geographic.Geometries)
        {
            var polygon = (Polygon)geometry;
            AddRing(plane?[at++], polygon.ExteriorRing.CoordinateSequence, counterClockwise: true, ref box);
            for (var hole = 0; hole < polygon.NumInteriorRings; hole++)
                AddRing(plane?[at++], polygon.GetInteriorRingN(hole).CoordinateSequence, counterClockwise: false, ref box);
        }
        End(feature.Number, feature.Code, feature.Shape.AreaSquareMetres, box);
    }

    /// <summary>A feature whose rings stand in the store.</summary>
    public void Add(PlacedFeature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        var shape = feature.Shape;
        if (shape.Lengths is null)
            Keep(shape.All);
        else
        {
            var at = 0;
            foreach (var length in shape.Lengths)
            {
                Keep(shape.All.Slice(at, length));
                at += length;
            }
        }
        End(feature.Number, feature.Code, shape.AreaSquareMetres, shape.Box);
    }

    private void End(long number, string code, double area, Extent box)
    {
        if (!codes.TryGetValue(code, out var index))
            codes.Add(code, index = codes.Count);
        numbers.Add(number);
        codeOf.Add(index);
        areas.Add(area);
        boxes.Add(box);
        ringStart.Add(rings.Count);
        if (points > int.MaxValue)
            throw Problem.Geometry.LayerTooLarge($"{points} > {int.MaxValue}");
    }

    private void Keep(RingPlace ring)
    {
        rings.Add(ring);
        points += ring.Length / 2;
        chunks += ChunksOf(ring.Length / 2);
    }

    public LayerMemory Pack()
    {
        var order = CurveOrderOfFeatures();
        var distinct = codes.Keys.Order(StringComparer.Ordinal).ToArray();
        var codeText = Encoding.UTF8.GetBytes(string.Concat(distinct.Select(c => c.Replace("\0", "", StringComparison.Ordinal) + '\0')));
        var header = new LayerHeader
        {
            Magic = LayerSections.Magic,
            Version = LayerSections.Version,
            HeaderLength = LayerSections.HeaderLength,
            Plane = LayerSections.PlaneMark,
            Features = numbers.Count,
            Rings = rings.Count,
            Points = (int)points,
            Chunks = (int)chunks,
            Nodes = LayerSections.NodeCount(numbers.Count),
            CodeBytes = codeText.Length,
            Codes = distinct.Length,
        };
        var sections = new LayerSections(header);
        header.Length = sections.Length;
        var memory = LayerMemory.Allocate(header.Length);
        var start = memory.Start;
        var view = new LayerView(start, header, sections);
        WriteGeometry(order, view);
        store.Dispose();
        WriteTree(view);
        var codeIndex = new int[distinct.Length];
        for (var i = 0; i < distinct.Length; i++)
            codeIndex[codes[distinct[i]]] = i;
        for (var i = 0; i < order.Length; i++)
        {
            ((double*)(start + sections.Area))[i] = areas[order[i]];
            ((long*)(start + sections.Number))[i] = numbers[order[i]];
            ((int*)(start + sections.Code))[i] = codeIndex[codeOf[order[i]]];
        }
        codeText.CopyTo(new Span<byte>(start + sections.CodeText, codeText.Length));
        header.Checksum = PackedLayer.Sum(start, header);
        *(LayerHeader*)start = header;
        return memory;
    }

    /// <summary>A ring in the plane, turned the way its role asks. Degenerate rings of a stored geometry are left out: they have no
    /// area.</summary>
    /// <param name="mapped">The ring in the plane, when somebody has mapped it already.</param>
    private void AddRing(ReadOnlySpan<double> mapped, CoordinateSequence ring, bool counterClockwise, ref Extent box)
    {
        var count = ring.Count;
        if (count < 4)
            return;
        var place = store.Take(2 * count);
        var pairs = place.Pairs;
        if (mapped.IsEmpty)
            for (var i = 0; i < count; i++)
                (pairs[2 * i], pairs[2 * i + 1]) = StatutoryPlane.FromGeographic(ring.GetX(i), ring.GetY(i));
        else
            mapped.CopyTo(pairs);
        box = box.Including(TurnedBox(pairs, StatutoryPlane.SignedAreaOfPlane(pairs) > 0 != counterClockwise));
        Keep(place);
    }

    /// <summary>The box of a closed ring, which is turned round if asked.</summary>
    internal static Extent TurnedBox(Span<double> pairs, bool turn)
    {
        if (turn)
            for (int i = 0, j = pairs.Length - 2; i < j; i += 2, j -= 2)
                (pairs[i], pairs[i + 1], pairs[j], pairs[j + 1]) = (pairs[j], pairs[j + 1], pairs[i], pairs[i + 1]);
        return BoxOf(pairs, 0, pairs.Length / 2 - 1);
    }

    private int[] CurveOrderOfFeatures()
    {
        var all = boxes.Aggregate(Extent.Empty, (sum, box) => sum.Including(box));
        var keys = new ulong[boxes.Count];
        var order = new int[boxes.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            // The low half keeps features of one cell in the order they came in, so that the result depends on the data alone.
            keys[i] = (ulong)CellOf(boxes[i], all) << 32 | (uint)i;
        }
        Array.Sort(keys, order);
        return order;
    }

    private static uint CellOf(Extent box, Extent all)
    {
        if (box.IsEmpty)
            return 0;
        const double cells = 1 << CurveOrder;
        var size = Math.Max(Math.Max(all.MaxX - all.MinX, all.MaxY - all.MinY), 1e-9);
        var column = (uint)Math.Min(cells - 1, ((box.MinX + box.MaxX) / 2 - all.MinX) / size * cells);
        var row = (uint)Math.Min(cells - 1, ((box.MinY + box.MaxY) / 2 - all.MinY) / size * cells);
        return PositionOnCurve(column, row);
    }

    /// <summary>Hilbert's curve: the place of a cell along a line that visits every cell and only ever steps to a neighbour.</summary>
    private static uint PositionOnCurve(uint column, uint row)
    {
        var position = 0u;
        for (var side = 1u << (CurveOrder - 1); side > 0; side >>= 1)
        {
            var right = (column & side) != 0 ? 1u : 0u;
            var upper = (row & side) != 0 ? 1u : 0u;
            position += side * side * ((3 * right) ^ upper);
            if (upper == 1)
                continue;
            if (right == 1)
                (column, row) = ((1u << CurveOrder) - 1 - column, (1u << CurveOrder) - 1 - row);
            (column, row) = (row, column);
        }
        return position;
    }

    private void WriteGeometry(int[] order, LayerView view)
    {
        const int featuresPerTask = 1024;
        WritePlaces(order, view);
        Parallel.For(
            0,
            (order.Length + featuresPerTask - 1) / featuresPerTask,
            task =>
            {
                for (var i = task * featuresPerTask; i < Math.Min(order.Length, (task + 1) * featuresPerTask); i++)
                    WriteFeature(order[i], i, view);
            }
        );
    }

    /// <summary>Where each feature, ring and chunk begins.</summary>
    private void WritePlaces(int[] order, LayerView view)
    {
        int ring = 0,
            point = 0,
            chunk = 0;
        for (var i = 0; i < order.Length; i++)
        {
            view.RingStart[i] = ring;
            for (var source = ringStart[order[i]]; source < ringStart[order[i] + 1]; source++, ring++)
            {
                (view.PointStart[ring], view.ChunkStart[ring]) = (point, chunk);
                point += rings[source].Length / 2;
                chunk += ChunksOf(rings[source].Length / 2);
            }
        }
        view.RingStart[order.Length] = ring;
        (view.PointStart[ring], view.ChunkStart[ring]) = (point, chunk);
    }

    private void WriteFeature(int from, int to, LayerView view)
    {
        WriteBox(view.FeatureBox, to, boxes[from]);
        var ring = view.RingStart[to];
        for (var source = ringStart[from]; source < ringStart[from + 1]; source++, ring++)
        {
            var (point, chunk) = (view.PointStart[ring], view.ChunkStart[ring]);
            ReadOnlySpan<double> pairs = rings[source].Pairs;
            for (var edge = 0; edge < pairs.Length / 2 - 1; edge += LayerSections.EdgesPerChunk)
                WriteBox(view.ChunkBox, chunk++, BoxOf(pairs, edge, Math.Min(edge + LayerSections.EdgesPerChunk, pairs.Length / 2 - 1)));
            for (var p = 0; p < pairs.Length; p += 2, point++)
                (view.X[point], view.Y[point]) = (pairs[p], pairs[p + 1]);
        }
    }

    private static int ChunksOf(int points) => (points - 2) / LayerSections.EdgesPerChunk + 1;

    /// <summary>The box of the points from one to another of a ring; coordinates of the plane are finite.</summary>
    private static Extent BoxOf(ReadOnlySpan<double> pairs, int from, int toInclusive)
    {
        ref readonly var first = ref pairs[0];
        var low = Vector128.LoadUnsafe(in first, (nuint)(2 * from));
        var high = low;
        for (var i = from + 1; i <= toInclusive; i++)
        {
            var point = Vector128.LoadUnsafe(in first, (nuint)(2 * i));
            (low, high) = (Vector128.Min(low, point), Vector128.Max(high, point));
        }
        return new Extent(low[0], low[1], high[0], high[1]);
    }

    /// <summary>Each level takes sixteen boxes of the level below into one; the last level is the root.</summary>
    private static void WriteTree(LayerView view)
    {
        var below = view.FeatureBox;
        var (count, node) = (view.Features, 0);
        while (count > 1)
        {
            var parents = (count + LayerSections.ChildrenPerNode - 1) / LayerSections.ChildrenPerNode;
            for (var parent = 0; parent < parents; parent++)
            {
                var box = Extent.Empty;
                var end = Math.Min(count, (parent + 1) * LayerSections.ChildrenPerNode);
                for (var child = parent * LayerSections.ChildrenPerNode; child < end; child++)
                    box = box.Including(new Extent(below[4 * child], below[4 * child + 1], below[4 * child + 2], below[4 * child + 3]));
                WriteBox(view.NodeBox, node + parent, box);
            }
            below = view.NodeBox + 4L * node;
            (count, node) = (parents, node + parents);
        }
    }

    private static void WriteBox(double* boxes, long index, Extent box) =>
        (boxes[4 * index], boxes[4 * index + 1], boxes[4 * index + 2], boxes[4 * index + 3]) = (box.MinX, box.MinY, box.MaxX, box.MaxY);
}
