using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Web.Pages.Determination;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Tests.Web.Determination;

/// <summary>Over HTTP: the lock of a patch, a verdict that is sent again after the network broke, and verdicts for patches that are
/// alike.</summary>
public sealed class OneVerdictJourneyTests(DeterminationOffice at) : IClassFixture<DeterminationOffice>
{
    [Fact]
    public async Task A_town_may_not_lock_and_a_patch_that_is_not_there_cannot_be()
    {
        using var town = await at.Office.SignedInAsync("town-wangcun");
        using var refused = await town.PutAsync($"/api/patches/{Guid.NewGuid()}/lock", null);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var officer = await at.Office.SignedInAsync("district-officer");
        using var none = await officer.PutAsync($"/api/patches/{Guid.NewGuid()}/lock", null);
        Assert.Equal("web.no-such-patch", await CodeAsync(none));
    }

    [Fact]
    public async Task What_another_seat_has_locked_is_refused_until_it_is_given_back()
    {
        var parcel = await OpenAsync(0);
        using var officer = await at.Office.SignedInAsync("district-officer");
        using var head = await at.Office.SignedInAsync("office-head");
        var door = $"/api/patches/{parcel.PatchId}/lock";
        using var taken = await head.PutAsync(door, null);
        var answer = await taken.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.GetProperty("mine").GetBoolean());
        Assert.InRange(answer.GetProperty("secondsLeft").GetInt32(), 590, 600);
        using var second = await officer.PutAsync(door, null);
        var other = await second.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("office-head", false), (other.GetProperty("holder").GetString(), other.GetProperty("mine").GetBoolean()));
        using var locked = await DecideAsync(officer, parcel, seen: null);
        Assert.Equal((HttpStatusCode.Conflict, "determination.locked-by-other"), (locked.StatusCode, await CodeAsync(locked)));
        using var back = await head.DeleteAsync(door);
        Assert.Equal(HttpStatusCode.NoContent, back.StatusCode);
        using var done = await DecideAsync(officer, parcel, seen: null);
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
    }

    /// <summary>The answer was lost, and the server knows no keys any more: what stands tells that it is done.</summary>
    [Fact]
    public async Task A_verdict_that_is_sent_again_with_what_was_on_the_screen_is_written_once()
    {
        var parcel = await OpenAsync(1);
        var seen = new VerdictSeen(await ProposalAsync(parcel), null);
        using var officer = await at.Office.SignedInAsync("district-officer");
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DecideAsync(officer, parcel, seen)));
        Assert.All(all, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(1, await VersionsAsync(parcel));
        using var other = await DecideAsync(officer, parcel, seen, code: "O1");
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal(1, await VersionsAsync(parcel));
        await SignTwiceAsync(parcel);
    }

    private async Task SignTwiceAsync(Parcel parcel)
    {
        using var reviewer = await at.Office.SignedInAsync("district-reviewer");
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        var verdict = await db.Determinations.SingleAsync(d => d.ParcelId == parcel.Id);
        var body = new
        {
            outcome = "returned",
            reasonCode = DeterminationOffice.Law.Book.Verdicts.Reasons.First(r => !r.Passes).Id,
            reason = "补照片",
            seen = new VerdictSeen(null, verdict.Id),
        };
        for (var i = 0; i < 2; i++)
        {
            using var signed = await PostAsync(reviewer, $"/api/patches/{parcel.PatchId}/parcels/{parcel.Id}/confirmation", body);
            Assert.True(signed.IsSuccessStatusCode, await signed.Content.ReadAsStringAsync());
        }
        Assert.Equal(1, await db.Confirmations.CountAsync(c => c.DeterminationId == verdict.Id));
    }

    /// <summary>A verdict that was taken back meanwhile is not given anew by a browser that comes late.</summary>
    [Fact]
    public async Task A_verdict_that_was_withdrawn_is_not_written_again()
    {
        var parcel = await OpenAsync(2);
        var seen = new VerdictSeen(await ProposalAsync(parcel), null);
        using var officer = await at.Office.SignedInAsync("district-officer");
        using var first = await DecideAsync(officer, parcel, seen);
        using var back = await PostAsync(officer, $"/api/patches/{parcel.PatchId}/parcels/{parcel.Id}/withdrawal", new { reason = "看错" });
        Assert.True(back.IsSuccessStatusCode, await back.Content.ReadAsStringAsync());
        using var again = await DecideAsync(officer, parcel, seen);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(2, await VersionsAsync(parcel));
        Assert.Equal(VerdictStage.Open, await StageAsync(parcel));
    }

    [Fact]
    public async Task Alike_is_what_the_rules_saw_alike_and_what_is_locked_or_hidden_is_not_offered()
    {
        var services = await at.Office.ServicesAsync();
        var books = services.GetRequiredService<OfficeBooks>();
        var leases = services.GetRequiredService<LeaseDesk>();
        var officer = new Actor("district-officer", "district-officer");
        var desk = services.GetRequiredService<BatchDesk>();
        // Other tests decide parcels of one programme, so the rules run on the others too, and all are looked through.
        using (var store = WeipianStore.Open(at.Office.Data))
            foreach (var programme in books.Plan.Programmes.Where(p => p.Id != DeterminationOffice.Programme))
                if (await store.Read().Patches.AnyAsync(p => p.ProgrammeId == programme.Id))
                    await ProposeVerdicts.Handle(store, Actor.Machine, new(programme.Id), DeterminationOffice.Law);
        var found = new List<(IReadOnlyList<PatchRow> Rows, ParcelRow Model, IReadOnlyList<BatchItem> Items)>();
        foreach (var programme in books.Plan.Programmes)
        {
            var seen = await services.GetRequiredService<ProgrammeRows>().SeenAsync(programme.Id, new Sight(true, null));
            foreach (var parcel in seen.SelectMany(r => r.Parcels).Where(p => p.Stage == ParcelStage.Open && p.ProposalId is not null))
                found.Add((seen, parcel, (await desk.LikeAsync(officer, seen, parcel)).Items));
        }
        Assert.All(found, f => Assert.Equal(f.Model.Id, f.Items[0].Parcel.Id));
        Assert.All(found, f => Assert.All(f.Items, i => Assert.Equal(f.Model.Proposed, i.Parcel.Proposed)));
        var (rows, model, items) = found.MaxBy(f => f.Items.Count);
        Assert.True(items.Count > 1, "no two parcels of the village are alike");
        Assert.True(items.Count < found.Count(f => ReferenceEquals(f.Rows, rows)), "all parcels of the programme are alike");

        var locked = items[1];
        await leases.TakeAsync(new Actor("office-head", "office-head"), locked.Row.Id);
        var free = (await desk.LikeAsync(officer, rows, model)).Items;
        Assert.DoesNotContain(free, i => i.Row.Id == locked.Row.Id);
        await leases.ReleaseAsync(new Actor("office-head", "office-head"), locked.Row.Id);

        var hidden = rows.Select(r =>
            r with
            {
                Parcels = [.. r.Parcels.Select(p => p.Id == locked.Parcel.Id ? p with { Proposed = null } : p)],
            }
        );
        var small = new BatchDesk(books, leases, Weipian.Web.Serving.WorkbenchLimits.Ordinary with { BatchMax = 1 });
        var (kept, more) = await small.LikeAsync(officer, [.. hidden], model);
        Assert.Equal(model.Id, Assert.Single(kept).Parcel.Id);
        Assert.Equal(items.Count - 2, more);
        Assert.Empty((await desk.LikeAsync(officer, rows, model with { Proposed = null })).Items);
    }

    private static Task<HttpResponseMessage> DecideAsync(HttpClient browser, Parcel parcel, VerdictSeen? seen, string code = "I1") =>
        PostAsync(
            browser,
            $"/api/patches/{parcel.PatchId}/parcels/{parcel.Id}/determination",
            new
            {
                code,
                reason = "现场核查属实",
                seen,
            }
        );

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string address, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await browser.SendAsync(request);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    /// <summary>The n-th parcel on which nobody has decided.</summary>
    private async Task<Parcel> OpenAsync(int n)
    {
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        return await db
            .Parcels.Where(p => p.SupersededById == null && !db.Determinations.Any(d => d.ParcelId == p.Id))
            .OrderByDescending(p => p.Number)
            .Skip(5 * n)
            .FirstAsync();
    }

    private async Task<Guid> ProposalAsync(Parcel parcel)
    {
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        return (await db.Proposals.Where(p => p.ParcelId == parcel.Id).OrderBy(p => p.ProposedAt).LastAsync()).Id;
    }

    private async Task<int> VersionsAsync(Parcel parcel)
    {
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        return await db.Determinations.CountAsync(d => d.ParcelId == parcel.Id);
    }

    private async Task<VerdictStage> StageAsync(Parcel parcel)
    {
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        return (await VerdictState.OfAsync(db, parcel.Id)).Stage;
    }
}
