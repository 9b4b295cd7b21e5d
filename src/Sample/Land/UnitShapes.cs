using NetTopologySuite.Geometries;

namespace Weipian.Sample.Land;

/// <summary>The polygons of the statutory units, joined from the very edges of the land-use polygons along their borders.</summary>
internal sealed class UnitShapes
{
    private readonly Lay lay;
    private readonly List<Dictionary<(double, double), List<(double, double)>>> edges = [];

    public UnitShapes(Lay lay, int labels)
    {
        this.lay = lay;
        for (var i = 0; i < labels; i++)
            edges.Add([]);
    }

    /// <summary>Takes note of the border edges of a piece.</summary>
    public void Take(Piece piece)
    {
        var of = edges[piece.Label];
        for (var i = 0; i < piece.Ring.Length; i++)
        {
            if (!piece.Ring[i].Border)
                continue;
            var (from, to) = (piece.Ring[i], piece.Ring[(i + 1) % piece.Ring.Length]);
            if (!of.TryGetValue((from.X, from.Y), out var next))
                of[(from.X, from.Y)] = next = [];
            next.Add((to.X, to.Y));
        }
    }

    /// <summary>The polygons of one unit, EPSG:4548, shells counter-clockwise.</summary>
    public MultiPolygon Of(int label)
    {
        var factory = NetTopologySuite.NtsGeometryServices.Instance.CreateGeometryFactory();
        var rings = Rings(label).Select(r => factory.CreateLinearRing(r)).ToList();
        var shells = rings.Where(r => r.IsCCW).OrderByDescending(r => Math.Abs(Area(r))).ToList();
        var holes = rings.Where(r => !r.IsCCW).ToList();
        var polygons = shells.Select(shell =>
        {
            var plain = factory.CreatePolygon(shell);
            return factory.CreatePolygon(shell, [.. holes.Where(h => plain.Covers(factory.CreatePoint(h.GetCoordinateN(0))))]);
        });
        return factory.CreateMultiPolygon([.. polygons]);
    }

    private static double Area(LinearRing ring) => NetTopologySuite.Algorithm.Area.OfRingSigned(ring.CoordinateSequence);

    private IEnumerable<Coordinate[]> Rings(int label)
    {
        var of = edges[label];
        foreach (var start in of.Keys.Order().ToList())
        {
            if (!of.TryGetValue(start, out var first) || first.Count == 0)
                continue;
            var ring = new List<Coordinate>();
            var at = start;
            do
            {
                var (east, north) = lay.Ground(at.Item1, at.Item2);
                ring.Add(new(east, north));
                var next = of[at];
                var to = next[^1];
                next.RemoveAt(next.Count - 1);
                at = to;
            } while (at != start);
            ring.Add(ring[0].Copy());
            if (ring.Count > 3)
                yield return [.. ring];
        }
    }
}
