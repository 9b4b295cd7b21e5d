using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Rectification;

/// <summary>How far a programme is on a day: what is not determined, what is not dealt with, what remains of each violation.</summary>
/// <param name="Undetermined">Numbers of parcels (of patches that were never cut, their own) without a confirmed verdict.</param>
/// <param name="WithoutViolation">Numbers of parcels confirmed as illegal that belong to no violation.</param>
/// <param name="Unhandled">Numbers of violations without case, signed handling or transfer.</param>
public sealed record ProgrammeState(
    string ProgrammeId,
    DateOnly On,
    int Patches,
    IReadOnlyList<string> Undetermined,
    IReadOnlyList<string> WithoutViolation,
    IReadOnlyList<string> Unhandled,
    IReadOnlyList<ViolationBalance> Balances
)
{
    /// <summary>Everything that has to be settled, or named by the opinion, before the programme is accepted.</summary>
    public IReadOnlyList<string> OpenPoints => [.. Undetermined, .. WithoutViolation, .. Unhandled];

    /// <exception cref="Problem"><c>plan.no-such-value</c></exception>
    public static async Task<ProgrammeState> OfAsync(
        StoreContext db,
        string programme,
        DateOnly on,
        LawBook law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(law);
        if (!await db.Programmes.AnyAsync(p => p.Id == programme, stop))
            throw Problem.Plan.NoSuchValue("programmes", programme, await db.Programmes.Select(p => p.Id).ToListAsync(stop));
        var patches = await db
            .Patches.Where(p => p.ProgrammeId == programme)
            .Select(p => new { p.Id, p.Number })
            .ToDictionaryAsync(p => p.Id, p => p.Number, stop);
        var confirmed = await ConfirmedAsync(db, programme, stop);
        var parcels = await (
            from parcel in db.Parcels
            join patch in db.Patches on parcel.PatchId equals patch.Id
            where patch.ProgrammeId == programme && parcel.SupersededById == null
            orderby parcel.Number
            select new
            {
                parcel.Id,
                parcel.PatchId,
                parcel.Number,
            }
        ).ToListAsync(stop);
        var cut = parcels.Select(p => p.PatchId).ToHashSet();
        var heirs = await ViolationBalances.HeirsAsync(db, stop);
        var taken = (await db.ViolationParcels.Select(p => new { p.ParcelId, p.ViolationId }).ToListAsync(stop))
            .Where(p => !heirs.ContainsKey(p.ViolationId))
            .Select(p => p.ParcelId)
            .ToHashSet();
        var illegal = law.Verdicts.All.Where(v => v.Parent == VerdictParent.Illegal).Select(v => v.Code).ToHashSet(StringComparer.Ordinal);
        var balances = await ViolationBalances.OfAsync(db, db.Violations.Where(v => v.ProgrammeId == programme), on, stop);
        return new(
            programme,
            on,
            patches.Count,
            [
                .. patches.Where(p => !cut.Contains(p.Key)).Select(p => p.Value).Order(StringComparer.Ordinal),
                .. parcels.Where(p => !confirmed.ContainsKey(p.Id)).Select(p => p.Number),
            ],
            [
                .. parcels
                    .Where(p => confirmed.TryGetValue(p.Id, out var code) && illegal.Contains(code) && !taken.Contains(p.Id))
                    .Select(p => p.Number),
            ],
            await UnhandledAsync(db, balances, stop),
            balances
        );
    }

    /// <summary>The confirmed verdict of each parcel that has one.</summary>
    private static async Task<Dictionary<Guid, string>> ConfirmedAsync(StoreContext db, string programme, CancellationToken stop)
    {
        var verdicts = await (
            from verdict in db.Determinations
            join patch in db.Patches on verdict.PatchId equals patch.Id
            where patch.ProgrammeId == programme
            select new
            {
                verdict.Id,
                verdict.ParcelId,
                verdict.Code,
                verdict.SupersedesId,
                verdict.DecidedAt,
            }
        ).ToListAsync(stop);
        var replaced = verdicts.Select(v => v.SupersedesId).OfType<Guid>().ToHashSet();
        var signed = await db
            .Confirmations.Where(c => c.Outcome == ConfirmationOutcome.Confirmed)
            .Select(c => c.DeterminationId)
            .ToHashSetAsync(stop);
        return verdicts
            .Where(v => !replaced.Contains(v.Id))
            .GroupBy(v => v.ParcelId)
            .Select(v => v.MaxBy(x => x.DecidedAt)!)
            .Where(v => signed.Contains(v.Id) && v.Code != VerdictState.Withdrawn)
            .ToDictionary(v => v.ParcelId, v => v.Code);
    }

    /// <summary>The same that stand in the alarm of the cases: nothing signed ended their matter.</summary>
    private static async Task<List<string>> UnhandledAsync(
        StoreContext db,
        IReadOnlyList<ViolationBalance> balances,
        CancellationToken stop
    )
    {
        var settled = await CaseAlarms.SettledAsync(db, stop);
        return [.. balances.Where(b => b.AreaSquareMetres > 0 && !settled.Contains(b.Violation.Id)).Select(b => b.Violation.Number)];
    }
}
