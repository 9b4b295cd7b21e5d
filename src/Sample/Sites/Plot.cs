using NetTopologySuite.Geometries;
using Weipian.Sample.Land;

namespace Weipian.Sample.Sites;

/// <summary>The ground given to one patch: a block of the district with its own axes, along its fields.</summary>
internal sealed class Plot
{
    private readonly double east;
    private readonly double north;
    private readonly double cosine;
    private readonly double sine;
    private readonly double scale;

    public Plot(District district, Block block, int label)
    {
        Block = block;
        Label = label;
        (east, north) = district.Lay.Ground(block.MiddleX, block.MiddleY);
        var (x, y) = district.Lay.Ground(block.MiddleX + 400, block.MiddleY);
        var length = Math.Sqrt((x - east) * (x - east) + (y - north) * (y - north));
        (cosine, sine) = ((x - east) / length, (y - north) / length);
        scale = Math.Sqrt(Lay.AreaScale(east));
        Reach = 0.37 * block.ShorterSide / Lay.Metre;
    }

    public Block Block { get; }

    /// <summary>The unit it lies in, by label.</summary>
    public int Label { get; }

    /// <summary>Metres from the middle that surely belong to the block.</summary>
    public double Reach { get; }

    /// <summary>A ring of the site on the ground: interleaved easting, northing of EPSG:4548, closed, counter-clockwise.</summary>
    public double[] Ground(IReadOnlyList<Spot> ring)
    {
        var pairs = new double[ring.Count * 2 + 2];
        for (var i = 0; i < ring.Count; i++)
        {
            var (u, v) = (ring[i].U * scale, ring[i].V * scale);
            pairs[2 * i] = Math.Round(east + cosine * u - sine * v, 4);
            pairs[2 * i + 1] = Math.Round(north + sine * u + cosine * v, 4);
        }
        (pairs[^2], pairs[^1]) = (pairs[0], pairs[1]);
        return pairs;
    }

    /// <summary>From the ground back to the metres of the site.</summary>
    public Spot Spot(double easting, double northing)
    {
        var (e, n) = (easting - east, northing - north);
        return new((cosine * e + sine * n) / scale, (-sine * e + cosine * n) / scale);
    }

    /// <summary>The same as a polygon.</summary>
    public Polygon Polygon(IReadOnlyList<Spot> ring)
    {
        var pairs = Ground(ring);
        var corners = new Coordinate[pairs.Length / 2];
        for (var i = 0; i < corners.Length; i++)
            corners[i] = new(pairs[2 * i], pairs[2 * i + 1]);
        return new(new LinearRing(corners));
    }
}
