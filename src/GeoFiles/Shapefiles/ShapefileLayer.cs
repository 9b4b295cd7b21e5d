using System.Text;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>One Shapefile: .shp with what lies beside it.</summary>
internal sealed class ShapefileLayer : SourceLayer
{
    private const int PrjBytesMax = 1 << 16;

    private readonly FilePart shp;
    private readonly ShpIndex index;
    private readonly DbfTable? table;
    private readonly DbfEncoding? encoding;
    private readonly FieldPlaces places;
    private readonly Lazy<Survey> survey;

    private sealed record Survey(long Count, Extent Extent, string Kind);

    /// <param name="beside">The parts of the same name.</param>
    /// <exception cref="Problem">files.*</exception>
    public ShapefileLayer(FilePart shp, IReadOnlyList<FilePart> beside, string? orderedEncoding)
    {
        this.shp = shp;
        FilePart? Part(string extension) => beside.FirstOrDefault(part => part.Extension == extension);
        var defects = new List<FileDefect>();
        table = Part(".dbf") is { } dbf ? DbfTable.Open(dbf) : null;
        index = ShpIndex.Build(shp, Part(".shx"), table?.StatedRows);
        defects.AddRange(index.Defects);
        if (table is null)
            defects.Add(new FileDefect("1201", false, null, "缺少 .dbf，没有任何属性", "the .dbf is missing: there are no attributes"));
        else
        {
            Pair(table, defects);
            encoding = DbfEncoding.Find(table, Part(".cpg"), orderedEncoding);
            defects.AddRange(encoding.Defects);
            Fields = table.Describe(encoding.Encoding);
        }
        CrsText = Part(".prj") is { } prj ? PrjText(prj) : null;
        if (string.IsNullOrWhiteSpace(CrsText))
        {
            CrsText = null;
            defects.Add(
                new FileDefect(
                    "2101",
                    false,
                    null,
                    "缺少 .prj，坐标系按坐标位数和范围判断",
                    "the .prj is missing; the coordinate system is judged by digits and extent"
                )
            );
        }
        places = new FieldPlaces(Fields.Select(field => field.Name));
        survey = new Lazy<Survey>(Look);
        Defects = defects;
    }

    public override string Name => shp.Stem;

    public override IReadOnlyList<SourceField> Fields { get; } = [];

    public override long Count => survey.Value.Count;

    public override string? CrsText { get; }

    public override int? Epsg => null;

    public override string Encoding => encoding is null ? "" : TextEncodings.NameOf(encoding.Encoding);

    public override Wording EncodingBasis => encoding?.Basis ?? Wording.None;

    public override Extent Extent => survey.Value.Extent;

    public override string GeometryKind => survey.Value.Kind;

    public override IReadOnlyList<FileDefect> Defects { get; }

    protected override IEnumerable<SourceFeature> ReadAll()
    {
        using var shapes = new ShpReader(shp, index);
        using var rows = table is null ? null : new DbfReader(table, encoding!.Encoding);
        for (var i = 0; i < index.Offsets.Length; i++)
        {
            var values = rows is null ? [] : rows.Read(i);
            if (values is null)
                continue;
            var fault = shapes.Read(i, out var shape);
            yield return new SourceFeature(i + 1, shape, fault, new FeatureValues(places, values));
        }
    }

    /// <summary>Shapes and rows belong together by their order alone; other counts than equal ones cannot be trusted.</summary>
    private void Pair(DbfTable dbf, List<FileDefect> defects)
    {
        var shapes = index.Offsets.LongLength;
        if (dbf.StatedRows > dbf.WholeRows)
            throw Problem.Files.TruncatedDbf(dbf.File.Name, dbf.StatedRows, dbf.WholeRows);
        if (dbf.StatedRows == shapes)
            return;
        if (dbf.WholeRows != shapes)
            throw Problem.Files.UnpairedRecords(shp.Stem, shapes, dbf.StatedRows);
        defects.Add(
            new FileDefect(
                "1201",
                false,
                null,
                $".dbf 文件头写明 {dbf.StatedRows} 行，实际 {shapes} 行，与图形一致",
                $"the header of the .dbf says {dbf.StatedRows} rows; it has {shapes}, as many as there are shapes"
            )
        );
    }

    private Survey Look()
    {
        var (count, extent, kinds) = (0L, Extent.Empty, new HashSet<string>(StringComparer.Ordinal));
        using var shapes = new ShpReader(shp, index);
        using var rows = table is null ? null : new DbfReader(table, encoding!.Encoding);
        for (var i = 0; i < index.Offsets.Length; i++)
        {
            if (rows is not null && rows.IsDeleted(i))
                continue;
            count++;
            shapes.Read(i, out var shape);
            if (shape is not null)
                extent = extent.Including(Extent.Of(shape));
            kinds.Add(ShpReader.KindOf(shapes.LastType));
        }
        kinds.Remove("none");
        return new Survey(
            count,
            extent,
            kinds.Count == 0 ? "none"
                : kinds.Count == 1 ? kinds.First()
                : "mixed"
        );
    }

    /// <summary>Usually ASCII; Chinese names in it come in GBK or UTF-8.</summary>
    private static string PrjText(FilePart prj)
    {
        var bytes = prj.SmallBytes(PrjBytesMax);
        foreach (var candidate in (Encoding[])[TextEncodings.Utf8, TextEncodings.Gb18030])
            try
            {
                return candidate.GetString(bytes).Trim('\uFEFF', '\0', ' ', '\r', '\n', '\t');
            }
            catch (DecoderFallbackException)
            {
                continue; // Not in this encoding: the next one.
            }
        return System.Text.Encoding.Latin1.GetString(bytes);
    }
}
