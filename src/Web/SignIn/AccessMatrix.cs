using System.Security.Claims;
using Weipian.Flow.Store;
using Weipian.Web.Reading;

namespace Weipian.Web.SignIn;

/// <summary>One line of the matrix: a page, an endpoint or an act, with what it takes to come in.</summary>
/// <param name="Kind"><c>page</c>, <c>endpoint</c> or <c>act</c>.</param>
/// <param name="Name">The address of a page, method and address of an endpoint, the name of an act.</param>
/// <param name="Gate">A permission, <see cref="AccessMatrix.Open"/>, or the name of an act.</param>
/// <param name="Stage">The stage of the work that it belongs to.</param>
public sealed record AccessRow(string Kind, string Name, string Gate, WorkStage Stage)
{
    /// <summary>The roles that come in, each with the region it then has.</summary>
    public IReadOnlyDictionary<string, Region> Roles { get; } =
        Flow
            .Plan.PlanRoles.All.Where(role => AccessMatrix.Allows(Gate, role))
            .ToDictionary(role => role, role => Regions.Of(Gate, role), StringComparer.Ordinal);
}

/// <summary>The permission matrix (权限矩阵) in one place: role, region, stage and action of every page, endpoint and act.</summary>
/// <remarks>
/// Refused by default: a route that stands in no line answers nobody (<see cref="AccessGuard"/>), an act that no line names cannot begin
/// (<see cref="ActMatrix"/>). Roles by permission stand in <see cref="Permission"/>, roles by act in the stages, regions in
/// <see cref="Regions"/>; which matters lie in a region is decided by the acts and by what reads for a page.
/// </remarks>
public static class AccessMatrix
{
    /// <summary>The gate of what a stranger may reach.</summary>
    public const string Open = "open";

    private static readonly (string Address, string Gate)[] Pages =
    [
        ("/", Permission.Home),
        ("/accountability", Permission.Accountability),
        ("/batches", Permission.Batches),
        ("/board", Permission.Board),
        ("/calendar", Permission.Calendar),
        ("/cases", Permission.Cases),
        ("/contact-sheet", Permission.Patches),
        ("/department", Permission.Department),
        ("/escalation", Permission.Escalation),
        ("/evaluation", Permission.Evaluation),
        ("/hand-overs", Permission.HandOvers),
        ("/holds", Permission.Holds),
        ("/images", Permission.Layers),
        ("/images/reliability", Permission.Precedents),
        ("/interviews/{Id:guid}", Permission.Escalation),
        ("/journal", Permission.Journal),
        ("/journal/root", Permission.Journal),
        ("/law", Permission.Law),
        ("/layers", Permission.Layers),
        ("/layers/drift", Permission.WhatIf),
        ("/leading-group", Permission.LeadingGroup),
        ("/ledger", Permission.Ledger),
        ("/ledger/city", Permission.LedgerOfDistrict),
        ("/ledger/credit", Permission.Credit),
        ("/ledger/deduction", Permission.LedgerOfDistrict),
        ("/ledger/survey", Permission.LedgerOfDistrict),
        ("/ledger/{Id:guid}", Permission.Ledger),
        ("/map", Permission.Patches),
        ("/map/sheet", Permission.Patches),
        ("/measures", Permission.Measures),
        ("/measures/{Id:guid}", Permission.Measures),
        ("/not-found", Open),
        ("/notices", Permission.Home),
        ("/password", Permission.SignedIn),
        ("/patches/{Number}", Permission.Patches),
        ("/people", Permission.People),
        ("/people/sessions", Permission.People),
        ("/people/why", Permission.People),
        ("/posts", Permission.LeadingGroup),
        ("/programme-acceptance", Permission.ProgrammeAcceptance),
        ("/readings", Permission.Precedents),
        ("/reconciliation", Permission.Reports),
        ("/records", Permission.OfficeRecords),
        ("/refused/{Code:int}", Open),
        ("/reports", Permission.Reports),
        ("/reports/{Id:guid}", Permission.Reports),
        ("/review-figures", Permission.Precedents),
        ("/sessions", Permission.SignedIn),
        ("/sign-in", Open),
        ("/sign-in/code", Open),
        ("/spot-checks", Permission.Escalation),
        ("/status", Permission.Status),
        ("/training", Permission.Home),
        ("/training/exercise", Permission.Home),
        ("/training/first-hour", Permission.Home),
        ("/verify", Permission.Verify),
        ("/verify/{Id:guid}", Permission.Verify),
        ("/violations", Permission.Decide),
        ("/violations/{Number}", Permission.Cases),
        ("/what-if", Permission.WhatIf),
        ("/workbench", Permission.Patches),
    ];

