using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Law;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Verification;

/// <summary>A sealed paper over HTTP: refused first, then a copy that names its taker, with an entry of the journal for each.</summary>
public sealed class SealedFileEndpointTests(OfficeProgram office)
{
    private const string Programme = "2018-annual";
    private static readonly byte[] Paper = "%PDF-1.4 370306197001010013\n%%EOF"u8.ToArray();

    [Fact]
    public async Task A_sealed_paper_is_handed_out_marked_and_journalled_to_the_seats_that_may_and_to_no_other()
    {
        var store = (await office.ServicesAsync()).GetRequiredService<OfficeBooks>().Store;
        using var town = await office.SignedInAsync("town-wangcun");
        var patch = (await town.GetFromJsonAsync<JsonElement>($"/api/patches?programme={Programme}&limit=1")).GetProperty("patches")[0];
        var (id, number) = (patch.GetProperty("id").GetGuid(), patch.GetProperty("number").GetString()!);
        var attached = await AttachDocument.Handle(
            store,
            FilledStore.Officer,
            new(Programme, "identity-paper", null, [number], "王某身份证.pdf", Paper, null, "身份证件"),
            RealLaw.Book
        );
        var (paper, address) = (attached.Ids[0], $"/api/patches/{id}/papers/{attached.Ids[0]}");

        using var nobody = await office.NobodyAsync();
        using (var stranger = await nobody.GetAsync(address))
            Assert.Contains(stranger.StatusCode, new[] { HttpStatusCode.Found, HttpStatusCode.Unauthorized });
        foreach (var login in new[] { "finance", "discipline", "administrator", "permit-desk", "dept-agriculture" })
        {
            using var seat = await office.SignedInAsync(login);
            using var refused = await seat.GetAsync(address);
            Assert.Equal((login, HttpStatusCode.Forbidden), (login, refused.StatusCode));
        }
        using (var other = await office.SignedInAsync("town-dajie"))
        using (var refused = await other.GetAsync(address))
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(0, await ReadingsAsync(store, paper));

        foreach (var (login, readings) in new[] { ("town-wangcun", 1), ("district-reviewer", 2) })
        {
            using var seat = await office.SignedInAsync(login);
            using var answer = await seat.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(attached.Sha256, answer.Headers.GetValues("Weipian-Original-Sha256").Single());
            Assert.Contains("身份证", Uri.UnescapeDataString($"{answer.Content.Headers.ContentDisposition}"), StringComparison.Ordinal);
            var copy = await answer.Content.ReadAsByteArrayAsync();
            Assert.Equal(Paper, copy[..Paper.Length]);
            Assert.Contains(login, Encoding.UTF8.GetString(copy[Paper.Length..]), StringComparison.Ordinal);
            Assert.Equal(attached.Sha256, Convert.ToHexStringLower(SHA256.HashData(copy.AsSpan(0, Paper.Length))));
            Assert.Equal(readings, await ReadingsAsync(store, paper));
        }
        using var officer = await office.SignedInAsync("district-officer");
        var page = WebUtility.HtmlDecode(await officer.GetStringAsync($"/patches/{Uri.EscapeDataString(number)}?programme={Programme}"));
        Assert.DoesNotContain("王某", page, StringComparison.Ordinal);
    }

    private static async Task<int> ReadingsAsync(WeipianStore store, Guid paper)
    {
        await using var db = store.Read();
        return await db.Journal.CountAsync(j => j.Act == ReadFile.Act && j.Subject == paper.ToString());
    }
}
