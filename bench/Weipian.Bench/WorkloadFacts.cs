using System.Collections.Concurrent;
using System.Globalization;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Index.Strtree;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Geo;

namespace Weipian.Bench;

/// <summary>The patches of a workload as the rules know them: with the features of every layer near them, permits with dates and uses, and
/// visits, all from the number of the patch.</summary>
/// <remarks>
/// Of twelve permits nine are approvals, one each a temporary permit, a record of a facility and a linkage plot. Nine patches of ten were
/// visited. Dates run from two years before the images to half a year after them, so that all cases of timing occur.
/// </remarks>
internal sealed class WorkloadFacts
{
    private const int Seed = 370306;
    private const int Days = 900;
    private static readonly DateOnly First = new(2017, 3, 1);
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4490);
    private static readonly string[] Classes =
    [
        "011",
        "012",
        "013",
        "021",
        "031",
        "033",
        "043",
        "104",
        "114",
        "117",
        "122",
        "127",
        "203",
        "204",
    ];
    private static readonly string[] Uses = ["工业", "仓储", "城镇住宅", "农村宅基地", "科教", "公路", "批发零售"];
    private static readonly string[] Grounds =
    [
        "construction",
        "construction",
        "construction",
        "construction",
        "hardened",
        "storage",
        "facility",
        "road",
        "unchanged",
        "earthwork",
        "orchard",
        "solar",
    ];

    private readonly Workload workload;
    private readonly List<(string Role, int Number, Shape Shape)> features = [];
    private readonly STRtree<int> tree = new();
    private readonly ConcurrentDictionary<int, FeatureFacts> made = new();

    public WorkloadFacts(Workload workload)
    {
        this.workload = workload;
        Add(LayerRole.LandUse, workload.LandUse());
        foreach (var (name, layer) in workload.OtherLayers())
            Add(RoleOf(name), layer);
        for (var i = 0; i < features.Count; i++)
            tree.Insert(BoxOf(features[i].Shape), i);
        tree.Build();
    }

    public IReadOnlyList<PatchFacts> All() =>
        [.. workload.Patches().Select((p, i) => (p.Shape, Number: i)).ToList().AsParallel().AsOrdered().Select(p => Of(p.Shape, p.Number))];

    private PatchFacts Of(Shape shape, int number)
    {
        var dice = new Random(Seed + number);
        var before = First.AddDays(300 + dice.Next(Days - 300));
        var after = before.AddDays(60 + dice.Next(200));
        var geometry = Multi(shape);
        var near = tree.Query(geometry.EnvelopeInternal).Order().Select(i => made.GetOrAdd(i, Feature)).ToLookup(f => f.Role);
        return new()
        {
            Number = $"370306B{number:000000}",
            Kind = PatchKind.Land,
            ProgrammeYear = after.Year >= 2019 ? 2019 : 2018,
            Before = before,
            After = after,
            County = "370306",
            Geometry = geometry,
            Roles = LayerRole.All.ToDictionary(r => r, r => RoleOf(r, [.. near[r]]), StringComparer.Ordinal),
            Site = dice.Next(10) == 0 ? SiteFacts.None : new([Visit(dice, after, number)]),
        };
    }

    private static RoleFacts RoleOf(string role, IReadOnlyList<FeatureFacts> near) =>
        new(role, Loaded: true, [new("layer-" + role, AsOf(role))], near);

    private void Add(string role, IEnumerable<(Shape Shape, string Code)> layer) =>
        features.AddRange(layer.Select((f, i) => (PermitOf(role, i), i + 1, f.Shape)));

    private static string RoleOf(string layer) =>
        layer switch
        {
            "farmland" => LayerRole.PermanentFarmland,
            "plan-zone" => LayerRole.PlanZone,
            "unit" => LayerRole.AdministrativeUnit,
            "red-line" => LayerRole.EcologicalRedline,
            "approval" => LayerRole.Approval,
            "supply" => LayerRole.Supply,
            "registration" => LayerRole.Registration,
            _ => throw new InvalidOperationException(layer),
        };

    private static string PermitOf(string role, int number) =>
        role != LayerRole.Approval
            ? role
            : (number % 12) switch
            {
                0 => LayerRole.TemporaryLand,
                1 => LayerRole.FacilityAgriculture,
                2 => LayerRole.LinkageNewBuild,
                _ => LayerRole.Approval,
            };

    private static DateOnly AsOf(string role) => role == LayerRole.LandUse ? new(2017, 12, 31) : new(2018, 1, 1);

    private FeatureFacts Feature(int at)
    {
        var (role, number, shape) = features[at];
        var dice = new Random(Seed ^ at);
        var isPermit =
            role is not (LayerRole.LandUse or LayerRole.PermanentFarmland or LayerRole.PlanZone or LayerRole.EcologicalRedline)
            && role != LayerRole.AdministrativeUnit;
        var date = isPermit ? First.AddDays(dice.Next(Days)) : (DateOnly?)null;
        return new()
        {
            Role = role,
            LayerVersionId = "layer-" + role,
            Number = number,
            LayerAsOf = AsOf(role),
            Geometry = Multi(shape),
            Code = role switch
            {
                LayerRole.LandUse => Classes[dice.Next(Classes.Length)],
                LayerRole.PlanZone => $"0{1 + dice.Next(4)}0",
                LayerRole.AdministrativeUnit => $"370306{number:000}",
                _ => null,
            },
            Standard = role == LayerRole.LandUse ? "gbt21010-2007" : null,
            DeductionCoefficient = role == LayerRole.LandUse && dice.Next(3) == 0 ? 0.12m : null,
            Document = isPermit ? string.Create(CultureInfo.InvariantCulture, $"文号〔{date!.Value.Year}〕{number}号") : null,
            ProjectName = isPermit ? $"项目{number}" : null,
            Date = date,
            Expiry = role == LayerRole.TemporaryLand ? date!.Value.AddDays(365 + dice.Next(500)) : null,
            Use =
                role == LayerRole.TemporaryLand ? "临时用地"
                : isPermit ? Uses[dice.Next(Uses.Length)]
                : null,
        };
    }

    private static VisitFacts Visit(Random dice, DateOnly after, int number)
    {
        var ground = Grounds[dice.Next(Grounds.Length)];
        var answers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["use_on_ground"] = ground,
            ["actual_use"] = Uses[dice.Next(Uses.Length)],
            ["permanent_building"] = ground == "construction" ? "true" : "false",
            ["plough_layer_destroyed"] = dice.Next(2) == 0 ? "true" : "false",
            ["evidence"] = "photo_full,photo_width,photo_interior",
        };
        if (ground == "road")
        {
            answers["road_width_m"] = (1.5 + dice.Next(80) / 10.0).ToString(CultureInfo.InvariantCulture);
            answers["serves_farming"] = "true";
            answers["in_road_network"] = "false";
        }
        if (ground == "facility")
        {
            answers["facility_kind"] = dice.Next(2) == 0 ? "crops" : "livestock";
            answers["project_area_mu"] = (50 + dice.Next(200)).ToString(CultureInfo.InvariantCulture);
            answers["ancillary_area_mu"] = (1 + dice.Next(14)).ToString(CultureInfo.InvariantCulture);
            answers["interior_use"] = dice.Next(4) == 0 ? "warehouse" : "farming";
        }
        if (dice.Next(3) == 0)
            answers["works_started_on"] = after.AddDays(-dice.Next(250)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new($"visit-{number}", after.AddDays(30), answers, [new(new string('a', 64), "photo.jpg", "image/jpeg")]);
    }

    private static Envelope BoxOf(Shape shape)
    {
        var box = Extent.Of(shape);
        return new(box.MinX, box.MaxX, box.MinY, box.MaxY);
    }

    /// <summary>Rings that lie in the first are its holes, others are parts of their own; what crosses itself is repaired.</summary>
    private static MultiPolygon Multi(Shape shape)
    {
        var rings = shape.Rings.Select(Ring).ToList();
        var shell = Factory.CreatePolygon(rings[0]);
        Geometry whole =
            rings.Count == 1 ? shell
            : rings.Skip(1).All(r => shell.EnvelopeInternal.Contains(r.EnvelopeInternal))
                ? Factory.CreatePolygon(rings[0], [.. rings.Skip(1)])
            : Factory.CreateMultiPolygon([.. rings.Select(r => Factory.CreatePolygon(r))]);
        if (!whole.IsValid)
            whole = GeometryFixer.Fix(whole);
        return whole as MultiPolygon ?? Factory.CreateMultiPolygon([(Polygon)whole]);
    }

    private static LinearRing Ring(double[] values) =>
        Factory.CreateLinearRing([.. Enumerable.Range(0, values.Length / 2).Select(i => new Coordinate(values[2 * i], values[2 * i + 1]))]);
}
