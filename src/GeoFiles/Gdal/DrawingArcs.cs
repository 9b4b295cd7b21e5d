using System.Globalization;
using System.Text;

namespace Weipian.GeoFiles;

/// <summary>Arcs of one polyline.</summary>
/// <param name="Count">How many of its edges are arcs.</param>
/// <param name="GreatestRadius">In the unit of the drawing.</param>
/// <param name="X">Where the first of them begins.</param>
internal readonly record struct PolylineArcs(int Count, double GreatestRadius, double X, double Y);

/// <summary>The arcs in the polylines of a drawing, and the chords that stand for them: GDAL draws arcs as short lines and does not say
/// so.</summary>
/// <remarks>
/// DXF Reference: a text of pairs of lines, group code and value. Code 0 begins an entity, 5 is its handle, 10 and 20 are a vertex, 70 its
/// flags (1: closed), 42 the bulge of a vertex (the tangent of a quarter of the arc's angle, 0 when straight). The vertices of an old
/// <c>POLYLINE</c> are entities of their own that follow it.
/// </remarks>
internal sealed class DrawingArcs
{
    /// <summary>A chord is to lie at most so far from its arc, in the unit of the drawing.</summary>
    private const double Tolerance = 0.001;

    /// <summary>The angle of a chord where radii are not known, degrees: a millimetre up to a radius of 2,600 m.</summary>
    private const double StepUnknown = 0.1;

    /// <summary>The least angle, degrees: a millimetre up to a radius of 10 km. One arc of a great radius must not make thousands of
    /// vertices of each small one.</summary>
    private const double StepLeast = 0.05;

    /// <summary>An arc that leaves its chord by less, in parts of the tolerance, is as good as straight, whatever its radius.</summary>
    private const double StraightPart = 0.01;

    private readonly Dictionary<string, PolylineArcs> byHandle = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(double X, double Y, double Bulge)> vertices = [];
    private string handle = "";
    private bool isPolyline;
    private bool isClosed;

    /// <summary>The greatest by which a block is enlarged where it stands (groups 41 and 42 of INSERT).</summary>
    private double scale = 1;
    private double greatestRadius;

    private DrawingArcs(bool areKnown) => AreKnown = areKnown;

    /// <summary>Of a DWG, or of a binary DXF: nobody here can tell.</summary>
    public static DrawingArcs Unknown { get; } = new(areKnown: false);

    public bool AreKnown { get; }

    /// <summary>Polylines with arcs.</summary>
    public int Count { get; private set; }

    /// <summary>How far a chord may lie from its arc, in the unit of the drawing.</summary>
    public double Deviation => Math.Max(Tolerance, greatestRadius * scale * (1 - Math.Cos(Step * Math.PI / 360)));

    /// <summary>The angle of a chord that keeps the tolerance, in a block that is drawn larger too, degrees.</summary>
    public double Step =>
        greatestRadius * scale > Tolerance
            ? Math.Clamp(2 * Math.Acos(1 - Tolerance / (greatestRadius * scale)) * 180 / Math.PI, StepLeast, StepUnknown)
            : StepUnknown;

    /// <summary>The arcs of a polyline by its handle (hexadecimal); <c>null</c> when it has none, or in old drawings no handle.</summary>
    public PolylineArcs? Of(string? handle) => !string.IsNullOrEmpty(handle) && byHandle.TryGetValue(handle, out var arcs) ? arcs : null;

    /// <summary>Those of a DXF.</summary>
    public static DrawingArcs In(string path)
    {
        var binary = "AutoCAD Binary DXF"u8;
        var head = new byte[binary.Length];
        using (var start = File.OpenRead(path))
            if (start.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && binary.SequenceEqual(head))
                return Unknown;
        var arcs = new DrawingArcs(areKnown: true);
        using var text = new StreamReader(path, Encoding.Latin1);
        var entity = "";
        while (text.ReadLine()?.Trim() is { } code && text.ReadLine()?.Trim() is { } value)
            if (code == "0")
                arcs.Begin(entity = value);
            else if (arcs.isPolyline)
                arcs.Take(entity, code, value);
            else if (entity == "INSERT" && (code is "41" or "42") && Math.Abs(Number(value)) is var factor && double.IsFinite(factor))
                arcs.scale = Math.Max(arcs.scale, factor);
        arcs.End();
        return arcs;
    }

    private void Begin(string entity)
    {
        if (entity is "VERTEX" && isPolyline)
        {
            vertices.Add(default);
            return;
        }
        End();
        isPolyline = entity is "LWPOLYLINE" or "POLYLINE";
    }

    private void Take(string entity, string code, string value)
    {
        var isVertex = entity == "VERTEX";
        switch (code)
        {
            case "5" when !isVertex:
                handle = value;
                break;
            case "70" when !isVertex:
                isClosed =
                    int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var flags) && (flags & 1) == 1;
                break;
            case "10" when entity == "LWPOLYLINE":
                vertices.Add((Number(value), 0, 0));
                break;
            case "10" when isVertex:
                vertices[^1] = vertices[^1] with { X = Number(value) };
                break;
            case "20" when vertices.Count > 0:
                vertices[^1] = vertices[^1] with { Y = Number(value) };
                break;
            case "42" when vertices.Count > 0:
                vertices[^1] = vertices[^1] with { Bulge = Number(value) };
                break;
        }
    }

    private void End()
    {
        var found = new PolylineArcs(0, 0, 0, 0);
        for (var i = 0; i < vertices.Count - (isClosed ? 0 : 1); i++)
        {
            var ((x, y, bulge), next) = (vertices[i], vertices[(i + 1) % vertices.Count]);
            var chord = Math.Sqrt((next.X - x) * (next.X - x) + (next.Y - y) * (next.Y - y));
            if (bulge == 0 || !double.IsFinite(bulge) || chord == 0)
                continue;
            var radius = chord * (1 + bulge * bulge) / (4 * Math.Abs(bulge));
            found =
                found.Count == 0
                    ? new(1, radius, x, y)
                    : found with
                    {
                        Count = found.Count + 1,
                        GreatestRadius = Math.Max(found.GreatestRadius, radius),
                    };
            if (double.IsFinite(radius) && chord / 2 * Math.Abs(bulge) > Tolerance * StraightPart)
                greatestRadius = Math.Max(greatestRadius, radius);
        }
        if (found.Count > 0)
        {
            Count++;
            byHandle[handle] = found;
        }
        vertices.Clear();
        (handle, isPolyline, isClosed) = ("", false, false);
    }

    private static double Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
