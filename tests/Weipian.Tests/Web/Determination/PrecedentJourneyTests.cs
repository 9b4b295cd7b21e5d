using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

namespace Weipian.Tests.Web.Determination;

/// <summary>The sample plants twins: a patch that is issued again a quarter later. Each finds the other, and a different verdict is
/// warned of.</summary>
public sealed class PrecedentJourneyTests(DeterminationOffice at) : IClassFixture<DeterminationOffice>
{
    private static readonly string[] Quarters = ["2019-q1", "2019-q2"];

    private static readonly Actor Officer = new("district-officer", "district-officer");

    [Fact]
    public async Task Planted_twins_are_found_and_another_verdict_is_warned_of()
    {
        var twins = await TwinsAsync();
        Assert.NotEmpty(twins);
        using var officer = await at.Office.SignedInAsync("district-officer");
        foreach (var (earlier, later, patch, code) in twins)
        {
            var address = $"/api/patches/{patch}/parcels/{later}/precedents";
            var other = code == "I1" ? "L1" : "I1";
            var answer = await officer.GetFromJsonAsync<JsonElement>($"{address}?code={other}");
            var alike = answer.GetProperty("alike").EnumerateArray().ToList();
            Assert.InRange(alike.Count, 1, 10);
            Assert.Contains(alike, p => p.GetProperty("parcelId").GetGuid() == earlier);
            Assert.Contains(
                answer.GetProperty("against").EnumerateArray(),
                p => p.GetProperty("parcelId").GetGuid() == earlier && p.GetProperty("code").GetString() == code
            );
            answer = await officer.GetFromJsonAsync<JsonElement>($"{address}?code={code}");
            Assert.DoesNotContain(answer.GetProperty("against").EnumerateArray(), p => p.GetProperty("parcelId").GetGuid() == earlier);
        }
    }

    /// <summary>On the page of the later twin: the earlier one in the list, and the warning once the two verdicts differ.</summary>
    [Fact]
    public async Task The_page_of_a_patch_shows_its_twin_and_warns_of_another_verdict()
    {
        var (earlier, later, patch, code) = (await TwinsAsync())[0];
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        var twin = (await db.Parcels.SingleAsync(p => p.Id == earlier)).Number;
        var shown = await db.Patches.SingleAsync(p => p.Id == patch);
        using var officer = await at.Office.SignedInAsync("district-officer");
        var address = $"/patches/{Uri.EscapeDataString(shown.Number)}?programme={shown.ProgrammeId}";
        var before = WebUtility.HtmlDecode(await officer.GetStringAsync(address));
        Assert.Contains($">{twin}<", before, StringComparison.Ordinal);
        Assert.DoesNotContain("data-precedent-warning", before, StringComparison.Ordinal);
        var proposal = await db.Proposals.Where(p => p.ParcelId == later).OrderBy(p => p.ProposedAt).LastAsync();
        var other = code == "I1" ? "L1" : "I1";
        await DecideVerdict.Handle(store, Officer, new(later, other, "另有依据", proposal.Id, null), DeterminationOffice.Law);
        var after = WebUtility.HtmlDecode(await officer.GetStringAsync(address));
        Assert.Contains("data-precedent-warning", after, StringComparison.Ordinal);
        Assert.Contains($"{twin}</a> {code}", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_town_does_not_see_the_parcels_of_others()
    {
        using var town = await at.Office.SignedInAsync("town-wangcun");
        using var answer = await town.GetAsync($"/api/patches/{Guid.NewGuid()}/parcels/{Guid.NewGuid()}/precedents");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    /// <summary>Decides the earlier of each pair as proposed.</summary>
    private async Task<List<(Guid Earlier, Guid Later, Guid Patch, string Code)>> TwinsAsync()
    {
        using var store = WeipianStore.Open(at.Office.Data);
        foreach (var programme in Quarters)
            await ProposeVerdicts.Handle(store, Actor.Machine, new(programme), DeterminationOffice.Law);
        await using var db = store.Read();
        var links = await db.PatchLinks.ToListAsync();
        var pairs = new List<(Guid, Guid, Guid, string)>();
        foreach (var link in links.DistinctBy(l => l.PatchId))
        {
            var earlier = await db.Parcels.Where(p => p.PatchId == link.EarlierPatchId && p.SupersededById == null).ToListAsync();
            var later = await db.Parcels.Where(p => p.PatchId == link.PatchId && p.SupersededById == null).ToListAsync();
            if (earlier.Count != 1 || later.Count != 1)
                continue;
            var proposal = await db.Proposals.SingleAsync(p => p.ParcelId == earlier[0].Id);
            var standing = (await VerdictState.OfAsync(db, earlier[0].Id)).Standing;
            if (standing is null)
                await DecideVerdict.Handle(
                    store,
                    Officer,
                    new(earlier[0].Id, proposal.Code, "依据图层与核查", proposal.Id, VerdictSeen: null),
                    DeterminationOffice.Law
                );
            pairs.Add((earlier[0].Id, later[0].Id, link.PatchId, standing?.Code ?? proposal.Code));
        }
        return pairs;
    }
}
