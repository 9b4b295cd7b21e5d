using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Escalation;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Serving;

namespace Weipian.Tests.Web.Escalation;

/// <summary>From a finding to discipline inspection over HTTP: each seat signs in on the day of its act and sees on its pages what it has
/// to do, and nothing of others.</summary>
public sealed class EscalationJourneyTests : IAsyncLifetime
{
    private static readonly string[] Seats =
    [
        "office-head",
        "government",
        "district-reviewer",
        "discipline",
        "finance",
        "town-wangcun",
        "town-nanjiao",
        "district-officer",
        "dept-housing",
        "permit-desk",
    ];

    private EscalationOffice district = null!;
    private WebApplication office = null!;

    public async ValueTask InitializeAsync()
    {
        district = await EscalationOffice.OpenAsync("2019-06-20");
        foreach (var login in Seats)
            await SetSeatPassword.Handle(
                district.Store,
                Actor.Machine,
                new SetSeatPassword.Request(login, OfficeProgram.Password, MustChange: false, "test")
            );
        office = WebServer.Build(
            "http://127.0.0.1:0",
            district.Data,
            services =>
            {
                services.AddSingleton(new SignInRate(10_000, TimeSpan.FromMinutes(1)));
                services.AddSingleton<TimeProvider>(district.Clock);
            }
        );
        await office.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await office.DisposeAsync();
        district.Dispose();
    }

