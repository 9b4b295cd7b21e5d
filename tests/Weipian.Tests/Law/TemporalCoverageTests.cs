using System.Reflection;
using Weipian.Law;

namespace Weipian.Tests.Law;

/// <summary>Every rule is asked about every month of its own stated span: it answers, or it declares why not.</summary>
public sealed class TemporalCoverageTests
{
    /// <summary>The first day, the first of every month after it, and the last day.</summary>
    private static IEnumerable<DateOnly> Months(DateOnly from, DateOnly through)
    {
        yield return from;
        for (var day = new DateOnly(from.Year, from.Month, 1).AddMonths(1); day < through; day = day.AddMonths(1))
            yield return day;
        yield return through;
    }

    [Fact]
    public void Every_value_answers_on_every_month_of_its_span()
    {
        var (asked, declared) = (0, 0);
        foreach (var entry in RealLaw.Book.Entries)
        foreach (var day in Months(entry.Periods[0].From, entry.Periods[^1].Through ?? RealLaw.Book.Through))
        foreach (var by in entry.SelectedBy)
        {
            var law = RealLaw.Book.AsOf(day, by);
            var standing = law.Standing(entry.Key);
            asked++;
            if (standing == LawStanding.InForce)
            {
                Assert.Null(law.Banner(entry.Key));
                Ask(law, entry.Key, entry.On(day)!.Unit);
                continue;
            }
            declared++;
            Assert.True(standing is LawStanding.Unset or LawStanding.DeclaredGap, $"{entry.Key} on {day:O}: {standing}");
            var banner = law.Banner(entry.Key)!;
            Assert.NotEmpty(banner.Chinese);
            Assert.NotEmpty(banner.English);
            Assert.Contains(Assert.Throws<Problem>(() => law.Number(entry.Key)).Code, new[] { "law.unset", "law.not-in-force" });
        }
        Assert.True(asked > 10_000, $"only {asked} questions");
        Assert.True(declared > 100, $"only {declared} declared");
    }

    private static void Ask(LawAsOf law, string key, string unit)
    {
        var citation = unit switch
        {
            "day" => law.Days(key).Citation,
            "working_day" => law.WorkingDays(key).Citation,
            "month" or "year" => law.Term(key).Citation,
            "mu" or "hectare" or "square_metre" => law.Area(key).Citation,
            "switch" => law.Switch(key).Citation,
            _ => law.Number(key).Citation,
        };
        Assert.NotEmpty(citation.Instrument);
        Assert.True(citation.Confidence != Confidence.Verified || citation.SourceKey is not null, $"{key}: verified without a source");
    }

    [Fact]
    public void The_day_before_and_the_day_after_a_span_refuse()
    {
        foreach (var entry in RealLaw.Book.Entries)
        {
            var by = entry.SelectedBy[0];
            var before = entry.Periods[0].From.AddDays(-1);
            var after = (entry.Periods[^1].Through ?? RealLaw.Book.Through).AddDays(1);
            Assert.Equal(LawStanding.OutsideDates, RealLaw.Book.AsOf(before, by).Standing(entry.Key));
            Assert.Equal(LawStanding.OutsideDates, RealLaw.Book.AsOf(after, by).Standing(entry.Key));
        }
    }

    [Fact]
    public void Every_land_class_resolves_on_every_month()
    {
        var table = RealLaw.Book.LandClasses;
        foreach (var standard in table.Standards)
        foreach (var code in table.Rows(standard).Select(r => r.Code).Distinct())
        {
            var first = table.Rows(standard).First(r => r.Code == code).From;
            foreach (var day in Months(first, RealLaw.Book.Through))
                Assert.Equal(code, table.Find(standard, code, day)!.Code);
        }
    }

    /// <summary>The span that a value states is asked to its ends, and what no period covers is declared by the book itself.</summary>
    [Fact]
    public void The_periods_of_a_value_follow_each_other_without_a_day_between()
    {
        foreach (var entry in RealLaw.Book.Entries)
            for (var i = 1; i < entry.Periods.Count; i++)
                Assert.Equal(entry.Periods[i - 1].Through!.Value.AddDays(1), entry.Periods[i].From);
    }

