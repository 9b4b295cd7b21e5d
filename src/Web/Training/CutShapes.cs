using NetTopologySuite.Geometries;

namespace Weipian.Web.Training;

/// <summary>How the choices of a division look on the ground.</summary>
public static class CutShapes
{
    /// <summary>Pure: the parts into which a choice cuts a patch.</summary>
    /// <param name="cut">One of <see cref="TrainingDesk.Cut"/>.</param>
    /// <param name="patch">In degrees.</param>
    /// <param name="parcels">The parts of the truth, in their order.</param>
    public static IReadOnlyList<Geometry> Of(string cut, Geometry patch, IReadOnlyList<Geometry> parcels)
    {
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(parcels);
        var box = patch.EnvelopeInternal;
        var (x, y) = (box.Centre.X, box.Centre.Y);
        return cut switch
        {
            TrainingDesk.Cut.Parts => parcels,
            TrainingDesk.Cut.NorthSouth => Within(patch, [new(box.MinX, box.MaxX, box.MinY, y), new(box.MinX, box.MaxX, y, box.MaxY)]),
            TrainingDesk.Cut.EastWest => Within(patch, [new(box.MinX, x, box.MinY, box.MaxY), new(x, box.MaxX, box.MinY, box.MaxY)]),
            TrainingDesk.Cut.Thirds => Within(patch, Thirds(box)),
            TrainingDesk.Cut.Joined => [parcels[0].Union(parcels[1]), .. parcels.Skip(2)],
            _ => [patch],
        };
    }

    /// <summary>Three bands across the side that is longer in metres.</summary>
    private static IEnumerable<Envelope> Thirds(Envelope box)
    {
        var isWide = box.Width * Math.Cos(box.Centre.Y * Math.PI / 180) > box.Height;
        var (width, height) = (box.Width / 3, box.Height / 3);
        return Enumerable
            .Range(0, 3)
            .Select(i =>
                isWide
                    ? new Envelope(box.MinX + i * width, box.MinX + (i + 1) * width, box.MinY, box.MaxY)
                    : new Envelope(box.MinX, box.MaxX, box.MinY + i * height, box.MinY + (i + 1) * height)
            );
    }

    private static IReadOnlyList<Geometry> Within(Geometry patch, IEnumerable<Envelope> boxes) =>
        [.. boxes.Select(e => patch.Intersection(patch.Factory.ToGeometry(e))).Where(g => !g.IsEmpty)];
}
