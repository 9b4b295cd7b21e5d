using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Web.Pages.Determination;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Tests.Web.Determination;

/// <summary>How far a seat is with its day.</summary>
[Requirement("R12")]
public sealed class SeatDayTests(DeterminationOffice at) : IClassFixture<DeterminationOffice>
{
    private static readonly Actor Officer = new("district-officer", "district-officer");
    private static readonly Actor Reviewer = new("district-reviewer", "district-reviewer");

    private static string Passes => DeterminationOffice.Law.Book.Verdicts.Reasons.First(r => r.Passes).Id;

    [Fact]
    public async Task The_day_counts_patches_over_all_programmes_and_no_verdict_that_was_taken_back()
    {
        var services = await at.Office.ServicesAsync();
        var desk = services.GetRequiredService<VerdictDesk>();
        var other = await OtherAsync();
        Assert.Equal(0, await CountAsync(Officer));
        await desk.DecideAsync(Officer, await OneParcelAsync(DeterminationOffice.Programme), "L1", "经核查。");
        await desk.DecideAsync(Officer, await OneParcelAsync(other), "L1", "经核查。");
        Assert.Equal(2, await CountAsync(Officer));
        using var officer = await at.Office.SignedInAsync("district-officer");
        foreach (var programme in new[] { DeterminationOffice.Programme, other })
        {
            var page = await officer.GetStringAsync($"/workbench?programme={programme}&queue=all");
            Assert.Contains("data-today=\"2\"", page, StringComparison.Ordinal);
            // A name of a list that is none is read to nobody.
            Assert.Contains("class=\"cards\" role=\"group\"", page, StringComparison.Ordinal);
        }

        await desk.ConfirmAsync(Reviewer, await OneParcelAsync(other), Passes, "同意");
        Assert.Equal((2, 1), (await CountAsync(Officer), await CountAsync(Reviewer)));
        await desk.WithdrawAsync(Officer, await OneParcelAsync(DeterminationOffice.Programme), "看错");
        Assert.Equal(1, await CountAsync(Officer));
        await desk.TakeBackAsync(Reviewer, await OneParcelAsync(other), "看错");
        Assert.Equal((1, 0), (await CountAsync(Officer), await CountAsync(Reviewer)));
    }

    private async Task<int> CountAsync(Actor seat)
    {
        var books = (await at.Office.ServicesAsync()).GetRequiredService<OfficeBooks>();
        return await SeatDay.PatchesAsync(books.Store, seat.Login, books.Today);
    }

    /// <summary>Another programme with patches, on which the rules have run too.</summary>
    private async Task<string> OtherAsync()
    {
        var books = (await at.Office.ServicesAsync()).GetRequiredService<OfficeBooks>();
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        var filled = await db.Patches.Select(p => p.ProgrammeId).Distinct().ToListAsync();
        var other = books.Plan.Programmes.First(p => p.Id != DeterminationOffice.Programme && filled.Contains(p.Id)).Id;
        await ProposeVerdicts.Handle(store, Actor.Machine, new(other), DeterminationOffice.Law);
        return other;
    }

    private async Task<ParcelRow> OneParcelAsync(string programme)
    {
        var rows = (await at.Office.ServicesAsync()).GetRequiredService<ProgrammeRows>();
        return (await rows.SeenAsync(programme, new Sight(true, null))).First(r => r is { Kind: "land", Parcels.Count: 1 }).Parcels[0];
    }
}
