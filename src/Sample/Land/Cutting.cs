using NetTopologySuite.Geometries;

namespace Weipian.Sample.Land;

/// <summary>A vertex of a piece on paper. <paramref name="Border"/>: the edge that starts here lies on a border between units.</summary>
internal readonly record struct Knot(double X, double Y, bool Border);

/// <summary>What the borders left of a cell: a ring of paper with the unit it lies in.</summary>
internal sealed record Piece(int Cell, int Label, Knot[] Ring);

/// <summary>
/// Cuts cells along the borders of the units so that both sides, and cells that merely touch a border, get the same vertices.
/// </summary>
/// <remarks>
/// A border crosses an edge where its function changes sign between the edge's two ends. The place is found from the two ends alone,
/// taken in a fixed order, so both neighbours of an edge find the same point. Within a cell a border is a chord between two such points.
/// </remarks>
internal sealed class Cutting(Lay lay, Borders borders, Corners corners)
{
    private static readonly ChordWay[] Ways = [ChordWay.Straight, ChordWay.WithThePaper, ChordWay.AlongTheMiddle];

    private static readonly GeometryFactory Factory = new();

    // A crossing keeps away from the ends of its edge, so that no piece collapses to nothing.
    private const double Nearest = 0.04;

    /// <summary>The pieces of a cell inside the district; usually one.</summary>
    public IEnumerable<Piece> Pieces(int number, Cell cell)
    {
        var label = WholeLabel(cell);
        if (label == -1)
            return [];
        var outline = new List<(double X, double Y)>(32);
        CellForms.Ring(cell, corners, outline);
        var ring = outline.Select(p => new Knot(p.X, p.Y, false)).ToArray();
        if (label >= 0)
            return [new Piece(number, label, ring)];
        // On the ground, where edges are bent, a straight chord may leave a long thin cell; then it follows the cell.
        var parts = Ways.Select(way => Cut(cell, ring, way)).FirstOrDefault(IsSound) ?? Cut(cell, ring, ChordWay.Straight);
        return parts.Where(part => part.Label >= 0).Select(part => new Piece(number, part.Label, part.Ring));
    }

    private List<(int Label, Knot[] Ring)> Cut(Cell cell, Knot[] ring, ChordWay way)
    {
        List<(int Label, Knot[] Ring)> parts = [(0, ring)];
        foreach (var cut in borders.Cuts)
        {
            var next = new List<(int Label, Knot[] Ring)>();
            foreach (var part in parts)
                if (part.Label == cut.Of)
                    next.AddRange(Split(part.Ring, cut, new(cell, way)));
                else
                    next.Add((part.Label, Marked(part.Ring, cut)));
            parts = next;
        }
        return parts;
    }

    private bool IsSound(List<(int Label, Knot[] Ring)> parts) =>
        parts.Count < 2
        || parts.TrueForAll(part =>
        {
            var ring = Array.ConvertAll([.. part.Ring, part.Ring[0]], OnTheGround);
            var polygon = Factory.CreatePolygon(ring);
            return polygon.IsValid && polygon.Shell.IsCCW;
        });

    private Coordinate OnTheGround(Knot knot)
    {
        var (east, north) = lay.Ground(knot.X, knot.Y);
        return new(east, north);
    }

    /// <summary>The label of a cell that no border comes near; −1 when outside; −2 when a border may touch it.</summary>
    private int WholeLabel(Cell cell)
    {
        var (x, y) = ((cell.Left + cell.Right) / 2.0, (cell.Bottom + cell.Top) / 2.0);
        var reach = Math.Sqrt(Math.Pow((double)cell.Right - cell.Left, 2) + Math.Pow((double)cell.Top - cell.Bottom, 2)) + 50;
        var label = 0;
        foreach (var cut in borders.Cuts)
        {
            var value = cut.At(x, y);
            if (Math.Abs(value) < reach)
                return -2;
            if (label == cut.Of)
                label = value >= 0 ? cut.Positive : cut.Negative;
            if (label == -1)
                return -1;
        }
        return label;
    }

    private static (Knot[] Ring, bool[] Positive) Crossed(Knot[] ring, Cut cut)
    {
        var values = Array.ConvertAll(ring, k => cut.At(k.X, k.Y));
        var knots = new List<Knot>(ring.Length + 4);
        var signs = new List<bool>(ring.Length + 4);
        for (var i = 0; i < ring.Length; i++)
        {
            var (here, next) = (ring[i], ring[(i + 1) % ring.Length]);
            var (a, b) = (values[i] >= 0, values[(i + 1) % ring.Length] >= 0);
            knots.Add(here);
            signs.Add(a);
            if (a == b)
                continue;
            var (x, y) = Crossing(here, next, cut);
            knots.Add(new(x, y, here.Border));
            signs.Add(b);
        }
        return ([.. knots], [.. signs]);
    }

