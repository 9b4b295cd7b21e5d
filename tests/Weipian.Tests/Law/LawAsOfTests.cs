using Weipian.Law;

namespace Weipian.Tests.Law;

public sealed class LawAsOfTests
{
    private const string Decide = "cn/administrative-penalty-law/60#decision_days_max";

    private static LawAsOf On(int year, int month, int day, SelectingDate by) => RealLaw.Book.AsOf(new(year, month, day), by);

    private static string Refusal(Action ask) => Assert.Throws<Problem>(ask).Code;

    [Fact]
    public void A_key_that_the_book_does_not_have_is_refused_with_the_nearest()
    {
        var refused = Assert.Throws<Problem>(() =>
            On(2022, 1, 1, SelectingDate.Filing).Days("cn/administrative-penalty-law/60#decision_day_max")
        );
        Assert.Equal("law.unknown-key", refused.Code);
        Assert.Contains(Decide, refused.English, StringComparison.Ordinal);
        Assert.Equal("law.unknown-key", Refusal(() => On(2022, 1, 1, SelectingDate.Filing).IsSet("cn/nothing/1#value")));
    }

    [Fact]
    public void A_day_before_the_value_is_refused_and_names_its_span()
    {
        var refused = Assert.Throws<Problem>(() => On(2021, 7, 14, SelectingDate.Filing).Days(Decide));
        Assert.Equal("law.not-in-force", refused.Code);
        Assert.Contains("from 2021-07-15", refused.English, StringComparison.Ordinal);
        Assert.Equal(90, On(2021, 7, 15, SelectingDate.Filing).Days(Decide).Value);
        Assert.Equal(LawStanding.OutsideDates, On(2021, 7, 14, SelectingDate.Filing).Standing(Decide));
    }

    [Fact]
    public void A_day_after_the_book_is_refused_although_the_value_has_no_end()
    {
        Assert.Equal(90, On(2026, 12, 31, SelectingDate.Filing).Days(Decide).Value);
        Assert.Equal("law.not-in-force", Refusal(() => On(2027, 1, 1, SelectingDate.Filing).Days(Decide)));
    }

    [Fact]
    public void A_date_that_does_not_select_the_value_is_refused() =>
        Assert.Equal("law.wrong-selecting-date", Refusal(() => On(2022, 1, 1, SelectingDate.ImageAfter).Days(Decide)));

    [Fact]
    public void A_value_is_not_read_in_another_unit()
    {
        var law = On(2022, 1, 1, SelectingDate.Event);
        const string WorkingDays = "cn/administrative-penalty-law/61#service_days_max";
        Assert.Equal("law.wrong-unit", Refusal(() => law.Days(WorkingDays)));
        Assert.Equal("law.wrong-unit", Refusal(() => law.Number(WorkingDays)));
        Assert.Equal("law.wrong-unit", Refusal(() => law.Area(WorkingDays)));
        Assert.Equal("law.wrong-unit", Refusal(() => law.Switch(WorkingDays)));
        Assert.Equal(7, law.WorkingDays(WorkingDays).Value);
        Assert.Equal(
            "law.wrong-unit",
            Refusal(() => On(2022, 1, 1, SelectingDate.DayOfAct).Number("cn/judicial-interpretation-2000-14/3#permanent_farmland_min"))
        );
        Assert.Equal(
            "law.wrong-unit",
            Refusal(() => On(2022, 1, 1, SelectingDate.ImageAfter).Term("house/overlay/persistence#share_above"))
        );
    }

    [Fact]
    [Requirement("R54")]
    public void The_ministry_s_deduction_ratio_is_unset_and_shows_a_banner_instead_of_a_number()
    {
        const string Ratio = "cn/patch-enforcement-notice-2019/deduction#deduct_ratio";
        var law = On(2019, 12, 31, SelectingDate.Programme);
        Assert.Equal("law.unset", Refusal(() => law.Number(Ratio)));
        Assert.False(law.IsSet(Ratio));
        Assert.False(law.TryNumber(Ratio, out var value, out var banner));
        Assert.Null(value);
        Assert.Equal(LawStanding.Unset, banner.Standing);
        Assert.Contains("指标扣减比例尚未设定", banner.Chinese, StringComparison.Ordinal);
        Assert.Contains("not set", banner.English, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9]", banner.English);
    }

    [Fact]
    public void A_value_that_is_set_has_no_banner()
    {
        var law = On(2019, 12, 31, SelectingDate.Programme);
        const string Ratio = "cn/order-15-land-violation-discipline/3#illegal_farmland_ratio_min";
        Assert.True(law.TryNumber(Ratio, out var value, out var banner));
        Assert.Null(banner);
        Assert.Equal(0.15m, value.Value);
        Assert.Equal("《违反土地管理规定行为处分办法》第3(1)条", value.Citation.Chinese);
        Assert.Equal((Confidence.Verified, "D15", null), (value.Citation.Confidence, value.Citation.SourceKey, value.Citation.ComparedOn));
    }

