namespace Weipian.Sample.Sites;

/// <summary>
/// A point of a site: metres to the right and up from its middle, along its fields. Areas in it are areas on the ellipsoid.
/// </summary>
internal readonly record struct Spot(double U, double V);

/// <summary>Polygons of a site in its own metres, counter-clockwise, not closed.</summary>
internal static class LocalShape
{
    /// <summary>The area, square metres; positive when counter-clockwise.</summary>
    public static double Area(IReadOnlyList<Spot> ring)
    {
        var twice = 0.0;
        for (var i = 0; i < ring.Count; i++)
        {
            var next = ring[(i + 1) % ring.Count];
            twice += ring[i].U * next.V - next.U * ring[i].V;
        }
        return twice / 2;
    }

    /// <summary>A building site of exactly this area: a yard with a notch or a slanted corner, never a plain rectangle.</summary>
    public static IReadOnlyList<Spot> Yard(double squareMetres, Dice dice)
    {
        var ratio = dice.Between(0.7, 1.45);
        var (w, h) = (0.5 * Math.Sqrt(ratio), 0.5 / Math.Sqrt(ratio));
        var (a, b) = (dice.Between(0.12, 0.3), dice.Between(0.12, 0.3));
        var (s, t) = (dice.Between(-0.03, 0.03), dice.Between(-0.03, 0.03));
        List<Spot> ring = dice.Whole(0, 2) switch
        {
            0 =>
            [
                new(-w, -h),
                new(0, -h + t * h),
                new(w, -h),
                new(w + s * w, h - 2 * b * h),
                new(w - 2 * a * w, h - 2 * b * h),
                new(w - 2 * a * w, h),
                new(-w, h),
            ],
            1 =>
            [
                new(-w, -h),
                new(w - a * w, -h),
                new(w, -h + b * h),
                new(w, h),
                new(s * w, h + t * h),
                new(-w + b * w, h),
                new(-w, h - a * h),
            ],
            _ => [new(-w, -h), new(w, -h + t * h), new(w + s * w, 0), new(w, h), new(-w, h + s * h), new(-w + a * 0.3 * w, 0)],
        };
        var factor = Math.Sqrt(squareMetres / Area(ring));
        return [.. ring.Select(p => new Spot(p.U * factor, p.V * factor))];
    }

    /// <summary>A rectangle around the middle.</summary>
    public static IReadOnlyList<Spot> Rectangle(double width, double height) =>
        [new(-width / 2, -height / 2), new(width / 2, -height / 2), new(width / 2, height / 2), new(-width / 2, height / 2)];

    /// <summary>A band that bends a little: a road.</summary>
    public static IReadOnlyList<Spot> Band(double length, double width, Dice dice)
    {
        const int Steps = 8;
        var bend = dice.Between(-0.06, 0.06) * length;
        var lower = new List<Spot>();
        var upper = new List<Spot>();
        for (var i = 0; i <= Steps; i++)
        {
            var u = length * (i / (double)Steps - 0.5);
            var middle = bend * (1 - 4 * u * u / (length * length));
            lower.Add(new(u, middle - width / 2));
            upper.Add(new(u, middle + width / 2));
        }
        upper.Reverse();
        return [.. lower, .. upper];
    }

    /// <summary>The same, elsewhere.</summary>
    public static IReadOnlyList<Spot> Moved(IReadOnlyList<Spot> ring, double u, double v) =>
        [.. ring.Select(p => new Spot(p.U + u, p.V + v))];

    /// <summary>The same, larger or smaller.</summary>
    public static IReadOnlyList<Spot> Scaled(IReadOnlyList<Spot> ring, double factor) =>
        [.. ring.Select(p => new Spot(p.U * factor, p.V * factor))];

    /// <summary>The part of a ring on one side of the upright line at <paramref name="u"/> (Sutherland and Hodgman).</summary>
    public static IReadOnlyList<Spot> LeftOf(IReadOnlyList<Spot> ring, double u)
    {
        var kept = new List<Spot>();
        for (var i = 0; i < ring.Count; i++)
        {
            var (here, next) = (ring[i], ring[(i + 1) % ring.Count]);
            if (here.U <= u)
                kept.Add(here);
            if (here.U <= u != next.U <= u)
                kept.Add(new(u, here.V + (next.V - here.V) * (u - here.U) / (next.U - here.U)));
        }
        return kept;
    }

    /// <summary>The upright line that leaves this area to its left.</summary>
    public static double LineLeaving(IReadOnlyList<Spot> ring, double squareMetres)
    {
        var (low, high) = (ring.Min(p => p.U), ring.Max(p => p.U));
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (Area(LeftOf(ring, middle)) < squareMetres)
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>The box of some rings with a margin, as a ring: left, right, bottom, top may be set.</summary>
    public static IReadOnlyList<Spot> Box(IEnumerable<IReadOnlyList<Spot>> rings, double margin, double? right = null)
    {
        var all = rings.SelectMany(r => r).ToList();
        var (l, b) = (all.Min(p => p.U) - margin, all.Min(p => p.V) - margin);
        var (r, t) = (right ?? all.Max(p => p.U) + margin, all.Max(p => p.V) + margin);
        return [new(l, b), new((l + r) / 2, b - margin * 0.2), new(r, b), new(r, t), new(l, t)];
    }
}
