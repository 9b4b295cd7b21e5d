using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weipian.Law;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Determination;

/// <summary>The law book on screen, and what would flip if one of its values were another.</summary>
public sealed partial class LawJourneyTests(DeterminationOffice at) : IClassFixture<DeterminationOffice>
{
    [Fact]
    public async Task Every_value_stands_on_the_page_with_its_citation_and_its_last_comparison()
    {
        using var officer = await at.Office.SignedInAsync("district-officer");
        var page = WebUtility.HtmlDecode(await officer.GetStringAsync("/law"));
        foreach (var entry in DeterminationOffice.Law.Book.Entries)
        {
            Assert.Contains($"id=\"{entry.Key}\"", page, StringComparison.Ordinal);
            Assert.Contains(entry.Periods[^1].Citation.Chinese, page, StringComparison.Ordinal);
        }
        Assert.Contains("从未", page, StringComparison.Ordinal);
        Assert.All(DeterminationOffice.Law.Book.Readings, r => Assert.Contains($"id=\"{r.Id}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_unset_is_listed_by_itself_and_is_no_number()
    {
        using var officer = await at.Office.SignedInAsync("district-officer");
        var page = WebUtility.HtmlDecode(await officer.GetStringAsync("/law?show=unset"));
        Assert.Contains("cn/patch-enforcement-notice-2019/deduction#", page, StringComparison.Ordinal);
        Assert.Contains("未设定", page, StringComparison.Ordinal);
        foreach (var entry in DeterminationOffice.Law.Book.Entries)
        {
            var isUnset = entry.Periods.Any(p => p.Standing is LawStanding.Unset or LawStanding.DeclaredGap);
            Assert.Equal(isUnset, page.Contains($"id=\"{entry.Key}\"", StringComparison.Ordinal));
            foreach (var why in entry.Periods.Select(p => p.Reason).OfType<(string Chinese, string English)>())
                Assert.Contains(why.Chinese, page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("house/overlay/sliver#area_below", "JudgedFaces")]
    [InlineData("cn/gbt-21010-2017/1006#width_north_max", "RuralRoad")]
    [InlineData("cn/facility-agriculture-notices/scale#supporting_planted_area_north", "FacilityScale")]
    public void Where_a_value_is_read_is_found_in_the_program(string key, string by) =>
        Assert.Contains(new LawUsage().Of(key), r => r.Stage == WorkStage.Determination && r.Name == by);

    [Theory]
    [InlineData("rules/precedence.csv", "RuleEngine")]
    [InlineData("rules/uses.csv", "UseMatch")]
    [InlineData("rules/regions.csv", "RuralRoad")]
    [InlineData("rules/plan-zones.csv", "AreaSums")]
    [InlineData("verdicts/tree-land-2018.yaml", "DecideVerdict")]
    [InlineData("calendars/working-days.csv", "CaseClocks")]
    public void Where_a_table_is_used_is_found_in_the_program(string path, string by) =>
        Assert.Contains(new LawUsage().OfTable(path), r => r.Name == by);

    [Fact]
    public async Task Every_table_stands_on_the_page_with_its_use_and_the_tables_of_rules_with_their_rows()
    {
        var usage = new LawUsage();
        var beside = DeterminationOffice
            .Law.Files.Select(f => f.Path)
            .Where(p => !p.EndsWith(".md", StringComparison.Ordinal) && p.Contains('/'));
        var tables = beside.Where(p => p.Split('/')[0] is not ("cn" or "house" or "practice" or "readings")).ToList();
        Assert.All(tables, t => Assert.NotEmpty(usage.OfTable(t)));
        foreach (var language in new[] { "zh-CN", "en" })
        {
            using var officer = await at.Office.SignedInAsync("district-officer");
            var page = WebUtility.HtmlDecode(await officer.GetStringAsync($"/law?culture={language}"));
            Assert.All(tables, t => Assert.Contains($"id=\"{t}\"", page, StringComparison.Ordinal));
            foreach (var (rule, other) in DeterminationOffice.Law.Precedence.Pairs)
            {
                Assert.Contains($" {rule}<", page, StringComparison.Ordinal);
                Assert.Contains($" {other}<", page, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task What_an_article_says_and_its_notes_stand_on_the_page_in_the_language_that_is_read()
    {
        var law = DeterminationOffice.Law.Book;
        var texts = law
            .Entries.Select(e => e.Says)
            .Concat(law.Entries.SelectMany(e => e.Periods).Select(p => p.Note).OfType<(string, string)>());
        var (chinese, english) = (texts.Select(t => t.Item1).ToList(), texts.Select(t => t.Item2).ToList());
        chinese.Add("南北方分界线穿过该省");
        english.Add("crossed by the line of north and south");
        using var officer = await at.Office.SignedInAsync("district-officer");
        var inChinese = WebUtility.HtmlDecode(await officer.GetStringAsync("/law?culture=zh-CN"));
        Assert.All(chinese, t => Assert.Contains($">{t}<", inChinese, StringComparison.Ordinal));
        Assert.All(english, t => Assert.DoesNotContain($">{t}<", inChinese, StringComparison.Ordinal));
        var inEnglish = WebUtility.HtmlDecode(await officer.GetStringAsync("/law?culture=en"));
        Assert.All(english, t => Assert.Contains($">{t}<", inEnglish, StringComparison.Ordinal));
        Assert.All(chinese, t => Assert.DoesNotContain($">{t}<", inEnglish, StringComparison.Ordinal));
    }

    /// <summary>Of every value: who reads it as the compiled program tells it, against the words of the source.</summary>
    [Fact]
    public void Of_every_value_the_page_tells_that_it_is_read_just_where_the_source_names_it()
    {
        var usage = new LawUsage();
        var (whole, open) = NamedInSource();
        var law = DeterminationOffice.Law;
        var wrong = new List<string>();
        var read = 0;
        foreach (var key in law.Book.Entries.Select(e => e.Key))
        {
            var isNamed = whole.Contains(key) || open.Any(o => key.StartsWith(o, StringComparison.Ordinal));
            var isTold = usage.Of(key).Count > 0;
            read += isTold ? 1 : 0;
            if (isNamed != isTold)
                wrong.Add($"{key}: the source {(isNamed ? "names" : "does not name")} it");
        }
        Assert.Empty(wrong);
        Assert.True(read > 100, $"only {read} values are read by anything");
        // A name that is no value of the book would be read by nobody, ever.
        Assert.Empty(whole.Where(k => k.Contains('#')).Except(law.Book.Entries.Select(e => e.Key)));
    }

    [Fact]
    public void A_value_that_a_table_names_is_read_by_it()
    {
        var (usage, law) = (new LawUsage(), DeterminationOffice.Law);
        Assert.Equal(["indicators/discovery-rate.yaml"], usage.NamedIn("practice/yongkang-2012/evaluation#discovery_share_min", law));
        foreach (var file in law.Files.Where(f => f.Path.StartsWith("indicators/", StringComparison.Ordinal)))
        foreach (Match target in Target().Matches(System.Text.Encoding.UTF8.GetString(file.Content.Span)))
            Assert.Contains(file.Path, usage.NamedIn(target.Groups[1].Value, law));
    }

    [Fact]
    public async Task The_page_shows_of_every_verdict_what_it_has_to_be_proved_with_and_of_every_unset_tree_why()
    {
        foreach (var (language, isChinese) in new[] { ("zh-CN", true), ("en", false) })
        {
            using var officer = await at.Office.SignedInAsync("district-officer");
            var page = WebUtility.HtmlDecode(await officer.GetStringAsync($"/law?culture={language}"));
            var book = DeterminationOffice.Law.Book;
            foreach (var need in book.Verdicts.All.SelectMany(v => v.Evidence))
                Assert.Contains(isChinese ? need.Chinese : need.English, page, StringComparison.Ordinal);
            Assert.Equal(["land", "mineral"], book.Verdicts.Unset.Select(u => u.Kind).Order());
            foreach (var unset in book.Verdicts.Unset)
            {
                Assert.Contains(isChinese ? unset.Chinese : unset.English, page, StringComparison.Ordinal);
                Assert.Contains($"{unset.From:yyyy-MM-dd} – {unset.Through:yyyy-MM-dd}", page, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Keys that stand whole in the source or are put together of a constant and a word, and beginnings to which a word of the
    /// day is added.</summary>
    private static (HashSet<string> Whole, HashSet<string> Open) NamedInSource()
    {
        var (whole, open) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var folder in (string[])["src/Flow", "src/Web"])
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
        {
            if (Path.GetExtension(file) is not (".cs" or ".razor") || file.Contains("/obj/", StringComparison.Ordinal))
                continue;
            var lines = File.ReadLines(file).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal));
            var text = string.Join('\n', lines);
            foreach (Match beginning in Beginning().Matches(text))
            foreach (
                Match word in Regex.Matches(
                    text,
                    $@"\b{beginning.Groups[1].Value} \+ (?:""([a-z0-9_]+)""|[a-z])|\{{{beginning.Groups[1].Value}\}}\{{"
                )
            )
                if (word.Groups[1].Success)
                    whole.Add(beginning.Groups[2].Value + word.Groups[1].Value);
                else
                    open.Add(beginning.Groups[2].Value);
            foreach (Match found in Named().Matches(Beginning().Replace(text, "")))
                (found.Groups[1].Value[^1] is '_' or '#' or '/' ? open : whole).Add(found.Groups[1].Value);
        }
        return (whole, open);
    }

    [GeneratedRegex("\"((?:cn|house|practice)/[a-z0-9-]+/[a-z0-9/-]+(?:#[a-z0-9_]*)?)")]
    private static partial Regex Named();

    [GeneratedRegex("const string ([A-Za-z]+) =\\s*\"((?:cn|house|practice)/[a-z0-9/-]+[#_/])\"")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"^target: (?<place>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Target();

    [Fact]
    public async Task A_narrower_road_flips_patches_by_town_and_the_screen_says_why()
    {
        // The farm road of the village, 6.5 m wide, was issued in this quarter.
        const string programme = "2019-q1";
        using var head = await at.Office.SignedInAsync("office-head");
        var key = Uri.EscapeDataString("cn/gbt-21010-2017/1006#width_north_max");
        var answer = await head.GetFromJsonAsync<JsonElement>($"/api/what-if?programme={programme}&key={key}&value=2.5");
        Assert.True(answer.GetProperty("flips").GetArrayLength() > 0, answer.GetRawText());
        var flip = answer.GetProperty("flips")[0];
        Assert.True(flip.GetProperty("now").TryGetProperty("O3", out _), flip.GetRawText());
        var page = WebUtility.HtmlDecode(await head.GetStringAsync($"/what-if?programme={programme}&key={key}&value=2.5"));
        Assert.Contains(flip.GetProperty("patchNumber").GetString()!, page, StringComparison.Ordinal);
        Assert.Contains("超过 2.5", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_year_of_the_plan_is_asked_on_the_screen_and_a_year_without_a_tree_is_told_in_words()
    {
        using var head = await at.Office.SignedInAsync("office-head");
        var key = Uri.EscapeDataString(WhatIfDesk.PlanYear);
        var page = WebUtility.HtmlDecode(await head.GetStringAsync($"/what-if?programme=2019-q1&key={key}&value=2018"));
        Assert.Contains("aria-live=\"polite\"", page, StringComparison.Ordinal);
        foreach (var year in new[] { "2024", "viel" })
            Assert.Contains(
                "role=\"alert\"",
                WebUtility.HtmlDecode(await head.GetStringAsync($"/what-if?programme=2019-q1&key={key}&value={year}")),
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task A_value_that_is_none_is_told_in_words()
    {
        using var head = await at.Office.SignedInAsync("office-head");
        var key = Uri.EscapeDataString("house/overlay/sliver#area_below");
        var page = WebUtility.HtmlDecode(await head.GetStringAsync($"/what-if?programme=2018-annual&key={key}&value=viel"));
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        using var refused = await head.GetAsync($"/api/what-if?programme=2018-annual&key={key}&value=viel");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }
}
