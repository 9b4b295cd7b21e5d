using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Sample.Year;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>Verdicts on the patches of a programme: the officer follows the proposals, the reviewer signs; the doubtful wait.</summary>
internal sealed class PlayVerdicts(PlayOffice office)
{
    private static readonly Sight All = new(true, null);

    private readonly PlayGuards guards = new(office);

    /// <summary>What lies in units to which the plan gives nobody is assigned by the office, before anything is given out.</summary>
    public async Task AssignUnitsAsync()
    {
        await using var db = office.Read();
        var waiting = await db
            .PatchUnits.Where(u => u.ResponsibleUnit == null && !db.PatchUnits.Any(later => later.SupersedesId == u.Id))
            .Join(db.Patches, u => u.PatchId, p => p.Id, (u, p) => new { p.ProgrammeId, u.StatutoryUnit })
            .Distinct()
            .ToListAsync(office.Stop);
        foreach (
            var open in waiting
                .Where(w => YearTruth.Unnamed.Contains(w.StatutoryUnit))
                .OrderBy(w => w.ProgrammeId, StringComparer.Ordinal)
                .ThenBy(w => w.StatutoryUnit, StringComparer.Ordinal)
        )
            await office.DoAsync(
                PlayOffice.Head,
                "assign-unit",
                new
                {
                    programme = open.ProgrammeId,
                    statutoryUnit = open.StatutoryUnit,
                    unit = YearTruth.AssignedTo,
                    reason = "方案未明确责任单位，由办公室分派",
                }
            );
    }

    /// <summary>Once in the year the officer divides a parcel by hand: first by a wrong line, which is taken back (并宗), then through its
    /// middle from west to east.</summary>
    public async Task SplitAsync(string programme)
    {
        if (office.Truth.Courses.GetValueOrDefault(YearCourse.Split) is not { } patch || office.Truth.Find(patch)!.Programme != programme)
            return;
        await using var db = office.Read();
        if (!await db.Journal.AnyAsync(j => j.Act == MergeParcels.Act, office.Stop))
        {
            await DivideAsync(programme, patch, 0.3, "两个当事人分别使用，分宗判定");
            var wrong = await RowAsync(programme, patch);
            if (wrong.Parcels.Count > 1 && wrong.Parcels.All(p => p.Stage == ParcelStage.Open))
                await office.DoAsync(
                    PlayOffice.Officer,
                    MergeParcels.Act,
                    new { parcelIds = wrong.Parcels.Select(p => p.Id.ToString()).ToArray(), reason = "分界线有误，恢复后重新分宗" }
                );
        }
        await DivideAsync(programme, patch, 0.5, "按围墙分界，两个当事人分别使用，分宗判定");
    }

    private async Task<PatchRow> RowAsync(string programme, string patch) =>
        (await office.Rows.SeenAsync(programme, All, office.Stop)).Single(r => r.Number == patch);

    /// <param name="share">How far north of its south edge the line runs.</param>
    private async Task DivideAsync(string programme, string patch, double share, string reason)
    {
        var row = await RowAsync(programme, patch);
        if (row.Parcels is not [{ Stage: ParcelStage.Open } parcel])
            return;
        await using var db = office.Read();
        var shape = await db.Parcels.Where(p => p.Id == parcel.Id).Select(p => p.Geometry).SingleAsync(office.Stop);
        var box = shape.EnvelopeInternal;
        var (across, beyond) = (box.MinY + box.Height * share, box.Width / 10);
        double[][] line =
        [
            [box.MinX - beyond, across],
            [box.MaxX + beyond, across],
        ];
        await office.PostAsync(PlayOffice.Officer, Path(row, parcel, "split"), new { line, reason });
    }

    /// <summary>Each town gets the patches that nobody has visited.</summary>
    public async Task AssignAsync(string programme, DateOnly due)
    {
        // A year that is resumed after the day does not give out what nobody can do in time any more.
        if (office.Books.Today > due)
            return;
        await using var db = office.Read();
        var given = await db
            .VisitAssignments.Where(a => db.Patches.Any(p => p.Id == a.PatchId && p.ProgrammeId == programme))
            .Select(a => a.Unit)
            .Distinct()
            .ToListAsync(office.Stop);
        var visited = await db.Visits.Select(v => v.PatchId).ToHashSetAsync(office.Stop);
        var open = (await office.Rows.SeenAsync(programme, All, office.Stop)).Where(r => !visited.Contains(r.Id));
        foreach (var unit in open.SelectMany(r => r.Units).OfType<string>().Distinct().Except(given).Order(StringComparer.Ordinal))
            await office.DoAsync(
                PlayOffice.Officer,
                "assign-visits",
                new
                {
                    programme,
                    unit,
                    dueOn = PlayOffice.Day(due),
                    which = "open-patches",
                    reason = PlayOffice.Reason,
                }
            );
    }

