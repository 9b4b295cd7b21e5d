using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.CaseFiles;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Serving;

namespace Weipian.Tests.Web.CaseFiles;

/// <summary>One violation from its parcels to the closed case over HTTP: each seat signs in on the day of its act and sees it on its
/// pages.</summary>
[Collection("district of violations")]
public sealed class CaseJourneyTests(ViolationsTemplate template) : IAsyncLifetime
{
    private readonly DistrictOfViolations district = template.Copy();
    private WebApplication office = null!;

    public async ValueTask InitializeAsync()
    {
        foreach (
            var login in new[] { "district-officer", "district-reviewer", "office-head", "town-wangcun", "permit-desk", "dept-transport" }
        )
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
    [Requirement("R20")]
    [Requirement("R24")]
    public async Task One_violation_goes_from_its_parcels_to_the_closed_case()
    {
        var formed = await DoAsync("district-officer", "2019-04-26", "form-violations", new { programme = "2019-q1", reason = "立卷" });
        Assert.Equal(5, formed.GetProperty("numbers").GetArrayLength());
        Assert.Contains("待立案", await PageAsync("district-officer", "/cases"), StringComparison.Ordinal);
        var violation = await ViolationAsync("WF-2019-0002");
        await DoAsync(
            "district-officer",
            "2019-04-28",
            "add-party",
            new
            {
                violationId = violation,
                role = "actor",
                kind = "unit",
                natureCode = "enterprise",
                partyName = "周村某机械厂",
                reason = "询问笔录",
            }
        );
        Assert.True(await HeldAsync("周村某机械厂"));
        var opened = await DoAsync(
            "district-officer",
            "2019-04-29",
            "open-case-file",
            new
            {
                violationId = violation,
                filedOn = "2019-04-29",
                groundZh = "涉嫌未供即用",
                sourceZh = "卫片执法",
                officerOne = "王",
                officerTwo = "李",
                reason = "立案",
            }
        );
        var file = opened.GetProperty("caseFileId").GetGuid();
        var waiting = await PageAsync("office-head", "/violations/WF-2019-0002");
        Assert.Contains("立案签批", waiting, StringComparison.Ordinal);
        await DoAsync(
            "office-head",
            "2019-04-30",
            "sign-case-filing",
            new
            {
                caseFileId = file,
                outcome = "approved",
                opinionZh = "同意",
                reason = "签批",
            }
        );

        await StepAsync(
            "district-officer",
            "2019-05-06",
            new
            {
                caseFileId = file,
                kind = "investigated",
                on = "2019-05-06",
                noteZh = "未供即用",
                reason = "查明",
            }
        );
        await StepAsync(
            "district-reviewer",
            "2019-05-07",
            new
            {
                caseFileId = file,
                kind = "reviewed",
                on = "2019-05-07",
                outcome = "approved",
                reason = "审核",
            }
        );
        string[] law = ["违反的规定=土地管理法", "依据=土地管理法", "证据=现场照片"];
        await StepAsync(
            "district-officer",
            "2019-05-08",
            new
            {
                caseFileId = file,
                kind = "notice-served",
                on = "2019-05-08",
                penaltyZh = "罚款60000元",
                texts = law[..2],
                reason = "告知",
            }
        );
        await RefusedAsync("office-head", "2019-05-11", Decision("2019-05-11"), "case-file.too-early");
        await StepAsync("office-head", "2019-05-12", Decision("2019-05-12"));
        await StepAsync(
            "district-officer",
            "2019-05-13",
            new
            {
                caseFileId = file,
                kind = "decision-served",
                on = "2019-05-13",
                reason = "送达",
            }
        );
        await StepAsync(
            "district-officer",
            "2019-05-28",
            new
            {
                caseFileId = file,
                kind = "paid",
                on = "2019-05-28",
                amountFen = 6_000_000,
                reason = "缴款书",
            }
        );
        await StepAsync(
            "district-officer",
            "2019-05-29",
            new
            {
                caseFileId = file,
                kind = "executed",
                on = "2019-05-29",
                reason = "执行完毕",
            }
        );
        await StepAsync(
            "office-head",
            "2019-05-29",
            new
            {
                caseFileId = file,
                kind = "closed",
                on = "2019-05-29",
                ground = "executed", noTransferReasonZh = "毁坏程度未达标准",
                reason = "结案",
            }
        );

        var life = await PageAsync("district-officer", "/violations/WF-2019-0002");
        foreach (
            var seen in new[]
            {
                "已结案",
                "周自然资罚〔2019〕1号",
                "周自然资结〔2019〕1号",
                "data-clock=\"payment\"",
                "2019-05-28",
                "周村某机械厂",
            }
        )
            Assert.Contains(seen, life, StringComparison.Ordinal);
        // The land was not given back: the permit stays held.
        Assert.True(await HeldAsync("周村某机械厂"));

        object Decision(string on) =>
            new
            {
                caseFileId = file,
                kind = "decided",
                on,
                outcome = "penalty",
                fineFen = 6_000_000,
                penaltyZh = "罚款60000元",
                texts = law,
                reason = "集体讨论决定",
            };
    }

    [Fact]
    [Requirement("R08")]
    public async Task A_department_sees_what_was_sent_to_it_and_no_case()
    {
        await DoAsync("district-officer", "2019-04-26", "form-violations", new { programme = "2019-q1", reason = "立卷" });
        Assert.Contains("没有事项", await PageAsync("dept-transport", "/department"), StringComparison.Ordinal);
        await DoAsync(
            "district-officer",
            "2019-04-26",
            "send-copy-notice",
            new
            {
                violationId = await ViolationAsync("WF-2019-0001"),
                toBody = "transport-bureau",
                sentOn = "2019-04-26",
                replyBy = "2019-05-10",
                requestZh = "不予办理道路开口许可",
                reason = "共同责任",
            }
        );
        district.Clock.Stand(new(2019, 5, 12));
        var page = await PageAsync("dept-transport", "/department");
        Assert.Contains("不予办理道路开口许可", page, StringComparison.Ordinal);
        Assert.Contains("2019-05-10", page, StringComparison.Ordinal);
        foreach (var shut in new[] { "/cases", "/violations/WF-2019-0001", "/holds" })
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("dept-transport", shut));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("permit-desk", "/cases"));
        Assert.Contains("WF-2019-0001", await PageAsync("town-wangcun", "/cases"), StringComparison.Ordinal);
    }

    private Task StepAsync(string login, string day, object step) => DoAsync(login, day, "record-case-step", step);

    private async Task RefusedAsync(string login, string day, object step, string code)
    {
        using var answer = await SendAsync(login, day, "record-case-step", step);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    private async Task<JsonElement> DoAsync(string login, string day, string act, object request)
    {
        using var answer = await SendAsync(login, day, act, request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{act}: {answer.StatusCode} {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    private async Task<HttpResponseMessage> SendAsync(string login, string day, string act, object request)
    {
        district.Clock.Stand(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        using var browser = await SignedInAsync(login);
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/api/acts/{act}") { Content = JsonContent.Create(request) };
        message.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await browser.SendAsync(message);
    }

    private async Task<bool> HeldAsync(string asked)
    {
        using var browser = await SignedInAsync("permit-desk");
        var answer = await browser.GetFromJsonAsync<JsonElement>(
            $"/api/holds?asked={Uri.EscapeDataString(asked)}&reason=%E5%8F%97%E7%90%86"
        );
        return answer.GetProperty("held").GetBoolean();
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

    private Task<Guid> ViolationAsync(string number)
    {
        using var db = district.Store.Read();
        return Task.FromResult(db.Violations.Single(v => v.Number == number).Id);
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
