using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using NetTopologySuite.Operation.Valid;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>Geometry that others collected because it broke something once.</summary>
public sealed class CorporaTests
{
    private static readonly CoordinateSystem Degrees = CoordinateSystem.Cgcs2000;

    [Fact]
    public void Every_multipolygon_case_has_the_expected_area()
    {
        var folder = SharedData.Require("corpora/osm-multipolygons/data");
        using var cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "tests.json")));
        var (compared, invalid) = (0, 0);
        foreach (var test in cases.RootElement.EnumerateArray())
        {
            if (!test.TryGetProperty("areas", out var areas) || !areas.TryGetProperty("default", out var expected))
                continue;
            var id = test.GetProperty("test_id").GetInt32().ToString(CultureInfo.InvariantCulture);
            var data = XDocument.Load(Path.Combine(folder, id[..1], id, "data.osm"));
            foreach (var area in expected.EnumerateArray())
            {
                var rings = RingsOf(data, area.GetProperty("from_type").GetString()!, area.GetProperty("from_id").GetInt64());
                var text = area.GetProperty("wkt").GetString()!;
                if (text == "INVALID")
                {
                    invalid++;
                    if (TryPrepare(rings) is { } repaired)
                        ShapePreparationTests.AssertValid(repaired);
                    continue;
                }
                compared++;
                var prepared = ShapePreparation.Prepare(new Shape(rings), Degrees);
                ShapePreparationTests.AssertValid(prepared);
                var wanted = ShapePreparation.Prepare(new Shape(RingsOf(new WKTReader().Read(text))), Degrees);
                Assert.True(
                    Math.Abs(wanted.AreaSquareMetres - prepared.AreaSquareMetres) < 1,
                    $"case {id}: {prepared.AreaSquareMetres} m² for {wanted.AreaSquareMetres} m² ({test.GetProperty("description")})"
                );
            }
        }
        Assert.True(compared >= 74, $"only {compared} areas were compared");
        Assert.True(invalid >= 28, $"only {invalid} invalid cases were seen");
    }

    [Fact]
    public void Every_polygon_of_the_overlay_corpus_is_prepared_and_measured_like_its_pieces()
    {
        var folder = SharedData.Require("corpora/jts-xml/modules/tests/src/test/resources/testxml");
        var (polygons, pairs) = (0, 0);
        foreach (var file in Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            XDocument document;
            try
            {
                document = XDocument.Load(file);
            }
            catch (System.Xml.XmlException)
            {
                continue;
            }
            foreach (var test in document.Descendants("case"))
            {
                var (a, b) = Scaled(Read(test.Element("a")?.Value), Read(test.Element("b")?.Value));
                var (first, second) = (Check(a, file), Check(b, file));
                polygons += (first is null ? 0 : 1) + (second is null ? 0 : 1);
                if (first is null || second is null || first.Geographic.NumPoints + second.Geographic.NumPoints > 4000)
                    continue;
                pairs++;
                var pieces = Pieces.AreaSquareMetres(Pieces.Intersection(first.Geographic, second.Geographic));
                var kernel = KernelArea(first, second);
                Assert.True(Math.Abs(kernel - pieces) <= 1e-6, $"{file}: kernel {kernel}, pieces {pieces}, {test.Element("desc")?.Value}");
            }
        }
        Assert.True(polygons > 1000, $"only {polygons} polygons");
        Assert.True(pairs > 300, $"only {pairs} pairs");
    }

    [Fact]
    public void Public_expectations_of_transverse_mercator_and_equal_area_hold()
    {
        var lines = File.ReadAllLines(SharedData.Require("corpora/gie/builtins.gie"));
        var (mercator, area) = (0, 0);
        for (var i = 0; i < lines.Length; i++)
        {
            var isMercator = lines[i].Trim() is "operation +proj=tmerc   +ellps=GRS80" or "operation +proj=etmerc   +ellps=GRS80";
            if (!isMercator && lines[i].Trim() != "operation +proj=cea   +ellps=GRS80")
                continue;
            for (i++; !lines[i].StartsWith("direction", StringComparison.Ordinal); i++)
            {
                if (!lines[i].StartsWith("accept", StringComparison.Ordinal))
                    continue;
                var (from, to) = (Numbers(lines[i]), Numbers(lines[i + 1]));
                if (isMercator && Math.Abs(from[0]) <= 30)
                {
                    var (east, north) = GaussKruger.Cgcs2000.FromGeographic(from[0], from[1]);
                    Assert.Equal(to[0], east, 5e-8);
                    Assert.Equal(to[1], north, 5e-8);
                    mercator++;
                }
                else if (!isMercator)
                {
                    // The cylinder's northing times a is the area below a parallel per radian: F(B) of the statutory plane.
                    var (_, y) = StatutoryPlane.FromGeographic(from[0], from[1]);
                    Assert.Equal(to[1] * StatutoryPlane.SemiMajorAxisMetres, y * StatutoryPlane.ScaleMetres, Math.Abs(to[1]) * 1e-4 * 6400);
                    area++;
                }
            }
        }
        Assert.True(mercator >= 8 && area >= 5, $"{mercator} and {area} expectations");
    }

    private static PreparedShape? Check(Geometry? polygonal, string file)
    {
        if (polygonal is null)
            return null;
        var prepared = TryPrepare(RingsOf(polygonal));
        if (prepared is null)
            return null;
        ShapePreparationTests.AssertValid(prepared);
        var plane = ShapePreparationTests.InPlane(polygonal);
        if (new IsValidOp(plane).IsValid)
        {
            Assert.True(
                Math.Abs(plane.Area - prepared.AreaSquareMetres) <= 1e-6 + 1e-9 * plane.Area,
                $"{file}: {prepared.AreaSquareMetres}, {plane.Area}"
            );
            Assert.DoesNotContain(
                prepared.Repairs,
                n => n.Kind is not (RepairKind.DuplicatePoint or RepairKind.RingOrientation or RepairKind.DroppedRing)
            );
        }
        return prepared;
    }

    private static Geometry? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            text = text.Trim();
            var geometry = text[0] is '0' ? new WKBReader().Read(WKBReader.HexToBytes(text)) : new WKTReader().Read(text);
            return geometry is Polygon or MultiPolygon && !geometry.IsEmpty ? geometry : null;
        }
        catch (Exception fault) when (fault is ParseException or ArgumentException or FormatException)
        {
            return null; // the corpus holds unreadable text on purpose; reading it is not what is tested here
        }
    }

    /// <summary>Brings a pair, as it lies together, into a square of about a kilometre.</summary>
    private static (Geometry?, Geometry?) Scaled(Geometry? a, Geometry? b)
    {
        var box = new Envelope();
        box.ExpandToInclude(a?.EnvelopeInternal ?? new Envelope());
        box.ExpandToInclude(b?.EnvelopeInternal ?? new Envelope());
        var scale = 0.01 / Math.Max(Math.Max(box.Width, box.Height), double.Epsilon);
        if (!double.IsFinite(scale) || !double.IsFinite(box.MinX))
            return (null, null);
        Geometry? Move(Geometry? geometry)
        {
            var copy = geometry?.Copy();
            copy?.Apply(new Moving(box, scale));
            return copy;
        }
        return (Move(a), Move(b));
    }

    private static List<double[]> RingsOf(Geometry geometry)
    {
        var rings = new List<double[]>();
        for (var i = 0; i < geometry.NumGeometries; i++)
            if (geometry.GetGeometryN(i) is Polygon { IsEmpty: false } polygon)
                foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
                    rings.Add([.. ring.Coordinates.SelectMany(c => new[] { c.X, c.Y })]);
        return rings;
    }

    /// <summary>The ways of a relation, chained end to end into rings as any reader would.</summary>
    private static List<double[]> RingsOf(XDocument data, string type, long id)
    {
        var nodes = data.Root!.Elements("node")
            .ToDictionary(n => (long)n.Attribute("id")!, n => ((double)n.Attribute("lon")!, (double)n.Attribute("lat")!));
        var ways = data.Root!.Elements("way")
            .ToDictionary(
                w => (long)w.Attribute("id")!,
                w => w.Elements("nd").Select(n => nodes.GetValueOrDefault((long)n.Attribute("ref")!)).ToList()
            );
        var members =
            type == "way"
                ? [id]
                : data.Root!.Elements("relation")
                    .First(r => (long)r.Attribute("id")! == id)
                    .Elements("member")
                    .Where(m => (string?)m.Attribute("type") == "way")
                    .Select(m => (long)m.Attribute("ref")!)
                    .ToList();
        var open = members.Where(ways.ContainsKey).Select(m => ways[m].ToList()).Where(w => w.Count > 1).ToList();
        var rings = new List<double[]>();
        while (open.Count > 0)
        {
            var ring = open[0];
            open.RemoveAt(0);
            while (ring[0] != ring[^1] && open.FindIndex(w => w[0] == ring[^1] || w[^1] == ring[^1]) is >= 0 and var next)
            {
                if (open[next][0] != ring[^1])
                    open[next].Reverse();
                ring.AddRange(open[next].Skip(1));
                open.RemoveAt(next);
            }
            rings.Add([.. ring.SelectMany(p => new[] { p.Item1, p.Item2 })]);
        }
        return rings;
    }

    private static PreparedShape? TryPrepare(List<double[]> rings)
    {
        try
        {
            return ShapePreparation.Prepare(new Shape(rings), Degrees);
        }
        catch (Problem problem)
        {
            Assert.StartsWith("geometry.", problem.Code);
            return null;
        }
    }

    private static double KernelArea(PreparedShape a, PreparedShape b)
    {
        using var first = PackedLayer.Build([new LayerFeature(1, "", a)]);
        using var second = PackedLayer.Build([new LayerFeature(1, "", b)]);
        return DeskOverlay.Measure(first, second, threads: 1).Sum(o => o.AreaSquareMetres);
    }

    private static double[] Numbers(string line) =>
        [
            .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Take(2)
                .Select(n => double.Parse(n, CultureInfo.InvariantCulture)),
        ];

    private sealed class Moving(Envelope box, double scale) : ICoordinateSequenceFilter
    {
        public bool Done => false;
        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence sequence, int i)
        {
            sequence.SetOrdinate(i, 0, 117.8 + (sequence.GetX(i) - box.MinX) * scale);
            sequence.SetOrdinate(i, 1, 36.8 + (sequence.GetY(i) - box.MinY) * scale);
        }
    }
}
