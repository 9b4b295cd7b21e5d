using System.Text.Json;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>A GeoJSON text: one layer of longitude, latitude in degrees (RFC 7946), whatever an obsolete <c>crs</c> member says.</summary>
internal sealed class GeoJsonLayer : SourceLayer
{
    /// <summary>Features may each have members of their own; more different names than this are no table.</summary>
    private const int FieldsMax = 2000;

    private readonly FilePart file;
    private readonly Lazy<Survey> survey;

    private sealed record Survey(
        long Count,
        Extent Extent,
        string Kind,
        IReadOnlyList<SourceField> Fields,
        IReadOnlyDictionary<string, int> PlaceOf,
        FieldPlaces Places,
        IReadOnlyList<FileDefect> Defects
    );

    /// <exception cref="Problem">files.*: the text is read through once, so that a damaged one is refused at once</exception>
    public GeoJsonLayer(FilePart file)
    {
        this.file = file;
        survey = new Lazy<Survey>(Look);
        _ = survey.Value;
    }

    public override string Name => file.Stem;

    public override IReadOnlyList<SourceField> Fields => survey.Value.Fields;

    public override long Count => survey.Value.Count;

    public override string? CrsText => null;

    public override int? Epsg => 4326;

    public override string Encoding => "UTF-8";

    public override Wording EncodingBasis { get; } = new("GeoJSON 规定为 UTF-8", "GeoJSON prescribes UTF-8");

    public override Extent Extent => survey.Value.Extent;

    public override string GeometryKind => survey.Value.Kind;

    public override IReadOnlyList<FileDefect> Defects => survey.Value.Defects;

    protected override IEnumerable<SourceFeature> ReadAll()
    {
        var known = survey.Value;
        using var scanner = new GeoJsonScanner(file);
        while (Parsed(scanner) is { } feature)
        {
            var values = new object?[known.Fields.Count];
            foreach (var (name, value) in feature.Properties)
                if (known.PlaceOf.TryGetValue(name, out var place))
                    values[place] = value is GeoJsonText text ? text.Json : value;
            yield return new SourceFeature(scanner.Features, feature.Shape, feature.Fault, new FeatureValues(known.Places, values))
            {
                LeftAside = feature.LeftAside,
            };
        }
    }

    private static GeoJsonFeature? Parsed(GeoJsonScanner scanner)
    {
        var bytes = scanner.Next();
        if (bytes.IsEmpty)
            return null;
        try
        {
            return GeoJsonFeature.Parse(bytes);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw scanner.Damaged(fault);
        }
    }

    private Survey Look()
    {
        var (count, extent, kinds) = (0L, Extent.Empty, new HashSet<string>(StringComparer.Ordinal));
        var (names, types) = (new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
        using var scanner = new GeoJsonScanner(file);
        while (Parsed(scanner) is { } feature)
        {
            count++;
            if (feature.Shape is not null)
                extent = extent.Including(Extent.Of(feature.Shape));
            kinds.Add(KindOf(feature.Fault));
            foreach (var (name, value) in feature.Properties)
            {
                if (!types.TryGetValue(name, out var type))
                    names.Add(name);
                types[name] = Wider(type, value);
            }
            if (names.Count > FieldsMax)
                throw Problem.Files.LimitExceeded(file.Name, "字段个数", "the number of fields", names.Count, FieldsMax);
        }
        kinds.Remove("none");
        var shown = FieldPlaces.Distinct(names);
        return new Survey(
            count,
            extent,
            kinds.Count == 0 ? "none"
                : kinds.Count == 1 ? kinds.First()
                : "mixed",
            [.. shown.Select((name, i) => new SourceField(name, types[names[i]] is "" ? "text" : types[names[i]], null, null))],
            names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal),
            new FieldPlaces(shown),
            Noted(scanner.Crs)
        );
    }

    private static IReadOnlyList<FileDefect> Noted(string? crs)
    {
        const int Shown = 120;
        if (crs is null)
            return [];
        var text = crs.Length > Shown ? crs[..Shown] + "…" : crs;
        return
        [
            new FileDefect(
                "2101",
                false,
                null,
                $"文件带有已废止的 crs 成员（{text}），按 RFC 7946 一律取经纬度，未采用",
                $"the file has the obsolete member crs ({text}); by RFC 7946 coordinates are longitude and latitude, so it was not followed"
            ),
        ];
    }

    private static string KindOf(GeometryFault? fault) =>
        fault?.Kind switch
        {
            null => "polygon",
            "not-polygon" => fault.En.Contains("line", StringComparison.Ordinal) ? "line" : "point",
            _ => "none",
        };

    /// <summary>The type that holds both what was seen before and this value; "" before anything but null was seen.</summary>
    private static string Wider(string? before, object? value)
    {
        var here = value switch
        {
            null => "",
            long => "integer",
            double => "real",
            bool => "boolean",
            GeoJsonText => "json",
            _ => "text",
        };
        return before is null or "" || before == here ? here
            : here.Length == 0 ? before
            : (before, here) is ("integer", "real") or ("real", "integer") ? "real"
            : "text";
    }
}
