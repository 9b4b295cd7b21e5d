namespace Weipian.Sample.Land;

/// <summary>The area of what a ring encloses an odd number of times: that of a plain ring is its area, and both lobes of a ring that
/// crosses itself count.</summary>
/// <remarks>By slabs between the heights of vertices and crossings: within a slab no edges cross, and every second gap between them is
/// inside. The sample's own reckoning, so that its truth does not depend on the repair that is tested with it.</remarks>
internal static class OddWinding
{
    /// <param name="ring">Interleaved x, y; closed.</param>
    public static double Area(double[] ring)
    {
        var edges = Edges(ring);
        var heights = edges.Select(e => e.FromY).Concat(edges.Select(e => e.ToY)).Concat(Crossings(edges)).Distinct().Order().ToList();
        var area = 0.0;
        for (var i = 1; i < heights.Count; i++)
            area += Slab(edges, heights[i - 1], heights[i]);
        return area;
    }

    /// <summary>An edge that rises or falls, from its lower end.</summary>
    private readonly record struct Edge(double FromX, double FromY, double ToX, double ToY)
    {
        public double At(double y) => FromX + (ToX - FromX) * ((y - FromY) / (ToY - FromY));
    }

    /// <summary>Beside the first vertex, so that large coordinates cost no digits; level edges bound no slab.</summary>
    private static List<Edge> Edges(double[] ring)
    {
        var edges = new List<Edge>();
        for (var i = 0; i + 3 < ring.Length; i += 2)
        {
            var (ax, ay) = (ring[i] - ring[0], ring[i + 1] - ring[1]);
            var (bx, by) = (ring[i + 2] - ring[0], ring[i + 3] - ring[1]);
            if (ay < by)
                edges.Add(new(ax, ay, bx, by));
            else if (by < ay)
                edges.Add(new(bx, by, ax, ay));
        }
        return edges;
    }

    private static IEnumerable<double> Crossings(List<Edge> edges)
    {
        for (var i = 0; i < edges.Count; i++)
        for (var j = i + 1; j < edges.Count; j++)
        {
            var (low, high) = (Math.Max(edges[i].FromY, edges[j].FromY), Math.Min(edges[i].ToY, edges[j].ToY));
            if (low >= high)
                continue;
            var (below, above) = (edges[i].At(low) - edges[j].At(low), edges[i].At(high) - edges[j].At(high));
            if (below < 0 != above < 0)
                yield return low + (high - low) * (below / (below - above));
        }
    }

    private static double Slab(List<Edge> edges, double low, double high)
    {
        var middle = (low + high) / 2;
        var across = edges.Where(e => e.FromY < middle && e.ToY > middle).Select(e => e.At(middle)).Order().ToList();
        var width = 0.0;
        for (var i = 0; i + 1 < across.Count; i += 2)
            width += across[i + 1] - across[i];
        return width * (high - low);
    }
}
