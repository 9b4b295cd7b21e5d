using System.Text.RegularExpressions;
using Weipian.Flow.Plan;

namespace Weipian.Tests.Flow.Plan;

/// <summary>The plan of Zhoucun for 2019, compared with what its document says.</summary>
public sealed class ZhoucunPlanTests
{
    private static readonly WorkPlan Plan = WorkPlan.Load(Path.Combine(Repository.Root, "plans", "zhoucun-2019.yaml"));

    [Theory]
    [InlineData("2018-annual-start", "2019-05-01", "", "")]
    [InlineData("2018-annual-data-filling", "2019-05-08", "province-department", "data-filling")]
    [InlineData("historic-backlog", "2019-05-31", "", "")]
    [InlineData("2018-annual-summary", "2019-06-01", "city-leading-group-office", "work-summary")]
    [InlineData("2018-annual-acceptance", "2019-06-15", "city-bureau", "acceptance-report")]
    [InlineData("2019-quarterly-start", "2019-05-01", "", "")]
    [InlineData("2019-results-first", "2019-07-10", "city-leading-group-office", "quarterly-results")]
    [InlineData("2019-results-second", "2019-10-10", "city-leading-group-office", "quarterly-results")]
    [InlineData("2019-evaluation-first", "2019-07-15", "province-department", "")]
    [InlineData("2019-evaluation-second", "2019-10-15", "province-department", "")]
    [InlineData("2019-rectification", "2019-12-31", "city-leading-group-office", "year-end-results")]
    [InlineData("2019-cut-off", "2019-12-31", "", "")]
    [InlineData("2019-city-acceptance", "2020-06-30", "", "")]
    public void Every_date_of_the_document_is_there(string id, string due, string recipients, string report)
    {
        var date = Assert.IsType<PlanDate>(Plan.Calendar.Find(id));
        Assert.Equal(due, date.Due.ToString("yyyy-MM-dd"));
        Assert.Equal(recipients, string.Join(' ', date.Recipients));
        Assert.Equal(report, date.Report ?? "");
    }

    [Fact]
    public void There_are_thirteen_dates_and_no_others() => Assert.Equal(13, Plan.Calendar.Dates.Count);

    [Fact]
    public void The_programmes_are_four_with_both_kinds_of_patch()
    {
        Assert.Equal(["2018-annual", "2019-q1", "2019-q2", "2019-q3"], Plan.Programmes.Select(p => p.Id));
        Assert.All(Plan.Programmes, p => Assert.Equal(["land", "mineral"], p.Kinds));
    }

    [Fact]
    public void Base_layers_of_2018_stand_on_the_second_survey_and_those_of_2019_have_to_say()
    {
        Assert.Equal("gbt21010-2007", Plan.Programme("2018-annual").OnlyCodeStandard);
        Assert.Null(Plan.Programme("2019-q1").OnlyCodeStandard);
    }

    /// <summary>Case CK7: due on 10 July, handed in ten minutes after midnight in Zhoucun.</summary>
    [Theory]
    [InlineData("2019-07-10T23:59:59+08:00", 0)]
    [InlineData("2019-07-10T15:59:59+00:00", 0)]
    [InlineData("2019-07-11T00:10:00+08:00", 1)]
    [InlineData("2019-07-10T16:10:00+00:00", 1)]
    [InlineData("2019-06-30T12:00:00+08:00", 0)]
    [InlineData("2019-08-10T00:00:00+08:00", 31)]
    public void A_due_day_lasts_until_midnight_in_Shanghai(string at, int late) =>
        Assert.Equal(late, Plan.Calendar.Find("2019-results-first")!.DaysLate(DateTimeOffset.Parse(at)));

    [Theory]
    [InlineData("2018-annual", "2019-05-08", "2018-annual-data-filling")]
    [InlineData("2018-annual", "2019-05-09", "historic-backlog")]
    [InlineData("2019-q3", "2019-12-31", "2019-cut-off 2019-rectification")]
    [InlineData("2019-q3", "2020-07-01", "")]
    public void The_next_date_of_a_programme_is_the_earliest_not_over(string programme, string today, string next) =>
        Assert.Equal(next, string.Join(' ', Plan.Calendar.Next(programme, DateOnly.Parse(today)).Select(d => d.Id)));

