using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>An office whose clock the walk may set: no other test stands in it.</summary>
public sealed class WalkedOffice : Office;

/// <summary>One violation from the patch to the entry that is struck off the ledger: each seat signs in, sees on its start page that it is
/// due, goes there, does it on the form, and sees it due no more.</summary>
/// <remarks>The clock of the sample is set by its administrator to get past the days that the law gives to a party and the plan to a
/// town.</remarks>
public sealed class ViolationWalkTests(WalkedOffice office) : IClassFixture<WalkedOffice>, IAsyncDisposable
{
    private const string Programme = "2019-q1";
    private const string Unit = "wangcun";
    private const string Town = "town-" + Unit;
    private const string Officer = "district-officer";
    private const string Reviewer = "district-reviewer";
    private const string Head = "office-head";
    private const string Company = "合成走查有限公司";
    private const string Alarm = "/cases?state=alarm";

    private readonly Dictionary<string, Visitor> seats = new(StringComparer.Ordinal);
    private string patch = "";
    private string parcel = "";
    private string violation = "";
    private string entry = "";

    [Fact]
    public async Task A_violation_goes_from_the_patch_to_the_closed_entry_of_the_ledger_through_every_seat()
    {
        await OnAsync("2019-07-01");
        await VisitedAsync();
        await JudgedAsync();
        await OnAsync("2019-07-03");
        await FormedAsync();
        await StoppedAsync();
        await FiledAsync();
        await OthersToldAsync();
        await OnAsync("2019-07-10");
        await InvestigatedAsync();
        await OnAsync("2019-07-22");
        await PunishedAsync();
        await OrderedAsync();
        await HandedOverAsync();
        await OnAsync("2020-01-02");
        await EnteredAsync();
        await OnAsync("2020-01-10");
        await RemovedAsync();
        await CaseClosedAsync();
        await StruckOffAsync();
        foreach (var (login, seat) in seats)
            Assert.True(seat.Complaints.Count == 0, $"{login}: {string.Join('\n', seat.Complaints)}");
    }

    private async Task<Visitor> SeatAsync(string login)
    {
        if (seats.TryGetValue(login, out var known))
            return known;
        return seats[login] = login == Town ? await office.SignInAsync(login, 390, 844, touch: true) : await office.SignInAsync(login);
    }

    /// <summary>The administrator sets the clock of the sample, as its page offers.</summary>
    private async Task OnAsync(string day)
    {
        var administrator = await SeatAsync("administrator");
        await administrator.OpenAsync("/status");
        await administrator.DoAsync("set-clock", ("Moment", day + "T09:00"), ("Reason", "走查"));
        await administrator.Page.WaitForSelectorAsync($"[data-clock] time:text-is('{day}')");
    }

    private async Task VisitedAsync()
    {
        var officer = await SeatAsync(Officer);
        (patch, parcel) = await IllegalAsync(officer.Page);
        await officer.OpenAsync("/verify");
        await officer.DoAsync(
            "assign-visits",
            ("Programme", Programme),
            ("Unit", Unit),
            ("DueOn", "2019-07-05"),
            ("Which", "every-patch"),
            ("Numbers", patch),
            ("Reason", "分派核查")
        );
        var town = await SeatAsync(Town);
        await town.FollowAsync($"/verify?programme={Programme}&show=due", patch);
        await town.Page.WaitForSelectorAsync("[data-field=ready]", new() { State = WaitForSelectorState.Attached });
        await town.Page.ClickAsync("[data-to=form]");
        await town.Page.SelectOptionAsync("[name=use_on_ground]", "construction");
        await town.Page.FillAsync("[name=party]", Company);
        await town.Page.ClickAsync("[data-to=send]");
        await town.Page.ClickAsync("[data-send]");
        await town.Page.WaitForSelectorAsync("[data-outbox] li[data-state=receipt]");
        await town.HasDoneAsync($"/verify?programme={Programme}&show=due");
        await officer.FollowAsync($"/verify?programme={Programme}&show=arrived", patch);
    }

