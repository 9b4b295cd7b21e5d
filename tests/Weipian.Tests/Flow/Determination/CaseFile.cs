using System.Globalization;
using NetTopologySuite.Geometries;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Geo;
using YamlDotNet.RepresentationModel;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>
/// Cases of determination as a lawyer writes them, <c>tests/cases/determination/*.yaml</c>; the format is told in the README beside them.
/// </summary>
/// <remarks>
/// A patch is a strip at Zhoucun: so many 亩 from west to east. A feature covers a stretch of it, told in 亩 from the west edge.
/// Roles that are not mentioned are loaded and hold nothing there; land use is a dry field and the unit is one of Zhoucun unless the
/// case says otherwise.
/// </remarks>
public sealed class CaseFile
{
    private const double WestX = 715_000;
    private const double SouthY = 4_660_000;
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4490);
    private readonly YamlMappingNode root;
    private readonly double depth;
    private readonly double mu;
    private double south = SouthY;

    private CaseFile(string file, YamlMappingNode root)
    {
        this.root = root;
        File = file;
        Name = Text(root, "case") ?? throw new InvalidOperationException($"{file}: a case has no name");
        var patch = Map(root, "patch");
        mu = Number(patch, "mu") ?? 6;
        depth = Number(patch, "depth_m") ?? 40;
    }

    public string File { get; }

    public string Name { get; }

    public IReadOnlyList<Expected> Expect => [.. List(root, "expect").Cast<YamlMappingNode>().Select(Expected.Read)];

    public static IEnumerable<CaseFile> All()
    {
        var folder = Path.Combine(Repository.Root, "tests", "cases", "determination");
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var yaml = new YamlStream();
            using var reader = System.IO.File.OpenText(file);
            yaml.Load(reader);
            foreach (var node in (YamlSequenceNode)yaml.Documents[0].RootNode)
                yield return new(Path.GetFileName(file), (YamlMappingNode)node);
        }
    }

    /// <param name="row">Which strip of a district of cases: each lies a kilometre north of the one before.</param>
    public PatchFacts Facts(int row = 0)
    {
        south = SouthY + row * 1000;
        var patch = Map(root, "patch");
        return new()
        {
            Number = $"370306T{row + 1:0000}",
            Kind = Text(patch, "kind") ?? PatchKind.Land,
            ProgrammeYear = (int)(Number(patch, "year") ?? 2019),
            Before = Day(patch, "before"),
            After = Day(patch, "after"),
            County = Text(patch, "county") ?? "370306",
            Geometry = WithLobe(Strip(0, mu, overhang: 0), Number(patch, "lobe_m2") ?? 0),
            Roles = LayerRole.All.ToDictionary(r => r, RoleOf, StringComparer.Ordinal),
            Site = new([.. List(root, "visits").Cast<YamlMappingNode>().Select(Visit)]),
        };
    }

    private RoleFacts RoleOf(string role)
    {
        if (List(root, "not_loaded").Any(r => Value(r) == role || Value(r) == "all"))
            return RoleFacts.NotLoaded(role);
        var layers = Map(root, "layers");
        var id = "layer-" + role;
        var asOf = role == LayerRole.LandUse ? Day(root, "land_use_as_of") ?? new(2017, 12, 31) : new DateOnly(2018, 1, 1);
        var features = layers.Children.ContainsKey(new YamlScalarNode(role))
            ? List(layers, role).Cast<YamlMappingNode>().Select((f, i) => Feature(f, role, id, i + 1, asOf))
            : Usual(role, id, asOf);
        return new(role, Loaded: true, [new(id, asOf)], [.. features]);
    }

    private IEnumerable<FeatureFacts> Usual(string role, string id, DateOnly asOf) =>
        role switch
        {
            LayerRole.LandUse => [Bare(role, id, asOf) with { Code = "013", Standard = "gbt21010-2007" }],
            LayerRole.AdministrativeUnit => [Bare(role, id, asOf) with { Code = "370306001" }],
            _ => [],
        };

    private FeatureFacts Bare(string role, string id, DateOnly asOf) =>
        new()
        {
            Role = role,
            LayerVersionId = id,
            Number = 1,
            LayerAsOf = asOf,
            Geometry = Strip(0, mu, overhang: 5),
        };

    private FeatureFacts Feature(YamlMappingNode node, string role, string id, int number, DateOnly asOf)
    {
        var covers = Text(node, "covers") ?? "all";
        var ends = covers == "all" ? [0, mu] : covers.Split('-').Select(e => double.Parse(e, CultureInfo.InvariantCulture)).ToArray();
        return new()
        {
            Role = role,
            LayerVersionId = id,
            Number = number,
            LayerAsOf = asOf,
            Geometry = Strip(ends[0], ends[1], overhang: 5),
            ProjectName = Text(node, "project"),
            Document = Text(node, "document"),
            Date = Day(node, "date"),
            Expiry = Day(node, "expiry"),
            Use = Text(node, "use"),
            Party = Text(node, "party"),
            Kind = Text(node, "kind"),
            Code = Text(node, "code"),
            Standard = Text(node, "standard") ?? (role == LayerRole.LandUse ? "gbt21010-2007" : null),
            SettlementCode = Text(node, "settlement"),
            DeductionCoefficient = (decimal?)Number(node, "kcxs"),
        };
    }

    private static VisitFacts Visit(YamlMappingNode node, int index)
    {
        var answers = node
            .Children.Select(c => (Key: Value(c.Key), Answer: Value(c.Value)))
            .Where(c => c.Key is not ("on" or "photos"))
            .ToDictionary(c => c.Key, c => c.Answer, StringComparer.Ordinal);
        var photos = (int)(Number(node, "photos") ?? 0);
        return new(
            $"visit-{index + 1}",
            Day(node, "on") ?? throw new InvalidOperationException("a visit has no day"),
            answers,
            [.. Enumerable.Range(1, photos).Select(p => new EvidenceReference(new string('a', 63) + p, $"photo-{p}.jpg", "image/jpeg"))]
        );
    }

    /// <summary>A rectangle of the statutory plane, from so many 亩 to so many, as deep as the patch, overhanging by metres.</summary>
    private MultiPolygon Strip(double fromMu, double toMu, double overhang)
    {
        var west = WestX + fromMu * 2000 / 3 / depth - (fromMu <= 0 ? overhang : 0);
        var east = WestX + toMu * 2000 / 3 / depth + (toMu >= mu ? overhang : 0);
        return Factory.CreateMultiPolygon([Rectangle(west, south - overhang, east, south + depth + overhang)]);
    }

    /// <summary>A small square beyond the north-east corner, which it meets in that point alone: what the repair of a crossing
    /// leaves.</summary>
    private MultiPolygon WithLobe(MultiPolygon strip, double squareMetres)
    {
        if (squareMetres <= 0)
            return strip;
        var (x, y, side) = (WestX + mu * 2000 / 3 / depth, south + depth, Math.Sqrt(squareMetres));
        return Factory.CreateMultiPolygon([(Polygon)strip[0], Rectangle(x, y, x + side, y + side)]);
    }

    private static Polygon Rectangle(double west, double bottom, double east, double top)
    {
        return Factory.CreatePolygon([At(west, bottom), At(east, bottom), At(east, top), At(west, top), At(west, bottom)]);

        static Coordinate At(double x, double y)
        {
            var (longitude, latitude) = StatutoryPlane.ToGeographic(x, y);
            return new(longitude, latitude);
        }
    }

    private static string Value(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? Value(value) : null;

    private static double? Number(YamlMappingNode node, string key) =>
        Text(node, key) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    private static DateOnly? Day(YamlMappingNode node, string key) =>
        Text(node, key) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static YamlMappingNode Map(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? (YamlMappingNode)value : [];

    private static IEnumerable<YamlNode> List(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value)
            ? value is YamlSequenceNode list
                ? list
                : [value]
            : [];

    /// <summary>What one parcel must come out as; what a case does not mention is not asked.</summary>
    public sealed record Expected(
        string Code,
        string? Mu,
        string? CultivatedMu,
        IReadOnlyList<string> Flags,
        IReadOnlyList<string> Missing,
        IReadOnlyList<string> Says,
        bool Contradiction,
        string? Shortfall,
        int? Absorbed
    )
    {
        internal static Expected Read(YamlMappingNode node) =>
            new(
                Text(node, "code")!,
                Text(node, "mu"),
                Text(node, "cultivated_mu"),
                [.. List(node, "flags").Select(Value)],
                [.. List(node, "missing").Select(Value)],
                [.. List(node, "says").Select(Value)],
                Text(node, "contradiction") == "true",
                Text(node, "shortfall"),
                (int?)Number(node, "absorbed")
            );
    }
}
