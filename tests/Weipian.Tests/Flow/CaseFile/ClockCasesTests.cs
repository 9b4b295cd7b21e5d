using System.Globalization;
using System.Text.Json;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Escalation;
using Weipian.Flow.Plan;
using Weipian.Law;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Law;

namespace Weipian.Tests.Flow.CaseFiles;

/// <summary>The cases of <c>tests/cases/clocks</c> against the real law book, its working calendar and the plan.</summary>
public sealed class ClockCasesTests
{
    private static readonly WorkPlan Plan = WorkPlan.Load(Installations.Zhoucun);
    private static readonly Citation Somewhere = new("某规定", "Some rule", null, Confidence.Derived, null, null, []);

    private static LawBook Book => RealLaw.Book;

    public static TheoryData<string> Cases() => [.. CaseNode.All("clocks").Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_comes_out_as_it_is_written(string name)
    {
        var written = CaseNode.All("clocks")[name];
        var expect = written.Map("expect")!;
        if (written.Map("course") is { } course)
            Course(course, expect);
        else if (written.Map("plan") is { } period)
            Assert.Equal(expect.Day("last"), PlanPeriod(period));
        else if (written.Map("term") is { } term)
            Assert.Equal(expect.Day("last"), TermOf(term));
        else if (written.Map("surcharge") is { } surcharge)
            Assert.Equal(
                expect.Number("yuan") * 100,
                Surcharge.Of((long)surcharge.Number("yuan")! * 100, (int)surcharge.Number("days")!, surcharge.Day("on")!.Value, Book).Fen
            );
        else
            Submission(written.Map("submission")!, expect);
        Assert.Empty(written.Unread);
    }

    private static void Course(CaseNode written, CaseNode expect)
    {
        var course = new CaseCourse(written.Day("verified")!.Value, written.Day("filed"), [.. written.List("steps").Select(StepOf)]);
        var clocks = written.Has("filed") ? CaseClocks.Of(course, Book, new(2020, 12, 31)) : [CaseClocks.FilingOf(course, Book)];
        var asked = 0;
        foreach (var clock in clocks)
        {
            if (expect.Day(clock.Id) is { } last)
            {
                Assert.Equal(last, clock.Deadline!.LastDayInclusive);
                asked++;
            }
            if (expect.Day(clock.Id + "_next") is { } next)
                Assert.Equal(next, clock.Deadline!.NextWorkingDay);
        }
        if (expect.Day("court_warns") is { } warns)
            Assert.Equal(warns, CaseClocks.CourtWarnsOn(clocks));
        Assert.NotEqual(0, asked);
    }

    private static CaseStep StepOf(CaseNode step, int index)
    {
        var details = new Dictionary<string, object>();
        foreach (var word in (string[])["rule", "outcome"])
            if (step.Text(word) is { } text)
                details[word] = text;
        foreach (var flag in (string[])["hearing", "demolish"])
            if (step.Has(flag))
                details[flag] = step.Says(flag);
        return new()
        {
            Id = Guid.NewGuid(),
            CaseFileId = Guid.Empty,
            Ordinal = index + 1,
            Kind = step.Text("kind")!,
            On = step.Day("on")!.Value,
            DetailsJson = JsonSerializer.Serialize(details),
            By = "district-officer",
            At = default,
        };
    }

    private static DateOnly PlanPeriod(CaseNode written) =>
        Plan.Threshold(written.Text("threshold")!).LastDayInclusive(written.Day("from")!.Value);

    private static DateOnly TermOf(CaseNode written)
    {
        var unit = written.Text("unit") switch
        {
            "working_day" => TermUnit.WorkingDay,
            "month" => TermUnit.Month,
            _ => TermUnit.Day,
        };
        var term = new Term((int)written.Number("amount")!, unit, written.Says("rolls"));
        return Deadline.After(written.Day("from")!.Value, term, Somewhere, Book.Calendar).LastDayInclusive;
    }

    private static void Submission(CaseNode written, CaseNode expect)
    {
        var local = DateTime.ParseExact(written.Text("at")!, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var at = new DateTimeOffset(local, ChinaTime.Zone.GetUtcOffset(local)).UtcDateTime;
        SubmitDue.Decided Decide(string? why) =>
            SubmitDue.Decide(new(written.Text("date")!, null, null, null, null, why, "报送"), Plan, [], new("", "", null), at);
        if (expect.Text("reason") == "needed")
            Assert.Equal("chain.late-without-reason", Assert.Throws<Problem>(() => Decide(null)).Code);
        Assert.Equal(expect.Number("days_late"), Decide(expect.Text("reason") == "needed" ? "数据复核延误" : null).LateDays);
    }
}
