namespace Weipian.Sample.Land;

/// <summary>A vertex of a piece on paper. <paramref name="Border"/>: the edge that starts here lies on a border between units.</summary>
internal readonly record struct Knot(double X, double Y, bool Border);

/// <summary>What the borders left of a cell: a ring of paper with the unit it lies in.</summary>
internal sealed record Piece(int Cell, int Label, Knot[] Ring);

/// <summary>Cuts cells along the borders of the units so that both sides, and cells that merely touch a border, get the same vertices.</summary>
/// <remarks>
/// A border crosses an edge where its function changes sign between the edge's two ends. The place is found from the two ends alone,
/// taken in a fixed order, so both neighbours of an edge find the same point. Within a cell a border is a chord between two such points.
/// </remarks>
internal sealed class Cutting(Borders borders, Corners corners)
{
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
        List<(int Label, Knot[] Ring)> parts = [(0, ring)];
        foreach (var cut in borders.Cuts)
            parts = [.. parts.SelectMany(part => part.Label == cut.Of ? Split(part.Ring, cut) : [(part.Label, Marked(part.Ring, cut))])];
        return parts.Where(part => part.Label >= 0).Select(part => new Piece(number, part.Label, part.Ring));
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

    private static IEnumerable<(int Label, Knot[] Ring)> Split(Knot[] ring, Cut cut)
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
            // Leaving one side along the chord, entering the other along the edge.
            if (values[j])
            {
                negative.Add(new(x, y, Border: true));
                run.Add(new(x, y, ring[i].Border));
            }
            else
            {
                run.Add(new(x, y, Border: true));
                parts.Add((cut.Positive, [.. run]));
                run.Clear();
                negative.Add(new(x, y, ring[i].Border));
            }
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
