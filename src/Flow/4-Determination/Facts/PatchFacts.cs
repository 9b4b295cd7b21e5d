using System.Collections.Frozen;
using NetTopologySuite.Geometries;
using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>All that the rules may know about one patch. Pure: no database, no clock, no file behind it.</summary>
/// <remarks>
/// Geometry is longitude and latitude in degrees (CGCS2000, EPSG:4490); areas are statutory square metres.
/// A role that is not in <see cref="Roles"/>, or is there with <see cref="RoleFacts.Loaded"/> false, is <em>unknown</em>; a loaded role
/// without features is <em>known to be absent</em>. The difference decides between a doubtful and an illegal verdict.
/// </remarks>
public sealed record PatchFacts
{
    public required string Number { get; init; }

    /// <summary>One of <see cref="PatchKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Year of the programme; an approval of an earlier one carries the flag PJ (往年批准本年建设).</summary>
    public required int ProgrammeYear { get; init; }

    /// <summary>Day of the image before the change (前时相, QSX).</summary>
    public DateOnly? Before { get; init; }

    /// <summary>Day of the image after the change (后时相, HSX).</summary>
    public DateOnly? After { get; init; }

    /// <summary>Kind of change as issued (TBLX); a clue, read by no rule.</summary>
    public string? Change { get; init; }

    /// <summary>Administrative code of the county to which the patch was issued; the first six digits count.</summary>
    public required string County { get; init; }

    /// <summary>Issued shape: longitude, latitude, valid.</summary>
    public required MultiPolygon Geometry { get; init; }

    /// <summary>Layers by role; see <see cref="LayerRoles"/>.</summary>
    public required IReadOnlyDictionary<string, RoleFacts> Roles { get; init; }

    /// <summary>What was found on the ground.</summary>
    public required SiteFacts Site { get; init; }

    /// <summary>The role, or an unloaded one when nothing is held.</summary>
    public RoleFacts Role(string role) => Roles.TryGetValue(role, out var found) ? found : RoleFacts.NotLoaded(role);
}

/// <summary>Layer roles as the rules use them.</summary>
public static class LayerRoles
{
    /// <summary>The roles that cut a patch, in the order in which features are listed. Fixed: seals depend on it.</summary>
    /// <remarks>Earlier verdicts and the change survey are compared with, not cut by.</remarks>
    public static IReadOnlyList<string> InCutOrder { get; } =
    [
        LayerRole.AdministrativeUnit,
        LayerRole.LandUse,
        LayerRole.PermanentFarmland,
        LayerRole.NatureReserve,
        LayerRole.EcologicalRedline,
        LayerRole.UrbanBoundary,
        LayerRole.PlanZone,
        LayerRole.Approval,
        LayerRole.Supply,
        LayerRole.Registration,
        LayerRole.LinkageNewBuild,
        LayerRole.AdvanceUse,
        LayerRole.FacilityAgriculture,
        LayerRole.TemporaryLand,
        LayerRole.MiningRight,
        LayerRole.ExplorationRight,
        LayerRole.RestorationProject,
    ];

    private static readonly FrozenDictionary<string, int> Places = InCutOrder
        .Index()
        .ToFrozenDictionary(r => r.Item, r => r.Index, StringComparer.Ordinal);

    /// <summary>The place of a role in <see cref="InCutOrder"/>, from 0.</summary>
    internal static int PlaceOf(string role) => Places[role];

    /// <summary>The roles whose features rules look at; the others only measure.</summary>
    public static IReadOnlySet<string> ReadByRules { get; } =
        InCutOrder
            .Except([LayerRole.NatureReserve, LayerRole.EcologicalRedline, LayerRole.UrbanBoundary, LayerRole.PlanZone])
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The statutory name of the role.</summary>
    public static string Chinese(string role) =>
        role switch
        {
            LayerRole.LandUse => "地类图斑",
            LayerRole.PermanentFarmland => "永久基本农田",
            LayerRole.EcologicalRedline => "生态保护红线",
            LayerRole.UrbanBoundary => "城镇开发边界",
            LayerRole.NatureReserve => "自然保护地",
            LayerRole.PlanZone => "规划管制区",
            LayerRole.Approval => "农转用审批",
            LayerRole.Supply => "供地",
            LayerRole.Registration => "不动产登记",
            LayerRole.AdvanceUse => "先行用地",
            LayerRole.LinkageNewBuild => "增减挂钩建新区",
            LayerRole.TemporaryLand => "临时用地",
            LayerRole.FacilityAgriculture => "设施农用地备案",
            LayerRole.MiningRight => "采矿权",
            LayerRole.ExplorationRight => "探矿权",
            LayerRole.RestorationProject => "生态修复项目",
            LayerRole.AdministrativeUnit => "行政区",
            LayerRole.PriorDetermination => "往期判定",
            LayerRole.SurveyChange => "变更调查",
            _ => role,
        };
}

/// <summary>One role as far as it concerns one patch.</summary>
/// <param name="Role">Role id.</param>
/// <param name="Loaded">False: no layer of this role is held for the dates of the patch; nothing follows from its silence.</param>
/// <param name="Layers">Versions consulted, also when none of their features touches the patch.</param>
/// <param name="Features">Features that overlap or touch the patch, ordered by layer version and feature number.</param>
public sealed record RoleFacts(string Role, bool Loaded, IReadOnlyList<LayerConsulted> Layers, IReadOnlyList<FeatureFacts> Features)
{
    public static RoleFacts NotLoaded(string role) => new(role, Loaded: false, [], []);
}

/// <summary>A layer version that was consulted.</summary>
/// <param name="LayerVersionId">SHA-256 of the normalised layer, lower-case hex.</param>
/// <param name="AsOf">The day for which the layer speaks.</param>
public sealed record LayerConsulted(string LayerVersionId, DateOnly AsOf);

/// <summary>A feature of a layer version, with the attributes that rules read.</summary>
public sealed record FeatureFacts
{
    public required string Role { get; init; }

    public required string LayerVersionId { get; init; }

    /// <summary>Row number in the normalised layer, from 1.</summary>
    public required long Number { get; init; }

    public required DateOnly LayerAsOf { get; init; }

    /// <summary>Longitude, latitude.</summary>
    public required MultiPolygon Geometry { get; init; }

    /// <summary>Land class, plan zone, administrative code: what <c>--map code=</c> named.</summary>
    public string? Code { get; init; }

    /// <summary>Land-class standard of <see cref="Code"/>.</summary>
    public string? Standard { get; init; }

    /// <summary>Name of the project (XMMC), as the <c>number</c> field of the layer carries it.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Number of the approval, contract, certificate, permit, record or licence.</summary>
    public string? Document { get; init; }

    /// <summary>Day of the document, or first day of its term.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Last day of its term, inclusive.</summary>
    public DateOnly? Expiry { get; init; }

    /// <summary>Use as the document states it; compared through <see cref="PermitUses"/>.</summary>
    public string? Use { get; init; }

    public string? Party { get; init; }

    /// <summary>Mineral of a mining right, or kind of the feature.</summary>
    public string? Kind { get; init; }

    /// <summary>Coefficient of deduction (KCXS) for ridges within sloping farmland, 0 to 1.</summary>
    public decimal? DeductionCoefficient { get; init; }

    /// <summary>Attribute of town and village (CZCSXM).</summary>
    public string? SettlementCode { get; init; }

    public FeatureReference Reference => new(Role, LayerVersionId, Number);
}

/// <summary>Where a statement about a feature can be checked.</summary>
public sealed record FeatureReference(string Role, string LayerVersionId, long Number);
