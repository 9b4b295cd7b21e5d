using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>The patches of a programme as rows, kept in memory as long as the journal has not grown.</summary>
/// <remarks>When it has grown, the patches that its new entries wrote about are read again and no others. What a seat sees is cut out of
/// the rows here and nowhere else.</remarks>
public sealed partial class ProgrammeRows(OfficeBooks books) : IDisposable
{
    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>The rows a seat sees, in ordinal order of number.</summary>
    /// <exception cref="Problem"><c>web.no-such-programme</c></exception>
    public async Task<IReadOnlyList<PatchRow>> SeenAsync(string programme, Sight sight, CancellationToken stop = default)
    {
        var all = await GuardVeil.OverAsync(books.Store, programme, await AllAsync(programme, stop), sight, stop);
        return sight.All ? all : [.. all.Where(r => sight.Covers(r.Units))];
    }

    /// <summary>One patch that the seat sees, by id, in whatever programme it is.</summary>
    /// <exception cref="Problem"><c>web.no-such-patch</c>, also when it exists but is not seen</exception>
    public async Task<(string Programme, PatchRow Row)> SeenAsync(Guid patch, Sight sight, CancellationToken stop = default)
    {
        var programme = await ProgrammeOfAsync(patch, stop) ?? throw Problem.Web.NoSuchPatch(patch.ToString());
        var row = (await KeptAsync(programme, stop)).ById.GetValueOrDefault(patch);
        if (row is null || !sight.Covers(row.Units))
            throw Problem.Web.NoSuchPatch(patch.ToString());
        return (programme, (await GuardVeil.OverAsync(books.Store, programme, [row], sight, stop))[0]);
    }

    /// <summary>A patch stays in its programme: what was found once is not asked again.</summary>
    private async Task<string?> ProgrammeOfAsync(Guid patch, CancellationToken stop)
    {
        if (kept.FirstOrDefault(k => k.Value.ById.ContainsKey(patch)).Key is { } known)
            return known;
        await using var db = books.Read();
        return await db.Patches.Where(p => p.Id == patch).Select(p => p.ProgrammeId).SingleOrDefaultAsync(stop);
    }

    public void Dispose() => turn.Dispose();

    private async Task<IReadOnlyList<PatchRow>> AllAsync(string programme, CancellationToken stop) =>
        (await KeptAsync(programme, stop)).Rows;

