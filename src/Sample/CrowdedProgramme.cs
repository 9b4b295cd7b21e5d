using System.Globalization;
using System.Text;

namespace Weipian.Sample;

/// <summary>An issued file of very many small patches, for measuring how the map and the lists bear them. Drawn by a number: the same
/// number gives the same file.</summary>
public static class CrowdedProgramme
{
    private const double West = 117.70;
    private const double South = 36.65;
    private const double CellEast = 0.0008;
    private const double CellNorth = 0.0007;
    private const int Columns = 400;

    /// <summary>Writes GeoJSON in degrees CGCS2000: one patch to a cell of about 70 m, of 5 to 14 corners.</summary>
    public static void Write(string path, int count, int seed = 7)
    {
        var random = new Random(seed);
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        file.Write("""{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},"features":[""");
        for (var i = 0; i < count; i++)
        {
            var number = (i + 1).ToString("D6", CultureInfo.InvariantCulture);
            file.Write(i == 0 ? "\n" : ",\n");
            file.Write($$$"""{"type":"Feature","properties":{"JCBH":"37030620190{{{number}}}","QSX":"20180211","HSX":"20181029"},""");
            file.Write("\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[");
            file.Write(string.Join(',', Corners(random, i)));
            file.Write("]]}}");
        }
        file.Write("\n]}\n");
    }

    private static IEnumerable<string> Corners(Random random, int cell)
    {
        var (x, y) = (West + (cell % Columns + 0.5) * CellEast, South + (cell / Columns + 0.5) * CellNorth);
        var (corners, size) = (random.Next(5, 15), 0.2 + 0.18 * random.NextDouble());
        var ring = new List<string>(corners + 1);
        for (var k = 0; k < corners; k++)
        {
            var (angle, reach) = (2 * Math.PI * k / corners, size * (0.6 + 0.4 * random.NextDouble()));
            ring.Add(
                FormattableString.Invariant($"[{x + Math.Cos(angle) * reach * CellEast:F8},{y + Math.Sin(angle) * reach * CellNorth:F8}]")
            );
        }
        return ring.Append(ring[0]);
    }
}
