using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Ledger;
using Weipian.Flow.Plan;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Law;

namespace Weipian.Flow.Reports;

/// <summary>Loads what the figures of some programmes rest on, as of the end of a day: what was recorded later is not there yet.</summary>
public static class FigureReading
{
    private static readonly IReadOnlyDictionary<string, string> Natures = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["government"] = "省、市县乡级",
        ["enterprise"] = "企事业单位",
        ["village"] = "村组集体",
        ["person"] = "个人",
    };

    public static async Task<FigureFacts> ReadAsync(
        StoreContext db,
        WorkPlan plan,
        LawBook law,
        IReadOnlyList<string> programmes,
        DateOnly onDay,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(law);
        var end = ChinaTime.EndOf(onDay).UtcDateTime;
        var verdicts = law
            .Verdicts.All.GroupBy(v => v.Code, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var names = plan.Units.Responsible.ToDictionary(u => u.Id, u => u.Name.Zh, StringComparer.Ordinal);
        names[""] = "办公室待分派";
        var chain = await ChainOf.ReadAsync(db, end, stop);
        var known = db.Violations.Where(v => v.At < end);
        var inProgrammes = known.Where(v => v.ProgrammeId != null && programmes.Contains(v.ProgrammeId));
        return new(
            programmes,
            onDay,
            [.. plan.Units.Responsible.Select(u => (string?)u.Id), null],
            names,
            verdicts.ToDictionary(v => v.Key, v => v.Value.Chinese, StringComparer.Ordinal),
            await PatchesAsync(db, plan, verdicts, programmes, end, stop),
            await ViolationsAsync(db, inProgrammes, chain, onDay, end, stop)
        )
        {
            Backlog = await ViolationsAsync(db, known.Where(v => v.Source == ViolationSource.Backlog), chain, onDay, end, stop),
        };
    }

    private static async Task<IReadOnlyList<FigurePatch>> PatchesAsync(
        StoreContext db,
        WorkPlan plan,
        Dictionary<string, Verdict> verdicts,
        IReadOnlyList<string> programmes,
        DateTime end,
        CancellationToken stop
    )
    {
        var inScope = db.Patches.Where(p => programmes.Contains(p.ProgrammeId));
        var ids = inScope.Select(p => p.Id);
        var patches = await inScope.ToListAsync(stop);
        var units = await db.PatchUnits.Where(u => ids.Contains(u.PatchId)).ToListAsync(stop);
        var replaced = units.Select(u => u.SupersedesId).OfType<Guid>().ToHashSet();
        var shares = units.Where(u => !replaced.Contains(u.Id)).OrderByDescending(u => u.AreaSquareMetres).ToLookup(u => u.PatchId);
        var visits = (await db.Visits.Where(v => ids.Contains(v.PatchId) && v.RecordedAt < end).ToListAsync(stop)).ToLookup(v => v.PatchId);
        var evidence = await db
            .Evidence.Where(e => ids.Contains(e.PatchId) && e.AddedAt < end)
            .Select(e => new { e.PatchId, e.Sha256 })
            .ToListAsync(stop);
        var files = evidence.ToLookup(e => e.PatchId, e => e.Sha256);
        var parcels = await ParcelsAsync(db, verdicts, programmes, end, stop);
        return
        [
            .. patches
                .OrderBy(p => p.ProgrammeId, StringComparer.Ordinal)
                .ThenBy(p => p.Number, StringComparer.Ordinal)
                .Select(p => new FigurePatch(
                    p,
                    shares[p.Id].FirstOrDefault()?.ResponsibleUnit,
                    StatutoryName(plan, shares[p.Id].FirstOrDefault()?.StatutoryUnit),
                    [.. parcels[p.Id].OrderBy(q => q.Row.Ordinal)],
                    Answers(visits[p.Id]),
                    visits[p.Id].Select(v => (DateOnly?)v.VisitedOn).Max(),
                    [.. files[p.Id].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
                )),
        ];
    }

    private static async Task<ILookup<Guid, FigureParcel>> ParcelsAsync(
        StoreContext db,
        Dictionary<string, Verdict> verdicts,
        IReadOnlyList<string> programmes,
        DateTime end,
        CancellationToken stop
    )
    {
        var ids = db.Patches.Where(p => programmes.Contains(p.ProgrammeId)).Select(p => p.Id);
        var made = await db.Parcels.Where(p => ids.Contains(p.PatchId) && p.MadeAt < end).ToListAsync(stop);
        // A parcel that was replaced after the day was still in force on it.
        var there = made.Select(p => p.Id).ToHashSet();
        var decided = await db.Determinations.Where(d => ids.Contains(d.PatchId) && d.DecidedAt < end).ToListAsync(stop);
        var corrected = decided.Select(d => d.SupersedesId).OfType<Guid>().ToHashSet();
        var standing = decided
            .Where(d => !corrected.Contains(d.Id))
            .GroupBy(d => d.ParcelId)
            .ToDictionary(g => g.Key, g => g.MaxBy(d => d.DecidedAt)!);
        // A signature that was taken back after the day still stood on it.
        var signed = await db
            .Confirmations.IgnoreQueryFilters()
            .Where(c => !db.ConfirmationWithdrawals.Any(w => w.ConfirmationId == c.Id && w.At < end))
            .Where(c => c.At < end && db.Determinations.Any(d => d.Id == c.DeterminationId && ids.Contains(d.PatchId)))
            .ToDictionaryAsync(c => c.DeterminationId, stop);
        var received = (await db.ReceivedVerdicts.Where(r => programmes.Contains(r.ProgrammeId) && r.At < end).ToListAsync(stop))
            .OrderBy(r => r.At)
            .GroupBy(r => (r.ParcelNumber, r.Level))
            .ToDictionary(g => g.Key, g => g.Last());
        return made.Where(p => p.SupersededById is null || !there.Contains(p.SupersededById.Value))
            .ToLookup(
                p => p.PatchId,
                p =>
                {
                    var verdict = standing.GetValueOrDefault(p.Id);
                    var state = new VerdictState(verdict, verdict is null ? null : signed.GetValueOrDefault(verdict.Id));
                    return new FigureParcel(
                        p,
                        AreasOf(p),
                        verdict,
                        state.Stage,
                        state.Stage == VerdictStage.Open ? null : verdicts.GetValueOrDefault(verdict!.Code)?.Parent,
                        received.GetValueOrDefault((p.Number, "city")),
                        received.GetValueOrDefault((p.Number, "province"))
                    );
                }
            );
    }

    private static async Task<IReadOnlyList<FigureViolation>> ViolationsAsync(
        StoreContext db,
        IQueryable<Violation> inScope,
        ChainOf chain,
        DateOnly onDay,
        DateTime end,
        CancellationToken stop
    )
    {
        var balances = await ViolationBalances.OfAsync(db, inScope, onDay, stop);
        var monthBefore = FigureFacts.MonthBeforeOf(onDay);
        var earlier = ChinaTime.EndOf(monthBefore).UtcDateTime;
        var before = (await ViolationBalances.OfAsync(db, inScope.Where(v => v.At < earlier), monthBefore, stop)).ToDictionary(b =>
            b.Violation.Id
        );
        var parcels = await (
            from p in db.ViolationParcels
            join q in db.Parcels on p.ParcelId equals q.Id
            join t in db.Patches on p.PatchId equals t.Id
            where inScope.Any(v => v.Id == p.ViolationId)
            select new
            {
                p.ViolationId,
                Parcel = q.Number,
                Patch = t.Number,
            }
        ).ToListAsync(stop);
        var parcelsOf = parcels.OrderBy(p => p.Parcel, StringComparer.Ordinal).ToLookup(p => p.ViolationId, p => (p.Parcel, p.Patch));
        var parties = await (
            from link in db.ViolationParties
            join party in db.Parties on link.PartyId equals party.Id
            where link.Role == "actor" && link.At < end
            select new
            {
                link.ViolationId,
                party.LabelZh,
                party.NatureCode,
            }
        ).ToListAsync(stop);
        var partiesOf = parties.ToLookup(p => p.ViolationId);
        return
        [
            .. balances.Select(b =>
            {
                var id = b.Violation.Id;
                return chain.Of(
                    b,
                    onDay,
                    string.Join('、', partiesOf[id].Select(p => p.LabelZh)),
                    string.Join(
                        '、',
                        partiesOf[id].Select(p => Natures.GetValueOrDefault(p.NatureCode, p.NatureCode)).Distinct(StringComparer.Ordinal)
                    ),
                    [.. parcelsOf[id]]
                ) with
                {
                    MonthBefore = before.GetValueOrDefault(id),
                };
            }),
        ];
    }

    private static string StatutoryName(WorkPlan plan, string? code) =>
        string.IsNullOrEmpty(code) ? "" : plan.Units.FindStatutory(code)?.Name.Zh ?? code;

    private static ParcelAreas? AreasOf(Parcel parcel) =>
        JsonNode.Parse(parcel.AreasJson)?["areas"] is { } areas ? DerivationJson.Value<ParcelAreas>(areas) : null;

    private static Dictionary<string, string> Answers(IEnumerable<Visit> visits)
    {
        var all = visits.ToList();
        var corrected = all.Select(v => v.SupersedesId).OfType<Guid>().ToHashSet();
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var visit in all.Where(v => !corrected.Contains(v.Id)).OrderBy(v => v.VisitedOn).ThenBy(v => v.RecordedAt))
        foreach (var field in JsonDocument.Parse(visit.FormJson).RootElement.EnumerateObject())
            if (field.Value.ValueKind != JsonValueKind.Null)
                answers[field.Name] = field.Value.ToString();
        return answers;
    }

    /// <summary>The rows that hang on violations, read once for all of them.</summary>
    private sealed class ChainOf
    {
        public required ILookup<Guid, CaseFile> Cases { get; init; }
        public required ILookup<Guid, CaseStep> Steps { get; init; }
        public required ILookup<Guid, IssuedDocument> Documents { get; init; }
        public required IReadOnlyDictionary<Guid, IssuedDocument> ById { get; init; }
        public required ILookup<Guid, NonCaseHandling> NonCases { get; init; }
        public required ILookup<Guid, Transfer> Transfers { get; init; }
        public required ILookup<Guid, StopNotice> Stops { get; init; }
        public required ILookup<Guid, Measure> Measures { get; init; }
        public required ILookup<Guid, MeasureAcceptance> Acceptances { get; init; }
        public required ILookup<Guid, LedgerEntry> Ledger { get; init; }
        public required ILookup<Guid, LedgerClosing> Closings { get; init; }

        public static async Task<ChainOf> ReadAsync(StoreContext db, DateTime end, CancellationToken stop)
        {
            // What hangs on a violation that a correction replaced belongs to the one that took its place.
            var heirs = await ViolationBalances.HeirsAsync(db, stop);
            Guid Standing(Guid violation) => ViolationBalances.InForce(heirs, violation);
            var documents = await db.IssuedDocuments.Where(r => r.At < end).OrderBy(r => r.At).ThenBy(r => r.Serial).ToListAsync(stop);
            return new()
            {
                Cases = (await db.CaseFiles.Where(r => r.At < end).ToListAsync(stop)).ToLookup(r => Standing(r.ViolationId)),
                Steps = (await db.CaseSteps.Where(r => r.At < end).ToListAsync(stop)).ToLookup(r => r.CaseFileId),
                Documents = documents.ToLookup(r => r.SubjectId),
                ById = documents.ToDictionary(r => r.Id),
                NonCases = (
                    await db
                        .NonCaseHandlings.Where(r =>
                            r.At < end && db.Signatures.Any(s => s.SubjectId == r.Id && s.Outcome == "approved" && s.At < end)
                        )
                        .ToListAsync(stop)
                ).ToLookup(r => Standing(r.ViolationId)),
                Transfers = (await db.Transfers.Where(r => r.At < end).ToListAsync(stop)).ToLookup(r => Standing(r.ViolationId)),
                Stops = (await db.StopNotices.Where(r => r.At < end && r.ViolationId != null).ToListAsync(stop)).ToLookup(r =>
                    Standing(r.ViolationId!.Value)
                ),
                Measures = (await db.Measures.Where(r => r.At < end).ToListAsync(stop)).ToLookup(r => Standing(r.ViolationId)),
                Acceptances = (await db.MeasureAcceptances.Where(r => r.At < end).ToListAsync(stop)).ToLookup(r => r.MeasureId),
                Ledger = (await db.LedgerEntries.Where(r => r.At < end).ToListAsync(stop))
                    .OrderBy(r => r.At)
                    .ToLookup(r => Standing(r.ViolationId)),
                Closings = (await db.LedgerClosings.Where(r => r.At < end).ToListAsync(stop)).ToLookup(r => r.LedgerEntryId),
            };
        }

        public FigureViolation Of(
            ViolationBalance balance,
            DateOnly onDay,
            string party,
            string nature,
            IReadOnlyList<(string Parcel, string Patch)> parcels
        )
        {
            var id = balance.Violation.Id;
            var file = Cases[id].FirstOrDefault();
            Measure[] measures = [.. Measures[id].OrderBy(m => m.At)];
            MeasureAcceptance[] acceptances = [.. measures.SelectMany(m => Acceptances[m.Id]).OrderBy(a => a.At)];
            Transfer[] transfers = [.. Transfers[id].OrderBy(t => t.At)];
            var stop = Stops[id].FirstOrDefault();
            var entry = Ledger[id].LastOrDefault();
            CaseStep[] steps = file is null ? [] : [.. Steps[file.Id].OrderBy(s => s.Ordinal)];
            var restoring = measures.Where(m => m.Kind == MeasureKind.DemolishRestore).Select(m => m.Id).ToHashSet();
            return new(
                balance,
                party,
                nature,
                parcels,
                file,
                steps,
                DocumentsOf(id, file, steps, measures, transfers, stop),
                NonCases[id].FirstOrDefault(),
                transfers,
                stop,
                measures,
                acceptances,
                acceptances.Where(a => restoring.Contains(a.MeasureId) && a.InspectedOn <= onDay).Sum(a => a.AreaSquareMetres),
                entry,
                entry is null ? null : Closings[entry.Id].FirstOrDefault()
            );
        }

        /// <summary>Issued about the violation or what hangs on it, or named by a row that does.</summary>
        private IReadOnlyList<IssuedDocument> DocumentsOf(
            Guid violation,
            CaseFile? file,
            IEnumerable<CaseStep> steps,
            IEnumerable<Measure> measures,
            IReadOnlyList<Transfer> transfers,
            StopNotice? stop
        )
        {
            var subjects = measures.Select(m => m.Id).Concat(transfers.Select(t => t.Id)).Append(violation).ToList();
            if (file is not null)
                subjects.Add(file.Id);
            var named = steps.Select(s => s.DocumentId).OfType<Guid>().Concat(transfers.Select(t => t.DocumentId)).ToList();
            if (stop is not null)
                named.Add(stop.DocumentId);
            return
            [
                .. subjects
                    .SelectMany(s => Documents[s])
                    .Concat(named.Where(ById.ContainsKey).Select(d => ById[d]))
                    .DistinctBy(d => d.Id)
                    .OrderBy(d => d.At)
                    .ThenBy(d => d.Serial),
            ];
        }
    }
}