    private async Task JudgedAsync()
    {
        var officer = await SeatAsync(Officer);
        var judge = $"/workbench?programme={Programme}&queue=judge";
        var before = await officer.DueAsync(judge);
        await officer.FollowAsync(judge);
        await officer.OpenAsync($"{judge}&patch={patch}");
        await officer.Page.Keyboard.PressAsync("2");
        await officer.Page.WaitForSelectorAsync(".letters");
        await officer.Page.Keyboard.PressAsync("a");
        await officer.Page.WaitForSelectorAsync(".chosen:has-text('I1')");
        await officer.Page.Keyboard.PressAsync("Enter");
        await officer.Page.Locator($".card:has(.card-number:text-is('{patch}')) .state-illegal:not(.pending)").WaitForAsync();
        Assert.Equal(before - 1, await officer.DueAsync(judge));
        await officer.HasDoneAsync($"/verify?programme={Programme}&show=arrived");

        var reviewer = await SeatAsync(Reviewer);
        var confirm = $"/workbench?programme={Programme}&queue=confirm";
        Assert.Equal(1, await reviewer.DueAsync(confirm));
        await reviewer.FollowAsync(confirm);
        await reviewer.OpenAsync($"{confirm}&patch={patch}");
        await reviewer.Page.WaitForSelectorAsync(".verdict-bar select.reason");
        await reviewer.Page.Keyboard.PressAsync("Enter");
        await reviewer.Page.WaitForSelectorAsync(".verdict-bar:has-text('→ 区自然资源局审核')");
        await reviewer.HasDoneAsync(confirm);
    }

    private async Task FormedAsync()
    {
        var officer = await SeatAsync(Officer);
        Assert.Equal(1, await officer.DueAsync("/violations"));
        await officer.FollowAsync("/violations");
        await officer.Page.CheckAsync($"input[aria-label='{parcel}']");
        await officer.DoAsync("form-violation", ("NameZh", Company + "违法占地"), ("UseZh", "厂房"), ("Reason", "立宗"));
        await officer.HasDoneAsync("/violations");
        await officer.FollowAsync(Alarm);
        violation = (await officer.Page.InnerTextAsync("tr[data-violation] a >> nth=0")).Trim();
    }

    /// <summary>The town stops the work on the ground.</summary>
    private async Task StoppedAsync()
    {
        var town = await SeatAsync(Town);
        await town.FollowAsync(Alarm, violation);
        await town.DoAsync(
            "issue-stop-notice",
            ("DiscoveredBy", "patch"),
            ("DiscoveredOn", "2019-07-01"),
            ("AddresseeZh", Company),
            ("ActZh", "未经批准占用土地建设厂房"),
            ("ProvisionZh", "《土地管理法》"),
            ("BasisZh", "《土地管理法》"),
            ("OrderZh", "立即停止施工"),
            ("Reason", "制止")
        );
        await town.DoAsync("record-work-stopped", ("StoppedOn", "2019-07-03"), ("Reason", "复查已停工"));
        Assert.False(await town.IsOfferedAsync("record-work-stopped"));
        Assert.False(await town.IsOfferedAsync("open-case-file"), "a town opens no case");
    }

    private async Task FiledAsync()
    {
        var officer = await SeatAsync(Officer);
        await officer.FollowAsync(Alarm, violation);
        await officer.DoAsync(
            "add-party",
            ("Role", "actor"),
            ("Kind", "unit"),
            ("NatureCode", "enterprise"),
            ("PartyName", Company),
            ("Representative", "某负责人"),
            ("Reason", "询问笔录")
        );
        await officer.DoAsync(
            "open-case-file",
            ("SourceZh", "卫片执法"),
            ("OfficerOne", "执法员甲"),
            ("OfficerTwo", "执法员乙"),
            ("Reason", "立案")
        );
        await officer.HasDoneAsync(Alarm);

        var head = await SeatAsync(Head);
        Assert.Equal(1, await head.DueAsync("/cases?state=waiting"));
        await head.FollowAsync("/cases?state=waiting", violation);
        await head.DoAsync("sign-case-filing", ("Outcome", "approved"), ("OpinionZh", "同意立案"), ("Reason", "立案签批"));
        await head.HasDoneAsync("/cases?state=waiting");
        await HeldAsync(isHeld: true);
    }

