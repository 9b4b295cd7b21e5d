using Weipian.Sample.Land;
using Weipian.Sample.Sites;

namespace Weipian.Sample.Files;

/// <summary>The rings of a patch as its file has them: now and then with a defect.</summary>
/// <param name="Rings">Interleaved easting, northing of EPSG:4548, closed, clockwise.</param>
/// <param name="Growth">The ground that the rings enclose an odd number of times, over the ground of the story: 1 without a loop.</param>
/// <param name="Dice">As it stands after the rings: the rest of the record is drawn from it.</param>
internal sealed record IssuedRings(IReadOnlyList<double[]> Rings, double Growth, Dice Dice)
{
    public static IssuedRings Of(Cast cast)
    {
        var story = cast.Story;
        var dice = Dice.For((ulong)cast.Number.Length, cast.Number);
        var rings = story.Polygons.Select(p => Clockwise(story.Plot.Ground(p))).ToList();
        if (story.Papers.Count > 0 || story.Doubt is not null || !dice.Chance(0.04))
            return new(rings, 1, dice);
        var plain = rings.Sum(OddWinding.Area);
        // A loop changes the area of what it is part of; with several parts nobody could say of which.
        rings[0] = dice.Chance(0.5) || story.Parts.Count > 1 ? Defects.DoubleVertex(rings[0], dice) : Defects.SelfCrossing(rings[0], dice);
        return new(rings, rings.Sum(OddWinding.Area) / plain, dice);
    }

    /// <summary>The parts with the areas that the issued boundary gives them: a boundary that crosses itself is read as every lobe that
    /// it encloses an odd number of times.</summary>
    public IReadOnlyList<TruePart> PartsOf(Story story) =>
        Growth == 1 ? story.Parts : [.. story.Parts.Select(p => p with { AreaSquareMetres = p.AreaSquareMetres * Growth })];

    private static double[] Clockwise(double[] ring)
    {
        var turned = new double[ring.Length];
        for (var i = 0; i < ring.Length; i += 2)
            (turned[i], turned[i + 1]) = (ring[ring.Length - 2 - i], ring[ring.Length - 1 - i]);
        return turned;
    }
}
