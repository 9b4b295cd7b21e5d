using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>How far an act goes by the lines of criminal law.</summary>
public enum CrimeDegree
{
    /// <summary>No line is reached; that the act is close to one and its circumstances are bad, a person says.</summary>
    Below,

    /// <summary>情节严重, 致使国家或者集体利益遭受重大损失.</summary>
    Reached,

    /// <summary>情节特别严重, 特别重大损失.</summary>
    SpeciallySerious,
}

/// <summary>Land by the kinds that the lines tell apart.</summary>
/// <param name="OtherFarmland">Cultivated land that is no permanent basic farmland.</param>
public sealed record LandOfCrime(SquareMetres PermanentFarmland, SquareMetres OtherFarmland, SquareMetres OtherLand);

/// <summary>The degree that an act reaches, with every line that was asked. A flag for people, never a transfer by itself.</summary>
public sealed record CrimeReached(CrimeDegree Degree, IReadOnlyList<Citation> Basis);

/// <summary>The lines of crimes about land that are no occupation: transfer (Criminal Law 228), approval and granting at a low price (410).
/// </summary>
public static class LandCrimes
{
    /// <summary>Unlawful transfer or resale of land-use rights: by any of the areas, or by what was earned.</summary>
    public static CrimeReached OfTransfer(DateOnly actOn, LandOfCrime land, decimal profitYuan, LawBook law) =>
        Degree(
            actOn,
            law,
            lines =>
                lines.Land("cn/judicial-interpretation-2000-14/1#", land)
                | lines.Amount("cn/judicial-interpretation-2000-14/1#profit_min", profitYuan),
            lines =>
                lines.Land("cn/judicial-interpretation-2000-14/2#", land)
                | lines.Amount("cn/judicial-interpretation-2000-14/2#profit_min", profitYuan)
        );

    /// <summary>Unlawful approval of requisition or occupation: by any of the areas, by the direct loss, or by farmland that was destroyed.
    /// </summary>
    /// <param name="destroyed">Of the land what was destroyed; only its farmland counts.</param>
    public static CrimeReached OfApproval(DateOnly actOn, LandOfCrime land, LandOfCrime destroyed, decimal lossYuan, LawBook law)
    {
        ArgumentNullException.ThrowIfNull(destroyed);
        return Degree(
            actOn,
            law,
            lines =>
                lines.Land("cn/judicial-interpretation-2000-14/4#", land)
                | lines.Amount("cn/judicial-interpretation-2000-14/4#loss_min", lossYuan),
            lines =>
                lines.Land("cn/judicial-interpretation-2000-14/5#", land)
                | lines.Area("cn/judicial-interpretation-2000-14/5#destroyed_permanent_farmland_min", destroyed.PermanentFarmland)
                | lines.Area("cn/judicial-interpretation-2000-14/5#destroyed_other_farmland_min", destroyed.OtherFarmland)
                | lines.Amount("cn/judicial-interpretation-2000-14/5#loss_min", lossYuan)
        );
    }

    /// <summary>State land granted below the lowest price: so much area under such a share of the price, or the loss.</summary>
    /// <param name="priceShare">The price over the lowest price of the state; null where it is not known: then the loss alone
    /// counts.</param>
    public static CrimeReached OfLowPrice(DateOnly actOn, SquareMetres area, decimal? priceShare, decimal lossYuan, LawBook law) =>
        Degree(
            actOn,
            law,
            lines => LowPrice(lines, "cn/judicial-interpretation-2000-14/6#", area, priceShare, lossYuan),
            lines => LowPrice(lines, "cn/judicial-interpretation-2000-14/7#", area, priceShare, lossYuan)
        );

    private static bool LowPrice(Lines lines, string article, SquareMetres area, decimal? priceShare, decimal lossYuan) =>
        (lines.Area(article + "area_min", area) & lines.Below(article + "price_share_below", priceShare))
        | lines.Amount(article + "loss_min", lossYuan);

    private static CrimeReached Degree(DateOnly actOn, LawBook law, Func<Lines, bool> reached, Func<Lines, bool> specially)
    {
        ArgumentNullException.ThrowIfNull(law);
        var lines = new Lines(law.AsOf(actOn, SelectingDate.DayOfAct));
        // Both are asked, so that whoever reads sees the distance to the next degree too.
        var (first, second) = (reached(lines), specially(lines));
        return new(
            second ? CrimeDegree.SpeciallySerious
                : first ? CrimeDegree.Reached
                : CrimeDegree.Below,
            lines.Basis
        );
    }

    /// <summary>The lines of one day; each that is asked is kept with its citation.</summary>
    private sealed class Lines(LawAsOf on)
    {
        private readonly List<Citation> basis = [];

        public IReadOnlyList<Citation> Basis => basis;

        public bool Land(string article, LandOfCrime land) =>
            Area(article + "permanent_farmland_min", land.PermanentFarmland)
            | Area(article + "other_farmland_min", land.OtherFarmland)
            | Area(article + "other_land_min", land.OtherLand);

        public bool Area(string key, SquareMetres measured)
        {
            var line = on.Area(key);
            basis.Add(line.Citation);
            return line.Value.IsReachedBy(measured);
        }

        public bool Amount(string key, decimal yuan)
        {
            var line = on.Number(key);
            basis.Add(line.Citation);
            return yuan >= line.Value;
        }

        public bool Below(string key, decimal? share)
        {
            var line = on.Number(key);
            basis.Add(line.Citation);
            return share < line.Value;
        }
    }
}
