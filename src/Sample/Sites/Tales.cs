using Weipian.Sample.Land;

namespace Weipian.Sample.Sites;

/// <summary>A kind of patch: what is told of it, on what ground, and how often.</summary>
/// <param name="Ground">The block it needs; made to order.</param>
/// <param name="District">How many in a district; a city has twenty times as many.</param>
/// <param name="Village">How many in a village.</param>
/// <param name="Only">The programme it belongs to; null for any.</param>
/// <param name="Side">Shorter side of the block at least, metres.</param>
/// <param name="Place">Where the block lies.</param>
internal sealed record Tale(
    Action<Story> Tell,
    BlockKind Ground,
    int District,
    int Village,
    Programme? Only = null,
    double Side = 0,
    Place Place = Place.OneUnit
);

internal enum Place
{
    /// <summary>Inside one unit.</summary>
    OneUnit,

    /// <summary>Across the border of two units, 70 to 30.</summary>
    TwoUnits,

    /// <summary>In the block that belongs to the neighbouring district.</summary>
    Enclave,

    /// <summary>On permanent basic farmland.</summary>
    ProtectedFarmland,

    /// <summary>Shown in the first quarter and again in the second.</summary>
    Twice,

    /// <summary>In a block of a village that a third unit owns.</summary>
    Exclave,

    /// <summary>Shown in the annual programme, cleared, and built on again: shown in the third quarter.</summary>
    Rebuilt,
}

/// <summary>
/// All tales of a sample. The worked cases TC1–TC14 and every verdict of 2018 and 2019 are among them, in a district at least twice where
/// it can be.
/// </summary>
internal static class Tales
{
    private static readonly Programme Q1 = Programme.FirstQuarter;

