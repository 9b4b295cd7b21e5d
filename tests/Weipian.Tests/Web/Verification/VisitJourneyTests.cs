using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Verification;
using Weipian.Tests.Flow.Verification;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Verification;

/// <summary>A visit over HTTP, seat by seat: assigned, made by its town and by no other, received, returned, made again.</summary>
public sealed class VisitJourneyTests(OfficeProgram office)
{
    private const string Programme = "2019-q1";

    [Fact]
    [Requirement("R04")]
    [Requirement("R13")]
    public async Task A_visit_goes_from_the_district_to_the_town_and_back_and_to_no_other_town()
    {
        var (patch, number) = await PatchOfAsync("wangcun");
        using var officer = await office.SignedInAsync("district-officer");
        using var town = await office.SignedInAsync("town-wangcun");
        using var foreign = await office.SignedInAsync("town-dajie");
        var due = (await BooksAsync()).Today.AddDays(3);
        var assignment = new
        {
            programme = Programme,
            unit = "wangcun",
            dueOn = due,
            which = "every-patch",
            numbers = new[] { number },
            noteZh = "先看东侧",
            reason = "第1季度核查",
        };
        await ActAsync(officer, "assign-visits", assignment);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(town, "assign-visits", assignment)).StatusCode);

        var list = await town.GetStringAsync($"/verify?programme={Programme}&show=due");
        Assert.Contains(number, list, StringComparison.Ordinal);
        Assert.Contains("先看东侧", list, StringComparison.Ordinal);
        Assert.DoesNotContain(number, await foreign.GetStringAsync("/verify?show=due"), StringComparison.Ordinal);
        Assert.Contains("待实地核查图斑", await town.GetStringAsync("/"), StringComparison.Ordinal);
        using var page = await foreign.GetAsync($"/verify/{patch}");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        using var refused = await SendAsync(foreign, patch, Photos.With(1));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);

        using var sent = await SendAsync(town, patch, Photos.With(1));
        var receipt = await sent.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(sent.IsSuccessStatusCode, receipt.ToString());
        var visit = receipt.GetProperty("visitId").GetGuid();
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Photos.With(1))),
            receipt.GetProperty("files")[0].GetProperty("sha256").GetString()
        );
        Assert.Contains(number, await officer.GetStringAsync($"/verify?programme={Programme}&show=arrived"), StringComparison.Ordinal);
        Assert.Contains("新报核查待查看", await officer.GetStringAsync("/"), StringComparison.Ordinal);
        var map = await officer.GetFromJsonAsync<JsonElement>($"/api/patches/{patch}/map");
        Assert.Equal("现场.jpg", map.GetProperty("cameras")[0].GetProperty("name").GetString());
        Assert.Equal(27, map.GetProperty("cameras")[0].GetProperty("cone").GetArrayLength());

        await ActAsync(
            officer,
            "return-visit",
            new
            {
                visitId = visit,
                reasonCode = "R03",
                reason = "缺东侧照片",
            }
        );
        var back = await town.GetStringAsync($"/verify?programme={Programme}&show=returned");
        Assert.Contains("需补充实地照片", back, StringComparison.Ordinal);
        var again = await town.GetStringAsync($"/verify/{patch}");
        Assert.Contains($"data-supersedes=\"{visit}\"", again, StringComparison.Ordinal);
        Assert.Contains("value=\"某加工厂\"", again, StringComparison.Ordinal);
        using var second = await SendAsync(town, patch, Photos.With(2), visit);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Contains(number, await town.GetStringAsync($"/verify?programme={Programme}&show=done"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_needs_a_key_a_form_and_the_files_that_it_describes()
    {
        var (patch, _) = await PatchOfAsync("nanjiao");
        using var town = await office.SignedInAsync("town-nanjiao");
        using var keyless = await SendAsync(town, patch, Photos.With(3), key: null);
        await RefusedAsync("web.no-idempotency-key", keyless);
        using var json = await town.PostAsJsonAsync("/api/visits", new { patchId = patch });
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, json.StatusCode);
        using var odd = new MultipartFormDataContent { { new StringContent("{\"patchId\":1}"), "visit" } };
        using var unread = await town.PostAsync("/api/visits", odd);
        await RefusedAsync("web.bad-request", unread);
        using var lost = await SendAsync(town, patch, null);
        await RefusedAsync("verification.photos-do-not-match", lost);
        using var program = await SendAsync(town, patch, Photos.Program);
        await RefusedAsync("verification.file-not-taken", program);
        using var reviewer = await office.SignedInAsync("district-reviewer");
        using var forbidden = await SendAsync(reviewer, patch, Photos.With(3));
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using var nobody = await office.NobodyAsync();
        using var unknown = await SendAsync(nobody, patch, Photos.With(3));
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
    }

    [Fact]
    public async Task A_photograph_larger_than_other_requests_may_be_is_taken()
    {
        var (patch, _) = await PatchOfAsync("nanjiao");
        using var town = await office.SignedInAsync("town-nanjiao");
        var large = new byte[6 * 1024 * 1024];
        Photos.With(9).CopyTo(large, 0);
        using var sent = await SendAsync(town, patch, large);
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
    }

    [Fact]
    [Requirement("R13")]
    [Requirement("R15")]
    public void The_form_holds_every_key_that_rules_read_and_every_field_of_the_card_once()
    {
        foreach (var kind in new[] { PatchKind.Land, PatchKind.Mineral })
        {
            var ids = VisitForm.For(kind).SelectMany(s => s.Fields).Select(f => f.Id).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.Equal(FactKeys.ById.Keys.Concat(CardFields.All.Select(f => f.Id)).Order(), ids.Order());
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient browser,
        Guid patch,
        byte[]? photo,
        Guid? supersedes = null,
        string? key = "new"
    )
    {
        var visit = new JsonObject
        {
            ["patchId"] = patch,
            ["visitedOn"] = "2019-05-08",
            ["answers"] = new JsonObject
            {
                ["use_on_ground"] = "construction",
                ["party"] = "某加工厂",
                ["found_by_patrol"] = true,
            },
            ["supersedesId"] = supersedes,
            ["files"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "现场.jpg",
                    ["longitude"] = 117.86,
                    ["latitude"] = 36.8,
                    ["bearingDegrees"] = 90,
                }
            ),
        };
        using var body = new MultipartFormDataContent { { new StringContent(visit.ToJsonString()), "visit" } };
        if (photo is not null)
            body.Add(new ByteArrayContent(photo), "files", "photo.jpg");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/visits") { Content = body };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await browser.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string act, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/acts/{act}") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await browser.SendAsync(request);
    }

    private static async Task ActAsync(HttpClient browser, string act, object body)
    {
        using var answer = await PostAsync(browser, act, body);
        Assert.True(answer.IsSuccessStatusCode, $"{act}: {await answer.Content.ReadAsStringAsync()}");
    }

    private static async Task RefusedAsync(string code, HttpResponseMessage answer)
    {
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    private async Task<OfficeBooks> BooksAsync() => (await office.ServicesAsync()).GetRequiredService<OfficeBooks>();

    private async Task<(Guid Id, string Number)> PatchOfAsync(string unit)
    {
        await using var db = (await BooksAsync()).Store.Read();
        var patch = await db
            .Patches.Where(p => p.ProgrammeId == Programme && db.PatchUnits.Any(u => u.PatchId == p.Id && u.ResponsibleUnit == unit))
            .OrderBy(p => p.Number)
            .FirstAsync();
        return (patch.Id, patch.Number);
    }
}