    [Theory]
    [InlineData("370306001", "丝绸路街道", "sichoulu")]
    [InlineData("370306002", "大街街道", "dajie")]
    [InlineData("370306003", "青年路街道", "qingnianlu")]
    [InlineData("370306004", "永安街道", "yonganjie")]
    [InlineData("370306005", "城北路街道", "chengbeilu")]
    [InlineData("370306100", "北郊镇", null)]
    [InlineData("370306101", "南郊镇", "nanjiao")]
    [InlineData("370306102", "王村镇", "wangcun")]
    [InlineData("370306103", "萌水镇", null)]
    [InlineData("370306104", "商家镇", null)]
    public void Ten_statutory_units_map_to_whom_the_document_names_and_otherwise_to_nobody(string code, string name, string? responsible)
    {
        Assert.Equal(10, Plan.Units.Statutory.Count);
        Assert.Equal(name, Plan.Units.FindStatutory(code)!.Name.Zh);
        Assert.Equal(responsible, Plan.Units.ResponsibleFor(code)?.Id);
    }

    [Fact]
    public void An_unknown_unit_is_nobodys_rather_than_guessed() => Assert.Null(Plan.Units.ResponsibleFor("370306999"));

    [Theory]
    [InlineData("永安街街道")]
    [InlineData(" 永安街道 ")]
    [InlineData("永安街")]
    public void A_unit_is_found_by_every_spelling(string spelling)
    {
        Assert.Equal("370306004", Plan.Units.FindStatutory(spelling)!.Code);
        Assert.Equal("yonganjie", Plan.Units.FindResponsible(spelling)!.Id);
    }

    [Fact]
    public void Eight_units_are_responsible_and_each_has_a_town_seat_of_its_own()
    {
        Assert.Equal(8, Plan.Units.Responsible.Count);
        Assert.Equal(
            Plan.Units.Responsible.Select(u => u.Id).Order(),
            Plan.Seats.Where(s => s.Role == PlanRoles.Town).Select(s => s.Unit).Order()
        );
    }

    [Fact]
    public void Every_role_has_a_seat() => Assert.Equal(PlanRoles.All.Order(), Plan.Seats.Select(s => s.Role).Distinct().Order());

    [Fact]
    public void The_leading_group_has_a_head_five_deputies_and_twenty_members_from_the_day_of_issue()
    {
        var group = Plan.LeadingGroup!.On(new DateOnly(2019, 5, 1)).ToList();
        Assert.Equal(["district-head"], group.Where(m => m.Role == "head").Select(m => m.Post));
        Assert.Equal(5, group.Count(m => m.Role == "deputy"));
        Assert.Equal(20, group.Count(m => m.Role == "member"));
        Assert.Empty(Plan.LeadingGroup.On(new DateOnly(2019, 4, 30)));
        Assert.Equal("natural-resources-director", Plan.LeadingGroup.Office.Director);
        Assert.Equal("enforcement-brigade-leader", Plan.LeadingGroup.Office.DeputyDirector);
    }

    [Fact]
    public void Copies_go_to_seven_bodies() => Assert.Equal(7, Plan.Copies!.To.Count);

    [Theory]
    [InlineData("integrity-permanent-farmland", 5, "permanent-farmland")]
    [InlineData("integrity-nature-reserve", 5, "nature-reserve")]
    [InlineData("integrity-cultivated", 10, "ordinary-cultivated")]
    public void The_areas_that_make_a_matter_serious_are_exact_and_examples(string id, int mu, string land)
    {
        var line = Plan.Threshold(id);
        Assert.Equal(mu, line.Mu);
        Assert.Equal(land, line.Land);
        Assert.True(line.IsExample);
    }

    [Theory]
    [InlineData("interview-acceptance", "2019-07-20", "2019-08-19")] // case CK3
    [InlineData("interview-acceptance", "2019-12-31", "2020-01-30")]
    [InlineData("ledger-removal", "2019-12-31", "2020-12-31")]
    [InlineData("ledger-removal", "2019-06-15", "2020-12-31")]
    public void Periods_run_from_the_day_after_the_event(string id, string on, string last) =>
        Assert.Equal(last, Plan.Threshold(id).LastDayInclusive(DateOnly.Parse(on)).ToString("yyyy-MM-dd"));

