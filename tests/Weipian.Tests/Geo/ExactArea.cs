using System.Numerics;
using NetTopologySuite.Geometries;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>Areas to far more digits than a double holds, by a way of its own: slow, plain, for comparison only.</summary>
/// <remarks>
/// Numbers are whole multiples of 2⁻²⁵⁶. Coordinates of the plane are taken over exactly; the plane is cut into strips at every vertex and
/// every crossing, and in a strip no edge crosses another, so that what both polygons cover there is its width times what they cover of
/// its middle line. A quotient is wrong by 2⁻²⁵⁶ at most; what is returned is the nearest double.
/// </remarks>
internal static class ExactArea
{
    private const int Places = 256;
    private static readonly BigInteger One = BigInteger.One << Places;
    private static readonly BigInteger Pi = 4 * (4 * ArcTangentOfReciprocal(5) - ArcTangentOfReciprocal(239));

    /// <summary>What two features share in the statutory plane, m²; rings of a feature are counted by odd winding.</summary>
    public static double Shared(Geometry first, Geometry second) => Shared(PlaneRings(first), PlaneRings(second));

    /// <summary>The same for rings of plane coordinates, interleaved, each closed by its first vertex.</summary>
    public static double Shared(IEnumerable<double[]> first, IEnumerable<double[]> second)
    {
        List<Edge> edges = [.. Edges(first, 0), .. Edges(second, 1)];
        var cuts = Cuts(edges);
        var sum = BigInteger.Zero;
        for (var i = 0; i + 1 < cuts.Count; i++)
        {
            var (west, east) = (cuts[i], cuts[i + 1]);
            sum += (east - west) * SharedLength(edges, west, east);
        }
        return ToDouble(sum >> Places);
    }

    /// <summary>The statutory area of a ring in degrees, edge by edge as the regulation writes it, m².</summary>
    public static double Statutory(ReadOnlySpan<double> longitudeLatitudePairs)
    {
        var sum = BigInteger.Zero;
        for (var i = 0; i < longitudeLatitudePairs.Length; i += 2)
        {
            var j = (i + 2) % longitudeLatitudePairs.Length;
            var (fromLongitude, fromLatitude) = (Of(longitudeLatitudePairs[i]), Of(longitudeLatitudePairs[i + 1]));
            var (toLongitude, toLatitude) = (Of(longitudeLatitudePairs[j]), Of(longitudeLatitudePairs[j + 1]));
            var mean = Radians((fromLongitude + toLongitude) / 2 - 110 * One);
            sum += Times(mean, Strip(Radians((toLatitude - fromLatitude) / 2), Radians((fromLatitude + toLatitude) / 2)));
        }
        var b = Of(StatutoryPlane.SemiMinorAxisMetres);
        return ToDouble(BigInteger.Abs(2 * Times(sum, Times(b, b))));
    }

    /// <summary>The rings of a feature in the plane: the very numbers that the kernel gets.</summary>
    public static IEnumerable<double[]> PlaneRings(Geometry geographic)
    {
        for (var part = 0; part < geographic.NumGeometries; part++)
        {
            var polygon = (Polygon)geographic.GetGeometryN(part);
            foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
                yield return [.. ring.Coordinates.Select(c => StatutoryPlane.FromGeographic(c.X, c.Y)).SelectMany(p => new[] { p.X, p.Y })];
        }
    }

    private sealed record Edge(BigInteger X1, BigInteger Y1, BigInteger X2, BigInteger Y2, int Polygon)
    {
        public BigInteger HeightAt(BigInteger x) => Y1 + (Y2 - Y1) * (x - X1) / (X2 - X1);
    }

    /// <summary>Edges from west to east; upright ones bound no strip.</summary>
    private static IEnumerable<Edge> Edges(IEnumerable<double[]> rings, int polygon)
    {
        foreach (var ring in rings)
            for (var i = 0; i + 3 < ring.Length; i += 2)
            {
                var (x1, y1, x2, y2) = (Of(ring[i]), Of(ring[i + 1]), Of(ring[i + 2]), Of(ring[i + 3]));
                if (x1 < x2)
                    yield return new Edge(x1, y1, x2, y2, polygon);
                else if (x1 > x2)
                    yield return new Edge(x2, y2, x1, y1, polygon);
            }
    }

