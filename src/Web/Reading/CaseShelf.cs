using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>A violation in the list: what became of it, and what is due next.</summary>
/// <param name="State">One of <see cref="CaseShelf.States"/>.</param>
/// <param name="Alarm">Neither case nor signed handling nor transfer; null when there is one.</param>
/// <param name="Next">The running clock with the earliest last day; null for none.</param>
/// <param name="ActorLabel">What everybody may see of the actor.</param>
/// <param name="Turns">What waits to be done, of <see cref="CaseShelf.Turns"/>.</param>
public sealed record CaseRow(
    Violation Violation,
    string State,
    CaseAlarm? Alarm,
    CaseFile? File,
    CaseClock? Next,
    string? ActorLabel,
    IReadOnlyList<string> Turns
)
{
    /// <summary>The day that counts: of the alarm, else of the next clock.</summary>
    public DateOnly? Due => Alarm?.LastDay ?? Next?.Deadline?.LastDayInclusive;
}

/// <summary>Everything that is kept about one violation.</summary>
public sealed record CaseDossier(
    CaseRow Row,
    CaseInHand Hand,
    IReadOnlyList<CaseClock> Clocks,
    IReadOnlyList<CrimeLine> CrimeLines,
    IReadOnlyList<(ViolationParcel Parcel, string Number, string PatchNumber, DateOnly? After)> Parcels,
    IReadOnlyList<(ViolationParty Link, Party Party)> Parties,
    IReadOnlyList<DecisionTrace> Traces,
    IReadOnlyList<OpenedDocument> Documents,
    IReadOnlyList<StopNotice> StopNotices,
    IReadOnlyList<NonCaseHandling> Handlings,
    IReadOnlyList<(Transfer Transfer, IReadOnlyList<TransferStep> Steps, DateOnly? ReplyBy)> Transfers,
    IReadOnlyList<(CopyNotice Notice, CopyNoticeReply? Reply)> CopyNotices,
    IReadOnlyList<(Supervision Supervision, IReadOnlyList<SupervisionStep> Steps)> Supervisions,
    IReadOnlyList<(Hold Hold, HoldLift? Lift)> Holds,
    ILookup<Guid, Signature> Signatures,
    bool IsOutdated,
    PenaltyFacts Penalty
);

/// <summary>What the range of a fine depends on, beside the violation itself.</summary>
/// <param name="Act">The day that selects the law, and where it comes from.</param>
/// <param name="DecidedOn">The day of the decision; null while there is none.</param>
public sealed record PenaltyFacts((DateOnly Day, string Basis) Act, SquareMetres? PlanConforming, DateOnly? DecidedOn);

/// <summary>Reads violations for pages: a town its own, discipline inspection what was transferred to it, the district all.</summary>
public sealed class CaseShelf(OfficeBooks books)
{
    public const string Alarm = "alarm";
    public const string Waiting = "waiting";
    public const string Open = "open";
    public const string Closed = "closed";
    public const string Handled = "handled";
    public const string Transferred = "transferred";

    /// <summary>A transfer of a violation that has its case waits for the signature of the head of the office.</summary>
    public const string SignTransfer = "sign-transfer";

    /// <summary>A violation against which no stop notice was served: the town does, at once; the law sets no number of days.</summary>
    public const string StopNotice = "stop-notice";

    /// <summary>A supervision that was raised waits for the government.</summary>
    public const string SignSupervision = "sign-supervision";

    /// <summary>The next steps of cases, and what waits beside them to be signed.</summary>
    public static IReadOnlyList<string> Turns { get; } = [StopNotice, .. CaseTurn.All, SignTransfer, SignSupervision];

    /// <summary>What can have become of a violation, in the order in which it wants attention.</summary>
    public static IReadOnlyList<string> States { get; } = [Alarm, Waiting, Open, Transferred, Handled, Closed];

