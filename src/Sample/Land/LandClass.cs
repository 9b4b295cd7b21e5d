namespace Weipian.Sample.Land;

/// <summary>Land classes that the sample draws, with the codes of GB/T 21010-2007 that surveys of 2017 and 2018 carry.</summary>
internal enum LandClass : byte
{
    Irrigated,
    Dry,
    Orchard,
    Forest,
    Shrub,
    OtherForest,
    OtherGrass,
    Industry,
    QuarryLand,
    Railway,
    Highway,
    RuralRoad,
    River,
    Reservoir,
    Pond,
    TidalFlat,
    Ditch,
    WaterWorks,
    Facility,
    Bare,
    CityLand,
    TownLand,
    VillageLand,
    Scenic,
}

internal static class LandClasses
{
    private static readonly (string Code, string Name)[] Table =
    [
        ("012", "水浇地"),
        ("013", "旱地"),
        ("021", "果园"),
        ("031", "有林地"),
        ("032", "灌木林地"),
        ("033", "其他林地"),
        ("043", "其他草地"),
        ("061", "工业用地"),
        ("204", "采矿用地"),
        ("101", "铁路用地"),
        ("102", "公路用地"),
        ("104", "农村道路"),
        ("111", "河流水面"),
        ("113", "水库水面"),
        ("114", "坑塘水面"),
        ("116", "内陆滩涂"),
        ("117", "沟渠"),
        ("118", "水工建筑用地"),
        ("122", "设施农用地"),
        ("127", "裸地"),
        ("201", "城市"),
        ("202", "建制镇"),
        ("203", "村庄"),
        ("205", "风景名胜及特殊用地"),
    ];

    public static string Code(this LandClass of) => Table[(int)of].Code;

    public static string Name(this LandClass of) => Table[(int)of].Name;

    public static bool IsCultivated(this LandClass of) => of is LandClass.Irrigated or LandClass.Dry;

    public static bool IsStateOwned(this LandClass of) =>
        of is LandClass.Railway or LandClass.Highway or LandClass.River or LandClass.Reservoir or LandClass.TidalFlat or LandClass.CityLand;
}
