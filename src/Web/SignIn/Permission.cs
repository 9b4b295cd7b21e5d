using Weipian.Flow.Determinations;
using Weipian.Flow.Plan;
using Weipian.Web.Reading;

namespace Weipian.Web.SignIn;

/// <summary>What a seat may do, by role: the one table that pages, the API and the menu ask. What is not listed is refused.</summary>
/// <remarks>
/// Which patches a seat sees is another question, answered by <see cref="Sight"/>. Who may sign what is decided by the acts themselves;
/// this table only keeps doors shut earlier.
/// </remarks>
public static class Permission
{
    /// <summary>Signed in, with any role, even before the first password was changed.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>What the seat has to do; every seat has this page once its password is its own.</summary>
    public const string Home = "home";

    /// <summary>The programme board: plan dates, and counts of the patches the seat sees.</summary>
    public const string Board = "board";

    /// <summary>Patches, their map, comparison, derivation and history.</summary>
    public const string Patches = "patches";

    /// <summary>Visits on site: what is due, what came, what was sent back.</summary>
    public const string Verify = "verify";

    /// <summary>Give a verdict on a patch (初判).</summary>
    public const string Decide = "decide";

    /// <summary>Confirm or return another seat's verdict (复核).</summary>
    public const string Confirm = "confirm";

    /// <summary>Lock a patch while judging it (锁定).</summary>
    public const string Lock = "lock";

    /// <summary>What stands between a programme and its signed batch (成果上报).</summary>
    public const string Batches = "batches";

    /// <summary>Past parcels like one, of any town.</summary>
    public const string Precedents = "precedents";

    /// <summary>The law book: every value with its source.</summary>
    public const string Law = "law";

    /// <summary>Suppose another value of the law and see what would flip.</summary>
    public const string WhatIf = "what-if";

    /// <summary>Every date of the plan against what was done.</summary>
    public const string Calendar = "calendar";

    /// <summary>Grounds, proposals, interviews, spot checks; a town sees its own unit.</summary>
    public const string Escalation = "escalation";

    /// <summary>Dossiers for discipline inspection.</summary>
    public const string Accountability = "accountability";

    /// <summary>The evaluation of the towns.</summary>
    public const string Evaluation = "evaluation";

    /// <summary>Trainings, instructions, meetings, funds.</summary>
    public const string OfficeRecords = "office-records";

    /// <summary>The leading group: its members on a day, the notices to their posts.</summary>
    public const string LeadingGroup = "leading-group";

    /// <summary>Reference layers: versions, hashes, defects.</summary>
    public const string Layers = "layers";

    /// <summary>State of the installation and its programmes, in counts.</summary>
    public const string Status = "status";

    /// <summary>The journal (日志).</summary>
    public const string Journal = "journal";

    /// <summary>Reports, tables and packages, and the answers of city and province.</summary>
    public const string Reports = "reports";

    /// <summary>Issued documents; which of them a seat may read depends on what they are about.</summary>
    public const string Documents = "documents";

    /// <summary>Seats and one-time passwords.</summary>
    public const string People = "people";

    /// <summary>Violations and cases: a town its own, discipline inspection what was transferred to it.</summary>
    public const string Cases = "cases";

    /// <summary>What was sent to a body: copy notices, tasks, transfers.</summary>
    public const string Department = "department";

    /// <summary>Ask whether a permit is held.</summary>
    public const string Holds = "holds";

    /// <summary>Measures of rectification, their reports and acceptances (整改).</summary>
    public const string Measures = "measures";

    /// <summary>The register of what is confiscated and handed over (没收移交).</summary>
    public const string HandOvers = "hand-overs";

    /// <summary>How far programmes are, and their acceptance (验收评估).</summary>
    public const string ProgrammeAcceptance = "programme-acceptance";

    /// <summary>The ledger of remaining violations (存违挂账).</summary>
    public const string Ledger = "ledger";

    /// <summary>Survey lists, deduction sheets and the city round: of the whole district.</summary>
    public const string LedgerOfDistrict = "ledger-of-district";

    /// <summary>The credit register: names of parties.</summary>
    public const string Credit = "credit";

    /// <summary>The seats that work on every matter of the district.</summary>
    private static readonly string[] Office =
    [
        PlanRoles.DistrictOfficer,
        PlanRoles.DistrictReviewer,
        PlanRoles.OfficeHead,
        PlanRoles.Government,
    ];