    /// <summary>The permit desk asks by name whether a permit is held.</summary>
    private async Task HeldAsync(bool isHeld)
    {
        var desk = await SeatAsync("permit-desk");
        await desk.OpenAsync("/");
        await desk.Page.ClickAsync("nav a[href='/holds']");
        await desk.DoAsync("ask-hold", ("Asked", Company), ("Reason", "受理许可申请"));
        await desk.Page.WaitForSelectorAsync(isHeld ? ".notice.refusal" : ".notice.good");
    }

    /// <summary>A department is told, discipline inspection gets the person, and the government lists the case.</summary>
    private async Task OthersToldAsync()
    {
        var officer = await SeatAsync(Officer);
        await officer.FollowAsync("/cases?turn=investigated", violation);
        await officer.DoAsync(
            "send-copy-notice",
            ("ToBody", "transport-bureau"),
            ("ReplyBy", "2019-07-20"),
            ("RequestZh", "不予办理道路开口许可"),
            ("Reason", "共同责任")
        );
        await officer.DoAsync(
            "transfer-violation",
            ("Kind", "discipline"),
            ("ToBody", "discipline-inspection"),
            ("GroundZh", "监管人员涉嫌失职"),
            ("ReplyBy", "2019-08-20"),
            ("Reason", "移送")
        );
        await officer.DoAsync(
            "raise-supervision",
            ("Kind", "listed-supervision"),
            ("GroundId", "supervision-and-publicity"),
            ("ReasonZh", "典型违法案件"),
            ("DueOn", "2019-09-20"),
            ("Reason", "挂牌督办")
        );
        var transport = await SeatAsync("dept-transport");
        await transport.FollowAsync("/department");
        await transport.DoAsync("reply-copy-notice", ("ReplyZh", "已通知有关科室，不予办理"), ("Reason", "复函"));
        await transport.HasDoneAsync("/department");

        var discipline = await SeatAsync("discipline");
        await discipline.HasDoneAsync("/department");
        var head = await SeatAsync(Head);
        await head.FollowAsync("/cases?turn=sign-transfer", violation);
        await head.DoAsync("sign-transfer", ("Outcome", "approved"), ("OpinionZh", "同意移送"), ("Reason", "移送签批"));
        await head.HasDoneAsync("/cases?turn=sign-transfer");
        await discipline.FollowAsync("/department");
        foreach (var kind in new[] { "received", "replied", "done" })
            await discipline.DoAsync("record-transfer-step", ("Kind", kind), ("NoteZh", "按职责办理"), ("Reason", "移送办理"));
        await discipline.HasDoneAsync("/department");

        var government = await SeatAsync("government");
        await government.FollowAsync("/cases?turn=sign-supervision", violation);
        await government.DoAsync("record-supervision-step", ("Kind", "approved"), ("NoteZh", "同意挂牌督办"), ("Reason", "签批"));
        await government.HasDoneAsync("/cases?turn=sign-supervision");
    }

    private async Task InvestigatedAsync()
    {
        var officer = await SeatAsync(Officer);
        await officer.FollowAsync("/cases?turn=investigated", violation);
        await officer.StepAsync("调查终结", ("NoteZh", "经查，违法事实属实"), ("Reason", "调查"));
        await officer.HasDoneAsync("/cases?turn=investigated");

        var reviewer = await SeatAsync(Reviewer);
        await reviewer.FollowAsync("/cases?turn=reviewed", violation);
        await reviewer.StepAsync("法制审核", ("Outcome", "approved"), ("NoteZh", "事实清楚，程序合法"), ("Reason", "审核"));
        await reviewer.HasDoneAsync("/cases?turn=reviewed");

        await officer.FollowAsync("/cases?turn=notice-served", violation);
        await officer.StepAsync(
            "送达告知书",
            ("PenaltyZh", "责令限期拆除，没收建筑材料，并处罚款30000元"),
            ("Texts", "违反的规定=《土地管理法》\n依据=《土地管理法》"),
            ("Reason", "告知")
        );
        await officer.HasDoneAsync("/cases?turn=notice-served");
        // The party has its days to answer: nobody is asked to decide yet.
        await (await SeatAsync(Head)).HasDoneAsync("/cases?turn=decided");
    }