    public static IReadOnlyList<Tale> All { get; } =
    [
        // The worked cases, with their own dates where they have them.
        new(LandStories.Case1, BlockKind.PlainField, 1, 1, Q1),
        new(LandStories.Case2, BlockKind.PlainField, 1, 1, Q1),
        new(LandStories.Case3Doubtful, BlockKind.PlainField, 2, 1, Q1),
        new(LandStories.Case3Legal, BlockKind.PlainField, 3, 1, Q1),
        new(LandStories.Case3Illegal, BlockKind.PlainField, 3, 1, Q1),
        new(LandStories.Case4, BlockKind.PlainField, 1, 1, Q1, Side: 260),
        new(LandStories.NotSupplied, BlockKind.PlainField, 12, 1),
        new(LandStories.TemporaryExpired, BlockKind.PlainField, 5, 1, Q1),
        new(LandStories.TemporaryConcrete, BlockKind.PlainField, 5, 1),
        new(LandStories.ShedUsedOtherwise, BlockKind.PlainField, 7, 1),
        new(LandStories.RuralRoad, BlockKind.PlainField, 22, 1),
        new(LandStories.TooWideRoad, BlockKind.PlainField, 5, 1),
        new(LandStories.ExistingByImage, BlockKind.VillageCore, 13, 1),
        new(LandStories.InsideVillage, BlockKind.VillageCore, 10, 1),
        new(LandStories.Unchanged, BlockKind.PlainField, 42, 2),
        new(LandStories.MilitaryLand, BlockKind.Hills, 3, 1),
        new(LandStories.NoTitleOverTwoUnits, BlockKind.PlainField, 7, 1, Side: 210, Place: Place.TwoUnits),
        new(LandStories.NoTitle, BlockKind.PlainField, 7, 1, Place: Place.Twice),
        // The other verdicts.
        new(LandStories.ApprovedInFormerYear, BlockKind.PlainField, 52, 2),
        new(LandStories.ApprovedThisYear, BlockKind.PlainField, 22, 1),
        new(LandStories.Supplied, BlockKind.PlainField, 13, 1),
        new(LandStories.Registered, BlockKind.PlainField, 15, 1),
        new(LandStories.Linked, BlockKind.PlainField, 9, 0),
        new(LandStories.Advanced, BlockKind.PlainField, 6, 0),
        new(LandStories.ExistingByLandUse, BlockKind.Built, 9, 0),
        new(LandStories.VillageHouse, BlockKind.PlainField, 13, 1),
        new(LandStories.SecondVillageHouse, BlockKind.PlainField, 3, 0),
        new(LandStories.OilWell, BlockKind.PlainField, 3, 0),
        new(LandStories.ReformPilot, BlockKind.Hills, 3, 0),
        new(LandStories.FarmFacility, BlockKind.PlainField, 20, 1),
        new(LandStories.Temporary, BlockKind.PlainField, 15, 1),
        new(LandStories.Restructured, BlockKind.PlainField, 22, 1),
        new(LandStories.Solar, BlockKind.Unused, 6, 0, Side: 230),
        new(LandStories.Earthwork, BlockKind.PlainField, 16, 1),
        new(LandStories.Sliver, BlockKind.PlainField, 4, 0),
        new(LandStories.ExistingGrave, BlockKind.PlainField, 6, 0),
        new(LandStories.AccessRoad, BlockKind.PlainField, 5, 0, Side: 250),
        new(LandStories.AncillaryStructure, BlockKind.PlainField, 8, 0),
        new(LandStories.Restored, BlockKind.Hills, 4, 0),
        new(LandStories.Disaster, BlockKind.Hills, 4, 0),
        new(LandStories.InEnclave, BlockKind.PlainField, 1, 0, Place: Place.Enclave),
        new(LandStories.NoTitle, BlockKind.PlainField, 28, 0),
        new(LandStories.NoTitle, BlockKind.SlopeField, 6, 0),
        new(LandStories.NoTitle, BlockKind.PlainField, 10, 0, Place: Place.ProtectedFarmland),
        new(LandStories.WithoutPower, BlockKind.PlainField, 4, 0),
        new(LandStories.ApprovedAfterwards, BlockKind.PlainField, 14, 0),
        new(LandStories.Beyond, BlockKind.PlainField, 18, 0, Side: 230),
        new(LandStories.OtherYardBeside, BlockKind.PlainField, 4, 0, Side: 260),
        new(LandStories.OtherUse, BlockKind.PlainField, 8, 0),
        new(LandStories.TemporaryNotYet, BlockKind.PlainField, 3, 0),
        new(LandStories.ShedNotRecorded, BlockKind.PlainField, 6, 1),
        new(LandStories.ShedOnProtectedFarmland, BlockKind.PlainField, 4, 0, Place: Place.ProtectedFarmland),
        new(LandStories.ShedTooLarge, BlockKind.PlainField, 4, 0),
        new(LandStories.FarmlandDestroyed, BlockKind.PlainField, 10, 1),
        new(LandStories.FarmlandDestroyed, BlockKind.SlopeField, 3, 0),
        // Doubtful, each for a stated reason.
        new(LandStories.StartUnknown, BlockKind.PlainField, 10, 0),
        new(LandStories.StartsDisagree, BlockKind.PlainField, 3, 0),
        new(LandStories.StartAfterImage, BlockKind.PlainField, 3, 0),
        new(LandStories.UnchangedWithBuilding, BlockKind.PlainField, 3, 0),
        new(LandStories.DateMissing, BlockKind.PlainField, 8, 1),
        new(LandStories.NotVisited, BlockKind.PlainField, 10, 1),
        new(LandStories.LandUseMissing, BlockKind.PlainField, 5, 0, Programme.Annual2018),
        new(LandStories.InteriorUnknown, BlockKind.PlainField, 5, 0),
        new(LandStories.WidthUnknown, BlockKind.PlainField, 5, 0),
        new(LandStories.SolarNotFiled, BlockKind.Unused, 2, 0),
        // Minerals.
        new(MineralStories.InLicence, BlockKind.Hills, 8, 1),
        new(MineralStories.InExploration, BlockKind.Hills, 2, 0),
        new(MineralStories.RenewalAccepted, BlockKind.Hills, 3, 0),
        new(MineralStories.NoActivity, BlockKind.Hills, 6, 1),
        new(MineralStories.Restoration, BlockKind.Hills, 3, 0),
        new(MineralStories.ByProduct, BlockKind.Hills, 3, 0),
        new(MineralStories.MilitaryLand, BlockKind.Hills, 1, 0),
        new(MineralStories.NoLicence, BlockKind.Hills, 6, 1),
        new(MineralStories.BeyondLicence, BlockKind.Hills, 4, 0, Side: 230),
        new(MineralStories.LicenceExpired, BlockKind.Hills, 3, 0),
        new(MineralStories.UnlicensedExploration, BlockKind.Hills, 2, 0),
        new(MineralStories.ExplorationBeyond, BlockKind.Hills, 2, 0, Side: 230),
        new(MineralStories.IllegalTransfer, BlockKind.Hills, 1, 0),
        new(MineralStories.DestructiveMining, BlockKind.Hills, 1, 0),
        new(MineralStories.IssuedWithoutPower, BlockKind.Hills, 1, 0),
        new(MineralStories.LicenceOfATown, BlockKind.Hills, 1, 0),
        new(MineralStories.SandAndSoil, BlockKind.Hills, 2, 0),
        new(MineralStories.LandOfTheMine, BlockKind.Hills, 2, 0),
        new(MineralStories.OtherMiningViolation, BlockKind.Hills, 1, 0),
        new(MineralStories.FeeUnpaid, BlockKind.Hills, 1, 0),
        new(MineralStories.ExplorationTransferred, BlockKind.Hills, 1, 0),
        new(MineralStories.OtherExplorationViolation, BlockKind.Hills, 1, 0),
        new(MineralStories.NotVisited, BlockKind.Hills, 2, 0),
        new(MineralStories.DateMissing, BlockKind.Hills, 1, 0),
        new(MineralStories.KindUnknown, BlockKind.Hills, 1, 0),
        // For the played year: ground that is built on again after it was cleared, and a third unit in the village. At the end, so that
        // nothing before them is drawn otherwise.
        new(LandStories.BuiltAgain, BlockKind.PlainField, 1, 1, Place: Place.Rebuilt),
        new(LandStories.NoTitle, BlockKind.PlainField, 0, 1, Q1, Place: Place.Exclave),
    ];
}
