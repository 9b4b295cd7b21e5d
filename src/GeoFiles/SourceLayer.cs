using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>A column of a source layer, as the file declares it.</summary>
/// <param name="Name">As written in the file; a name that occurs twice gets <c>_2</c>, <c>_3</c> … so that no column is hidden.</param>
/// <param name="Type"><c>text, integer, real, date, boolean, timestamp, binary</c> or <c>json</c>.</param>
/// <param name="Length">Declared width in bytes (dbf) or characters, when there is one.</param>
/// <param name="Decimals">Declared decimal places, when there are any.</param>
public sealed record SourceField(string Name, string Type, int? Length, int? Decimals);

/// <summary>Something wrong or noteworthy in a file: with the national rule number where one fits (1201 data validity, 2101 mathematical
/// base, 3101 field names, 3102 field lengths, 4101 geometry, 5101 overlap inside a layer).</summary>
/// <param name="Rule">A rule number of the national quality control.</param>
/// <param name="Hard">True when the feature (or, without a row, the file) cannot be used as it is.</param>
/// <param name="Row">The 1-based record of the file; <c>null</c> when the whole layer is meant.</param>
public sealed record FileDefect(string Rule, bool Hard, long? Row, string Zh, string En);

/// <summary>Why the geometry of one feature could not be read or is no polygon.</summary>
/// <param name="Kind"><c>null</c>, <c>not-polygon</c>, <c>curve</c>, <c>damaged</c> or <c>empty</c>: stable words for programs.</param>
public sealed record GeometryFault(string Kind, string Zh, string En);

/// <summary>One record of a source layer.</summary>
/// <param name="Row">1-based place in the file, deleted dbf records counted, so that it names the same record in every program.</param>
/// <param name="Shape">The rings as read, in the coordinates of the file; <c>null</c> when <paramref name="GeometryFault"/> says
/// why.</param>
/// <param name="Values">
/// By field name, without regard to case: <c>string, long, double, bool, DateOnly, DateTime</c> or <c>null</c>. Values that do not
/// follow the declared type (a letter in a number) stay <c>string</c>: nothing is lost.
/// </param>
public sealed record SourceFeature(long Row, Shape? Shape, GeometryFault? GeometryFault, FeatureValues Values)
{
    /// <summary>What reading already put right about the shape; <c>null</c> when nothing.</summary>
    public SourceRepair? Repair { get; init; }

    /// <summary>What stands beside the polygons of a mixed geometry and was left aside; <c>null</c> when nothing.</summary>
    public LeftAside? LeftAside { get; init; }
}

/// <summary>Points and lines beside the polygons of one record: nothing that has an area, so they are listed, not taken.</summary>
/// <param name="Lines">True when there are lines among them.</param>
public sealed record LeftAside(bool Lines)
{
    /// <summary>The stable word of the finding, rule 1201.</summary>
    public const string Kind = "left-aside";

    public string Zh => Lines ? "几何集合中另有线，未采用；面已采用" : "几何集合中另有点，未采用；面已采用";

    public string En =>
        Lines
            ? "the collection also holds lines, which were left aside; its polygons were taken"
            : "the collection also holds points, which were left aside; its polygons were taken";
}

/// <summary>What a reader changed about a shape so that it can be measured.</summary>
/// <param name="Kind">A stable word: <c>arc-in-chords</c>.</param>
/// <param name="X">The first place, in the coordinates of the file.</param>
public sealed record SourceRepair(string Kind, double X, double Y, string Zh, string En);

/// <summary>One layer of an opened file. Everything is read on demand and streamed; the file is never held in memory whole.</summary>
/// <remarks>Reading throws only <see cref="Problem"/>: files.* when the file turns out to be damaged.</remarks>
public abstract class SourceLayer
{
    /// <summary>The name of the layer: of the table, or of the shapefile without extension.</summary>
    public abstract string Name { get; }

    public abstract IReadOnlyList<SourceField> Fields { get; }

    /// <summary>Records in the file, null and unusable geometries included, deleted dbf records not.</summary>
    public abstract long Count { get; }

    /// <summary>What the file says of its coordinate system: the text of the .prj, or the WKT of gpkg_spatial_ref_sys.</summary>
    public abstract string? CrsText { get; }

    /// <summary>The EPSG number the file names, if it does. GeoJSON is always 4326 (RFC 7946: longitude, latitude).</summary>
    public abstract int? Epsg { get; }

    /// <summary>How text bytes were understood: <c>UTF-8</c>, <c>GBK</c>, <c>GB18030</c> …</summary>
    public abstract string Encoding { get; }

    /// <summary>Why that encoding was taken.</summary>
    public abstract Wording EncodingBasis { get; }

    /// <summary>The box of all finite coordinates, in the unit of the file; empty when there are none.</summary>
    public abstract Extent Extent { get; }

    /// <summary>As <see cref="Extent"/>, but perhaps only stated by the file: enough to find the coordinate system.</summary>
    internal virtual Extent QuickExtent => Extent;

    /// <summary>What was found about the coordinate system, in the light of what such files are.</summary>
    internal virtual Detection Reconsidered(Detection found) => found;

    /// <summary><c>polygon, line, point, mixed</c> or <c>none</c>.</summary>
    public abstract string GeometryKind { get; }

    /// <summary>What is odd about the layer as a whole: a missing .shx or .prj, renamed fields, an encoding that is doubtful.</summary>
    public virtual IReadOnlyList<FileDefect> Defects => [];

    /// <summary>All records in the order of the file.</summary>
    /// <param name="where">A condition in the style of SQL (see <see cref="Filter"/>), or <c>null</c> for all.</param>
    public IEnumerable<SourceFeature> Read(string? where = null)
    {
        if (string.IsNullOrWhiteSpace(where))
            return ReadAll();
        var filter = Filter.Parse(where, Fields);
        return ReadAll().Where(feature => filter.Holds(feature.Values));
    }

    /// <summary>All records in the order of the file, without any condition.</summary>
    protected abstract IEnumerable<SourceFeature> ReadAll();
}