    private async Task PunishedAsync()
    {
        var head = await SeatAsync(Head);
        await head.FollowAsync("/cases?turn=decided", violation);
        await head.StepAsync(
            "作出决定",
            ("Outcome", "penalty"),
            ("FineFen", "3000000"),
            ("Demolish", "true"),
            ("Confiscate", "true"),
            ("PenaltyZh", "责令限期拆除，没收建筑材料，并处罚款30000元"),
            ("Texts", "违反的规定=《土地管理法》\n依据=《土地管理法》\n证据=现场核查记录、照片"),
            ("Reason", "决定")
        );
        await head.HasDoneAsync("/cases?turn=decided");

        var officer = await SeatAsync(Officer);
        await officer.FollowAsync("/cases?turn=decision-served", violation);
        await officer.StepAsync("送达决定书", ("NoteZh", "直接送达"), ("Reason", "送达"));
        await officer.HasDoneAsync("/cases?turn=decision-served");
        await officer.FollowAsync("/cases?turn=paid", violation);
        await officer.StepAsync("缴清罚款", ("AmountFen", "3000000"), ("Reason", "缴款"));
        await officer.HasDoneAsync("/cases?turn=paid");
        await officer.FollowAsync("/cases?turn=executed", violation);
        await DocumentsAsync(officer.Page, atLeast: 6);
    }

