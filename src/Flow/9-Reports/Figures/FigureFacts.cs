using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Ledger;
using Weipian.Flow.Rectification;
using Weipian.Law;

namespace Weipian.Flow.Reports;

/// <summary>A parcel as it stood at the end of the day: its areas, its verdict, who signed, what came back.</summary>
/// <param name="Areas">By class as measured; null where nothing was measured.</param>
/// <param name="City">The latest answer of the city; null while there is none.</param>
public sealed record FigureParcel(
    Parcel Row,
    ParcelAreas? Areas,
    Determination? Verdict,
    VerdictStage Stage,
    VerdictParent? Parent,
    ReceivedVerdict? City,
    ReceivedVerdict? Province
)
{
    public string Key => $"k:{Row.Id:N}";

    public bool IsFilled => Stage is VerdictStage.Decided or VerdictStage.Confirmed;
}

/// <summary>A patch with its parcels in force.</summary>
/// <param name="Unit">Responsible unit of its largest share; null: the queue of the office.</param>
/// <param name="Answers">What the visits found, by field of the form; the latest visit speaks.</param>
public sealed record FigurePatch(
    Patch Row,
    string? Unit,
    string StatutoryUnit,
    IReadOnlyList<FigureParcel> Parcels,
    IReadOnlyDictionary<string, string> Answers,
    DateOnly? VisitedOn,
    IReadOnlyList<string> EvidenceSha256
)
{
    public string Key => $"p:{Row.Id:N}";

    /// <summary>Every parcel has a verdict that nobody returned.</summary>
    public bool IsFilled => Parcels.Count > 0 && Parcels.All(p => p.IsFilled);

    public bool IsConfirmed => Parcels.Count > 0 && Parcels.All(p => p.Stage == VerdictStage.Confirmed);

    public bool IsReturned => Parcels.Any(p => p.Stage == VerdictStage.Returned);
}

/// <summary>A violation with all that became of it by the end of the day.</summary>
/// <param name="Documents">Issued for it, its case, its measures or transfers.</param>
/// <param name="NonCase">Signed by a second person.</param>
/// <param name="DemolishedSquareMetres">Accepted as demolished and restored.</param>
public sealed record FigureViolation(
    ViolationBalance Balance,
    string PartyZh,
    string NatureZh,
    IReadOnlyList<(string Parcel, string Patch)> Parcels,
    CaseFile? Case,
    IReadOnlyList<CaseStep> Steps,
    IReadOnlyList<IssuedDocument> Documents,
    NonCaseHandling? NonCase,
    IReadOnlyList<Transfer> Transfers,
    StopNotice? Stop,
    IReadOnlyList<Measure> Measures,
    IReadOnlyList<MeasureAcceptance> Acceptances,
    double DemolishedSquareMetres,
    LedgerEntry? Ledger,
    LedgerClosing? Closing
)
{
    public Violation Row => Balance.Violation;

    public string Key => $"v:{Row.Id:N}";

    /// <summary>The balance at the end of the month before; null where the violation was not there yet.</summary>
    public ViolationBalance? MonthBefore { get; init; }

    public bool IsClosed => Steps.Any(s => s.Kind == CaseStepKind.Closed);

    public bool IsClosedBy(DateOnly day) => Steps.Any(s => s.Kind == CaseStepKind.Closed && s.On <= day);

    public double RemovedSquareMetres => Balance.AreaSquareMetres - Balance.RemainingSquareMetres;

    public double RemovedCultivatedSquareMetres => Balance.CultivatedSquareMetres - Balance.RemainingCultivatedSquareMetres;

    /// <summary>Most of what was removed was demolished; else formalities were completed.</summary>
    public bool IsByDemolition => 2 * DemolishedSquareMetres >= RemovedSquareMetres;

    /// <summary>Number of the first document of a kind.</summary>
    public string? DocumentOf(string kind) => Documents.FirstOrDefault(d => d.Kind == kind)?.Number;
}

/// <summary>Everything the figures of some programmes rest on, as of the end of a day. The tables are pure functions of it.</summary>
/// <param name="Units">Responsible units in the order of the plan; the queue of the office, null, last.</param>
/// <param name="UnitNames">Their names; the queue under the empty key.</param>
/// <param name="Verdicts">Names of verdicts by code.</param>
public sealed record FigureFacts(
    IReadOnlyList<string> Programmes,
    DateOnly OnDay,
    IReadOnlyList<string?> Units,
    IReadOnlyDictionary<string, string> UnitNames,
    IReadOnlyDictionary<string, string> Verdicts,
    IReadOnlyList<FigurePatch> Patches,
    IReadOnlyList<FigureViolation> Violations
)
{
    /// <summary>The historic backlog (历史遗留): it belongs to no programme and stands in a table of its own (R35).</summary>
    public IReadOnlyList<FigureViolation> Backlog { get; init; } = [];

    /// <summary>上月: the last day of the month before that of the figures.</summary>
    public DateOnly MonthBefore => MonthBeforeOf(OnDay);

    public static DateOnly MonthBeforeOf(DateOnly day) => day.AddDays(-day.Day);

    public string UnitName(string? unit) => UnitNames.GetValueOrDefault(unit ?? "", unit ?? "");

    /// <summary>What the ids in the tables stand for.</summary>
    public Dictionary<string, FigureItem> Items()
    {
        var items = new Dictionary<string, FigureItem>(StringComparer.Ordinal);
        foreach (var patch in Patches)
        {
            items[patch.Key] = new("patch", patch.Row.Number, patch.Row.Number, patch.Row.ProgrammeId);
            foreach (var parcel in patch.Parcels)
                items[parcel.Key] = new("parcel", parcel.Row.Number, patch.Row.Number, patch.Row.ProgrammeId);
        }
        foreach (var violation in Violations.Concat(Backlog))
            items[violation.Key] = new("violation", violation.Row.Number);
        return items;
    }
}
