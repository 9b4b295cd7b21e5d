namespace Weipian.Geo;

/// <summary>A polygon as one tile shows it: cut to the tile and a rim around it, on whole units, without what nobody can see.</summary>
public static class TileShape
{
    /// <summary>Units across a tile.</summary>
    public const int Units = 4096;

    /// <summary>So far beyond its edge a tile goes on, so that a line along a cut is drawn outside of what is seen.</summary>
    public const int Rim = 128;

    private const int CornersMin = 3;

    /// <summary>The rings of a polygon in units of a tile, x east and y south; empty when nothing of it is seen.</summary>
    /// <param name="rings">Shell first, then holes: closed rings of longitude, latitude, longitude … degrees.</param>
    /// <param name="tolerance">How far the simplified line may leave the true one, units; 0 leaves every corner.</param>
    /// <returns>Open rings of x, y, x, y …: the shell runs clockwise on the screen and holes the other way.</returns>
    public static IReadOnlyList<int[]> Fit(IReadOnlyList<double[]> rings, TileAddress tile, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(rings);
        var fitted = new List<int[]>(rings.Count);
        for (var i = 0; i < rings.Count; i++)
        {
            var ring = FitRing(rings[i], tile, tolerance, isShell: i == 0);
            if (ring.Length > 0)
                fitted.Add(ring);
            else if (i == 0)
                return [];
        }
        return fitted;
    }

    /// <summary>The place of degrees in units of a tile.</summary>
    public static (double X, double Y) Place(double longitude, double latitude, TileAddress tile)
    {
        var scale = Units / tile.SideDegrees;
        var box = tile.Box;
        return ((longitude - box.MinX) * scale, (box.MaxY - latitude) * scale);
    }

    private static int[] FitRing(double[] ring, TileAddress tile, double tolerance, bool isShell)
    {
        var scale = Units / tile.SideDegrees;
        var box = tile.Box;
        var points = new double[ring.Length];
        var inside = true;
        for (var i = 0; i + 1 < ring.Length; i += 2)
        {
            var (x, y) = ((ring[i] - box.MinX) * scale, (box.MaxY - ring[i + 1]) * scale);
            (points[i], points[i + 1]) = (x, y);
            inside &= x is >= -Rim and <= Units + Rim && y is >= -Rim and <= Units + Rim;
        }
        if (!inside)
            points = Clip(points);
        var whole = OnUnits(points);
        if (tolerance > 0 && whole.Length > 2 * CornersMin)
            whole = Simplify(whole, tolerance);
        return Turned(whole, isShell);
    }

    /// <summary>Sutherland and Hodgman against the four edges of the tile with its rim.</summary>
    private static double[] Clip(double[] points)
    {
        for (var side = 0; side < 4 && points.Length > 0; side++)
        {
            var (axis, sign, limit) = (side % 2, side < 2 ? 1 : -1, side < 2 ? Units + Rim : Rim);
            var kept = new List<double>(points.Length + 8);
            var last = points.Length - 2;
            var before = sign * points[last + axis] <= limit;
            for (var i = 0; i < points.Length; i += 2)
            {
                var now = sign * points[i + axis] <= limit;
                if (now != before)
                {
                    var share = (sign * limit - points[last + axis]) / (points[i + axis] - points[last + axis]);
                    kept.Add(points[last] + share * (points[i] - points[last]));
                    kept.Add(points[last + 1] + share * (points[i + 1] - points[last + 1]));
                }
                if (now)
                {
                    kept.Add(points[i]);
                    kept.Add(points[i + 1]);
                }
                (last, before) = (i, now);
            }
            points = [.. kept];
        }
        return points;
    }

    /// <summary>Rounded, without a corner that stands where the one before it stands, and open.</summary>
    private static int[] OnUnits(double[] points)
    {
        var whole = new List<int>(points.Length);
        for (var i = 0; i + 1 < points.Length; i += 2)
        {
            var (x, y) = ((int)Math.Round(points[i]), (int)Math.Round(points[i + 1]));
            if (whole.Count > 0 && whole[^2] == x && whole[^1] == y)
                continue;
            whole.Add(x);
            whole.Add(y);
        }
        while (whole.Count > 2 && whole[0] == whole[^2] && whole[1] == whole[^1])
            whole.RemoveRange(whole.Count - 2, 2);
        return [.. whole];
    }

    /// <summary>Douglas and Peucker on the two halves of a ring, from its first corner to the one farthest from it and back.</summary>
    private static int[] Simplify(int[] ring, double tolerance)
    {
        var count = ring.Length / 2;
        var keep = new bool[count + 1];
        var far = 0;
        var farthest = -1L;
        for (var i = 1; i < count; i++)
        {
            long dx = ring[2 * i] - ring[0],
                dy = ring[2 * i + 1] - ring[1];
            if (dx * dx + dy * dy > farthest)
                (far, farthest) = (i, dx * dx + dy * dy);
        }
        (keep[0], keep[far], keep[count]) = (true, true, true);
        var open = new Stack<(int From, int To)>([(0, far), (far, count)]);
        while (open.TryPop(out var span))
        {
            var (at, distance) = FarthestFrom(ring, span.From, span.To);
            if (distance <= tolerance)
                continue;
            keep[at] = true;
            open.Push((span.From, at));
            open.Push((at, span.To));
        }
        var kept = new List<int>(ring.Length);
        for (var i = 0; i < count; i++)
            if (keep[i])
            {
                kept.Add(ring[2 * i]);
                kept.Add(ring[2 * i + 1]);
            }
        return [.. kept];
    }

    private static (int At, double Distance) FarthestFrom(int[] ring, int from, int to)
    {
        var end = to * 2 % ring.Length;
        double ax = ring[2 * from],
            ay = ring[2 * from + 1],
            bx = ring[end] - ax,
            by = ring[end + 1] - ay;
        var length = bx * bx + by * by;
        var (at, most) = (from, -1.0);
        for (var i = from + 1; i < to; i++)
        {
            double px = ring[2 * i] - ax,
                py = ring[2 * i + 1] - ay;
            var along = length > 0 ? Math.Clamp((px * bx + py * by) / length, 0, 1) : 0;
            double ex = px - along * bx,
                ey = py - along * by;
            if (ex * ex + ey * ey > most)
                (at, most) = (i, ex * ex + ey * ey);
        }
        return (at, Math.Sqrt(Math.Max(0, most)));
    }

    private static int[] Turned(int[] ring, bool isShell)
    {
        if (ring.Length < 2 * CornersMin)
            return [];
        var twice = 0L;
        for (int i = 0, j = ring.Length - 2; i < ring.Length; j = i, i += 2)
            twice += (long)ring[j] * ring[i + 1] - (long)ring[i] * ring[j + 1];
        if (twice == 0)
            return [];
        if (twice > 0 == isShell)
            return ring;
        var turned = new int[ring.Length];
        for (var i = 0; i < ring.Length; i += 2)
            (turned[i], turned[i + 1]) = (ring[ring.Length - 2 - i], ring[ring.Length - 1 - i]);
        return turned;
    }
}
