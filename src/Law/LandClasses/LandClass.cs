namespace Weipian.Law;

/// <summary>The three classes (三大类) of the Land Administration Law.</summary>
public enum ThreeClass
{
    /// <summary>农用地.</summary>
    Agricultural,

    /// <summary>建设用地.</summary>
    Construction,

    /// <summary>未利用地.</summary>
    Unused,
}

/// <summary>What a land class is used for, across the code standards: rules ask this, never the digits of a code.</summary>
public enum LandUse
{
    CultivatedLand,
    Garden,
    Forest,
    Grassland,
    Wetland,
    Commercial,
    Industry,
    Mining,
    SaltPan,
    Storage,
    UrbanHousing,
    RuralHomestead,
    PublicService,
    Park,
    SpecialUse,
    Transport,
    RuralRoad,
    NaturalWater,
    Reservoir,
    Pond,
    Ditch,
    HydraulicWorks,
    IdleLand,
    FacilityAgriculture,
    FieldRidge,
    BareLand,
    City,
    Town,
    Village,
}

/// <summary>One class of one code standard on one day.</summary>
/// <param name="Standard">One of <see cref="LandClassStandard"/>; a code means nothing without it.</param>
/// <param name="Code">As the standard writes it, with its suffix (<c>0201K</c>).</param>
/// <param name="ThreeClass">The three-class on the day asked; it changed for some codes.</param>
/// <param name="IsCultivated">Cultivated land (耕地) in the statistics.</param>
/// <param name="IsAdjustable">Adjustable land (可调整地类, suffix K): agricultural, reported apart in older tables.</param>
/// <param name="Candidates2017">Candidate codes of GB/T 21010-2017 for a code of 2007; several may be possible, none is ever chosen by
/// itself.</param>
/// <param name="Note">What is disputed or changed, in English; null when nothing.</param>
public sealed record LandClass(
    string Standard,
    string Code,
    string Name,
    string LevelOne,
    LandUse Use,
    ThreeClass ThreeClass,
    bool IsCultivated,
    bool IsAdjustable,
    IReadOnlyList<string> Candidates2017,
    DateOnly From,
    DateOnly? Through,
    Confidence Confidence,
    string? Note
);

/// <summary>Ids of the code standards, as <c>--codes</c> writes them.</summary>
public static class LandClassStandard
{
    /// <summary>GB/T 21010-2007, with the mapped built-up codes 201–205 and the K codes of the second survey.</summary>
    public const string Gbt2007 = "gbt21010-2007";

    /// <summary>GB/T 21010-2017.</summary>
    public const string Gbt2017 = "gbt21010-2017";

    /// <summary>Work classification of the third survey (TD/T 1055-2019).</summary>
    public const string ThirdSurvey = "tdt1055-2019";

    /// <summary>The layer has no codes of a standard.</summary>
    public const string None = "none";

    /// <summary>
    /// Spatial-planning classification (国土空间规划用地用海分类): same digits, other meaning. Never a standard of land-use layers here.
    /// </summary>
    public const string SpatialPlanning = "mnr2020-51";
}

/// <summary>
/// A class of the spatial-planning classification: a name only. It is another type so that it cannot be mistaken for a survey class.
/// </summary>
public sealed record PlanningClass(string Standard, string Code, string Name, Confidence Confidence);

/// <summary>A code of a survey attribute beside the land class, such as 203 village (CZCSXM) or 1303 bulldozed (annotation).</summary>
/// <param name="Attribute">Field name in the layer: <c>CZCSXM</c>, <c>TBXHDM</c>, <c>ZZSXDM</c>, <c>BZ13</c> for the 13xx annotations
/// …</param>
public sealed record SurveyAttributeCode(string Attribute, string Code, string Name, Confidence Confidence);
