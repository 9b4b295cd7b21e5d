using System.Text;
using NetTopologySuite.Geometries;

namespace Weipian.Geo;

/// <summary>Gathers features, then writes them in Hilbert order into a block.</summary>
internal sealed unsafe class LayerPacking
{
    private readonly List<double> xs = [];
    private readonly List<double> ys = [];

    /// <summary>First vertex of each ring in the gathered columns, and behind the last ring the end.</summary>
    private readonly List<int> ringStarts = [0];

    /// <summary>First ring of each feature, and behind the last feature the end.</summary>
    private readonly List<int> featureRings = [0];
    private readonly List<(long Number, string Code, double Area, Extent Box)> features = [];
    private int chunkCount;

    public void Add(LayerFeature feature)
    {
        var box = Extent.Empty;
        for (var part = 0; part < feature.Shape.Geographic.NumGeometries; part++)
        {
            var polygon = (Polygon)feature.Shape.Geographic.GetGeometryN(part);
            box = AddRing(polygon.Shell, counterClockwise: true, box);
            for (var hole = 0; hole < polygon.NumInteriorRings; hole++)
                box = AddRing((LinearRing)polygon.GetInteriorRingN(hole), counterClockwise: false, box);
        }
        featureRings.Add(ringStarts.Count - 1);
        features.Add((feature.Number, feature.Code, feature.Shape.AreaSquareMetres, box));
    }

    public PackedHead Head()
    {
        var head = new PackedHead
        {
            Form = PackedHead.CurrentForm,
            FeatureCount = features.Count,
            ChunkCount = chunkCount,
            PointCount = xs.Count,
            NodeCount = PackedForm.NodesOver(features.Count),
            CodesLengthBytes = Encoding.UTF8.GetByteCount(CodeText()),
        };
        head.LengthBytes = new PackedForm(head).End;
        return head;
    }

    public void Fill(PackedColumns to)
    {
        var codes = Codes();
        var codeIndex = codes.Select((code, i) => (code, i)).ToDictionary(c => c.code, c => c.i, StringComparer.Ordinal);
        Encoding.UTF8.GetBytes(CodeText()).CopyTo(new Span<byte>(to.Codes, Encoding.UTF8.GetByteCount(CodeText())));
        int point = 0,
            chunk = 0,
            place = 0;
        foreach (var feature in InHilbertOrder())
        {
            var (number, code, area, box) = features[feature];
            to.Numbers[place] = number;
            to.Areas[place] = area;
            to.CodeIndexes[place] = codeIndex[code];
            SetBox(to.Boxes, place, box);
            to.FirstChunks[place++] = chunk;
            for (var ring = featureRings[feature]; ring < featureRings[feature + 1]; ring++)
                FillRing(to, ring, ref point, ref chunk);
        }
        to.FirstChunks[place] = chunk;
        FillTree(to);
    }

    private void FillRing(PackedColumns to, int ring, ref int point, ref int chunk)
    {
        var (start, end) = (ringStarts[ring], ringStarts[ring + 1]);
        for (var i = start; i < end; i++)
        {
            to.Xs[point + i - start] = xs[i];
            to.Ys[point + i - start] = ys[i];
        }
        var edges = end - start - 1;
        for (var done = 0; done < edges; done += PackedForm.ChunkEdgesMax, chunk++)
        {
            var count = Math.Min(PackedForm.ChunkEdgesMax, edges - done);
            var box = Extent.Empty;
            for (var i = 0; i <= count; i++)
                box = box.Including(xs[start + done + i], ys[start + done + i]);
            SetBox(to.ChunkBoxes, chunk, box);
            to.ChunkPoints[chunk] = point + done;
            to.ChunkEdges[chunk] = count;
        }
        point += end - start;
    }

    /// <summary>Each node boxes up to sixteen of the level below, in their order.</summary>
    private void FillTree(PackedColumns to)
    {
        var below = to.Boxes;
        long width = features.Count;
        var node = to.Nodes;
        if (width == 0)
            return;
        do
        {
            var level = node;
            var nodes = (width + PackedForm.NodeWidth - 1) / PackedForm.NodeWidth;
            for (long n = 0; n < nodes; n++, node += 4)
            {
                var box = Extent.Empty;
                for (var child = n * PackedForm.NodeWidth; child < Math.Min((n + 1) * PackedForm.NodeWidth, width); child++)
                    box = box.Including(new Extent(below[4 * child], below[4 * child + 1], below[4 * child + 2], below[4 * child + 3]));
                (node[0], node[1], node[2], node[3]) = (box.MinX, box.MinY, box.MaxX, box.MaxY);
            }
            below = level;
            width = nodes;
        } while (width > 1);
    }

    private int[] InHilbertOrder()
    {
        var all = features.Aggregate(Extent.Empty, (box, f) => box.Including(f.Box));
        var order = new int[features.Count];
        // The order given decides between features of one place, so that the result is the same for the same input.
        var keys = new ulong[features.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            var box = features[i].Box;
            keys[i] = (ulong)Hilbert.PlaceOf((box.MinX + box.MaxX) / 2, (box.MinY + box.MaxY) / 2, all) << 32 | (uint)i;
        }
        Array.Sort(keys, order);
        return order;
    }

    private Extent AddRing(LinearRing ring, bool counterClockwise, Extent box)
    {
        var points = ring.CoordinateSequence;
        var count = points.Count;
        var turned = ring.IsCCW != counterClockwise;
        for (var i = 0; i < count; i++)
        {
            var from = turned ? count - 1 - i : i;
            var (x, y) = StatutoryPlane.FromGeographic(points.GetX(from), points.GetY(from));
            xs.Add(x);
            ys.Add(y);
            box = box.Including(x, y);
        }
        ringStarts.Add(xs.Count);
        chunkCount += (count - 1 + PackedForm.ChunkEdgesMax - 1) / PackedForm.ChunkEdgesMax;
        return box;
    }

    private string[] Codes() => [.. features.Select(f => f.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private string CodeText() => string.Concat(Codes().Select(code => code + "\0"));

    private static void SetBox(double* boxes, int at, Extent box)
    {
        boxes[4 * at] = box.MinX;
        boxes[4 * at + 1] = box.MinY;
        boxes[4 * at + 2] = box.MaxX;
        boxes[4 * at + 3] = box.MaxY;
    }
}