    /// <summary>Facility agriculture between the notices of 2014 and 2019: each value of its scale declares the gap on every day of it.
    /// </summary>
    [Fact]
    public void The_real_gap_of_facility_agriculture_is_declared_on_every_day_and_refuses()
    {
        var scale = RealLaw
            .Book.Entries.Where(e => e.Key.StartsWith("cn/facility-agriculture-notices/", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(scale);
        var gaps = 0;
        foreach (var entry in scale)
        foreach (var period in entry.Periods.Where(p => p.Standing == LawStanding.DeclaredGap))
        {
            gaps++;
            Assert.True(period.From <= new DateOnly(2019, 10, 1) && period.Through >= new DateOnly(2019, 11, 30), entry.Key);
            for (var day = period.From; day <= period.Through; day = day.AddDays(1))
            {
                var law = RealLaw.Book.AsOf(day, entry.SelectedBy[0]);
                Assert.Equal("law.not-in-force", Assert.Throws<Problem>(() => law.Number(entry.Key)).Code);
            }
        }
        Assert.True(gaps > 5, $"only {gaps} values declare the gap");
    }

    [Fact]
    public void Every_verdict_resolves_on_every_month_of_its_span()
    {
        foreach (var verdict in RealLaw.Book.Verdicts.All)
        foreach (var day in Months(verdict.From, verdict.Through ?? RealLaw.Book.Through))
            Assert.Equal(verdict, RealLaw.Book.Verdicts.Get(verdict.Code, day));
    }

    [Fact]
    public void Both_trees_answer_on_every_month_of_the_programmes_of_2018_and_2019()
    {
        foreach (var kind in new[] { "land", "mineral" })
        foreach (var day in Months(new(2018, 1, 1), new(2019, 12, 31)))
            Assert.Contains(RealLaw.Book.Verdicts.For(kind, day), v => v.Parent == VerdictParent.Doubtful);
    }

    private static IEnumerable<Citation> Citations(LawBook book) =>
        book
            .Entries.SelectMany(e => e.Periods)
            .Select(p => p.Citation)
            .Concat(book.Verdicts.All.Select(v => v.Citation))
            .Concat(book.LandClasses.Standards.Select(book.LandClasses.CitationOf))
            .Append(book.Calendar.Citation);

    /// <summary>A text that was read once is read again within a year, and never in the future.</summary>
    private static IEnumerable<Citation> Stale(LawBook book, DateOnly today) =>
        Citations(book).Where(c => c.ComparedOn is { } day && (day > today || day < today.AddYears(-1)));

    [Fact]
    public void A_comparison_is_neither_in_the_future_nor_older_than_a_year()
    {
        Assert.Empty(Stale(RealLaw.Book, ChinaTime.DayOf(TimeProvider.System.GetUtcNow())));
        var files = RealLaw.Files();
        const string Persistence = "house/overlay/persistence.yaml";
        files[Persistence] = files[Persistence].Replace("compared_on: null", "compared_on: 2026-01-15\ncompared_with: a text");
        var compared = RealLaw.Read(files);
        Assert.Empty(Stale(compared, new(2027, 1, 15)));
        Assert.Single(Stale(compared, new(2027, 1, 16)));
        Assert.Single(Stale(compared, new(2026, 1, 14)));
    }

    [Fact]
    public void Everything_verified_names_what_was_read_and_every_source_is_used()
    {
        var used = Citations(RealLaw.Book).SelectMany(c => c.SourceKey?.Split(' ') ?? []).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(RealLaw.Book.Sources.Select(s => s.Key).Except(used));
        Assert.DoesNotContain(Citations(RealLaw.Book), c => c is { Confidence: Confidence.Verified, SourceKey: null });
    }

    [Fact]
    public void Every_reading_is_written_out_and_says_something() =>
        Assert.All(RealLaw.Book.Readings, r => Assert.True(r.Text.Length > r.Title.Length + 60, r.Id));

    [Fact]
    public void Every_mark_of_a_cited_article_leads_into_the_book()
    {
        var marks =
            from assembly in new[] { typeof(LawBook).Assembly, Assembly.Load("Weipian.Flow") }
            from type in assembly.GetTypes()
            from member in type.GetMembers(BindingFlags.DeclaredOnly | (BindingFlags)60).Append(type)
            from mark in member.GetCustomAttributes<CitesAttribute>(inherit: false)
            select $"{mark.Instrument}/{mark.Article}";
        Assert.NotEmpty(marks);
        foreach (var mark in marks)
            Assert.Contains(RealLaw.Book.Entries, e => e.Key.StartsWith(mark + "#", StringComparison.Ordinal));
    }
}
