using Weipian.Flow.Escalation;
using Weipian.Law;
using Weipian.Tests.Law;

namespace Weipian.Tests.Flow.Escalation;

/// <summary>The ratio of cultivated land taken illegally, with every way of counting and the ids behind each.</summary>
[Requirement("R40")]
public sealed class FarmlandRatioTests
{
    private const double Mu = 2000.0 / 3;

    private static readonly decimal Line = RealLaw
        .Book.AsOf(new(2019, 12, 31), SelectingDate.Programme)
        .Number(FarmlandRatio.LineKey)
        .Value;

    private static FarmlandItem Illegal(
        double mu,
        double restored = 0,
        bool key = false,
        double regularised = 0,
        bool unsupplied = false
    ) => new("violation", Guid.NewGuid(), "WF", true, mu * Mu, restored * Mu, regularised * Mu, key, unsupplied);

    private static FarmlandItem Legal(double mu) => new("parcel", Guid.NewGuid(), "P", false, mu * Mu);

    private static string Percent(IReadOnlyList<FarmlandItem> items, string variant) => Of(items, variant).Ratio.ToString();

    private static FarmlandVariant Of(IReadOnlyList<FarmlandItem> items, string variant) =>
        FarmlandRatio.Of(items).Single(v => v.Id == variant);

    /// <summary>TH5: I = 46.8 亩 of nine parcels, T = 251.4 亩.</summary>
    [Fact]
    public void Nothing_restored_and_above_the_line()
    {
        FarmlandItem[] items = [.. Enumerable.Range(0, 9).Select(_ => Illegal(5.2)), Legal(204.6)];
        Assert.Equal("18.62 %", Percent(items, FarmlandVariants.Plain));
        Assert.Equal("18.62 %", Percent(items, FarmlandVariants.Restored));
        Assert.True(Of(items, FarmlandVariants.Plain).Reaches(Line));
        Assert.Equal(9, Of(items, FarmlandVariants.Plain).Figure.Numerator.Count);
        Assert.Equal(10, Of(items, FarmlandVariants.Plain).Figure.Denominator.Count);
    }

    /// <summary>TH6: r = 22.3 亩 leaves both terms, or the numerator only.</summary>
    [Fact]
    public void What_was_restored_leaves_the_terms_as_each_variant_says()
    {
        FarmlandItem[] items = [Illegal(22.3, restored: 22.3), Illegal(24.5), Legal(204.6)];
        Assert.Equal("18.62 %", Percent(items, FarmlandVariants.Plain));
        Assert.Equal("10.69 %", Percent(items, FarmlandVariants.Restored));
        Assert.Equal("9.75 %", Percent(items, FarmlandVariants.RestoredNumerator));
        Assert.False(Of(items, FarmlandVariants.Restored).Reaches(Line));
        // What was wholly restored no longer stands behind the figure.
        Assert.Single(Of(items, FarmlandVariants.Restored).Figure.Numerator);
    }

    /// <summary>TH7: nothing to divide by is not applicable, never 0 % and never 100 %.</summary>
    [Fact]
    public void Without_a_denominator_it_is_not_applicable()
    {
        Assert.All(FarmlandRatio.Of([]), v => Assert.Equal(("n/a", false), (v.Ratio.ToString(), v.Reaches(0))));
        Assert.Equal("n/a", Percent([Illegal(3, restored: 3)], FarmlandVariants.Restored));
    }

    /// <summary>TH8: 15.00 of 100.00 is flagged: at least, compared exactly; a ten-thousandth of a square metre less is not.</summary>
    [Fact]
    public void Exactly_fifteen_per_cent_is_flagged()
    {
        FarmlandItem Taken(double squareMetres, bool illegal) => new("parcel", Guid.NewGuid(), "P", illegal, squareMetres);
        var at = Of([Taken(9000, true), Taken(51000, false)], FarmlandVariants.Plain);
        var below = Of([Taken(8999.9999, true), Taken(51000.0001, false)], FarmlandVariants.Plain);
        Assert.Equal(("15.00 %", true), (at.Ratio.ToString(), at.Reaches(Line)));
        Assert.Equal(("15.00 %", false), (below.Ratio.ToString(), below.Reaches(Line)));
    }

    [Fact]
    public void Key_projects_formalities_and_use_before_supply_are_shown_apart()
    {
        FarmlandItem[] items = [Illegal(10, key: true), Illegal(5, regularised: 5), Illegal(5), Illegal(4, unsupplied: true), Legal(76)];
        Assert.Equal("20.00 %", Percent(items, FarmlandVariants.Plain));
        Assert.Equal("11.11 %", Percent(items, FarmlandVariants.WithoutKeyProjects));
        Assert.Equal("15.00 %", Percent(items, FarmlandVariants.WithoutRegularised));
        Assert.Equal("24.00 %", Percent(items, FarmlandVariants.WithUnsupplied));
        Assert.Equal(FarmlandVariants.All, FarmlandRatio.Of(items).Select(v => v.Id));
    }
}
