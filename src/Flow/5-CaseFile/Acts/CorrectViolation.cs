using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>A violation that was formed wrongly, or whose verdicts were corrected, is replaced by a new one; the old one stays
/// readable.</summary>
/// <remarks>
/// Parcels that are left out and are still illegal stand in the alarm until another violation takes them. Where no verdict is left, the
/// violation ends with nothing in its place: its hold is lifted, because its cause is gone. What a case was opened on is not exchanged
/// under it; once the case was closed without a penalty (终止调查、不予处罚) and no verdict is left, the violation may end too.
/// </remarks>
public static class CorrectViolation
{
    public const string Act = "correct-violation";

    /// <param name="ParcelIds">The parcels of the corrected violation; empty only when none of the old ones is illegal any more.</param>
    public sealed record Request(
        Guid ViolationId,
        IReadOnlyList<string> ParcelIds,
        string NameZh,
        string LocationZh,
        string UseZh,
        DateOnly? StartedOn,
        bool IsNew,
        bool KeyProject,
        string? Unit,
        string Reason
    );

    /// <summary>Pure: only what has not become a case, a handling or a transfer is corrected.</summary>
    /// <param name="isHandled">Something was begun about it that stands in the way.</param>
    /// <param name="stillIllegal">Numbers of the old parcels that are illegal still.</param>
    public static void Decide(Violation violation, Request request, bool isHandled, IReadOnlyList<string> stillIllegal)
    {
        ArgumentNullException.ThrowIfNull(violation);
        ArgumentNullException.ThrowIfNull(request);
        if (violation.Source == ViolationSource.Backlog)
            throw Problem.Chain.OutOfOrder("更正", "correct it", "历史遗留违法没有图斑地块", "a violation of the backlog has no parcels");
        if (isHandled)
            throw request.ParcelIds.Count == 0
                ? Problem.Chain.OutOfOrder(
                    "更正撤销这宗违法",
                    "end this violation by a correction",
                    "案件尚未以终止调查或不予处罚结案，或已有非立案处理、移送、整改措施",
                    "its case is not closed without a penalty, or a handling, a transfer or a measure exists"
                )
                : Problem.Chain.OutOfOrder(
                    "更正这宗违法",
                    "correct this violation",
                    "已立案、处理、移送或下达整改措施",
                    "a case, a handling, a transfer or a measure exists"
                );
        if (request.ParcelIds.Count == 0 && stillIllegal.Count > 0)
            throw Problem.CaseFile.StillIllegal(violation.Number, stillIllegal);
    }

    /// <returns>The violation that took its place.</returns>
    /// <exception cref="Problem"><c>case-file.*</c>, <c>chain.*</c></exception>
    public static Task<FormViolation.Formed> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        LawBook law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.ViolationId.ToString(),
            request.Reason,
            async act =>
            {
                var old = await act.Db.ViolationAsync(request.ViolationId, stop);
                var own = act.Db.ViolationParcels.Where(p => p.ViolationId == old.Id).Select(p => p.ParcelId);
                var still = await IllegalParcels.OfAsync(act.Db, act.Db.Parcels.Where(p => own.Contains(p.Id)), law, stop);
                Decide(
                    old,
                    request,
                    await IsHandledAsync(act.Db, old.Id, request.ParcelIds.Count == 0, stop),
                    [.. still.Select(p => p.Number)]
                );
                var corrected = request.ParcelIds.Count == 0 ? Nothing(act, old) : await WriteAsync(act, request, old, law, stop);
                await Holds.LiftAsync(act, old.Id, HoldCause.VerdictCorrected, corrected.Id, request.Reason, stop);
                act.Fact("replaced", old.Number);
                act.Fact("violation", corrected.Number);
                return new FormViolation.Formed(corrected.Id, corrected.Number);
            },
            stop
        );
    }

    private static async Task<Violation> WriteAsync(ActScope act, Request request, Violation old, LawBook law, CancellationToken stop)
    {
        var form = new FormViolation.Request(
            request.ParcelIds,
            request.NameZh,
            request.LocationZh,
            request.UseZh,
            request.StartedOn,
            request.IsNew,
            request.KeyProject,
            request.Unit,
            request.Reason
        );
        var draft = await FormViolation.DraftAsync(act, form, law, old, stop);
        var corrected = await ViolationRows.WriteAsync(act, draft, old, stop);
        // What is known of the persons and of the decisions goes with the act, not with its number.
        var parties = await act.Db.ViolationParties.Where(p => p.ViolationId == old.Id).ToListAsync(stop);
        act.Db.AddRange(parties.Select(p => PartyRows.Link(act, corrected.Id, p.PartyId, p.Role, p.PostZh)));
        return corrected;
    }

    /// <summary>The end of a violation of which no verdict is left: a row without parcels and without area.</summary>
    private static Violation Nothing(ActScope act, Violation old)
    {
        var nothing = new Violation
        {
            Id = act.NewId(),
            Number = old.Number + "-0",
            Unit = old.Unit,
            Kind = old.Kind,
            Source = old.Source,
            ProgrammeId = old.ProgrammeId,
            Year = old.Year,
            NameZh = old.NameZh,
            LocationZh = old.LocationZh,
            UseZh = old.UseZh,
            TypeCode = old.TypeCode,
            StartedOn = old.StartedOn,
            IsNew = old.IsNew,
            KeyProject = old.KeyProject,
            AreaSquareMetres = 0,
            CultivatedSquareMetres = 0,
            PermanentFarmlandSquareMetres = 0,
            ReserveSquareMetres = 0,
            RedLineSquareMetres = 0,
            OutsideUrbanSquareMetres = 0,
            AgriculturalSquareMetres = 0,
            SupersedesId = old.Id,
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(nothing);
        return nothing;
    }

    /// <summary>Whatever was begun; where the violation ends with nothing in its place, a case without a penalty does not stand in the
    /// way.</summary>
    private static async Task<bool> IsHandledAsync(StoreContext db, Guid violation, bool endsInNothing, CancellationToken stop)
    {
        var file = await db.CaseFiles.SingleOrDefaultAsync(c => c.ViolationId == violation, stop);
        return (file is not null && !(endsInNothing && await IsClosedWithoutPenaltyAsync(db, file, stop)))
            || await db.NonCaseHandlings.AnyAsync(h => h.ViolationId == violation, stop)
            || await db.Transfers.AnyAsync(t => t.ViolationId == violation, stop)
            || await db.Measures.AnyAsync(m => m.ViolationId == violation, stop);
    }

    private static async Task<bool> IsClosedWithoutPenaltyAsync(StoreContext db, CaseFile file, CancellationToken stop)
    {
        var steps = await db.CaseSteps.Where(s => s.CaseFileId == file.Id).OrderBy(s => s.Ordinal).ToListAsync(stop);
        var closed = new CaseCourse(file.FactsVerifiedOn, file.FiledOn, steps).Last(CaseStepKind.Closed);
        return closed?.Text(CaseDetail.Ground) is CaseDetail.NoPenalty or CaseDetail.Terminated;
    }
}
