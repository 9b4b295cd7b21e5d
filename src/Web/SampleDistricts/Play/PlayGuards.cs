using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>Guards of verdicts in the played year: shares, images before proposals, blind readings, and one that differs.</summary>
/// <remarks>The shares are far above those of the house: of thirty patches three in a hundred would show nothing.</remarks>
internal sealed class PlayGuards(PlayOffice office)
{
    private const int KnownPerMille = 200;
    private const int SecondPerMille = 300;
    private const int HiddenPerMille = 200;

    /// <summary>Known cases that somebody reads in the year, and parcels of a programme whose images come first.</summary>
    private const int ReadMax = 24;
    private const int LooksMax = 3;

    public async Task SetAsync()
    {
        if (await office.HasOccurredAsync(SetReviewGuards.Act))
            return;
        await office.DoAsync(
            PlayOffice.Head,
            SetReviewGuards.Act,
            new
            {
                knownPerMille = KnownPerMille,
                secondPerMille = SecondPerMille,
                hiddenPerMille = HiddenPerMille,
                reason = "样区地块少，提高抽取比例",
            }
        );
    }

    /// <summary>A newcomer does the first step and answers what a verdict must be proved with: once right.</summary>
    public async Task PractiseAsync()
    {
        if (await office.HasOccurredAsync(AnswerExercise.Act))
            return;
        await office.DoAsync(PlayOffice.Officer, TickFirstHour.Act, new { step = TickFirstHour.Steps[0].Step });
        var exercise = office.Training.Evidence()[0];
        await office.DoAsync(PlayOffice.Officer, AnswerExercise.Act, new { exercise = exercise.Id, chosen = exercise.Right });
    }

    /// <summary>The officer looks at both images of a few parcels; of the others the proposal stays hidden and is judged without.</summary>
    public async Task LookAsync(string programme)
    {
        await using var db = office.Read();
        var parcels = db.Parcels.Where(p => db.Patches.Any(q => q.Id == p.PatchId && q.ProgrammeId == programme)).Select(p => p.Id);
        if (await db.ProposalLooks.AnyAsync(l => parcels.Contains(l.ParcelId), office.Stop))
            return;
        var sight = new Sight(true, null) { Reader = PlayOffice.Officer, Decides = true };
        var hidden = (await office.Rows.SeenAsync(programme, sight, office.Stop)).SelectMany(r => r.Parcels).Where(p => p.IsProposalHidden);
        foreach (var parcel in hidden.Take(LooksMax).ToList())
            await office.DoAsync(PlayOffice.Officer, LookAtImages.Act, new { parcelId = parcel.Id });
    }

    /// <summary>The reviewer reads what was drawn, once in the year otherwise than the officer; then the head reads, and upholds.</summary>
    public async Task ReadSecondAsync(string programme)
    {
        await using var db = office.Read();
        var of = await db.Patches.Where(p => p.ProgrammeId == programme).Select(p => p.Id).ToHashSetAsync(office.Stop);
        var differs = await db.BlindReadings.AnyAsync(r => r.Code != r.ReferenceCode, office.Stop);
        foreach (var due in await DueAsync(PlayOffice.Reviewer, "district-reviewer", of))
        {
            var code = await db.Determinations.Where(d => d.Id == due).Select(d => d.Code).SingleAsync(office.Stop);
            if (await IsConfirmedAsync(db, due))
                continue;
            await ReadAsync(PlayOffice.Reviewer, due, differs ? code : await OtherAsync(db, due, code));
            differs = true;
        }
        foreach (var due in await DueAsync(PlayOffice.Head, "office-head", of))
            if (
                await db.BlindReadings.AnyAsync(r => r.DeterminationId == due && r.Kind == ReadingKind.Second, office.Stop)
                && !await IsConfirmedAsync(db, due)
            )
                await ReadAsync(
                    PlayOffice.Head,
                    due,
                    await db.Determinations.Where(d => d.Id == due).Select(d => d.Code).SingleAsync(office.Stop)
                );
    }

    /// <summary>The head reads what was settled long ago, and errs once.</summary>
    public async Task ReadKnownAsync()
    {
        await using var db = office.Read();
        if (await db.BlindReadings.AnyAsync(r => r.Kind == ReadingKind.Known, office.Stop))
            return;
        var everything = await db.Patches.Select(p => p.Id).ToHashSetAsync(office.Stop);
        var erred = false;
        foreach (var due in (await DueAsync(PlayOffice.Head, "office-head", everything)).Take(ReadMax))
        {
            var code = await db.Determinations.Where(d => d.Id == due).Select(d => d.Code).SingleAsync(office.Stop);
            await ReadAsync(PlayOffice.Head, due, erred ? code : await OtherAsync(db, due, code));
            erred = true;
        }
    }

    private Task ReadAsync(string login, Guid determination, string code) =>
        office.DoAsync(
            login,
            GiveReading.Act,
            new
            {
                determinationId = determination,
                code,
                basisZh = "按影像、比对和核查情况判读",
            }
        );

    /// <summary>What a seat has to read of some patches, in the order of programmes and parcels.</summary>
    private async Task<IReadOnlyList<Guid>> DueAsync(string login, string role, HashSet<Guid> patches)
    {
        await using var db = office.Read();
        var names = await db
            .Parcels.Join(db.Patches, p => p.PatchId, q => q.Id, (p, q) => new { p.Id, Name = q.ProgrammeId + "/" + p.Number })
            .ToDictionaryAsync(p => p.Id, p => p.Name, office.Stop);
        return
        [
            .. (await new ReadingDesk(office.Books).DueAsync(new Actor(login, role), office.Stop))
                .Where(t => patches.Contains(t.Patch))
                .OrderBy(t => names[t.Parcel], StringComparer.Ordinal)
                .Select(t => t.Determination),
        ];
    }

    private async Task<bool> IsConfirmedAsync(StoreContext db, Guid determination) =>
        await db.Confirmations.AnyAsync(c => c.DeterminationId == determination, office.Stop);

    /// <summary>A verdict of the same tree from another branch.</summary>
    private async Task<string> OtherAsync(StoreContext db, Guid determination, string code)
    {
        var patch = await db
            .Determinations.Where(d => d.Id == determination)
            .Join(db.Patches, d => d.PatchId, p => p.Id, (d, p) => new { p.Kind, p.ProgrammeId })
            .SingleAsync(office.Stop);
        var tree = office.Books.Law.Verdicts.For(patch.Kind, office.Books.Plan.Programme(patch.ProgrammeId).Year);
        var parent = tree.Single(v => v.Code == code).Parent;
        return tree.First(v => v.Parent != parent).Code;
    }
}
