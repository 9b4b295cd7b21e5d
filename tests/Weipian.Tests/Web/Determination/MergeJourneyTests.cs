using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

namespace Weipian.Tests.Web.Determination;

/// <summary>Parcels are put together (并宗) through the API: each refusal under its name, then what comes of it.</summary>
public sealed class MergeJourneyTests(DeterminationOffice at) : IClassFixture<DeterminationOffice>
{
    private const string Door = "/api/acts/merge-parcels";

    [Fact]
    public async Task What_is_refused_has_its_name_and_nothing_is_written()
    {
        var (patch, whole) = await SplitAsync();
        var parts = await PartsAsync(patch);
        var elsewhere = (await ParcelsAsync()).First(p => p.PatchId != patch);
        using var officer = await at.Office.SignedInAsync("district-officer");
        var before = await EntriesAsync();
        Assert.Equal((422, "determination.merge-needs-two"), await SendAsync(officer, [], "并宗"));
        Assert.Equal((422, "determination.merge-needs-two"), await SendAsync(officer, [parts[0].Id], "并宗"));
        Assert.Equal((409, "determination.merge-across-patches"), await SendAsync(officer, [parts[0].Id, elsewhere.Id], "并宗"));
        Assert.Equal("determination.no-such-parcel", (await SendAsync(officer, [parts[0].Id, Guid.NewGuid()], "并宗")).Code);
        Assert.Equal((409, "determination.parcel-superseded"), await SendAsync(officer, [parts[0].Id, whole], "并宗"));
        Assert.Equal("store.reason-missing", (await SendAsync(officer, [.. parts.Select(p => p.Id)], " ")).Code);
        await LeaseAsync(patch, "district-reviewer", take: true);
        Assert.Equal((409, "determination.locked-by-other"), await SendAsync(officer, [.. parts.Select(p => p.Id)], "并宗"));
        await LeaseAsync(patch, "district-reviewer", take: false);
        foreach (var login in (string[])["district-reviewer", "office-head", "town-wangcun", "government"])
        {
            using var other = await at.Office.SignedInAsync(login);
            Assert.Equal((403, "web.not-allowed"), await SendAsync(other, [.. parts.Select(p => p.Id)], "并宗"));
        }
        using var nobody = await at.Office.NobodyAsync();
        Assert.Equal(401, (await SendAsync(nobody, [.. parts.Select(p => p.Id)], "并宗")).Status);
        Assert.Equal(before, await EntriesAsync());
        Assert.Equal((200, ""), await SendAsync(officer, [.. parts.Select(p => p.Id)], "同一主体使用"));
        Assert.Equal(whole, Assert.Single((await HistoryAsync(patch)).OrderBy(p => p.MadeAt).Take(1)).Id);
        Assert.Single(await PartsAsync(patch));
    }

    private async Task<(Guid Patch, Guid Whole)> SplitAsync()
    {
        var parcel = (await ParcelsAsync()).First(p => p.AreaSquareMetres > 2000);
        var box = parcel.Geometry.EnvelopeInternal;
        var x = parcel.Geometry.InteriorPoint.X;
        using var store = WeipianStore.Open(at.Office.Data);
        var line = new NetTopologySuite.Geometries.LineString([new(x, box.MinY - 0.001), new(x, box.MaxY + 0.001)]);
        var officer = new Actor("district-officer", "district-officer");
        await SplitParcel.Handle(store, officer, new(parcel.Id, line, "两家使用"), DeterminationOffice.Law);
        return (parcel.PatchId, parcel.Id);
    }

    /// <summary>Parcels in force that are their whole patch.</summary>
    private async Task<IReadOnlyList<Parcel>> ParcelsAsync()
    {
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        var patches = db.Patches.Where(p => p.ProgrammeId == DeterminationOffice.Programme).Select(p => p.Id);
        var all = await db.Parcels.Where(p => patches.Contains(p.PatchId) && p.SupersededById == null).ToListAsync();
        return [.. all.GroupBy(p => p.PatchId).Where(g => g.Count() == 1).Select(g => g.Single()).OrderBy(p => p.Number)];
    }

    private async Task<IReadOnlyList<Parcel>> PartsAsync(Guid patch) =>
        [.. (await HistoryAsync(patch)).Where(p => p.SupersededById is null).OrderBy(p => p.Ordinal)];

    private async Task<IReadOnlyList<Parcel>> HistoryAsync(Guid patch)
    {
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        return await db.Parcels.Where(p => p.PatchId == patch).ToListAsync();
    }

    private async Task LeaseAsync(Guid patch, string login, bool take)
    {
        using var store = WeipianStore.Open(at.Office.Data);
        var reviewer = new Actor(login, login);
        if (take)
            await ReviewLeases.TakeAsync(store, reviewer, patch, TimeSpan.FromMinutes(10));
        else
            await ReviewLeases.ReleaseAsync(store, reviewer, patch);
    }

    private async Task<int> EntriesAsync()
    {
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        return await db.Journal.CountAsync(j => j.Act == MergeParcels.Act);
    }

    private static async Task<(int Status, string Code)> SendAsync(HttpClient browser, IReadOnlyList<Guid> parcels, string reason)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Door)
        {
            Content = JsonContent.Create(new { parcelIds = parcels, reason }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await browser.SendAsync(request);
        var code = answer.StatusCode == HttpStatusCode.OK ? "" : "?";
        if (answer.StatusCode != HttpStatusCode.OK && answer.Content.Headers.ContentLength != 0)
            code = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
        return ((int)answer.StatusCode, code);
    }
}
