using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>An act as far as the range of its fine depends on it.</summary>
/// <param name="ActEndedOn">The day that selects the law: of a continuing act the day it ended (reading 0024).</param>
/// <param name="DecidedOn">The day of the decision: a newer law in force then counts only where it is milder.</param>
public sealed record LandOccupation(
    DateOnly ActEndedOn,
    DateOnly DecidedOn,
    SquareMetres Area,
    SquareMetres PermanentFarmland,
    SquareMetres PlanConforming
);

/// <summary>Mining without a right or beyond its boundary, as far as the range of its fine depends on it.</summary>
/// <param name="ProductValueYuan">Market value of the product, by an appraisal.</param>
/// <param name="UnlawfulIncomeYuan">What was earned by it; null when none was found.</param>
public sealed record UnlawfulMining(
    DateOnly ActEndedOn,
    DateOnly DecidedOn,
    bool BeyondBoundary,
    decimal ProductValueYuan,
    decimal? UnlawfulIncomeYuan
);

/// <summary>Between what and what a fine lies, by which articles. Never a proposal of an amount: that is discretion.</summary>
/// <param name="MinYuan">Least fine where one is imposed.</param>
/// <param name="MaxYuan">Largest fine.</param>
/// <param name="IsOptional">It may also be left out (可以并处); null where the law read does not say.</param>
/// <param name="Basis">The values read, with their citations, in the order used.</param>
/// <param name="NewerRejected">The newer law that was in force at the decision and is not milder; null where there is none.</param>
public sealed record FineRange(
    decimal MinYuan,
    decimal MaxYuan,
    bool? IsOptional,
    IReadOnlyList<LawValue<decimal>> Basis,
    FineRange? NewerRejected = null
);

/// <summary>What happens to what stands on the land: by the square metre, as it conforms to the plan or not.</summary>
public sealed record StructuresOrder(SquareMetres Confiscate, SquareMetres DemolishAndRestore);

/// <summary>Ranges of fines by the day of the act, from the law book.</summary>
public static class FineRanges
{
    private const string LandMin = "cn/land-administration-law-regulation/57#fine_min";
    private const string LandMax = "cn/land-administration-law-regulation/57#fine_max";
    private const string LocalMin = "cn/zibo-land-supervision-regulation/unlawful-occupation#fine_min";
    private const string LocalMax = "cn/zibo-land-supervision-regulation/unlawful-occupation#fine_max";
    private const string LocalOptional = "cn/zibo-land-supervision-regulation/unlawful-occupation#fine_optional";
    private const string FarmlandMin = "cn/zibo-permanent-farmland-measures/fines#fine_min";
    private const string FarmlandMax = "cn/zibo-permanent-farmland-measures/fines#fine_max";
    private const string MiningMultipleMin = "cn/mineral-resources-law/64#value_multiple_min";
    private const string MiningMultipleMax = "cn/mineral-resources-law/64#value_multiple_max";
    private const string MiningLowValue = "cn/mineral-resources-law/64#low_value_below";
    private const string MiningLowMin = "cn/mineral-resources-law/64#low_value_fine_min";
    private const string MiningLowMax = "cn/mineral-resources-law/64#low_value_fine_max";
    private const string WithoutLicenceShare = "cn/shandong-mineral-resources-measures/31#income_share_max";
    private const string WithoutLicenceFixed = "cn/shandong-mineral-resources-measures/31#no_income_fine_max";
    private const string BeyondShare = "cn/shandong-mineral-resources-measures/32#income_share_max";
    private const string BeyondFixed = "cn/shandong-mineral-resources-measures/32#no_income_fine_max";

    /// <exception cref="Problem"><c>law.*</c>: nothing is stated for the day.</exception>
    public static FineRange Of(LandOccupation act, LawBook law)
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(law);
        return Milder(act.ActEndedOn, act.DecidedOn, day => OfDay(act, law.AsOf(day, SelectingDate.DayOfAct)));
    }

    /// <exception cref="Problem"><c>law.*</c>: nothing is stated for the day.</exception>
    public static FineRange Of(UnlawfulMining act, LawBook law)
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(law);
        return Milder(act.ActEndedOn, act.DecidedOn, day => OfDay(act, law.AsOf(day, SelectingDate.DayOfAct)));
    }

    /// <summary>Confiscated where the plan allows what stands there, demolished and restored where it does not.</summary>
    public static StructuresOrder Structures(LandOccupation act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return new(act.PlanConforming, new(act.Area.Value - act.PlanConforming.Value));
    }

    /// <summary>The law of the act, unless the law of the decision is milder: its largest fine is below.</summary>
    private static FineRange Milder(DateOnly actOn, DateOnly decidedOn, Func<DateOnly, FineRange> of)
    {
        var old = of(actOn);
        if (decidedOn <= actOn)
            return old;
        var now = of(decidedOn);
        if (now.Basis.Select(b => (b.Key, b.From)).SequenceEqual(old.Basis.Select(b => (b.Key, b.From))))
            return old;
        return now.MaxYuan < old.MaxYuan ? now : old with { NewerRejected = now };
    }

    /// <summary>The local rule where one is in force, the national one otherwise; permanent basic farmland has a rule of its own.</summary>
    private static FineRange OfDay(LandOccupation act, LawAsOf law)
    {
        var local = law.IsSet(LocalMin);
        var (least, most) = (law.Number(local ? LocalMin : LandMin), law.Number(local ? LocalMax : LandMax));
        bool? optional = local && law.IsSet(LocalOptional) ? law.Switch(LocalOptional).Value : null;
        var farmland = act.PermanentFarmland.Compared.Round(SquareMetres.ComparedDecimals);
        var whole = act.Area.Compared.Round(SquareMetres.ComparedDecimals);
        if (farmland == 0 || !law.IsSet(FarmlandMin))
            return new(whole * least.Value, whole * most.Value, optional, [least, most]);
        var (farmLeast, farmMost) = (law.Number(FarmlandMin), law.Number(FarmlandMax));
        return new(
            (whole - farmland) * least.Value + farmland * farmLeast.Value,
            (whole - farmland) * most.Value + farmland * farmMost.Value,
            farmland == whole ? null : optional,
            farmland == whole ? [farmLeast, farmMost] : [least, most, farmLeast, farmMost]
        );
    }

    private static FineRange OfDay(UnlawfulMining act, LawAsOf law)
    {
        if (!law.IsSet(MiningMultipleMin))
            return OfIncome(act, law);
        var line = law.Number(MiningLowValue);
        if (act.ProductValueYuan < line.Value)
        {
            var (lowLeast, lowMost) = (law.Number(MiningLowMin), law.Number(MiningLowMax));
            return new(lowLeast.Value, lowMost.Value, IsOptional: false, [line, lowLeast, lowMost]);
        }
        var (least, most) = (law.Number(MiningMultipleMin), law.Number(MiningMultipleMax));
        return new(act.ProductValueYuan * least.Value, act.ProductValueYuan * most.Value, IsOptional: false, [line, least, most]);
    }

    private static FineRange OfIncome(UnlawfulMining act, LawAsOf law)
    {
        if (act.UnlawfulIncomeYuan is not { } income)
        {
            var most = law.Number(act.BeyondBoundary ? BeyondFixed : WithoutLicenceFixed);
            return new(0, most.Value, IsOptional: null, [most]);
        }
        var share = law.Number(act.BeyondBoundary ? BeyondShare : WithoutLicenceShare);
        return new(0, income * share.Value, IsOptional: null, [share]);
    }
}
