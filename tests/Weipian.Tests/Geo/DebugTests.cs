using NetTopologySuite.Geometries;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

public sealed class DebugTests
{
    [Fact]
    public void Debug()
    {
        (int, int, int, int)[] points = [(1, -1, 2, 3), (4, -1, 0, -2), (1, -1, 2, 2), (3, 1, 1, 2), (0, 3, 1, -1)];
        var ring = points
            .SelectMany(p => new[] { 117.8 + p.Item1 * 1e-4 + p.Item2 * 1.5e-14, 36.8 + p.Item3 * 1e-4 + p.Item4 * 7e-15 })
            .ToArray();
        var p = ShapePreparation.Prepare(new Shape([ring]), CoordinateSystem.Cgcs2000);
        foreach (var n in p.Repairs)
            Console.Error.WriteLine(n);
        for (int g = 0; g < p.Geographic.NumGeometries; g++)
            foreach (var r in ((Polygon)p.Geographic[g]).InteriorRings.Prepend(((Polygon)p.Geographic[g]).ExteriorRing))
            {
                Console.Error.WriteLine($"ring {g}");
                foreach (var c in r.Coordinates)
                {
                    var (x, y) = StatutoryPlane.FromGeographic(c.X, c.Y);
                    Console.Error.WriteLine($"{c.X:R} {c.Y:R} {x:R} {y:R}");
                }
            }
        ShapePreparationTests.AssertValid(p);
    }
}