    /// <summary>The violations in force that a seat sees.</summary>
    public static IQueryable<Violation> Seen(StoreContext db, ClaimsPrincipal who)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(who);
        var all = db.ViolationsInForce().Where(v => v.AreaSquareMetres > 0);
        var unit = who.Unit();
        return !who.May(Permission.Cases) ? all.Where(v => false)
            : who.Role() == PlanRoles.Town ? all.Where(v => v.Unit == unit)
            : who.Role() == PlanRoles.Discipline ? TransferredTo(db, "discipline-inspection")
            : all;
    }

    /// <summary>The violations in force that a signed transfer sent to a body.</summary>
    public static IQueryable<Violation> TransferredTo(StoreContext db, string body)
    {
        ArgumentNullException.ThrowIfNull(db);
        var signed = db.Signatures.Where(s => s.SubjectKind == "transfer" && s.Outcome == "approved").Select(s => s.SubjectId);
        return db.ViolationsInForce()
            .Where(v => v.AreaSquareMetres > 0)
            .Where(v => db.Transfers.Any(t => t.ViolationId == v.Id && t.ToBody == body && signed.Contains(t.Id)));
    }

    /// <summary>Alarms first, then by the day that is due.</summary>
    public async Task<IReadOnlyList<CaseRow>> RowsAsync(ClaimsPrincipal who, DateOnly today, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var rows = await RowsAsync(db, Seen(db, who), today, stop);
        return
        [
            .. rows.OrderBy(r => States.ToList().IndexOf(r.State))
                .ThenBy(r => r.Due ?? DateOnly.MaxValue)
                .ThenBy(r => r.Violation.Number, StringComparer.Ordinal),
        ];
    }

    /// <summary>Confirmed illegal parcels of a programme that no violation holds, with the unit of their patch; by number.</summary>
    public async Task<IReadOnlyList<(IllegalParcel Parcel, string? Unit)>> FreeAsync(string programme, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var inProgramme = db.Patches.Where(p => p.ProgrammeId == programme).Select(p => p.Id);
        var free = await IllegalParcels.FreeAsync(db, db.Parcels.Where(p => inProgramme.Contains(p.PatchId)), books.Law, stop);
        var patches = free.Select(p => p.PatchId).ToHashSet();
        var shares = await db
            .PatchUnits.Where(u => inProgramme.Contains(u.PatchId) && !db.PatchUnits.Any(later => later.SupersedesId == u.Id))
            .Select(u => new
            {
                u.PatchId,
                u.ResponsibleUnit,
                u.AreaSquareMetres,
            })
            .ToListAsync(stop);
        var unit = shares
            .Where(s => patches.Contains(s.PatchId))
            .GroupBy(s => s.PatchId)
            .ToDictionary(g => g.Key, g => g.MaxBy(s => s.AreaSquareMetres)!.ResponsibleUnit);
        return [.. free.Select(p => (p, unit.GetValueOrDefault(p.PatchId)))];
    }

    /// <summary>How many illegal parcels no violation holds, and how many violations rest on what was replaced since.</summary>
    public async Task<(int Free, int Outdated)> CountsAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        return (await IllegalParcels.CountFreeAsync(db, books.Law, stop), await IllegalParcels.OutdatedViolations(db).CountAsync(stop));
    }

    /// <summary>One violation with all that is kept about it; null when the seat does not see it.</summary>
    public async Task<CaseDossier?> OneAsync(ClaimsPrincipal who, string number, DateOnly today, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var row = (await RowsAsync(db, Seen(db, who).Where(v => v.Number == number), today, stop)).SingleOrDefault();
        return row is null ? null : await DossierAsync(db, row, today, stop);
    }

    private async Task<List<CaseRow>> RowsAsync(StoreContext db, IQueryable<Violation> seen, DateOnly today, CancellationToken stop)
    {
        var violations = await seen.ToListAsync(stop);
        var ids = violations.Select(v => v.Id).ToHashSet();
        var alarms = (await CaseAlarms.OfAsync(db, books.Plan, books.Law, today, stop)).ToDictionary(a => a.Violation.Id);
        var files = (await db.CaseFiles.ToListAsync(stop)).Where(f => ids.Contains(f.ViolationId)).ToDictionary(f => f.ViolationId);
        var steps = (await db.CaseSteps.OrderBy(s => s.Ordinal).ToListAsync(stop)).ToLookup(s => s.CaseFileId);
        var transferred = (await db.Transfers.Select(t => t.ViolationId).ToListAsync(stop)).ToHashSet();
        var toSign = await ToSignAsync(db, stop);
        var stopped = await StoppedAsync(db, stop);
        var actors = await db
            .ViolationParties.Where(p => p.Role == PartyRole.Actor)
            .Join(db.Parties, p => p.PartyId, p => p.Id, (link, party) => new { link.ViolationId, party.LabelZh })
            .ToListAsync(stop);
        var labels = actors.GroupBy(a => a.ViolationId).ToDictionary(g => g.Key, g => g.First().LabelZh);
        return
        [
            .. violations.Select(v =>
            {
                var alarm = alarms.GetValueOrDefault(v.Id);
                var file = files.GetValueOrDefault(v.Id);
                var course = file is null ? null : new CaseCourse(file.FactsVerifiedOn, file.FiledOn, [.. steps[file.Id]]);
                var clocks = course is null ? [] : CaseClocks.Of(course, books.Law, today);
                var next = clocks.Where(c => c.IsRunning).MinBy(c => c.Deadline!.LastDayInclusive);
                var state = StateOf(alarm, course, transferred.Contains(v.Id));
                var turn = state == Open ? CaseTurn.Of(course!, clocks, today) : null;
                // What waits in alarm is signed from the list of what waits.
                var beside = toSign[v.Id].Where(t => t != SignTransfer || alarm is null);
                var goesOn = state is Alarm or Waiting or Open && v.Source != ViolationSource.Backlog && !stopped.Contains(v.Id);
                return new CaseRow(
                    v,
                    state,
                    alarm,
                    file,
                    state == Closed ? null : next,
                    labels.GetValueOrDefault(v.Id),
                    [.. goesOn ? [StopNotice] : Array.Empty<string>(), .. turn is null ? [] : new[] { turn }, .. beside]
                );
            }),
        ];
    }

    /// <summary>Supervisions of a unit, not of a violation, that nobody has answered.</summary>
    public async Task<IReadOnlyList<(Supervision Supervision, IReadOnlyList<SupervisionStep> Steps)>> OfUnitsAsync(
        CancellationToken stop = default
    )
    {
        await using var db = books.Read();
        var open = db.Supervisions.Where(s => s.ViolationId == null && !db.SupervisionSteps.Any(t => t.SupervisionId == s.Id));
        return await SupervisionsAsync(db, open, stop);
    }

    /// <summary>Violations against which a stop notice was served: by name, or on a patch of theirs before they were formed.</summary>
    private static async Task<HashSet<Guid>> StoppedAsync(StoreContext db, CancellationToken stop)
    {
        var onPatch = await db
            .ViolationParcels.Where(p => db.StopNotices.Any(s => s.PatchId == p.PatchId))
            .Select(p => p.ViolationId)
            .ToListAsync(stop);
        var named = await db.StopNotices.Where(s => s.ViolationId != null).Select(s => s.ViolationId!.Value).ToListAsync(stop);
        return [.. onPatch, .. named];
    }

    /// <summary>What lies beside violations without any signature, by violation.</summary>
    private static async Task<ILookup<Guid, string>> ToSignAsync(StoreContext db, CancellationToken stop)
    {
        var transfers = await db
            .Transfers.Where(t => !db.Signatures.Any(s => s.SubjectId == t.Id))
            .Select(t => t.ViolationId)
            .ToListAsync(stop);
        var supervisions = await db
            .Supervisions.Where(s => s.ViolationId != null && !db.SupervisionSteps.Any(t => t.SupervisionId == s.Id))
            .Select(s => s.ViolationId!.Value)
            .ToListAsync(stop);
        return transfers
            .Distinct()
            .Select(v => (Violation: v, Turn: SignTransfer))
            .Concat(supervisions.Distinct().Select(v => (Violation: v, Turn: SignSupervision)))
            .ToLookup(t => t.Violation, t => t.Turn);
    }

    private static string StateOf(CaseAlarm? alarm, CaseCourse? course, bool isTransferred) =>
        alarm is { Waiting: null } ? Alarm
        : alarm is not null ? Waiting
        : course is not null && course.Has(CaseStepKind.Closed) ? Closed
        : course is not null ? Open
        : isTransferred ? Transferred
        : Handled;

    private async Task<CaseDossier> DossierAsync(StoreContext db, CaseRow row, DateOnly today, CancellationToken stop)
    {
        var id = row.Violation.Id;
        var hand = await CaseInHand.OfAsync(db, row.Violation, stop);
        var transfers = await TransfersAsync(db, db.Transfers.Where(t => t.ViolationId == id), stop);
        var notices = await db.CopyNotices.Where(n => n.ViolationId == id).OrderBy(n => n.At).ToListAsync(stop);
        var replies = await db.CopyNoticeReplies.ToDictionaryAsync(r => r.CopyNoticeId, stop);
        var handlings = await db.NonCaseHandlings.Where(h => h.ViolationId == id).OrderBy(h => h.At).ToListAsync(stop);
        var supervisions = await SupervisionsAsync(db, db.Supervisions.Where(s => s.ViolationId == id), stop);
        var stops = await StopNoticesAsync(db, id, stop);
        var reported = supervisions.FirstOrDefault(s => s.Supervision.Kind == SupervisionKind.GovernmentReport).Supervision?.RaisedOn;
        var major = CaseClocks.MajorReportOf(row.Violation, hand.Course.VerifiedOn, reported, books.Law);
        Guid[] subjects =
        [
            id,
            .. hand.File is { } f ? [f.Id] : Array.Empty<Guid>(),
            .. transfers.Select(t => t.Transfer.Id),
            .. handlings.Select(h => h.Id),
            .. notices.Select(n => n.Id),
        ];
        return new(
            row,
            hand,
            [.. major is null ? [] : new[] { major }, .. CaseClocks.Of(hand.Course, books.Law, today)],
            await CrimeLines.OfAsync(db, row.Violation, books.Law, stop),
            await ParcelsAsync(db, id, stop),
            await PartiesAsync(db, id, stop),
            await db.DecisionTraces.Where(t => t.ViolationId == id).OrderBy(t => t.At).ToListAsync(stop),
            await DocumentsAsync(db, subjects, stops, stop),
            stops,
            handlings,
            transfers,
            [.. notices.Select(n => (n, replies.GetValueOrDefault(n.Id)))],
            supervisions,
            await HoldsAsync(db, id, stop),
            (await db.Signatures.Where(s => subjects.Contains(s.SubjectId)).OrderBy(s => s.At).ToListAsync(stop)).ToLookup(s =>
                s.SubjectId
            ),
            await IllegalParcels.OutdatedViolations(db).AnyAsync(v => v == id, stop),
            await PenaltyAsync(db, row.Violation, hand, stop)
        );
    }

    private static async Task<PenaltyFacts> PenaltyAsync(StoreContext db, Violation violation, CaseInHand hand, CancellationToken stop)
    {
        var (act, conforming) = await PenaltySheet.FactsAsync(db, violation, stop);
        return new(act, conforming, hand.Course.Last(CaseStepKind.Decided)?.On);
    }

    internal static async Task<IReadOnlyList<(Transfer Transfer, IReadOnlyList<TransferStep> Steps, DateOnly? ReplyBy)>> TransfersAsync(
        StoreContext db,
        IQueryable<Transfer> transfers,
        CancellationToken stop
    )
    {
        var found = await transfers.OrderBy(t => t.At).ToListAsync(stop);
        var ids = found.Select(t => t.Id).ToList();
        var papers = found.Select(t => t.DocumentId).ToList();
        var steps = (await db.TransferSteps.Where(s => ids.Contains(s.TransferId)).OrderBy(s => s.At).ToListAsync(stop)).ToLookup(s =>
            s.TransferId
        );
        var letters = (await db.OpenAsync(await db.IssuedDocuments.Where(d => papers.Contains(d.Id)).ToListAsync(stop), stop)).ToDictionary(
            d => d.Row.Id
        );
        return
        [
            .. found.Select(t =>
                (
                    t,
                    (IReadOnlyList<TransferStep>)[.. steps[t.Id]],
                    CaseDocuments.ReadDay(letters[t.DocumentId].Fields.GetValueOrDefault("reply-until"))
                )
            ),
        ];
    }

    internal static async Task<IReadOnlyList<(Supervision Supervision, IReadOnlyList<SupervisionStep> Steps)>> SupervisionsAsync(
        StoreContext db,
        IQueryable<Supervision> supervisions,
        CancellationToken stop
    )
    {
        var found = await supervisions.OrderBy(s => s.At).ToListAsync(stop);
        var ids = found.Select(s => s.Id).ToList();
        var steps = (await db.SupervisionSteps.Where(s => ids.Contains(s.SupervisionId)).OrderBy(s => s.At).ToListAsync(stop)).ToLookup(s =>
            s.SupervisionId
        );
        return [.. found.Select(s => (s, (IReadOnlyList<SupervisionStep>)[.. steps[s.Id]]))];
    }

    /// <summary>The newest row of every stop notice on the violation or on one of its patches.</summary>
    private static async Task<IReadOnlyList<StopNotice>> StopNoticesAsync(StoreContext db, Guid violation, CancellationToken stop)
    {
        var patches = db.ViolationParcels.Where(p => p.ViolationId == violation).Select(p => p.PatchId);
        var rows = await db.StopNotices.Where(n => n.ViolationId == violation || patches.Contains(n.PatchId)).ToListAsync(stop);
        return [.. rows.GroupBy(n => n.DocumentId).Select(g => g.MaxBy(n => n.At)!).OrderBy(n => n.ServedOn)];
    }

    private static async Task<IReadOnlyList<(ViolationParcel, string, string, DateOnly?)>> ParcelsAsync(
        StoreContext db,
        Guid violation,
        CancellationToken stop
    )
    {
        var found = await (
            from link in db.ViolationParcels
            where link.ViolationId == violation
            join parcel in db.Parcels on link.ParcelId equals parcel.Id
            join patch in db.Patches on link.PatchId equals patch.Id
            orderby parcel.Number
            select new
            {
                link,
                parcel.Number,
                PatchNumber = patch.Number,
                patch.After,
            }
        ).ToListAsync(stop);
        return [.. found.Select(p => (p.link, p.Number, p.PatchNumber, p.After))];
    }

    private static async Task<IReadOnlyList<(ViolationParty, Party)>> PartiesAsync(StoreContext db, Guid violation, CancellationToken stop)
    {
        var links = await db.ViolationParties.Where(p => p.ViolationId == violation).OrderBy(p => p.At).ToListAsync(stop);
        var ids = links.Select(l => l.PartyId).ToList();
        var parties = await db.Parties.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, stop);
        return [.. links.Select(l => (l, parties[l.PartyId]))];
    }

    /// <summary>Whoever is named in them is masked: a page shows what was issued, the copy shows to whom.</summary>
    private async Task<IReadOnlyList<OpenedDocument>> DocumentsAsync(
        StoreContext db,
        Guid[] subjects,
        IReadOnlyList<StopNotice> stops,
        CancellationToken stop
    )
    {
        var papers = stops.Select(n => n.DocumentId).ToList();
        var documents = await db
            .IssuedDocuments.Where(d => subjects.Contains(d.SubjectId) || papers.Contains(d.Id))
            .OrderBy(d => d.IssuedOn)
            .ThenBy(d => d.At)
            .ToListAsync(stop);
        var publicNames = await PublicNames.OfAsync(db, books.Plan, stop);
        return [.. (await db.OpenAsync(documents, stop)).Select(d => d.Masked(publicNames, books.Mask))];
    }

    private static async Task<IReadOnlyList<(Hold, HoldLift?)>> HoldsAsync(StoreContext db, Guid violation, CancellationToken stop)
    {
        var holds = await db.Holds.Where(h => h.ViolationId == violation).OrderBy(h => h.At).ToListAsync(stop);
        var ids = holds.Select(h => h.Id).ToList();
        var lifts = await db.HoldLifts.Where(l => ids.Contains(l.HoldId)).ToDictionaryAsync(l => l.HoldId, stop);
        return [.. holds.Select(h => (h, lifts.GetValueOrDefault(h.Id)))];
    }
}
