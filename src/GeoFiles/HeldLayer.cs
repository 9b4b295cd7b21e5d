using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>A layer whose records were read at once and are held in memory: that of a text, a workbook or a KML file.</summary>
/// <remarks>The size of what is read so is bounded where it is read; a damaged file is refused at once, not in the middle.</remarks>
internal sealed class HeldLayer : SourceLayer
{
    /// <summary>Records may each have columns of their own; more different names than this are no table.</summary>
    public const int FieldsMax = 2000;

    private readonly IReadOnlyList<SourceFeature> features;

    private HeldLayer(Builder built, IReadOnlyList<SourceField> fields, IReadOnlyList<SourceFeature> features)
    {
        (Name, Encoding, EncodingBasis) = (built.Name, built.Encoding, built.EncodingBasis);
        (CrsText, Epsg, GeometryKind) = (built.CrsText, built.Epsg, built.Kind);
        (Fields, this.features, Defects) = (fields, features, [.. built.Defects]);
        foreach (var feature in features)
            if (feature.Shape is { } shape)
                Extent = Extent.Including(Extent.Of(shape));
    }

    public override string Name { get; }

    public override IReadOnlyList<SourceField> Fields { get; }

    public override long Count => features.Count;

    public override string? CrsText { get; }

    public override int? Epsg { get; }

    public override string Encoding { get; }

    public override Wording EncodingBasis { get; }

    public override Extent Extent { get; } = Extent.Empty;

    public override string GeometryKind { get; }

    public override IReadOnlyList<FileDefect> Defects { get; }

    protected override IEnumerable<SourceFeature> ReadAll() => features;

    /// <summary>Collects the records of one layer; columns appear in the order in which they are first named.</summary>
    public sealed class Builder(FilePart file, string name, string encoding, Wording encodingBasis)
    {
        private readonly List<string> names = [];
        private readonly Dictionary<string, (int Place, string Type)> known = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<(Shape? Shape, GeometryFault? Fault, List<(int Place, object? Value)> Values, LeftAside? Left)> records = [];
        private readonly SortedSet<string> kinds = new(StringComparer.Ordinal);

        /// <summary>A layer of a text: what is doubtful about its encoding is listed.</summary>
        public Builder(FilePart file, string name, FileText text)
            : this(file, name, text.Encoding, text.Basis)
        {
            if (text.Doubt is { } doubt)
                Defects.Add(doubt);
        }

        public string Name => name;
        public string Encoding { get; set; } = encoding;
        public Wording EncodingBasis => encodingBasis;
        public string? CrsText { get; set; }
        public int? Epsg { get; set; }
        public List<FileDefect> Defects { get; } = [];
        public int Count => records.Count;

        public string Kind =>
            kinds.Count == 0 ? "none"
            : kinds.Count == 1 ? kinds.Min!
            : "mixed";

        /// <summary>Declares a column with a type, whatever its values are.</summary>
        public void Declare(string field, string type)
        {
            if (known.TryAdd(field, (names.Count, type)))
                names.Add(field);
        }

        /// <exception cref="Problem">files.limit-exceeded</exception>
        public void Add(Shape? shape, GeometryFault? fault, IEnumerable<(string Field, object? Value)> values, LeftAside? left = null)
        {
            var placed = new List<(int, object?)>();
            foreach (var (field, value) in values)
            {
                Declare(field, "");
                var (place, type) = known[field];
                known[field] = (place, Wider(type, value));
                placed.Add((place, value));
            }
            if (names.Count > FieldsMax)
                throw Problem.Files.LimitExceeded(file.Name, "字段个数", "the number of fields", names.Count, FieldsMax);
            if (shape is null)
                fault ??= GeometryFaults.Null;
            kinds.UnionWith(KindOf(fault));
            records.Add((fault is null ? shape : null, fault, placed, fault is null ? left : null));
        }

        /// <summary>A soft finding about the file or one of its records.</summary>
        public void Note(string rule, long? row, string zh, string en) => Defects.Add(new FileDefect(rule, false, row, zh, en));

        public HeldLayer Build()
        {
            var places = new FieldPlaces(names);
            var row = 0L;
            var features = new List<SourceFeature>(records.Count);
            foreach (var (shape, fault, values, left) in records)
            {
                var all = new object?[names.Count];
                foreach (var (place, value) in values)
                    all[place] = value;
                features.Add(new SourceFeature(++row, shape, fault, new FeatureValues(places, all)) { LeftAside = left });
            }
            return new HeldLayer(this, [.. names.Select(field => new SourceField(field, TypeOf(field), null, null))], features);
        }

        private string TypeOf(string field) => known[field].Type is { Length: > 0 } type ? type : "text";

        private static string[] KindOf(GeometryFault? fault) =>
            fault?.Kind switch
            {
                null or "damaged" => ["polygon"],
                "not-polygon" => [fault.En.Contains("line", StringComparison.Ordinal) ? "line" : "point"],
                _ => [],
            };

        /// <summary>The type that holds both what was seen before and this value; "" before anything but null was seen.</summary>
        private static string Wider(string before, object? value)
        {
            var here = value switch
            {
                null => "",
                long => "integer",
                double => "real",
                bool => "boolean",
                DateOnly => "date",
                _ => "text",
            };
            return before.Length == 0 || before == here ? here
                : here.Length == 0 ? before
                : (before, here) is ("integer", "real") or ("real", "integer") ? "real"
                : "text";
        }
    }
}
