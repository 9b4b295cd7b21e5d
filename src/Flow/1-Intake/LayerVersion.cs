namespace Weipian.Flow.Intake;

/// <summary>A reference layer of the installation at one day: immutable, named by its content.</summary>
public sealed class LayerVersion
{
    /// <summary>The id of the stored layer: SHA-256 of the normalised content, hexadecimal, lower case.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="LayerRole"/>.</summary>
    public required string Role { get; init; }

    /// <summary>The day the layer speaks of.</summary>
    public required DateOnly AsOf { get; init; }

    public required string Name { get; init; }

    public required string OriginalSha256 { get; init; }

    public required string OriginalName { get; init; }

    /// <summary><c>gbt21010-2007</c>, <c>gbt21010-2017</c>, <c>tdt1055-2019</c> or <c>none</c>.</summary>
    public required string CodeStandard { get; init; }

    public required long FeatureCount { get; init; }

    public required long RefusedCount { get; init; }

    /// <summary>Sum of the statutory areas of the features, square metres.</summary>
    public required double AreaSquareMetres { get; init; }

    /// <summary>EPSG number of the coordinate system the coordinates were read in.</summary>
    public required int CrsEpsg { get; init; }

    public required string CrsStatementZh { get; init; }

    public required string CrsStatementEn { get; init; }

    /// <summary>True when an older datum was taken as CGCS2000 by order of the user; said on everything derived.</summary>
    public required bool Assumed { get; init; }

    /// <summary>The version of the same role that is no longer in force because of this one.</summary>
    public string? ReplacesId { get; init; }

    /// <summary>How many defects of which rule; each single one is kept with the stored layer.</summary>
    public required string DefectsJson { get; init; }

    public required string OptionsJson { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime AddedAt { get; init; }

    public required string By { get; init; }
}

/// <summary>What a reference layer says about the ground.</summary>
public static class LayerRole
{
    public const string LandUse = "land-use";
    public const string PermanentFarmland = "permanent-farmland";
    public const string EcologicalRedline = "ecological-redline";
    public const string UrbanBoundary = "urban-boundary";
    public const string NatureReserve = "nature-reserve";
    public const string PlanZone = "plan-zone";
    public const string Approval = "approval";
    public const string Supply = "supply";
    public const string Registration = "registration";
    public const string AdvanceUse = "advance-use";
    public const string LinkageNewBuild = "linkage-new-build";
    public const string TemporaryLand = "temporary-land";
    public const string FacilityAgriculture = "facility-agriculture";
    public const string MiningRight = "mining-right";
    public const string ExplorationRight = "exploration-right";
    public const string RestorationProject = "restoration-project";
    public const string AdministrativeUnit = "administrative-unit";
    public const string PriorDetermination = "prior-determination";
    public const string SurveyChange = "survey-change";

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        LandUse,
        PermanentFarmland,
        EcologicalRedline,
        UrbanBoundary,
        NatureReserve,
        PlanZone,
        Approval,
        Supply,
        Registration,
        AdvanceUse,
        LinkageNewBuild,
        TemporaryLand,
        FacilityAgriculture,
        MiningRight,
        ExplorationRight,
        RestorationProject,
        AdministrativeUnit,
        PriorDetermination,
        SurveyChange,
    ];

    /// <summary>How the version in force for a patch is chosen.</summary>
    public static LayerForce ForceOf(string role) =>
        role switch
        {
            LandUse => LayerForce.LatestNotAfterBefore,
            AdministrativeUnit => LayerForce.LatestElseEarliest,
            PermanentFarmland or EcologicalRedline or UrbanBoundary or NatureReserve or PlanZone => LayerForce.LatestNotAfterAfter,
            _ => LayerForce.All,
        };
}

/// <summary>Which versions of a role speak about a patch.</summary>
public enum LayerForce
{
    /// <summary>The latest as-of that is not after the earlier image: what the ground was before the change.</summary>
    LatestNotAfterBefore,

    /// <summary>The latest as-of that is not after the later image: the control line in force at the time of the change.</summary>
    LatestNotAfterAfter,

    /// <summary>The latest as-of that is not after the later image, or the earliest there is: everything is at home somewhere.</summary>
    LatestElseEarliest,

    /// <summary>Every version: permits and rights carry their own dates.</summary>
    All,
}