    [Fact]
    [Requirement("R27")]
    [Requirement("R43")]
    public async Task A_cheating_town_goes_from_the_finding_to_discipline_inspection()
    {
        var violation = await district.ViolationAsync("wangcun", cultivated: 4200, farmland: 3800);
        await district.MeasureAsync(violation, "2019-06-19");
        var found = await DoAsync("district-reviewer", "record-integrity-finding", Finding(violation.Number));
        Assert.True(found.GetProperty("immediate").GetBoolean());
        Assert.Contains("尚未提出建议的认定", await PageAsync("office-head", "/"), StringComparison.Ordinal);
        Assert.Contains("绿网覆盖", await PageAsync("town-wangcun", "/escalation"), StringComparison.Ordinal);
        Assert.DoesNotContain("绿网覆盖", await PageAsync("town-nanjiao", "/escalation"), StringComparison.Ordinal);

        var interview = await InterviewAsync();
        Assert.Contains("约谈责令整改", await PageAsync("town-wangcun", "/"), StringComparison.Ordinal);
        Assert.DoesNotContain("约谈责令整改", await PageAsync("town-nanjiao", "/"), StringComparison.Ordinal);
        Assert.Contains("2019-08-19", await PageAsync("government", "/"), StringComparison.Ordinal);
        await DoAsync("town-wangcun", "record-interview-step", Step(interview, "committed", "2019-07-20", due: "2019-08-01"));
        district.Go("2019-08-20");
        var late = await PageAsync("government", $"/interviews/{interview}");
        Assert.Contains("逾期", late, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("town-nanjiao", $"/interviews/{interview}"));
        await DoAsync("government", "record-interview-step", Step(interview, "not-accepted", "2019-08-19"));

        Assert.Contains("没有移送的事项", await PageAsync("discipline", "/accountability"), StringComparison.Ordinal);
        var proposal = await ProposeAsync("accountability-after-deadline", "accountability");
        await DoAsync("government", "decide-escalation", Decision(proposal));
        var handing = new
        {
            proposalId = proposal,
            interviewId = interview,
            posts = new[] { "王村镇镇长" },
            handedOverOn = "2019-08-20",
            suggestionZh = "建议追究领导责任",
            reason = "移送",
        };
        await DoAsync("government", "hand-to-discipline", handing);
        Assert.Contains("待签收的问责卷宗", await PageAsync("discipline", "/"), StringComparison.Ordinal);
        var dossier = await PageAsync("discipline", "/accountability");
        foreach (var seen in (string[])["王村镇镇长", "建议追究领导责任", "绿网覆盖", "周卫片约谈〔2019〕1号", violation.Number])
            Assert.Contains(seen, dossier, StringComparison.Ordinal);
        foreach (var shut in (string[])["/escalation", "/evaluation", "/calendar", "/spot-checks"])
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("discipline", shut));
    }

    /// <summary>TH2: a table shows five mu, the line is not reached, and the page says why.</summary>
    [Fact]
    [Requirement("R27")]
    public async Task Beside_a_shown_area_stands_what_is_compared_with_the_line()
    {
        var violation = await district.ViolationAsync("wangcun", farmland: 3333.32);
        var found = await DoAsync("district-reviewer", "record-integrity-finding", Finding(violation.Number));
        Assert.False(found.GetProperty("immediate").GetBoolean());
        var page = await PageAsync("district-reviewer", "/escalation");
        Assert.Contains("5.00 亩", page, StringComparison.Ordinal);
        Assert.Contains("实测 3,333.3200 平方米", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<tr class=\"reached\"", page, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R27")]
    public async Task A_spot_check_shows_its_proof_and_a_town_does_not_see_the_list_before_the_draw()
    {
        var violation = await district.ViolationAsync("nanjiao", area: 900);
        await district.MeasureAsync(violation, "2019-06-30", accepted: 900);
        var committed = await DoAsync(
            "office-head",
            "commit-spot-check",
            new
            {
                programmeId = "2019-q1",
                of = "removed-violations",
                countToDraw = 1,
                reason = "例行抽查",
            }
        );
        Assert.Contains(
            committed.GetProperty("seedSha256").GetString()!,
            await PageAsync("town-nanjiao", "/spot-checks"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(violation.Number, await PageAsync("town-nanjiao", "/spot-checks"), StringComparison.Ordinal);
        var id = committed.GetProperty("id").GetGuid();
        var drawn = await DoAsync("office-head", "draw-spot-check", new { spotCheckId = id, reason = "抽取" });
        var page = await PageAsync("town-nanjiao", "/spot-checks");
        foreach (var seen in (string[])[drawn.GetProperty("seed").GetString()!, violation.Number, "与公布的哈希一致"])
            Assert.Contains(seen, page, StringComparison.Ordinal);
        Assert.Contains("已抽中、待检查", await PageAsync("district-reviewer", "/"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R30")]
    [Requirement("R60")]
    public async Task The_outcome_stands_first_and_the_league_table_opens_own_lists_only()
    {
        var removed = await district.ViolationAsync("wangcun", area: 900);
        await district.MeasureAsync(removed, "2019-06-30", accepted: 900);
        var left = await district.ViolationAsync("nanjiao", area: 2100);
        foreach (var dashboard in (string[])["/", "/board", "/escalation"])
        {
            var page = await PageAsync("government", dashboard);
            Assert.Contains("整改成效", page, StringComparison.Ordinal);
            Assert.Contains("30.00 %", page, StringComparison.Ordinal);
        }
        await DoAsync(
            "office-head",
            "evaluate-towns",
            new
            {
                period = "2019-q1+2019-q2",
                opinionZh = "总体较好",
                reason = "季度评价",
            }
        );
        var own = await PageAsync("town-nanjiao", "/evaluation?period=2019-q1%2B2019-q2");
        Assert.Contains(left.Number, own, StringComparison.Ordinal);
        Assert.DoesNotContain(removed.Number, own, StringComparison.Ordinal);
        Assert.Contains("整改到位率", own, StringComparison.Ordinal);
        await using var db = district.Store.Read();
        var evaluation = db.Evaluations.Single().Id;
        await DoAsync(
            "town-nanjiao",
            "appeal-evaluation",
            new
            {
                evaluationId = evaluation,
                indicatorId = "filing-rate",
                reason = "已立案",
            }
        );
        Assert.Contains("待答复的评价申诉", await PageAsync("office-head", "/"), StringComparison.Ordinal);
        Assert.Contains("已立案", await PageAsync("office-head", "/evaluation"), StringComparison.Ordinal);
        Assert.DoesNotContain("南郊镇</strong>", await PageAsync("town-wangcun", "/evaluation"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R81")]
    public async Task On_the_ninth_of_July_the_office_sees_what_is_due_tomorrow_until_it_is_sent()
    {
        district.Go("2019-07-09");
        Assert.Contains("报送第一、二季度图斑核实结果", await PageAsync("office-head", "/"), StringComparison.Ordinal);
        Assert.DoesNotContain("报送第一、二季度图斑核实结果", await PageAsync("town-wangcun", "/"), StringComparison.Ordinal);
        await DoAsync("office-head", "submit-due", new { calendarId = "2019-results-first", reason = "报送" });
        Assert.DoesNotContain("报送第一、二季度图斑核实结果", await PageAsync("office-head", "/"), StringComparison.Ordinal);
        Assert.Contains("已完成", await PageAsync("office-head", "/calendar"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R03")]
    public async Task The_finance_seat_keeps_the_funds_and_the_office_the_trainings()
    {
        await DoAsync("finance", "keep-record", Record("budget", 1_200_000));
        await DoAsync("finance", "keep-record", Record("spending", 300_050));
        await DoAsync("office-head", "keep-record", Record("training", null));
        var page = await PageAsync("finance", "/records");
        foreach (var seen in (string[])["12,000.00", "3,000.50", "业务培训"])
            Assert.Contains(seen, page, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R05")]
    public async Task A_notice_goes_to_posts_and_is_read_by_the_seats_of_those_posts_alone()
    {
        await DoAsync("office-head", "notify-posts", Notice("members", "五月八日召开调度会"));
        await DoAsync("government", "notify-posts", Notice("wangcun-mayor", "请王村镇说明进度"));
        foreach (var seat in (string[])["town-wangcun", "dept-housing", "finance", "district-officer", "government"])
            Assert.Contains("五月八日召开调度会", await PageAsync(seat, "/"), StringComparison.Ordinal);
        Assert.Contains("请王村镇说明进度", await PageAsync("town-wangcun", "/notices"), StringComparison.Ordinal);
        foreach (var seat in (string[])["town-nanjiao", "dept-housing", "permit-desk"])
            Assert.DoesNotContain("请王村镇说明进度", await PageAsync(seat, "/notices"), StringComparison.Ordinal);
        var group = await PageAsync("office-head", "/leading-group");
        foreach (var seen in (string[])["区委副书记、区政府区长", "王村镇经办", "发至 26 个职务", "无席位：以纸质送达"])
            Assert.Contains(seen, group, StringComparison.Ordinal);
        Assert.DoesNotContain("王村镇经办", await PageAsync("office-head", "/leading-group?on=2019-04-30"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("office-head", "wangcun-mayor", "")]
    [InlineData("office-head", "nobody-s-post", "请说明")]
    [InlineData("town-wangcun", "members", "请说明")]
    public async Task A_notice_without_text_to_no_post_or_from_a_town_is_refused(string seat, string post, string text)
    {
        using var browser = await SignedInAsync(seat);
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/acts/notify-posts")
        {
            Content = JsonContent.Create(Notice(post, text)),
        };
        message.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await browser.SendAsync(message);
        Assert.False(answer.IsSuccessStatusCode);
        Assert.DoesNotContain("请说明", await PageAsync("office-head", "/leading-group"), StringComparison.Ordinal);
    }

    private static object Notice(string post, string text) =>
        new
        {
            post,
            textZh = text,
            reason = "通知",
        };

    /// <summary>Every page of the stage in English too: no Chinese text of the interface is left in it.</summary>
    [Theory]
    [InlineData("/calendar", "Calendar")]
    [InlineData("/escalation", "Grounds and distances")]
    [InlineData("/spot-checks", "Spot checks")]
    [InlineData("/evaluation", "Rectification rate")]
    [InlineData("/accountability", "Nothing was handed over.")]
    [InlineData("/records", "No records yet.")]
    [InlineData("/notices", "No notice yet.")]
    [InlineData("/leading-group", "No notice was sent yet.")]
    public async Task Every_page_speaks_English(string path, string text)
    {
        await district.ViolationAsync("wangcun", cultivated: 1000);
        Assert.Contains(text, await PageAsync("office-head", path + "?culture=en"), StringComparison.Ordinal);
    }

    private async Task<Guid> InterviewAsync()
    {
        district.Go("2019-07-20");
        var proposal = await ProposeAsync("interview-weak-supervision", "warning-interview");
        Assert.Contains("待决定的督导问责建议", await PageAsync("government", "/"), StringComparison.Ordinal);
        await DoAsync("government", "decide-escalation", Decision(proposal));
        Assert.Contains("已同意、待办理的建议", await PageAsync("government", "/"), StringComparison.Ordinal);
        var started = await DoAsync(
            "government",
            "start-interview",
            new
            {
                proposalId = proposal,
                startedOn = "2019-07-20",
                rectifyBy = "2019-08-10",
                posts = new[] { "王村镇镇长" },
                place = "区政府",
                chair = "副区长",
                demandsZh = "限期拆除复耕",
                reason = "约谈",
            }
        );
        Assert.Equal("2019-08-19", started.GetProperty("acceptBy").GetString());
        return started.GetProperty("id").GetGuid();
    }

    private async Task<Guid> ProposeAsync(string ground, string measure) => (
            await DoAsync(
                "office-head",
                "propose-escalation",
                new
                {
                    unit = "wangcun",
                    groundId = ground,
                    measure,
                    seriousZh = "整改不力",
                    reason = "建议区政府采取措施",
                }
            )
        ).GetProperty("id").GetGuid();

    private static object Finding(string violation) =>
        new
        {
            unit = "wangcun",
            violationNumber = violation,
            kind = "falsified",
            foundIn = "site-acceptance",
            foundOn = "2019-06-20",
            factsZh = "绿网覆盖硬化地面冒充复耕",
            reason = "现场核实",
        };

    private static object Decision(Guid proposal) =>
        new
        {
            proposalId = proposal,
            outcome = "approved",
            reason = "同意",
        };

    private static object Step(Guid interview, string kind, string on, string? due = null) =>
        new
        {
            interviewId = interview,
            kind,
            on,
            dueOn = due,
            noteZh = "情况说明",
            reason = "办理",
        };

    private static object Record(string kind, long? fen) =>
        new
        {
            kind,
            on = "2019-06-01",
            titleZh = "卫片执法",
            textZh = "说明",
            amountFen = fen,
            reason = "登记",
        };

    private async Task<JsonElement> DoAsync(string login, string act, object request)
    {
        using var browser = await SignedInAsync(login);
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/api/acts/{act}") { Content = JsonContent.Create(request) };
        message.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await browser.SendAsync(message);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{act}: {answer.StatusCode} {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    private async Task<string> PageAsync(string login, string path)
    {
        using var browser = await SignedInAsync(login);
        return await browser.GetStringAsync(path);
    }

    private async Task<HttpStatusCode> StatusAsync(string login, string path)
    {
        using var browser = await SignedInAsync(login);
        using var answer = await browser.GetAsync(path);
        return answer.StatusCode;
    }

    private async Task<HttpClient> SignedInAsync(string login)
    {
        var address = office.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(address),
        };
        using var answer = await OfficeProgram.SignInAsync(browser, login, OfficeProgram.Password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return browser;
    }
}
