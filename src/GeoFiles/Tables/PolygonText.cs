using System.Globalization;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Reads a polygon written as text (WKT, also with <c>SRID=n;</c> before it): the rings as they stand, closed or not.</summary>
internal static class PolygonText
{
    private static readonly string[] Words = ["POLYGON", "MULTIPOLYGON", "GEOMETRYCOLLECTION", "SRID="];

    /// <summary>True when a cell looks like the text of a polygon.</summary>
    public static bool Looks(string cell)
    {
        var start = cell.AsSpan().TrimStart();
        foreach (var word in Words)
            if (start.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    public static (Shape? Shape, GeometryFault? Fault, int? Srid, LeftAside? Left) Read(string text)
    {
        var rest = text.AsSpan().Trim();
        int? srid = null;
        if (rest.StartsWith("SRID=", StringComparison.OrdinalIgnoreCase))
        {
            var end = rest.IndexOf(';');
            if (end < 0 || !int.TryParse(rest[5..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return (null, GeometryFaults.Damaged("SRID 写法不对", "its SRID is not written rightly"), null, null);
            srid = number;
            rest = rest[(end + 1)..].TrimStart();
        }
        if (rest.IsEmpty)
            return (null, GeometryFaults.Null, srid, null);
        var parts = new GeometryParts();
        var fault = parts.Finish(Geometry(rest, parts, depth: 0));
        return fault is null ? (new Shape(parts.Rings), null, srid, parts.LeftAside) : (null, fault, srid, null);
    }

    private static GeometryFault? Geometry(ReadOnlySpan<char> text, GeometryParts parts, int depth)
    {
        var word = 0;
        while (word < text.Length && char.IsAsciiLetter(text[word]))
            word++;
        var name = text[..word].ToString().ToUpperInvariant();
        var rest = text[word..].TrimStart();
        while (rest.Length > 0 && rest[0] is 'Z' or 'z' or 'M' or 'm')
            rest = rest[1..].TrimStart();
        var kind = name.TrimEnd('Z', 'M');
        var levels = kind switch
        {
            "POLYGON" => 2,
            "MULTIPOLYGON" => 3,
            _ => 0,
        };
        if (levels == 0 && kind != "GEOMETRYCOLLECTION")
            return Other(name);
        if (rest.Equals("EMPTY", StringComparison.OrdinalIgnoreCase))
            return null;
        if (levels == 0)
            return Members(rest, parts, depth);
        if (Rings(rest, levels) is not { } rings)
            return Brackets;
        parts.Rings.AddRange(rings);
        return null;
    }

    private static GeometryFault Brackets =>
        GeometryFaults.Damaged("括号或数值不符合 WKT 的写法", "its brackets or numbers are not those of WKT");

    /// <summary>The members of a collection: what stands between its brackets, parted at commas outside any further bracket.</summary>
    private static GeometryFault? Members(ReadOnlySpan<char> text, GeometryParts parts, int depth)
    {
        const int depthMax = 16;
        if (depth >= depthMax)
            return GeometryFaults.Damaged("几何集合嵌套过深", "its collections are nested too deeply");
        text = text.TrimEnd();
        if (text.Length < 2 || text[0] != '(' || text[^1] != ')')
            return Brackets;
        text = text[1..^1];
        var (open, from) = (0, 0);
        for (var at = 0; at <= text.Length; at++)
        {
            var isEnd = at == text.Length;
            if (!isEnd && text[at] == '(')
                open++;
            else if (!isEnd && text[at] == ')')
                open--;
            if (open < 0 || (isEnd && open > 0))
                return Brackets;
            if (open > 0 || (!isEnd && text[at] != ','))
                continue;
            if (parts.Kept(Geometry(text[from..at].Trim(), parts, depth + 1)) is { } fault)
                return fault;
            from = at + 1;
        }
        return null;
    }

    private static GeometryFault Other(string name) =>
        name.TrimEnd('Z', 'M') switch
        {
            "POINT" => GeometryFaults.NotPolygon("点", "point"),
            "MULTIPOINT" => GeometryFaults.NotPolygon("多点", "multipoint"),
            "LINESTRING" or "MULTILINESTRING" or "LINEARRING" => GeometryFaults.NotPolygon("线", "line"),
            "CURVEPOLYGON" or "MULTISURFACE" or "CIRCULARSTRING" or "COMPOUNDCURVE" or "MULTICURVE" => GeometryFaults.Curve(name),
            _ => GeometryFaults.Damaged("不是 WKT", "it is no WKT"),
        };

    /// <param name="levels">How many brackets stand around a point: 2 in a polygon, 3 in a multipolygon.</param>
    private static List<double[]>? Rings(ReadOnlySpan<char> text, int levels)
    {
        var rings = new List<double[]>();
        var ring = new List<double>();
        var (level, at, numbers) = (0, 0, 0);
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c))
                at++;
            else if (c == '(')
            {
                if (++level > levels || numbers > 0)
                    return null;
                at++;
            }
            else if (c is ',' or ')')
            {
                if (level == levels && numbers < 2)
                    return null;
                if (c == ')' && level == levels)
                {
                    rings.Add([.. ring]);
                    ring.Clear();
                }
                if (c == ')' && --level < 0)
                    return null;
                numbers = 0;
                at++;
                if (level == 0)
                    return text[at..].Trim().IsEmpty ? rings : null;
            }
            else if (level != levels || !Number(text, ref at, numbers++, ring))
                return null;
        }
        return null;
    }

    /// <summary>Two numbers make a point; heights and measures behind them are left out.</summary>
    private static bool Number(ReadOnlySpan<char> text, ref int at, int place, List<double> ring)
    {
        var start = at;
        while (at < text.Length && text[at] is not (',' or '(' or ')') && !char.IsWhiteSpace(text[at]))
            at++;
        if (!double.TryParse(text[start..at], NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return false;
        if (place < 2)
            ring.Add(number);
        return true;
    }
}
