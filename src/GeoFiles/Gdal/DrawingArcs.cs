using System.Globalization;
using System.Text;

namespace Weipian.GeoFiles;

/// <summary>Finds the polylines of a DXF that have arcs: GDAL draws those as short lines and does not say so.</summary>
/// <remarks>
/// DXF Reference: a text of pairs of lines, group code and value. Code 0 begins an entity, 5 is its handle, 42 the bulge of a vertex (the
/// tangent of a quarter of the arc's angle, 0 when straight). The vertices of an old <c>POLYLINE</c> are entities of their own that follow
/// it.
/// </remarks>
internal static class DrawingArcs
{
    private const string EntityCode = "0";
    private const string HandleCode = "5";
    private const string BulgeCode = "42";

    /// <summary>Handles of polylines with a bulge, as the file writes them, and an empty one for those without; none of a binary
    /// DXF.</summary>
    public static IReadOnlySet<string> HandlesIn(string path)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using var text = new StreamReader(path, Encoding.Latin1);
        var (entity, handle) = ("", "");
        while (text.ReadLine()?.Trim() is { } code && text.ReadLine()?.Trim() is { } value)
            switch (code)
            {
                case EntityCode:
                    entity = value;
                    handle = value is "LWPOLYLINE" or "POLYLINE" ? "" : handle;
                    break;
                case HandleCode when entity is "LWPOLYLINE" or "POLYLINE":
                    handle = value;
                    break;
                case BulgeCode when entity is "LWPOLYLINE" or "VERTEX" && IsBulge(value):
                    found.Add(handle);
                    break;
            }
        return found;
    }

    private static bool IsBulge(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var bulge) && bulge != 0;
}