    [Fact]
    public void The_ratio_of_deduction_is_unset_and_refuses_to_be_a_number()
    {
        Assert.False(Plan.Threshold("deduct-ratio").IsSet);
        Assert.Equal("plan.wrong-unit", Assert.Throws<Problem>(() => Plan.Threshold("deduct-ratio").Mu).Code);
        Assert.Equal("plan.unset", Assert.Throws<Problem>(() => Plan.Threshold("cultivated-area").Mu).Code);
        Assert.Equal("plan.unset", Assert.Throws<Problem>(() => Plan.Threshold("transfer-period").LastDayInclusive(default)).Code);
    }

    [Fact]
    public void Every_open_number_says_why() => Assert.All(Plan.Thresholds.Where(t => !t.IsSet), t => Assert.NotNull(t.Note));

    [Fact]
    public void Five_grounds_lead_to_a_warning_interview_beside_the_integrity_ground()
    {
        var grounds = Plan.Grounds.Where(g => g.Measures.Contains("warning-interview")).ToList();
        Assert.Equal(5, grounds.Count(g => g.Source.Requirements.Contains("R40")));
        Assert.Equal(["warning-interview", "accountability"], Plan.Grounds.Single(g => g.Id == "integrity").Measures);
        Assert.Equal(6, grounds.Count);
    }

    [Fact]
    public void The_opinion_that_the_document_names_without_title_is_an_unset_source() =>
        Assert.False(Plan.Bases.Single(b => b.Id == "opinion").IsSet);

    [Fact]
    public void Every_value_has_a_paragraph_of_the_document_and_a_requirement()
    {
        const string paragraph = "^(题头|前言|附件|抄送|[一二三四](（[一二三四五六]）[1-4]?|（末段）))$";
        Assert.All(Plan.Values(), v => Assert.Matches(new Regex(paragraph), v.Source.Paragraph));
        Assert.All(Plan.Values(), v => Assert.NotEmpty(v.Source.Requirements));
    }

    [Theory]
    [InlineData("题头 前言 抄送 附件")]
    [InlineData("一（一） 一（二）")]
    [InlineData("二（一） 二（二） 二（三） 二（四） 二（五） 二（六）")]
    [InlineData("三（一） 三（二）")]
    [InlineData("四（一）1 四（一）2 四（一）3 四（一）4 四（二）1 四（二）2 四（二）3 四（二）4 四（末段）")]
    public void Every_paragraph_of_the_document_has_a_value(string paragraphs)
    {
        var served = Plan.Values().Select(v => v.Source.Paragraph).ToHashSet(StringComparer.Ordinal);
        Assert.All(paragraphs.Split(' '), p => Assert.Contains(p, served));
    }

    [Fact]
    public void Every_reading_and_every_law_that_the_plan_leans_on_is_in_the_law_book()
    {
        var law = Path.Combine(Repository.Root, "law");
        var readings = Plan
            .Calendar.Dates.SelectMany(d => d.Readings)
            .Concat(Plan.Thresholds.SelectMany(t => t.Readings))
            .Distinct()
            .ToList();
        Assert.Contains("0006-quarters", readings);
        Assert.All(readings, r => Assert.True(File.Exists(Path.Combine(law, "readings", r + ".md")), r));
        Assert.All(Plan.Bases.Where(b => b.IsSet), b => Assert.True(Directory.Exists(Path.Combine(law, b.Law!)), b.Law));
        Assert.All(Plan.Bases.Where(b => !b.IsSet), b => Assert.NotNull(b.Note));
    }

    [Fact]
    public void No_person_is_named()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "plans", "zhoucun-2019.yaml"));
        Assert.DoesNotMatch("刘\\s*伟|徐兆峰|宋明涛|路德芝|谢宜冰|汪德江", text);
    }

    [Fact]
    public void The_second_plan_is_tiny_and_not_in_China()
    {
        var tiny = WorkPlan.Load(Path.Combine(Repository.Root, "plans", "examples", "liechtenstein.yaml"));
        Assert.False(tiny.Territory.China);
        Assert.Equal("2024-example", Assert.Single(tiny.Programmes).Id);
        Assert.Equal("country", tiny.Units.ResponsibleFor(Assert.Single(tiny.Units.Statutory).Code)!.Id);
        Assert.Empty(tiny.Thresholds);
    }
}
