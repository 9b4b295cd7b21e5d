using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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

    [Fact]
    public async Task The_day_counts_patches_over_all_programmes_and_no_verdict_that_was_taken_back()
    {
        var services = await at.Office.ServicesAsync();
        var desk = services.GetRequiredService<VerdictDesk>();
        Assert.Equal(0, await CountAsync(Officer));
        await desk.DecideAsync(Officer, await OneParcelAsync("2018-annual", 0), "L1", "经核查。");
        await desk.DecideAsync(Officer, await OneParcelAsync("2019-q3", 0), "L1", "经核查。");
        Assert.Equal(2, await CountAsync(Officer));
        using var officer = await at.Office.SignedInAsync("district-officer");
        foreach (var programme in new[] { "2018-annual", "2019-q2", "2019-q3" })
        {
            var page = await officer.GetStringAsync($"/workbench?programme={programme}&queue=all");
            Assert.Contains("data-today=\"2\"", page, StringComparison.Ordinal);
            // A name of a list that is none is read to nobody.
            Assert.Contains("class=\"cards\" role=\"group\"", page, StringComparison.Ordinal);
        }

        await desk.ConfirmAsync(Reviewer, await OneParcelAsync("2019-q3", 0), "", "同意");
        Assert.Equal((2, 1), (await CountAsync(Officer), await CountAsync(Reviewer)));
        await desk.WithdrawAsync(Officer, await OneParcelAsync("2018-annual", 0), "看错");
        Assert.Equal(1, await CountAsync(Officer));
        await desk.TakeBackAsync(Reviewer, await OneParcelAsync("2019-q3", 0), "看错");
        Assert.Equal((1, 0), (await CountAsync(Officer), await CountAsync(Reviewer)));
    }

    private async Task<int> CountAsync(Actor seat)
    {
        var books = (await at.Office.ServicesAsync()).GetRequiredService<OfficeBooks>();
        return await SeatDay.PatchesAsync(books.Store, seat.Login, books.Today);
    }

    private async Task<ParcelRow> OneParcelAsync(string programme, int place)
    {
        var rows = (await at.Office.ServicesAsync()).GetRequiredService<ProgrammeRows>();
        return (await rows.SeenAsync(programme, new Sight(true, null))).Where(r => r.Parcels.Count == 1).ElementAt(place).Parcels[0];
    }
}
