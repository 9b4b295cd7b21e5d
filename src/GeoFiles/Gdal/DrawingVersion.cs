using System.Text;

namespace Weipian.GeoFiles;

/// <summary>Which release of AutoCAD a DWG is of: the six characters it begins with.</summary>
internal static class DrawingVersion
{
    private const int MarkLength = 6;

    /// <summary>Marks of the releases that GDAL's driver does not read; that of AutoCAD 2000, AC1015, it does.</summary>
    /// <remarks>Open Design Specification for .dwg files, section 2.</remarks>
    private static readonly Dictionary<string, string> Releases = new(StringComparer.Ordinal)
    {
        ["AC1012"] = "R13",
        ["AC1014"] = "R14",
        ["AC1018"] = "2004",
        ["AC1021"] = "2007",
        ["AC1024"] = "2010",
        ["AC1027"] = "2013",
        ["AC1032"] = "2018",
    };

    /// <summary>Mark and release, or <c>null</c> when it is none of these.</summary>
    public static (string Mark, string Release)? Of(FilePart drawing)
    {
        var mark = Encoding.ASCII.GetString(drawing.Head(MarkLength));
        return Releases.TryGetValue(mark, out var release) ? (mark, release) : null;
    }
}