    private static readonly (string Route, string Gate)[] Endpoints =
    [
        ("DELETE /api/patches/{id:guid}/lock", Permission.Lock),
        ("GET /api/credit/exports/{sha256}", Permission.Credit),
        ("GET /api/documents/{id:guid}.docx", Permission.Documents),
        ("GET /api/documents/{id:guid}.pdf", Permission.Documents),
        ("GET /api/holds/inquiries", Permission.Holds),
        ("GET /api/images", Permission.Layers),
        ("GET /api/images/stac", Permission.Layers),
        ("GET /api/images/{id}/stac", Permission.Layers),
        ("GET /api/journal", Permission.Journal),
        ("GET /api/journal.csv", Permission.Journal),
        ("GET /api/journal.xlsx", Permission.Journal),
        ("GET /api/journal/root", Permission.Journal),
        ("GET /api/layers", Permission.Layers),
        ("GET /api/map/measure", Permission.Patches),
        ("GET /api/map/place", Permission.Patches),
        ("GET /api/map/style", Permission.Patches),
        ("GET /api/measure-reports/{report:guid}/files/{sha256}", Permission.Measures),
        ("GET /api/patches", Permission.Patches),
        ("GET /api/patches/{id:guid}", Permission.Patches),
        ("GET /api/patches/{id:guid}/change", Permission.Patches),
        ("GET /api/patches/{id:guid}/comparison", Permission.Patches),
        ("GET /api/patches/{id:guid}/evidence/{evidence:guid}", Permission.Patches),
        ("GET /api/patches/{id:guid}/images", Permission.Patches),
        ("GET /api/patches/{id:guid}/map", Permission.Patches),
        ("GET /api/patches/{id:guid}/papers/{paper:guid}", Permission.Patches),
        ("GET /api/patches/{patch:guid}/parcels/{parcel:guid}/precedents", Permission.Precedents),
        ("GET /api/patches/{patch:guid}/parcels/{parcel:guid}/split", Permission.Patches),
        ("GET /api/patches/{patch:guid}/parcels/{parcel:guid}/what-would-change", Permission.Patches),
        ("GET /api/programmes", Permission.Board),
        ("GET /api/programmes/{programme}/change-reliability", Permission.Precedents),
        ("GET /api/programmes/{programme}/map", Permission.Patches),
        ("GET /api/reports", Permission.Reports),
        ("GET /api/reports/{id:guid}/copy", Permission.Reports),
        ("GET /api/reports/{id:guid}/figures", Permission.Reports),
        ("GET /api/what-if", Permission.WhatIf),
        ("GET /chips/{patch:guid}/{which}.jpg", Permission.Patches),
        ("GET /health", Open),
        ("GET /healthz", Open),
        ("GET /healthz/live", Open),
        ("GET /healthz/ready", Open),
        ("GET /openapi.json", Permission.SignedIn),
        ("GET /sign-in/openid", Open),
        ("GET /tiles/bases/{map}/{level}/{column}/{row}", Permission.Layers),
        ("GET /tiles/images/{image}/{level}/{column}/{row}", Permission.Layers),
        ("GET /tiles/layers/{version}/{level}/{column}/{row}.mvt", Permission.Layers),
        ("GET /tiles/patches/{programme}/{level}/{column}/{row}.mvt", Permission.Patches),
        ("GET /training/chips/{patch:guid}/{which}.jpg", Permission.Home),
        ("POST /api/patches/{patch:guid}/parcels/{parcel:guid}/confirmation", Permission.Confirm),
        ("POST /api/patches/{patch:guid}/parcels/{parcel:guid}/determination", Permission.Decide),
        ("POST /api/patches/{patch:guid}/parcels/{parcel:guid}/split", Permission.Decide),
        ("POST /api/patches/{patch:guid}/parcels/{parcel:guid}/withdrawal", Permission.Decide),
        ("POST /api/patches/{patch:guid}/parcels/{parcel:guid}/confirmation-withdrawal", Permission.Confirm),
        ("PUT /api/patches/{id:guid}/lock", Permission.Lock),
        ("POST /api/holds", Permission.Holds),
        ("POST /api/visits", Flow.Verification.RecordVisit.Act),
        ("POST /language", Open),
        ("POST /password/change", Permission.SignedIn),
        ("POST /session", Open),
        ("POST /session/code", Open),
        ("POST /session/end", Open),
        ("POST /theme", Open),
    ];

    private static readonly Dictionary<string, AccessRow> Known = All()
        .ToDictionary(row => $"{row.Kind} {row.Name}", StringComparer.Ordinal);

    /// <summary>Every line there is.</summary>
    public static IReadOnlyCollection<AccessRow> Rows => Known.Values;

    /// <summary>Whether a gate lets a role in, whose first password is changed. False for a gate that nobody declared.</summary>
    public static bool Allows(string gate, string role) =>
        gate == Open || (ActMatrix.Knows(gate) ? ActMatrix.Allows(gate, role) : Permission.Allows(gate, role));

    /// <summary>Whether a gate lets this person in now.</summary>
    public static bool Allows(string gate, ClaimsPrincipal who) =>
        gate == Open || (who.IsSignedIn() && Allows(gate, who.Role()) && (gate == Permission.SignedIn || !who.IsHeld()));

    /// <summary>The line of a page, an endpoint or an act; <c>null</c> when none was declared.</summary>
    public static AccessRow? Find(string kind, string name) => Known.GetValueOrDefault($"{kind} {name}");

    private static IEnumerable<AccessRow> All() =>
        Pages
            .Select(p => new AccessRow("page", p.Address, p.Gate, StageOf(p.Gate)))
            .Concat(Endpoints.Select(e => new AccessRow("endpoint", e.Route, e.Gate, StageOf(e.Gate))))
            .Concat(Acts.ActDoors.All.Select(d => new AccessRow("endpoint", "POST /api/acts/" + d.Name, d.Name, StageOf(d.Name))))
            .Concat(ActMatrix.Acts.Keys.Select(act => new AccessRow("act", act, act, StageOf(act))));

    private static WorkStage StageOf(string gate) =>
        gate == Open ? WorkStage.Administration
        : Permission.All.Contains(gate) ? Permission.Stage(gate)
        : ActStages.Of(gate);
}
