namespace Weipian.GeoFiles;

/// <summary>Closing and turning of rings given as interleaved x,y pairs.</summary>
internal static class Rings
{
    /// <summary>True when the last point repeats the first.</summary>
    public static bool IsClosed(double[] ring) => ring.Length >= 4 && ring[0] == ring[^2] && ring[1] == ring[^1];

    /// <summary>The ring with its first point repeated at the end, if it was not.</summary>
    public static double[] Closed(double[] ring) => ring.Length < 4 || IsClosed(ring) ? ring : [.. ring, ring[0], ring[1]];

    /// <summary>Closed, and counter-clockwise or clockwise as asked.</summary>
    public static double[] Turned(double[] ring, bool counterClockwise)
    {
        var closed = Closed(ring);
        if (SignedArea(closed) >= 0 == counterClockwise)
            return closed;
        var reversed = new double[closed.Length];
        for (var i = 0; i < closed.Length; i += 2)
            (reversed[closed.Length - 2 - i], reversed[closed.Length - 1 - i]) = (closed[i], closed[i + 1]);
        return reversed;
    }

    /// <summary>Planar, in the square of the unit of the coordinates, of a closed ring; positive when counter-clockwise.</summary>
    public static double SignedArea(double[] ring)
    {
        if (ring.Length < 2)
            return 0;
        var (x0, y0) = (ring[0], ring[1]);
        var sum = 0.0;
        for (var i = 0; i + 3 < ring.Length; i += 2)
            sum += (ring[i] - x0) * (ring[i + 3] - y0) - (ring[i + 2] - x0) * (ring[i + 1] - y0);
        return sum / 2;
    }
}