    /// <summary>The ring with the crossings of a cut that does not divide it.</summary>
    private static Knot[] Marked(Knot[] ring, Cut cut) => Crossed(ring, cut).Ring;

    private static IEnumerable<(int Label, Knot[] Ring)> Split(Knot[] ring, Cut cut, Chord chord)
    {
        var values = Array.ConvertAll(ring, k => cut.At(k.X, k.Y) >= 0);
        if (Array.TrueForAll(values, v => v))
            return [(cut.Positive, ring)];
        if (Array.TrueForAll(values, v => !v))
            return [(cut.Negative, ring)];
        var parts = new List<(int, Knot[])>();
        var negative = new List<Knot>();
        var run = new List<Knot>();
        var start = Array.FindIndex(values, v => !v);
        for (var step = 0; step < ring.Length; step++)
        {
            var i = (start + step) % ring.Length;
            var j = (i + 1) % ring.Length;
            (values[i] ? run : negative).Add(ring[i]);
            if (values[i] == values[j])
                continue;
            var (x, y) = Crossing(ring[i], ring[j], cut);
            if (values[j])
            {
                run.Add(new(x, y, ring[i].Border));
                continue;
            }
            // The positive side ends here: it returns along the chord, and the negative side takes the same chord the other way.
            var (entered, left) = (run[0], new Knot(x, y, Border: true));
            var between = chord.Between(entered, left);
            negative.Add(entered with { Border = true });
            negative.AddRange(between);
            negative.Add(new(x, y, ring[i].Border));
            run.Add(left);
            run.AddRange(Enumerable.Reverse(between));
            parts.Add((cut.Positive, [.. run]));
            run.Clear();
        }
        parts.Add((cut.Negative, [.. negative]));
        return parts;
    }

    private static (double X, double Y) Crossing(Knot a, Knot b, Cut cut)
    {
        if (b.X < a.X || (b.X == a.X && b.Y < a.Y))
            (a, b) = (b, a);
        var rising = cut.At(a.X, a.Y) < 0;
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < 30; i++)
        {
            var middle = (low + high) / 2;
            if (cut.At(a.X + (b.X - a.X) * middle, a.Y + (b.Y - a.Y) * middle) < 0 == rising)
                low = middle;
            else
                high = middle;
        }
        var t = Math.Clamp((low + high) / 2, Nearest, 1 - Nearest);
        return (a.X + (b.X - a.X) * t, a.Y + (b.Y - a.Y) * t);
    }
}

internal enum ChordWay
{
    /// <summary>From crossing to crossing.</summary>
    Straight,

    /// <summary>With vertices between, so that it bends with the paper.</summary>
    WithThePaper,

    /// <summary>To the middle of a long cell, along it, and out again, as borders follow roads.</summary>
    AlongTheMiddle,
}

/// <summary>How a border runs through one cell between two crossings.</summary>
internal readonly record struct Chord(Cell Cell, ChordWay Way)
{
    private const double Stride = 160;

    /// <summary>The vertices strictly between two crossings, in the direction from the first to the second.</summary>
    public List<Knot> Between(Knot from, Knot to)
    {
        var path = new List<Knot>();
        if (Way == ChordWay.WithThePaper)
            Straight(from, to, path);
        else if (Way == ChordWay.AlongTheMiddle)
            Middle(from, to, path);
        return path;
    }

    private void Middle(Knot from, Knot to, List<Knot> path)
    {
        var level =
            from.Y == to.Y && (from.Y == Cell.Bottom || from.Y == Cell.Top)
            || (from.X != to.X && Cell.Right - Cell.Left > Cell.Top - Cell.Bottom);
        var (low, high, length) = level ? (Cell.Bottom, Cell.Top, Cell.Right - Cell.Left) : (Cell.Left, Cell.Right, Cell.Top - Cell.Bottom);
        var half = (high - low) / 2.0;
        var (a, b) = level ? (from.X, to.X) : (from.Y, to.Y);
        var (c, d) = level ? (from.Y, to.Y) : (from.X, to.X);
        // Out and in on the same side: a pocket, the deeper the longer, so that one pocket may lie within another.
        var depth = half * Math.Min(0.9, 0.2 + Math.Abs(b - a) / length);
        var line =
            c == low && d == low ? low + depth
            : c == high && d == high ? high - depth
            : low + half;
        var away = Math.Sign(b - a) * Math.Min(half, Math.Abs(b - a) / 4);
        Knot On(double at) => level ? new(at, line, Border: true) : new(line, at, Border: true);
        var (first, last) = (On(a + away), On(b - away));
        path.Add(first);
        Straight(first, last, path);
        path.Add(last);
    }

    private static void Straight(Knot from, Knot to, List<Knot> path)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var parts = (int)Math.Ceiling(Math.Sqrt(dx * dx + dy * dy) / Stride);
        for (var i = 1; i < parts; i++)
            path.Add(new(from.X + dx * i / parts, from.Y + dy * i / parts, Border: true));
    }
}