    private static List<BigInteger> Cuts(List<Edge> edges)
    {
        var cuts = new HashSet<BigInteger>();
        for (var i = 0; i < edges.Count; i++)
        {
            var a = edges[i];
            cuts.Add(a.X1);
            cuts.Add(a.X2);
            for (var j = i + 1; j < edges.Count; j++)
            {
                var b = edges[j];
                var (west, east) = (BigInteger.Max(a.X1, b.X1), BigInteger.Min(a.X2, b.X2));
                if (west >= east)
                    continue;
                var (before, after) = (a.HeightAt(west) - b.HeightAt(west), a.HeightAt(east) - b.HeightAt(east));
                if (before.Sign * after.Sign < 0)
                    cuts.Add(west + (east - west) * before / (before - after));
            }
        }
        return [.. cuts.Order()];
    }

    /// <summary>The length on the middle line of a strip that lies in both polygons.</summary>
    private static BigInteger SharedLength(List<Edge> edges, BigInteger west, BigInteger east)
    {
        var middle = (west + east) / 2;
        var crossed = edges.Where(e => e.X1 <= west && e.X2 >= east).Select(e => (Height: e.HeightAt(middle), e.Polygon)).ToList();
        crossed.Sort((a, b) => a.Height.CompareTo(b.Height));
        var inside = new bool[2];
        var (length, from) = (BigInteger.Zero, BigInteger.Zero);
        foreach (var (height, polygon) in crossed)
        {
            if (inside[0] && inside[1])
                length += height - from;
            inside[polygon] = !inside[polygon];
            from = height;
        }
        return length;
    }

    /// <summary>Σ ± coefficient · sin(nΔB/2) · cos(nBₘ) for n = 1, 3, 5, 7, 9.</summary>
    private static BigInteger Strip(BigInteger half, BigInteger middle)
    {
        var (sine, sineBefore, twiceHalf) = (Sine(half), -Sine(half), 2 * Sine(half + half + Pi / 2));
        var (cosine, cosineBefore, twiceMiddle) = (Sine(middle + Pi / 2), Sine(middle + Pi / 2), 2 * Sine(middle + middle + Pi / 2));
        var sum = BigInteger.Zero;
        for (var term = 0; term < StatutoryPlane.Coefficients.Length; term++)
        {
            var product = Times(Of(StatutoryPlane.Coefficients[term]), Times(sine, cosine));
            sum += term % 2 == 0 ? product : -product;
            // sin (n + 2)a = 2·cos 2a·sin na − sin (n − 2)a, and the same for the cosine.
            (sine, sineBefore) = (Times(twiceHalf, sine) - sineBefore, sine);
            (cosine, cosineBefore) = (Times(twiceMiddle, cosine) - cosineBefore, cosine);
        }
        return sum;
    }

    private static BigInteger Sine(BigInteger radians)
    {
        var (square, term, sum) = (Times(radians, radians), radians, radians);
        for (var n = 2; !term.IsZero && term != BigInteger.MinusOne; n += 2)
        {
            term = -Times(term, square) / (n * (n + 1));
            sum += term;
        }
        return sum;
    }

    private static BigInteger ArcTangentOfReciprocal(int of)
    {
        var (power, sum) = (One / of, BigInteger.Zero);
        for (var n = 1; !power.IsZero; n += 2)
        {
            sum += n % 4 == 1 ? power / n : -(power / n);
            power /= of * of;
        }
        return sum;
    }

    private static BigInteger Radians(BigInteger degrees) => Times(degrees, Pi) / 180;

    private static BigInteger Times(BigInteger a, BigInteger b) => (a * b) >> Places;

    /// <summary>A double, exactly as long as it is a multiple of 2⁻²⁵⁶.</summary>
    private static BigInteger Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = new BigInteger((bits & 0xF_FFFF_FFFF_FFFF) | (exponent == 0 ? 0 : 1L << 52));
        var shift = Math.Max(exponent, 1) - 1075 + Places;
        var size = shift >= 0 ? mantissa << shift : mantissa >> -shift;
        return bits < 0 ? -size : size;
    }

    private static double ToDouble(BigInteger value)
    {
        // The conversion of large numbers cuts: sixty-four bits are kept, which is enough.
        var drop = (int)Math.Max(0, (long)BigInteger.Abs(value).GetBitLength() - 64);
        return Math.ScaleB((double)(value >> drop), drop - Places);
    }
}