    /// <summary>Once in the year a town goes to a doubtful patch again, and the reviewer sends the visit back.</summary>
    public async Task VisitAgainAsync(string programme, DateOnly on)
    {
        await using var db = office.Read();
        if (await db.VisitReturns.AnyAsync(office.Stop))
            return;
        var doubtful = (await office.Rows.SeenAsync(programme, All, office.Stop)).FirstOrDefault(r =>
            r.Units is [not null, ..] && r.Parcels.Any(p => p.ProposedState == PatchState.Doubtful)
        );
        if (doubtful is null)
            return;
        var town = PlayOffice.TownOf(doubtful.Units[0]!);
        var made = await db
            .Visits.Where(v => v.PatchId == doubtful.Id && v.By == town)
            .Select(v => (Guid?)v.Id)
            .FirstOrDefaultAsync(office.Stop);
        var visit = made ?? await office.VisitAsync(town, doubtful.Id, on);
        await office.DoAsync(
            PlayOffice.Reviewer,
            "return-visit",
            new
            {
                visitId = visit,
                reasonCode = ReturningReason,
                reason = "照片未反映全貌，补充核查",
            }
        );
    }

    public async Task DecideAsync(string programme)
    {
        await guards.LookAsync(programme);
        await DecideOpenAsync(programme);
        await using var db = office.Read();
        if (await db.Determinations.AnyAsync(d => d.Code == VerdictState.Withdrawn, office.Stop))
            return;
        // Once in the year somebody takes a verdict back and gives it again.
        var rows = await office.Rows.SeenAsync(programme, All, office.Stop);
        if (rows.SelectMany(r => r.Parcels, (r, p) => (r, p)).FirstOrDefault(x => x.p.Stage == ParcelStage.Decided) is (not null, _) first)
            await office.PostAsync(PlayOffice.Officer, Path(first.r, first.p, "withdrawal"), new { reason = "撤回，重新核对" });
        await DecideOpenAsync(programme);
    }

    public async Task ConfirmAsync(string programme)
    {
        await using (var db = office.Read())
            if (!await db.Confirmations.AnyAsync(c => c.Outcome == ConfirmationOutcome.Returned, office.Stop))
            {
                await guards.ReadSecondAsync(programme);
                await ReturnOneAsync(programme);
            }
        await guards.ReadSecondAsync(programme);
        await ConfirmDecidedAsync(programme);
        await TakeBackOneAsync(programme);
    }

    private async Task ConfirmDecidedAsync(string programme)
    {
        foreach (var row in await office.Rows.SeenAsync(programme, All, office.Stop))
        foreach (var parcel in row.Parcels.Where(p => p.Stage == ParcelStage.Decided))
            await office.PostAsync(
                PlayOffice.Reviewer,
                Path(row, parcel, "confirmation"),
                new
                {
                    outcome = ConfirmationOutcome.Confirmed,
                    reasonCode = PassingReason,
                    reason = "判定依据充分",
                }
            );
    }

    private string PassingReason => office.Books.Law.Verdicts.Reasons.First(r => r.Passes).Id;

    private string ReturningReason => office.Books.Law.Verdicts.Reasons.First(r => !r.Passes).Id;

    private async Task DecideOpenAsync(string programme)
    {
        foreach (var row in await office.Rows.SeenAsync(programme, All, office.Stop))
        foreach (var parcel in row.Parcels.Where(IsToDecide))
            await office.PostAsync(
                PlayOffice.Officer,
                Path(row, parcel, "determination"),
                new { code = parcel.Proposed, reason = "同意系统建议，依据见推导过程" }
            );
    }

    private static bool IsToDecide(ParcelRow parcel) =>
        parcel.Stage is ParcelStage.Open or ParcelStage.Returned
        && parcel.Proposed is not null
        && parcel.ProposedState != PatchState.Doubtful;

    /// <summary>Once in the year the reviewer takes a signature back, looks again, and signs.</summary>
    private async Task TakeBackOneAsync(string programme)
    {
        if (await office.HasOccurredAsync(TakeBackSignature.Act))
            return;
        var rows = await office.Rows.SeenAsync(programme, All, office.Stop);
        if (
            rows.SelectMany(r => r.Parcels, (r, p) => (r, p))
                .FirstOrDefault(x => x.p.Stage == ParcelStage.Confirmed && x.p.ConfirmedBy == PlayOffice.Reviewer)
            is not
            (not null, _) first
        )
            return;
        await office.PostAsync(PlayOffice.Reviewer, Path(first.r, first.p, "confirmation-withdrawal"), new { reason = "按错，重新审核" });
        await ConfirmDecidedAsync(programme);
    }

    /// <summary>Once in the year the reviewer sends a verdict back.</summary>
    private async Task ReturnOneAsync(string programme)
    {
        var rows = await office.Rows.SeenAsync(programme, All, office.Stop);
        if (
            rows.SelectMany(r => r.Parcels, (r, p) => (r, p)).LastOrDefault(x => x.p.Stage == ParcelStage.Decided) is not (not null, _) last
        )
            return;
        await office.PostAsync(
            PlayOffice.Reviewer,
            Path(last.r, last.p, "confirmation"),
            new
            {
                outcome = ConfirmationOutcome.Returned,
                reasonCode = ReturningReason,
                reason = "补充说明后再报",
            }
        );
        await DecideOpenAsync(programme);
    }

    private static string Path(PatchRow row, ParcelRow parcel, string what) => $"/api/patches/{row.Id}/parcels/{parcel.Id}/{what}";
}