    private static readonly string[] OfficeAndTowns = [PlanRoles.Town, .. Office];

    private static readonly Dictionary<string, (WorkStage Stage, string[] Roles)> Rows = new(StringComparer.Ordinal)
    {
        [SignedIn] = (WorkStage.Administration, [.. PlanRoles.All]),
        [Home] = (WorkStage.Plan, [.. PlanRoles.All]),
        [Board] = (WorkStage.Plan, [.. OfficeAndTowns, PlanRoles.Finance, PlanRoles.Discipline]),
        [Patches] = (WorkStage.Determination, OfficeAndTowns),
        [Verify] = (WorkStage.Verification, OfficeAndTowns),
        [Decide] = (WorkStage.Determination, [.. VerdictRoles.MayDecide]),
        [Confirm] = (WorkStage.Determination, [.. VerdictRoles.MayConfirm]),
        [Lock] = (WorkStage.Determination, [.. VerdictRoles.MayDecide.Union(VerdictRoles.MayConfirm, StringComparer.Ordinal)]),
        [Batches] = (WorkStage.Determination, Office),
        [Precedents] = (WorkStage.Determination, Office),
        [Law] = (WorkStage.Library, [.. PlanRoles.All]),
        [WhatIf] = (WorkStage.Determination, Office),
        [Calendar] = (WorkStage.Plan, OfficeAndTowns),
        [Escalation] = (WorkStage.Escalation, OfficeAndTowns),
        [Accountability] = (WorkStage.Escalation, [PlanRoles.OfficeHead, PlanRoles.Government, PlanRoles.Discipline]),
        [Evaluation] = (WorkStage.Escalation, OfficeAndTowns),
        [OfficeRecords] = (WorkStage.Plan, [.. Office, PlanRoles.Finance]),
        [LeadingGroup] = (WorkStage.Plan, [.. OfficeAndTowns, PlanRoles.Finance, PlanRoles.Department, PlanRoles.Discipline]),
        [Layers] = (WorkStage.Library, [.. OfficeAndTowns, PlanRoles.Administrator]),
        [Status] = (WorkStage.Administration, [.. Office, PlanRoles.Administrator]),
        [Journal] = (
            WorkStage.Administration,
            [PlanRoles.DistrictReviewer, PlanRoles.OfficeHead, PlanRoles.Government, PlanRoles.Discipline]
        ),
        [Reports] = (WorkStage.Reports, Office),
        [Documents] = (WorkStage.CaseFile, [.. OfficeAndTowns, PlanRoles.Finance, PlanRoles.Discipline, PlanRoles.Department]),
        [People] = (WorkStage.Administration, [PlanRoles.Administrator]),
        [Cases] = (WorkStage.CaseFile, [.. OfficeAndTowns, PlanRoles.Discipline]),
        [Department] = (WorkStage.CaseFile, [PlanRoles.Department, PlanRoles.Finance, PlanRoles.Discipline]),
        [Holds] = (WorkStage.CaseFile, [PlanRoles.PermitDesk, PlanRoles.DistrictOfficer]),
        [Measures] = (WorkStage.Rectification, OfficeAndTowns),
        [HandOvers] = (WorkStage.Rectification, [.. Office, PlanRoles.Finance]),
        [ProgrammeAcceptance] = (WorkStage.Rectification, Office),
        [Ledger] = (WorkStage.Ledger, OfficeAndTowns),
        [LedgerOfDistrict] = (WorkStage.Ledger, Office),
        [Credit] = (WorkStage.Ledger, Office),
    };

    /// <summary>Every permission there is.</summary>
    public static IReadOnlyCollection<string> All => Rows.Keys;

    /// <summary>Whether the table gives this permission to this role; unknown names are refused.</summary>
    public static bool Allows(string permission, string role) =>
        Rows.TryGetValue(permission, out var row) && row.Roles.Contains(role, StringComparer.Ordinal);

    /// <summary>The roles that have a permission.</summary>
    public static IReadOnlyList<string> Roles(string permission) => Rows[permission].Roles;

    /// <summary>The stage of the work that a permission belongs to.</summary>
    public static WorkStage Stage(string permission) => Rows[permission].Stage;
}
