using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>How a Shapefile is to be written.</summary>
/// <param name="Encoding"><c>GBK</c> (default; LDID 0x4D), <c>GB18030</c> or <c>UTF-8</c>.</param>
/// <param name="WriteCpg">Old files carry no .cpg; the reader then goes by the LDID.</param>
/// <param name="WritePrj">False to leave the .prj out.</param>
/// <param name="WriteShx">False to leave the .shx out.</param>
/// <param name="RingsAsGiven">True writes rings neither closed nor turned: for files with true defects.</param>
public sealed record ShapefileOptions(
    string Encoding = "GBK",
    bool WriteCpg = true,
    bool WritePrj = true,
    bool WriteShx = true,
    bool RingsAsGiven = false
);

/// <summary>Writes polygon Shapefiles: loose beside each other, or several in one zip.</summary>
public static class ShapefileWriter
{
    /// <summary>Writes one Shapefile: <c>….zip</c> gives a zip with one layer, <c>….shp</c> loose files. Nothing half-written remains after a refusal.</summary>
    /// <param name="name">Name of the layer, Chinese allowed; for loose files the name of <paramref name="path"/> is taken.</param>
    /// <returns>Features written.</returns>
    /// <exception cref="Problem">files.value-does-not-fit, files.unencodable-text, files.write-limit</exception>
    public static long Write(
        string path,
        string name,
        IReadOnlyList<WrittenField> fields,
        IEnumerable<WrittenFeature> features,
        CoordinateSystem crs,
        ShapefileOptions? options = null
    ) => throw new NotImplementedException();
}
