using Weipian.Flow.Determinations;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>What would flip, asked of a district of cases: the answer names town, verdicts and the words of the rule.</summary>
public sealed class WhatIfTests
{
    private static readonly DeterminationLaw Law = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));
    private static readonly DateOnly On = new(2019, 12, 31);

    [Fact]
    public async Task A_narrower_road_of_the_law_flips_the_roads_between_and_says_why()
    {
        using var district = await DistrictOfCases.OfAsync("TC9 village road 6.5");
        var then = Law.With("cn/gbt-21010-2017/1006#width_north_max", "6", On);
        var found = await WhatIf.Handle(district.Store, DistrictOfCases.Programme, Law, then);
        var flip = Assert.Single(found.Flips);
        Assert.Equal(("O3", "I1"), (Assert.Single(flip.Now).Key, Assert.Single(flip.Then).Key));
        Assert.Contains(flip.Reasons, r => r.RuleId == "land.rural-road" && r.ThenEn.Contains("above 6", StringComparison.Ordinal));
        var unit = Assert.Single(found.Units);
        Assert.Equal(1, unit.Patches);
        Assert.Equal(0, unit.ChangeSquareMetres.Values.Sum(), 1e-6);
    }

    [Theory]
    [InlineData("cn/gbt-21010-2017/1006#no_such_value", "1", "law.unknown-key")]
    [InlineData("house/overlay/sliver#area_below", "many", "law.malformed")]
    public void A_value_that_is_none_is_refused(string key, string value, string code) =>
        Assert.Equal(code, Assert.Throws<Problem>(() => Law.With(key, value, On)).Code);

    [Fact]
    public void Every_kind_of_value_can_be_supposed_otherwise()
    {
        var kinds = Law.Book.Entries.GroupBy(e => (e.Periods[^1].Unit, e.Periods[^1].Standing, e.Periods[^1].Citation.Confidence));
        foreach (var entry in kinds.Select(k => k.First()))
        {
            var period = entry.Periods[^1];
            var value = period.Switch is { } flag ? (flag ? "false" : "true") : "1";
            if (period.Standing == Weipian.Law.LawStanding.Unset && period.Unit == "switch")
                value = "true";
            var changed = Law.With(entry.Key, value, period.From).Book.Entry(entry.Key);
            Assert.Equal(entry.Periods.Count, changed.Periods.Count);
            Assert.Equal(
                value,
                changed.Periods[^1].Switch is { } now ? (now ? "true" : "false") : changed.Periods[^1].Number!.Value.ToString("0")
            );
        }
    }

    /// <summary>Patches that asked for no changed value are not judged again: the answer must be that of judging all.</summary>
    [Fact]
    public void Passing_over_what_did_not_ask_changes_no_answer()
    {
        var cuts = ProgrammeCuts.Of("cases", CaseFile.All().Select((c, i) => c.Facts(i)));
        foreach (
            var (key, value) in ((string, string)[])
                [
                    ("house/overlay/sliver#area_below", "700"),
                    ("cn/land-administration-law-regulation/20#temporary_use_years_max", "3"),
                    ("house/determination/access-way#unmatched_cultivated_below", "0.001"),
                    ("cn/facility-agriculture-notices/scale#ancillary_share_max_livestock", "0.001"),
                ]
        )
        {
            // The day of the image after of most cases: the shares of 2014 ran out before the end of the year.
            var then = Law.With(key, value, new(2019, 5, 30));
            var quick = WhatIf.Decide(cuts, Law, then);
            // A year that stays as it is asks for every patch.
            var all = WhatIf.Decide(cuts, Law, then, _ => null);
            Assert.True(all.Flips.Count > 0, $"{key}={value} flips nothing");
            Assert.Equal(all.Flips.Select(f => f.PatchNumber), quick.Flips.Select(f => f.PatchNumber));
        }
    }

    [Fact]
    public async Task Another_year_of_the_programme_counts()
    {
        using var district = await DistrictOfCases.OfAsync("TC1 approved");
        var cuts = await ProgrammeCuts.ReadAsync(district.Store, [DistrictOfCases.Programme]);
        Assert.Empty(WhatIf.Decide(cuts, Law, Law, _ => 2019).Flips);
    }
}
