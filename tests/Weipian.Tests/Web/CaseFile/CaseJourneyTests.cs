using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
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
    private static readonly (string Login, string Path, string Words)[] English =
    [
        ("district-officer", "/cases", "To be filed"),
        ("district-officer", "/violations", "No parcel waits"),
        ("district-officer", "/violations/WF-2019-0002", "How derived"),
        ("office-head", "/violations/WF-2019-0001", "Neither filed"),
        ("permit-desk", "/holds", "Questions of this seat"),
        ("dept-transport", "/department", "Nothing was sent"),
    ];

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
        var file = await OpenedAsync();
        await StepAsync("district-officer", "2019-05-06", file, "investigated", """ "noteZh": "未供即用" """);
        await StepAsync("district-reviewer", "2019-05-07", file, "reviewed", """ "outcome": "approved" """);
        const string Notice = """ "penaltyZh": "罚款60000元", "texts": ["违反的规定=土地管理法", "依据=土地管理法"] """;
        await StepAsync("district-officer", "2019-05-08", file, "notice-served", Notice);
        const string Decision = """
            "outcome": "penalty", "fineFen": 6000000, "penaltyZh": "罚款60000元",
            "texts": ["违反的规定=土地管理法", "依据=土地管理法", "证据=现场照片"]
            """;
        using var early = await SendAsync("office-head", "2019-05-11", "record-case-step", Step(file, "decided", "2019-05-11", Decision));
        Assert.Equal("case-file.too-early", (await early.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        await StepAsync("office-head", "2019-05-12", file, "decided", Decision);
        await StepAsync("district-officer", "2019-05-13", file, "decision-served", """ "noteZh": "直接送达" """);
        await StepAsync("district-officer", "2019-05-28", file, "paid", """ "amountFen": 6000000 """);
        await StepAsync("district-officer", "2019-05-29", file, "executed", """ "noteZh": "罚款缴清" """);
        const string End = """ "ground": "executed", "noTransferReasonZh": "毁坏程度未达标准" """;
        await StepAsync("office-head", "2019-05-29", file, "closed", End);

        var life = await PageAsync("district-officer", "/violations/WF-2019-0002");
        foreach (var seen in new[] { "已结案", "周自然资罚〔2019〕1号", "周自然资结〔2019〕1号", "data-clock=\"payment\"", "周村某机械厂" })
            Assert.Contains(seen, life, StringComparison.Ordinal);
        // Every page of the stage speaks English too.
        foreach (var (login, path, words) in English)
            Assert.Contains(words, await PageAsync(login, path, "en"), StringComparison.Ordinal);
        // The land was not given back: the permit stays held.
        Assert.True(await HeldAsync("周村某机械厂"));
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

    /// <summary>The violation with its actor and its signed case; each seat finds on its pages what it has to do.</summary>
    private async Task<Guid> OpenedAsync()
    {
        var formed = await DoAsync("district-officer", "2019-04-26", "form-violations", new { programme = "2019-q1", reason = "立卷" });
        Assert.Equal(5, formed.GetProperty("numbers").GetArrayLength());
        Assert.Contains("待立案", await PageAsync("district-officer", "/cases"), StringComparison.Ordinal);
        Assert.Contains("待立案的违法", await PageAsync("district-officer", "/"), StringComparison.Ordinal);
        var violation = await ViolationAsync("WF-2019-0002");
        var party = JsonNode.Parse(
            """{ "role": "actor", "kind": "unit", "natureCode": "enterprise", "partyName": "周村某机械厂", "reason": "询问笔录" }"""
        )!;
        party["violationId"] = violation;
        await DoAsync("district-officer", "2019-04-28", "add-party", party);
        Assert.True(await HeldAsync("周村某机械厂"));
        var opening = JsonNode.Parse(
            """
            { "filedOn": "2019-04-29", "groundZh": "涉嫌未供即用", "sourceZh": "卫片执法", "officerOne": "王", "officerTwo": "李", "reason": "立案" }
            """
        )!;
        opening["violationId"] = violation;
        var file = (await DoAsync("district-officer", "2019-04-29", "open-case-file", opening)).GetProperty("caseFileId").GetGuid();
        Assert.Contains("待签批", await PageAsync("office-head", "/"), StringComparison.Ordinal);
        Assert.Contains("立案签批", await PageAsync("office-head", "/violations/WF-2019-0002"), StringComparison.Ordinal);
        var signing = JsonNode.Parse("""{ "outcome": "approved", "opinionZh": "同意", "reason": "签批" }""")!;
        signing["caseFileId"] = file;
        await DoAsync("office-head", "2019-04-30", "sign-case-filing", signing);
        return file;
    }

    private Task StepAsync(string login, string day, Guid file, string kind, string particulars) =>
        DoAsync(login, day, "record-case-step", Step(file, kind, day, particulars));

    private static JsonNode Step(Guid file, string kind, string on, string particulars)
    {
        var step = JsonNode.Parse("{" + particulars + "}")!;
        step["caseFileId"] = file;
        step["kind"] = kind;
        step["on"] = on;
        step["reason"] = "依法办理";
        return step;
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
        // The question may be a name: an address never takes it.
        using (var inAddress = await browser.GetAsync($"/api/holds?asked={Uri.EscapeDataString(asked)}&reason=x"))
            Assert.Equal(HttpStatusCode.NotFound, inAddress.StatusCode);
        using var question = new HttpRequestMessage(HttpMethod.Post, "/api/holds")
        {
            Content = JsonContent.Create(new { asked, reason = "受理" }),
        };
        question.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await browser.SendAsync(question);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("held").GetBoolean();
    }

    private async Task<string> PageAsync(string login, string path, string language = "zh-CN")
    {
        using var browser = await SignedInAsync(login);
        return await browser.GetStringAsync($"{path}?culture={language}");
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