    /// <summary>Every document of the case is there as Word and as PDF.</summary>
    private static async Task DocumentsAsync(IPage page, int atLeast)
    {
        var files = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('a[href^=\"/api/documents/\"]')].map(a => a.getAttribute('href'))"
        );
        Assert.True(files.Length >= 2 * atLeast, $"{files.Length} files");
        foreach (var file in files)
        {
            var answer = await page.APIRequest.GetAsync(file);
            Assert.Equal(200, answer.Status);
            var begins = Encoding.ASCII.GetString(await answer.BodyAsync(), 0, 4);
            Assert.StartsWith(file.EndsWith(".pdf", StringComparison.Ordinal) ? "%PDF" : "PK", begins, StringComparison.Ordinal);
        }
    }

    private async Task OrderedAsync()
    {
        var officer = await SeatAsync(Officer);
        await officer.FollowAsync("/measures");
        var row = officer.Page.Locator($"tr:has-text('{violation}'):has([data-act='order-measure'])");
        await SeatAtWork.DoAsync(
            row.Locator("[data-act='order-measure']"),
            ("Kind", "demolish-restore"),
            ("DueOn", "2019-09-20"),
            ("BasisZh", "处罚决定"),
            ("Reason", "责令整改")
        );
        await officer.HasDoneAsync("/measures");
        await officer.FollowAsync("/cases?turn=executed", violation);
        await officer.DoAsync(
            "order-measure",
            ("Kind", "confiscate"),
            ("DueOn", "2019-09-20"),
            ("BasisZh", "处罚决定"),
            ("Reason", "没收")
        );
        Assert.Equal(2, await (await SeatAsync(Town)).DueAsync("/measures?show=open"));
    }

    private async Task HandedOverAsync()
    {
        var head = await SeatAsync(Head);
        Assert.Equal(1, await head.DueAsync("/measures?show=to-hand-over"));
        await head.FollowAsync("/measures?show=to-hand-over", violation);
        await head.DoAsync(
            "send-hand-over",
            ("Things", "钢结构厂房；1座；违法用地现场；完好"),
            ("ReplyBy", "2019-08-20"),
            ("Reason", "没收移交")
        );
        await head.HasDoneAsync("/measures?show=to-hand-over");

        var finance = await SeatAsync("finance");
        Assert.Equal(1, await finance.DueAsync("/hand-overs"));
        await finance.FollowAsync("/hand-overs");
        await finance.DoAsync("receive-hand-over", ("ConditionZh", "与清单相符"), ("Reason", "统一接收"));
        await finance.HasDoneAsync("/hand-overs");
    }

    /// <summary>Nothing was removed by the cut-off: the violation stands on the ledger, and only acceptances lead off it.</summary>
    private async Task EnteredAsync()
    {
        var head = await SeatAsync(Head);
        await head.OpenAsync("/");
        await head.OpenAsync("/ledger");
        await head.DoAsync("enter-ledger", ("CutOff", "2019-cut-off"), ("Reason", "存违挂账"));
        entry = (await head.Page.InnerTextAsync($"tr:has-text('{violation}') a >> nth=0")).Trim();
        foreach (var login in new[] { Town, "government" })
        {
            var seat = await SeatAsync(login);
            Assert.Equal(1, await seat.DueAsync("/ledger"));
            await seat.FollowAsync("/ledger", entry);
        }
        foreach (var login in new[] { Reviewer, Head })
        {
            var seat = await SeatAsync(login);
            await seat.HasDoneAsync("/ledger");
            await seat.OpenAsync("/ledger");
            await seat.Page.ClickAsync($"a:text-is('{entry}')");
            await seat.Page.WaitForSelectorAsync(".acts:has-text('剩余面积验收到零后才能销号')");
            Assert.False(await seat.IsOfferedAsync("propose-closing") || await seat.IsOfferedAsync("close-ledger-entry"));
        }
        await LinkedAsync();
    }

    /// <summary>The survey of the year knows the violation, or says that it does not.</summary>
    private async Task LinkedAsync()
    {
        var officer = await SeatAsync(Officer);
        await officer.OpenAsync("/");
        var group = officer.Page.Locator(".place-group:has(a[href='/ledger/survey'])");
        await group.HoverAsync();
        await group.Locator("a[href='/ledger/survey']").ClickAsync();
        await officer.DoAsync("link-survey", ("Reason", "与变更调查衔接"));
        await officer.Page.WaitForSelectorAsync($"section:has(h2):has-text('{violation}')");
    }

    private async Task RemovedAsync()
    {
        var town = await SeatAsync(Town);
        var reviewer = await SeatAsync(Reviewer);
        Assert.Equal(2, await town.DueAsync("/measures?show=late"));
        await town.FollowAsync("/measures?show=late");
        var measures = await LinksAsync(town.Page);
        Assert.Equal(2, measures.Count);
        foreach (var measure in measures)
        {
            await town.OpenAsync(measure);
            await town.BringAsync(
                new FilePayload
                {
                    Name = "report.pdf",
                    MimeType = "application/pdf",
                    Buffer = Encoding.UTF8.GetBytes("%PDF-1.4 " + measure),
                },
                "已选 1 个文件"
            );
            await town.DoAsync("report-measure", ("DoneOn", "2020-01-08"), ("NoteZh", "因汛期延误，已拆除并恢复"), ("Reason", "整改报告"));
        }
        await town.HasDoneAsync("/measures?show=late");

        Assert.Equal(2, await reviewer.DueAsync("/measures?show=waiting"));
        await reviewer.FollowAsync("/measures?show=waiting");
        foreach (var measure in await LinksAsync(reviewer.Page))
            await AcceptAsync(reviewer, measure);
        await reviewer.HasDoneAsync("/measures?show=waiting");
        await HeldAsync(isHeld: false);
    }

    private static async Task AcceptAsync(Visitor reviewer, string measure)
    {
        await reviewer.OpenAsync(measure);
        await SeatAtWork.OpenAsync(reviewer.Page.Locator("[data-act='accept-measure']"));
        var area = await NumberAsync(reviewer.Page, "AreaSquareMetres");
        var cultivated = await NumberAsync(reviewer.Page, "CultivatedSquareMetres");
        // Cultivated land is cultivated again; the rest is orchard, which is agricultural land whatever it was.
        var classes = new[] { ("0103", cultivated), ("0201", area - cultivated) }
            .Where(c => c.Item2 > 0)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Item1}={c.Item2:0.00}"));
        await reviewer.DoAsync(
            "accept-measure",
            ("Outcome", "accepted"),
            ("CodeStandard", "gbt21010-2017"),
            ("Classes", string.Join('\n', classes)),
            ("HardSurfaceRemoved", "true"),
            ("FoundationRemoved", "true"),
            ("SoilCoverCentimetres", "40"),
            ("Levelled", "true"),
            ("SidesPhotographed", "true"),
            ("BoundaryMeasured", "true"),
            ("NoteZh", "现场已拆除并恢复"),
            ("Reason", "实地验收")
        );
    }

    private async Task CaseClosedAsync()
    {
        var officer = await SeatAsync(Officer);
        await officer.FollowAsync("/cases?turn=executed", violation);
        await officer.StepAsync("执行完毕", ("NoteZh", "处罚决定执行完毕"), ("Reason", "执行"));
        await officer.HasDoneAsync("/cases?turn=executed");

        var head = await SeatAsync(Head);
        await head.FollowAsync("/cases?turn=closed", violation);
        await head.StepAsync(
            "结案",
            ("Ground", "executed"),
            ("NoTransferReasonZh", "未达到追诉标准"),
            ("NoteZh", "处理到位"),
            ("LateReasonZh", "当事人逾期拆除"),
            ("Reason", "结案")
        );
        await head.Page.WaitForSelectorAsync("header:has-text('已结案')");
        await head.HasDoneAsync("/cases?turn=closed");
    }

    private async Task StruckOffAsync()
    {
        var reviewer = await SeatAsync(Reviewer);
        await reviewer.FollowAsync("/ledger", entry);
        await reviewer.DoAsync("propose-closing", ("ReasonZh", "经实地验收，违法状态已消除"), ("Reason", "拟销号"));
        await reviewer.HasDoneAsync("/ledger");

        var head = await SeatAsync(Head);
        await head.FollowAsync("/ledger", entry);
        await head.DoAsync("close-ledger-entry", ("Reason", "同意销号"));
        await head.Page.WaitForSelectorAsync(".notice.good:has-text('已销号')");
        await head.HasDoneAsync("/ledger");
        foreach (var login in new[] { Town, "government", Reviewer })
            await (await SeatAsync(login)).HasDoneAsync("/ledger");
        var town = await SeatAsync(Town);
        await town.OpenAsync("/ledger");
        await town.Page.WaitForSelectorAsync($"tr:has-text('{entry}'):has-text('已销号')");
    }

    private static async Task<double> NumberAsync(IPage page, string field) =>
        double.Parse(await page.InputValueAsync($"[data-act='accept-measure'] [name='{field}']"), CultureInfo.InvariantCulture);

    /// <summary>The measures in the list on screen.</summary>
    private static async Task<IReadOnlyList<string>> LinksAsync(IPage page)
    {
        await page.WaitForSelectorAsync("table.measures a");
        return await page.EvaluateAsync<string[]>(
            "() => [...new Set([...document.querySelectorAll('table.measures a')].map(a => a.getAttribute('href')))]"
        );
    }

    /// <summary>A patch of the town alone that the rules propose as illegal whole, with its parcel.</summary>
    private static async Task<(string Patch, string Parcel)> IllegalAsync(IPage page)
    {
        var list = await page.APIRequest.GetAsync($"/api/patches?programme={Programme}&limit=100");
        var found = (await list.JsonAsync())!
            .Value.GetProperty("patches")
            .EnumerateArray()
            .First(p =>
                p.GetProperty("units") is { } units
                && units.GetArrayLength() == 1
                && units[0].GetString() == Unit
                && p.GetProperty("parcels") is { } parcels
                && parcels.GetArrayLength() == 1
                && parcels[0].GetProperty("proposed") is { ValueKind: JsonValueKind.String } proposed
                && proposed.GetString() == "I1"
            );
        return (found.GetProperty("number").GetString()!, found.GetProperty("parcels")[0].GetProperty("number").GetString()!);
    }

    /// <summary>Where pictures are wanted, the last thing that each seat saw is among them.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (login, seat) in seats)
        {
            if (Environment.GetEnvironmentVariable("WEIPIAN_PICTURES") is { } folder)
                await seat.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"walk-{login}.png") });
            await seat.DisposeAsync();
        }
    }
}