    [Fact]
    public void The_gap_between_the_notices_on_farming_facilities_is_declared_and_refuses()
    {
        const string Scale = "cn/facility-agriculture-notices/scale#ancillary_area_max_crops";
        Assert.Equal(10, On(2019, 9, 28, SelectingDate.ImageAfter).Area(Scale).Value.Stated);
        var gap = On(2019, 11, 1, SelectingDate.ImageAfter);
        Assert.Equal(LawStanding.DeclaredGap, gap.Standing(Scale));
        Assert.Equal("law.not-in-force", Refusal(() => gap.Area(Scale)));
        Assert.Contains("had run out", gap.Banner(Scale)!.English, StringComparison.Ordinal);
        // From then on the province sets the scale, and nobody found what it set.
        Assert.Equal("law.unset", Refusal(() => On(2019, 12, 17, SelectingDate.ImageAfter).Area(Scale)));
    }

    [Theory] // domain.md 6.2 and 6.4 around the days on which the law changed
    [InlineData("cn/natural-resources-penalty-measures/decision#decision_days_max", SelectingDate.Filing, "2024-04-30", 60)]
    [InlineData("cn/natural-resources-penalty-measures/decision#decision_days_max", SelectingDate.Filing, "2024-05-01", 90)]
    [InlineData("cn/land-administration-law-regulation/57#fine_max", SelectingDate.DayOfAct, "2021-08-31", 30)]
    [InlineData("cn/land-administration-law-regulation/57#fine_max", SelectingDate.DayOfAct, "2021-09-01", 1000)]
    [InlineData("cn/zibo-land-supervision-regulation/unlawful-occupation#fine_min", SelectingDate.DayOfAct, "2019-06-01", 5)]
    [InlineData("cn/zibo-permanent-farmland-measures/fines#fine_min", SelectingDate.DayOfAct, "2019-06-01", 15)]
    [InlineData(
        "cn/land-administration-law-regulation/20#temporary_use_years_max_infrastructure",
        SelectingDate.ImageAfter,
        "2021-08-31",
        2
    )]
    [InlineData(
        "cn/land-administration-law-regulation/20#temporary_use_years_max_infrastructure",
        SelectingDate.ImageAfter,
        "2021-09-01",
        4
    )]
    [InlineData("cn/mineral-resources-law/64#low_value_fine_max", SelectingDate.DayOfAct, "2026-01-01", 1000000)]
    [InlineData("cn/gbt-21010-2017/1006#width_north_max", SelectingDate.ImageAfter, "2019-02-20", 8)]
    [InlineData("house/overlay/persistence#share_above", SelectingDate.ImageAfter, "2019-02-20", 0.5)]
    public void The_day_selects_the_value(string key, SelectingDate by, string day, double expected)
    {
        var period = RealLaw.Book.Entry(key).On(DateOnly.Parse(day));
        Assert.Equal((decimal)expected, period!.Number);
        Assert.True(RealLaw.Book.AsOf(DateOnly.Parse(day), by).IsSet(key));
    }

    [Fact]
    public void The_same_folder_in_any_order_and_with_any_line_ends_has_the_same_hash_and_one_changed_byte_another()
    {
        var files = RealLaw.Files();
        Assert.Equal(RealLaw.Book.Sha256, RealLaw.Read(files).Sha256);
        Assert.Equal(RealLaw.Book.Sha256, RealLaw.Read(files.Reverse().ToDictionary()).Sha256);
        Assert.Equal(RealLaw.Book.Sha256, RealLaw.Read(files.ToDictionary(f => f.Key, f => f.Value.Replace("\n", "\r\n"))).Sha256);
        var random = new Random(20190501);
        for (var i = 0; i < 5; i++)
        {
            var path = files.Keys.Where(p => p.StartsWith("readings/", StringComparison.Ordinal)).ElementAt(random.Next(10));
            var at = random.Next(20, files[path].Length - 1);
            var changed = new Dictionary<string, string>(files) { [path] = files[path].Remove(at, 1).Insert(at, "~") };
            Assert.NotEqual(RealLaw.Book.Sha256, RealLaw.Read(changed).Sha256);
        }
    }

    [Fact]
    public void Changing_one_value_changes_what_the_book_answers()
    {
        var files = RealLaw.Files();
        files["house/overlay/persistence.yaml"] = files["house/overlay/persistence.yaml"].Replace("value: 0.5", "value: 0.6");
        var law = RealLaw.Read(files).AsOf(new(2019, 2, 20), SelectingDate.ImageAfter);
        Assert.Equal(0.6m, law.Number("house/overlay/persistence#share_above").Value);
    }
}
