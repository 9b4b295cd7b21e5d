using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>A line of criminal law beside what is compared with it. A flag for people, never a transfer by itself.</summary>
/// <param name="IsReached">Null: the figure that the province fixed is not known, and the value lies where it decides.</param>
/// <param name="Basis">The values read.</param>
public sealed record ValueLine(bool? IsReached, IReadOnlyList<LawValue<decimal>> Basis);

/// <summary>Lines of criminal law that are no single area: mining value, woodland of two kinds, profit.</summary>
public static class ValueLines
{
    private const string Mining = "cn/judicial-interpretation-2016-25/3#";
    private const string Destructive = "cn/judicial-interpretation-2016-25/destructive-mining#";
    private const string Transfer = "cn/judicial-interpretation-2000-14/1#";
    private const string OldForest = "cn/judicial-interpretation-2005-15/1#";
    private const string Forest = "cn/judicial-interpretation-2023-8/1#";
    private const int NoWork = 0;

    /// <summary>Unlawful mining by the value of the product, or of the damage (Criminal Law 343).</summary>
    /// <param name="special">In a special zone or closed area, or of a special mineral: half the line.</param>
    /// <param name="penaltiesBefore">Penalties for unlawful mining within the years that the interpretation names.</param>
    public static ValueLine OfMining(DateOnly actOn, decimal valueYuan, bool special, int penaltiesBefore, LawBook law)
    {
        ArgumentNullException.ThrowIfNull(law);
        var on = law.AsOf(actOn, SelectingDate.DayOfAct);
        var kind = special ? "special_value_range" : "value_range";
        var (low, high) = (on.Number($"{Mining}{kind}_low"), on.Number($"{Mining}{kind}_high"));
        var repeat = on.Number(Mining + "prior_penalties_min");
        if (penaltiesBefore >= repeat.Value && valueYuan > NoWork)
            return new(true, [repeat]);
        if (valueYuan < low.Value)
            return new(false, [low, high]);
        if (valueYuan >= high.Value)
            return new(true, [low, high]);
        return !special && on.IsSet(Mining + "shandong_value_min")
            ? new(valueYuan >= on.Number(Mining + "shandong_value_min").Value, [on.Number(Mining + "shandong_value_min")])
            : new(null, [low, high]);
    }

    /// <summary>Destructive mining by the value of the resource destroyed (Criminal Law 343, second paragraph).</summary>
    /// <param name="special">In a special zone or closed area, or of a special mineral: half the line.</param>
    public static ValueLine OfDestructiveMining(DateOnly actOn, decimal valueYuan, bool special, LawBook law)
    {
        ArgumentNullException.ThrowIfNull(law);
        var on = law.AsOf(actOn, SelectingDate.DayOfAct);
        var kind = special ? "special_value_range" : "value_range";
        var (low, high) = (on.Number($"{Destructive}{kind}_low"), on.Number($"{Destructive}{kind}_high"));
        return new(
            valueYuan < low.Value ? false
                : valueYuan >= high.Value ? true
                : null,
            [low, high]
        );
    }

    /// <summary>Unlawful transfer or resale of land-use rights by what was earned (Criminal Law 228).</summary>
    public static ValueLine OfTransferProfit(DateOnly actOn, decimal profitYuan, LawBook law)
    {
        ArgumentNullException.ThrowIfNull(law);
        var line = law.AsOf(actOn, SelectingDate.DayOfAct).Number(Transfer + "profit_min");
        return new(profitYuan >= line.Value, [line]);
    }

    /// <summary>Woodland occupied and destroyed (Criminal Law 342): either kind by itself, or both together in proportion.</summary>
    /// <param name="protectedForest">Protection and special-use forest; from 2023-08-15 public-welfare forest.</param>
    /// <param name="otherForest">Other forest; from 2023-08-15 commercial forest.</param>
    public static bool OfWoodland(
        DateOnly actOn,
        SquareMetres protectedForest,
        SquareMetres otherForest,
        LawBook law,
        out IReadOnlyList<Citation> basis
    )
    {
        ArgumentNullException.ThrowIfNull(law);
        var on = law.AsOf(actOn, SelectingDate.DayOfAct);
        var old = on.IsSet(OldForest + "protection_forest_min");
        var first = on.Area(old ? OldForest + "protection_forest_min" : Forest + "public_welfare_forest_min");
        var second = on.Area(old ? OldForest + "other_forest_min" : Forest + "commercial_forest_min");
        basis = [first.Citation, second.Citation];
        if (first.Value.IsReachedBy(protectedForest) || second.Value.IsReachedBy(otherForest))
            return true;
        var shares = (
            First: protectedForest.Compared / first.Value.ExactSquareMetres,
            Second: otherForest.Compared / second.Value.ExactSquareMetres
        );
        var whole = ExactNumber.Of(decimal.One);
        if (!old)
            return shares.First + shares.Second >= whole;
        var least = ExactNumber.Of(on.Number(OldForest + "share_of_each_line").Value);
        if (shares.First >= least && shares.Second >= least)
            return true;
        var together = new SquareMetres(protectedForest.Value + otherForest.Value);
        return (shares.First >= least && first.Value.IsReachedBy(together))
            || (shares.Second >= least && second.Value.IsReachedBy(together));
    }
}