    private async Task<Kept> KeptAsync(string programme, CancellationToken stop)
    {
        if (books.Plan.FindProgramme(programme) is null)
            throw Problem.Web.NoSuchProgramme(programme);
        var sequence = await books.SequenceAsync(stop);
        if (kept.TryGetValue(programme, out var known) && known.Sequence == sequence)
            return known;
        await turn.WaitAsync(stop);
        try
        {
            if (kept.TryGetValue(programme, out known) && known.Sequence == sequence)
                return known;
            return kept[programme] = await AnewAsync(programme, sequence, known, stop);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Reads rows from the store.</summary>
    /// <param name="asked">Patches of one programme.</param>
    private async Task<IReadOnlyList<PatchRow>> LoadAsync(StoreContext db, IQueryable<Patch> asked, CancellationToken stop)
    {
        var patches = await asked
            .Select(p => new
            {
                p.Id,
                p.Number,
                p.Kind,
                p.Before,
                p.After,
                p.AreaSquareMetres,
                p.Change,
                p.IssuedUnit,
            })
            .ToListAsync(stop);
        var ids = asked.Select(p => p.Id);
        var units = await db.PatchUnits.Where(u => ids.Contains(u.PatchId)).ToListAsync(stop);
        var replaced = units.Where(u => u.SupersedesId is not null).Select(u => u.SupersedesId!.Value).ToHashSet();
        var unitsOf = units.Where(u => !replaced.Contains(u.Id)).ToLookup(u => u.PatchId);
        var parcels = await ParcelsAsync(db, ids, stop);
        return
        [
            .. patches
                .OrderBy(p => p.Number, StringComparer.Ordinal)
                .Select(p => new PatchRow(
                    p.Id,
                    p.Number,
                    p.Kind,
                    p.Before,
                    p.After,
                    p.AreaSquareMetres,
                    p.Change,
                    p.IssuedUnit,
                    [.. unitsOf[p.Id].OrderByDescending(u => u.AreaSquareMetres).Select(u => u.ResponsibleUnit).Distinct()],
                    [.. parcels[p.Id].OrderBy(q => q.Ordinal)]
                )),
        ];
    }

    private async Task<ILookup<Guid, ParcelRow>> ParcelsAsync(StoreContext db, IQueryable<Guid> patches, CancellationToken stop)
    {
        var inForce = db.Parcels.Where(p => p.SupersededById == null && patches.Contains(p.PatchId));
        var parcels = await inForce
            .Select(p => new ParcelShape(
                p.Id,
                p.PatchId,
                p.Number,
                p.Ordinal,
                p.AreaSquareMetres,
                p.CultivatedSquareMetres,
                p.PermanentFarmlandSquareMetres
            ))
            .ToListAsync(stop);
        var proposals = await db
            .Proposals.Where(p => inForce.Any(q => q.Id == p.ParcelId))
            .Select(p => new
            {
                p.Id,
                p.ParcelId,
                p.Code,
                p.ProposedAt,
                p.LawBookSha256,
            })
            .ToListAsync(stop);
        var newest = proposals.GroupBy(p => p.ParcelId).ToDictionary(g => g.Key, g => g.MaxBy(p => p.ProposedAt)!);
        var determinations = await db
            .Determinations.Where(d => patches.Contains(d.PatchId))
            .Select(d => new Signed(d.Id, d.ParcelId, d.Code, d.DecidedBy, d.DecidedAt, d.BasisZh, d.SupersedesId))
            .ToListAsync(stop);
        var standing = Standing(determinations);
        var ids = db.Determinations.Where(d => patches.Contains(d.PatchId)).Select(d => d.Id);
        var confirmations = await db.Confirmations.Where(c => ids.Contains(c.DeterminationId)).ToListAsync(stop);
        var confirmed = confirmations.ToDictionary(c => c.DeterminationId);
        var takenBack = await TakenBackAsync(db, ids, stop);
        return parcels.ToLookup(
            p => p.PatchId,
            p =>
            {
                var proposal = newest.GetValueOrDefault(p.Id);
                var signed = standing.GetValueOrDefault(p.Id);
                var row = Row(p, proposal?.Id, proposal?.Code, signed, signed is null ? null : confirmed.GetValueOrDefault(signed.Id));
                return row with
                {
                    SignaturesTakenBack = signed is null ? 0 : takenBack[signed.Id].Count(),
                    IsProposalOld = proposal is not null && proposal.LawBookSha256 != books.Law.Sha256,
                };
            }
        );
    }

    /// <summary>Second signatures that were taken back, by verdict.</summary>
    private static async Task<ILookup<Guid, Guid>> TakenBackAsync(StoreContext db, IQueryable<Guid> verdicts, CancellationToken stop)
    {
        var rows = await db
            .Confirmations.IgnoreQueryFilters()
            .Where(c => verdicts.Contains(c.DeterminationId) && db.ConfirmationWithdrawals.Any(w => w.ConfirmationId == c.Id))
            .Select(c => new { c.DeterminationId, c.Id })
            .ToListAsync(stop);
        return rows.ToLookup(c => c.DeterminationId, c => c.Id);
    }

    /// <summary>The verdict of each parcel that no later one replaces.</summary>
    private static Dictionary<Guid, Signed> Standing(List<Signed> all)
    {
        var replaced = all.Where(d => d.Supersedes is not null).Select(d => d.Supersedes!.Value).ToHashSet();
        return all.Where(d => !replaced.Contains(d.Id)).GroupBy(d => d.ParcelId).ToDictionary(g => g.Key, g => g.MaxBy(d => d.DecidedAt)!);
    }

    private ParcelRow Row(ParcelShape shape, Guid? proposalId, string? proposed, Signed? signed, Confirmation? second)
    {
        var verdict = signed is null or { Code: VerdictState.Withdrawn } ? null : signed;
        return new(
            shape.Id,
            shape.Number,
            shape.Ordinal,
            shape.Area,
            shape.Cultivated,
            shape.PermanentFarmland,
            proposalId,
            proposed,
            proposed is null ? null : StateOf(proposed),
            signed?.Id,
            verdict?.Code,
            verdict is null ? null : StateOf(verdict.Code),
            verdict?.DecidedBy,
            verdict?.DecidedAt,
            verdict?.BasisZh,
            verdict is null ? ParcelStage.Open
                : second is null ? ParcelStage.Decided
                : second.Outcome == ConfirmationOutcome.Confirmed ? ParcelStage.Confirmed
                : ParcelStage.Returned,
            second?.By,
            second?.ReasonCode,
            second?.Reason
        );
    }

    /// <summary>The state a verdict puts a parcel in; false change (实地未变化) is shown apart from the other verdicts of its branch.</summary>
    public string StateOf(string code) =>
        books.FindVerdict(code)?.Parent switch
        {
            VerdictParent.Legal => PatchState.Legal,
            VerdictParent.Illegal => PatchState.Illegal,
            VerdictParent.Doubtful => PatchState.Doubtful,
            VerdictParent.Other => code is VerdictCodes.FalseChange or VerdictCodes.MineralFalseChange
                ? PatchState.FalseChange
                : PatchState.Other,
            _ => PatchState.NotVerified,
        };

    private sealed record Kept(long Sequence, IReadOnlyList<PatchRow> Rows, IReadOnlyDictionary<Guid, PatchRow> ById);

    private sealed record ParcelShape(
        Guid Id,
        Guid PatchId,
        string Number,
        int Ordinal,
        double Area,
        double Cultivated,
        double PermanentFarmland
    );

    private sealed record Signed(
        Guid Id,
        Guid ParcelId,
        string Code,
        string DecidedBy,
        DateTime DecidedAt,
        string BasisZh,
        Guid? Supersedes
    );
}

/// <summary>Codes that the screens treat on their own.</summary>
public static class VerdictCodes
{
    /// <summary>实地未变化（伪变化）.</summary>
    public const string FalseChange = "O1";

    public const string MineralFalseChange = "MO1";

    /// <summary>设施农用地: key 5.</summary>
    public const string FacilityAgriculture = "O2";

    /// <summary>农村道路: key 4.</summary>
    public const string FarmRoad = "O3";
}
