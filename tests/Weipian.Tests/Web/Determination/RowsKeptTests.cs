using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Web.Pages.Determination;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Tests.Web.Determination;

/// <summary>Rows that tell what they told before are the same ones, so that nothing is drawn anew for them (0133).</summary>
public sealed class RowsKeptTests(DeterminationOffice at) : IClassFixture<DeterminationOffice>
{
    private static readonly Actor Officer = new("district-officer", "district-officer");
    private static readonly Actor Reviewer = new("district-reviewer", "district-reviewer");
    private static readonly Sight Everything = new(true, null);

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

    /// <summary>After each act only the patches it wrote about are read: what is kept then is what a reading of everything gives.</summary>
    [Fact]
    public async Task After_every_kind_of_act_the_rows_kept_are_those_that_a_fresh_reading_gives()
    {
        var services = await at.Office.ServicesAsync();
        var desk = services.GetRequiredService<VerdictDesk>();
        var passes = DeterminationOffice.Law.Book.Verdicts.Reasons.First(r => r.Passes).Id;
        var returns = DeterminationOffice.Law.Book.Verdicts.Reasons.First(r => !r.Passes).Id;
        var free = (await KeptAsync(DeterminationOffice.Programme)).Where(r =>
            r is { Kind: "land", Parcels: [{ Stage: ParcelStage.Open, AreaSquareMetres: > 500 }] }
        );
        var (judged, divided) = (free.First(), free.Last());
        var programmes = await ProgrammesAsync();
        Assert.NotEqual(judged.Id, divided.Id);

        await StepAsync(async () => await desk.DecideAsync(Officer, await ParcelAsync(judged), "L1", "经核查。"));
        await StepAsync(async () => await desk.ReturnAsync(Reviewer, await ParcelAsync(judged), returns, "请补充"));
        await StepAsync(async () => await desk.DecideAsync(Officer, await ParcelAsync(judged), "L1", "已补充。"));
        await StepAsync(async () => await desk.ConfirmAsync(Reviewer, await ParcelAsync(judged), passes, "同意"));
        await StepAsync(async () => await desk.TakeBackAsync(Reviewer, await ParcelAsync(judged), "看错"));
        await StepAsync(async () => await desk.WithdrawAsync(Officer, await ParcelAsync(judged), "看错"));
        await StepAsync(async () => await desk.SplitAsync(Officer, divided.Parcels[0].Id, await AcrossAsync(divided.Id), "两家使用"));
        Assert.Equal(2, (await RowAsync(divided)).Parcels.Count);
        var parts = (await RowAsync(divided)).Parcels.Select(p => p.Id).ToList();
        await StepAsync(() => desk.MergeAsync(Officer, parts, "同一主体"));
        Assert.Single((await RowAsync(divided)).Parcels);
        await StepAsync(AssignAsync);
        foreach (var programme in programmes)
            await StepAsync(() =>
                ProposeVerdicts.Handle(
                    services.GetRequiredService<OfficeBooks>().Store,
                    Actor.Machine,
                    new(programme),
                    DeterminationOffice.Law
                )
            );
        // Many acts that nobody looked at in between: everything is read.
        for (var again = 0; again < 40; again++)
        {
            await desk.DecideAsync(Officer, await NewestAsync(judged), "L1", "经核查。");
            await desk.WithdrawAsync(Officer, await NewestAsync(judged), "看错");
        }
        await StepAsync(() => Task.CompletedTask);

        async Task StepAsync(Func<Task> act)
        {
            await act();
            foreach (var programme in programmes)
            {
                using var fresh = new ProgrammeRows(services.GetRequiredService<OfficeBooks>());
                var (kept, read) = (await KeptAsync(programme), await fresh.SeenAsync(programme, Everything));
                Assert.Equal(read.Select(r => r.Number), kept.Select(r => r.Number));
                Assert.All(kept.Zip(read), p => Assert.True(p.First.IsLike(p.Second), $"{p.First} {p.Second}"));
            }
        }
    }

    private async Task<IReadOnlyList<PatchRow>> KeptAsync(string programme) =>
        await (await at.Office.ServicesAsync()).GetRequiredService<ProgrammeRows>().SeenAsync(programme, Everything);

    private async Task<PatchRow> RowAsync(PatchRow patch) => (await KeptAsync(DeterminationOffice.Programme)).Single(r => r.Id == patch.Id);

    private async Task<ParcelRow> ParcelAsync(PatchRow patch) => (await RowAsync(patch)).Parcels[0];

    /// <summary>The only parcel of a patch with its newest verdict, past the rows that are kept.</summary>
    private async Task<ParcelRow> NewestAsync(PatchRow patch)
    {
        using var fresh = new ProgrammeRows((await at.Office.ServicesAsync()).GetRequiredService<OfficeBooks>());
        return (await fresh.SeenAsync(DeterminationOffice.Programme, Everything)).Single(r => r.Id == patch.Id).Parcels[0];
    }

    private async Task<IReadOnlyList<string>> ProgrammesAsync()
    {
        await using var db = (await at.Office.ServicesAsync()).GetRequiredService<OfficeBooks>().Read();
        return await db.Patches.Select(p => p.ProgrammeId).Distinct().ToListAsync();
    }

    /// <summary>A line from south to north through a patch, in degrees.</summary>
    private async Task<double[][]> AcrossAsync(Guid patch)
    {
        await using var db = (await at.Office.ServicesAsync()).GetRequiredService<OfficeBooks>().Read();
        var shape = (await db.Patches.SingleAsync(p => p.Id == patch)).Geometry;
        var (x, box) = (shape.InteriorPoint.X, shape.EnvelopeInternal);
        return
        [
            [x, box.MinY - 0.001],
            [x, box.MaxY + 0.001],
        ];
    }

    /// <summary>Gives a unit to what lies where the plan names none.</summary>
    private async Task AssignAsync()
    {
        var books = (await at.Office.ServicesAsync()).GetRequiredService<OfficeBooks>();
        await using var db = books.Read();
        var free = await db.PatchUnits.FirstAsync(u => u.ResponsibleUnit == null);
        var programme = await db.Patches.Where(p => p.Id == free.PatchId).Select(p => p.ProgrammeId).SingleAsync();
        var unit = books.Plan.Units.Responsible[0].Id;
        await AssignUnit.Handle(books.Store, new("office-head", "office-head"), new(programme, free.StatutoryUnit, unit, "分派"));
    }
}
