using CsCheck;
using Weipian.Flow.Plan;

namespace Weipian.Tests.Flow.Plan;

/// <summary>The loader of plans refuses with file, line, column and path, and names every fault of a file at once.</summary>
public sealed class PlanLoaderTests
{
    private static readonly string Sound = File.ReadAllText(Path.Combine(Repository.Root, "plans", "zhoucun-2019.yaml"));

    [Theory]
    [InlineData("plan.unknown-key", "  issued_on: 2019-05-01", "  issued_at: 2019-05-01", "  issued_at", "document")]
    [InlineData(
        "plan.missing-key",
        "    kind: start\n    due: 2019-05-01\n    by",
        "    kind: start\n    by",
        "- id: 2018-annual-start",
        "calendar[0]"
    )]
    [InlineData("plan.wrong-type", "    year: 2018", "    year: twenty", "year: twenty", "programmes[0].year")]
    [InlineData("plan.wrong-type", "  county: \"370306\"", "  county: 370306", "county: 370306", "territory.county")]
    [InlineData("plan.wrong-type", "    amount: 30", "    amount: thirty", "amount: thirty", "thresholds[3].amount")]
    [InlineData("plan.wrong-type", "    amount: 30", "    amount: 30.5", "amount: 30.5", "thresholds[3].amount")]
    [InlineData("plan.wrong-type", "    amount: 30", "    amount: 0", "amount: 0", "thresholds[3].amount")]
    [InlineData("plan.bad-date", "    due: 2019-06-15", "    due: 2019-06-31", "due: 2019-06-31", "calendar[4].due")]
    [InlineData("plan.bad-date", "    due: 2019-06-15", "    due: 15 June", "due: 15 June", "calendar[4].due")]
    [InlineData("plan.bad-value", "    from: 2020-01-01", "    from: 2020-07-01", "from: 2020-07-01", "calendar[12].from")]
    [InlineData("plan.bad-value", "    unit: day\n    readings", "    unit: week\n    readings", "unit: week", "thresholds[3].unit")]
    [InlineData("plan.bad-value", "requirements: [R35, R82]", "requirements: [X35, R82]", "X35", "calendar[2].requirements[0]")]
    [InlineData(
        "plan.bad-value",
        "    role: finance",
        "    role: finance\n    unit: chengbeilu",
        "unit: chengbeilu\n    name: { zh: 区财",
        "seats[12].unit"
    )]
    [InlineData("plan.missing-key", "    role: town\n    unit: zone", "    role: town", "login: town-zone", "seats[7]")]
    [InlineData("plan.missing-key", "  county: \"370306\"\n", "", "name: { zh: 周村区", "territory")]
    [InlineData("plan.duplicate-id", "  - id: 2019-q2", "  - id: 2019-q1", "id: 2019-q1\n    name: { zh: 2019年第二", "programmes[2].id")]
    [InlineData(
        "plan.unknown-reference",
        "    post: wangcun-mayor",
        "    post: wangcun-chief",
        "post: wangcun-chief",
        "units.responsible[0].post"
    )]
    [InlineData(
        "plan.unknown-reference",
        "      responsible: nanjiao",
        "      responsible: south",
        "responsible: south",
        "units.statutory[6].responsible"
    )]
    [InlineData("plan.alias-clash", "      aliases: [王村]", "      aliases: [南郊]", "name: { zh: 王村镇", "units.statutory[7].name")]
    public void A_fault_is_named_with_its_place(string code, string was, string becomes, string at, string path)
    {
        Assert.Contains(was, Sound);
        var text = Sound.Replace(was, becomes, StringComparison.Ordinal);

        var refused = Assert.Throws<Problem>(() => WorkPlan.Parse(text, "plan.yaml"));

        var faults = refused.Code == "plan.several-faults" ? refused.English.Split('\n')[1..] : [refused.English];
        var fault = Assert.Single(faults, f => f.Contains(path + ":", StringComparison.Ordinal));
        var line = text[..text.IndexOf(at, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        Assert.StartsWith($"plan.yaml:{line}:", fault);
        if (faults.Length == 1)
            Assert.Equal(code, refused.Code);
    }

    [Fact]
    public void The_column_points_at_the_value()
    {
        var text = Sound.Replace("    due: 2019-06-15", "    due: 2019-06-31", StringComparison.Ordinal);
        var refused = Assert.Throws<Problem>(() => WorkPlan.Parse(text, "plan.yaml"));
        var line = text.Split('\n').Index().Single(l => l.Item.Contains("2019-06-31")).Index + 1;
        Assert.Equal(
            $"plan.yaml:{line}:10: calendar[4].due: '2019-06-31' is no day of the calendar; write it like 2019-06-01. Nothing was loaded; correct it.",
            refused.English
        );
        Assert.StartsWith($"plan.yaml:{line}:10: calendar[4].due：“2019-06-31”", refused.Chinese);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var text = Sound
            .Replace("    year: 2018", "    year: twenty", StringComparison.Ordinal)
            .Replace("    due: 2019-06-15", "    due: 2019-06-31", StringComparison.Ordinal);
        var refused = Assert.Throws<Problem>(() => WorkPlan.Parse(text, "plan.yaml"));
        Assert.Equal("plan.several-faults", refused.Code);
        Assert.Contains("programmes[0].year", refused.English);
        Assert.Contains("calendar[4].due", refused.Chinese);
    }

    [Theory]
    [InlineData("plan.unreadable", "id: [a\nb: }", 1)]
    [InlineData("plan.unreadable", "units:\n  statutory:\n    - :     name: { zh: a, en: b }\n      responsible: country\n", 4)]
    [InlineData("plan.unreadable", "", 1)]
    [InlineData("plan.unreadable", "- a list", 1)]
    [InlineData("plan.unreadable", "id: a\n---\nid: b\n", 1)]
    [InlineData("plan.duplicate-key", "id: a\nbodies: []\nid: b\n", 3)]
    public void What_is_no_plan_at_all_is_refused_with_its_line(string code, string text, int line)
    {
        var refused = Assert.Throws<Problem>(() => WorkPlan.Parse(text, "plan.yaml"));
        Assert.Equal(code, refused.Code);
        Assert.StartsWith($"plan.yaml:{line}:", refused.English);
    }

    /// <summary>Bytes lost, doubled or changed anywhere give a plan or a refusal, never anything else.</summary>
    [Fact]
    public void A_damaged_file_is_refused_or_read()
    {
        var small = File.ReadAllText(Path.Combine(Repository.Root, "plans", "examples", "liechtenstein.yaml"));
        const string odd = ":{}[]-,&*!|>'\"%@`\t\n #?~\u0000\uFEFF";
        Gen.Int[0, small.Length - 1]
            .SelectMany(at => Gen.Int[0, odd.Length - 1].Select(Gen.Int[0, 20], (o, cut) => (at, o, cut)))
            .Sample(
                (at, o, cut) =>
                {
                    var text = small[..at] + odd[o] + small[Math.Min(small.Length, at + cut)..];
                    Assert.True(Record.Exception(() => WorkPlan.Parse(text, "plan.yaml")) is null or Problem, text);
                },
                iter: Environment.GetEnvironmentVariable("WEIPIAN_LONG") is null ? 1000 : 50_000
            );
    }

    [Fact]
    public void A_plan_in_another_encoding_is_refused_with_its_line()
    {
        byte[] gbk = [.. "id: a\ndocument:\n  title: "u8, 0xD6, 0xDC, 0xB4, 0xE5, (byte)'\n'];
        var refused = Assert.Throws<Problem>(() => WorkPlan.Parse(gbk, "plan.yaml"));
        Assert.Equal("plan.unreadable", refused.Code);
        Assert.StartsWith("plan.yaml:3:", refused.English);
    }

    [Fact]
    public void A_mark_at_the_start_is_no_part_of_the_plan_but_of_its_hash()
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(Sound);
        var marked = WorkPlan.Parse([0xEF, 0xBB, 0xBF, .. bytes], "plan.yaml");
        var plain = WorkPlan.Parse(bytes, "plan.yaml");
        Assert.Equal(plain.Id, marked.Id);
        Assert.NotEqual(plain.Sha256, marked.Sha256);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.Equal("plan.unreadable", Assert.Throws<Problem>(() => WorkPlan.Load("no-such-plan.yaml")).Code);

    [Fact]
    public void What_is_asked_of_a_plan_and_is_not_there_is_refused_with_what_is()
    {
        var plan = WorkPlan.Parse(Sound, "plan.yaml");
        Assert.Contains("2019-q3", Assert.Throws<Problem>(() => plan.Programme("2019-q4")).English);
        Assert.Equal("plan.no-such-value", Assert.Throws<Problem>(() => plan.Threshold("nothing")).Code);
    }
}
