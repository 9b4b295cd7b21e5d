using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Store;
using Weipian.Web.Pages.Determination;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Tests.Web.Determination;

/// <summary>Rows that tell what they told before are the same ones, so that nothing is drawn anew for them (0133).</summary>
public sealed class RowsKeptTests(DeterminationOffice at) : IClassFixture<DeterminationOffice>
{
    private static readonly Actor Officer = new("district-officer", "district-officer");

    [Fact]
    public async Task A_verdict_changes_the_row_of_its_patch_and_no_other()
    {
        var services = await at.Office.ServicesAsync();
        var rows = services.GetRequiredService<ProgrammeRows>();
        var before = await rows.SeenAsync(DeterminationOffice.Programme, new Sight(true, null));
        var judged = before.First(r => r is { Kind: "land", Parcels.Count: 1 });
        await services.GetRequiredService<VerdictDesk>().DecideAsync(Officer, judged.Parcels[0], "L1", "经核查。");
        var after = await rows.SeenAsync(DeterminationOffice.Programme, new Sight(true, null));
        Assert.Equal(before.Select(r => r.Id), after.Select(r => r.Id));
        Assert.Equal([judged.Id], before.Zip(after).Where(p => !ReferenceEquals(p.First, p.Second)).Select(p => p.First.Id));
        Assert.Equal("L1", after.Single(r => r.Id == judged.Id).Parcels[0].Code);
    }

    [Fact]
    public async Task A_row_that_tells_anything_otherwise_is_not_like_the_other()
    {
        var rows = (await at.Office.ServicesAsync()).GetRequiredService<ProgrammeRows>();
        var row = (await rows.SeenAsync(DeterminationOffice.Programme, new Sight(true, null))).First(r => r.Parcels.Count > 0);
        var first = row.Parcels[0];
        Assert.True(row.IsLike(row with { Units = [.. row.Units], Parcels = [.. row.Parcels] }));
        Assert.False(row.IsLike(row with { AreaSquareMetres = row.AreaSquareMetres + 0.01 }));
        Assert.False(row.IsLike(row with { Units = [.. row.Units, "another-unit"] }));
        Assert.False(row.IsLike(row.With([.. row.Parcels, first])));
        Assert.False(row.IsLike(row.With([first with { IsProposalHidden = !first.IsProposalHidden }, .. row.Parcels.Skip(1)])));
    }
}
