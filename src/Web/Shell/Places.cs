using System.Security.Claims;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;
using Weipian.Web.Texts;

namespace Weipian.Web.Shell;

/// <summary>A page of the navigation.</summary>
/// <param name="Text">Key of its name.</param>
/// <param name="Permission">Who may open it.</param>
public sealed record Place(WorkStage Stage, string Address, string Text, string Permission)
{
    public string Name => Say.T(Text);
}

/// <summary>The pages there are, grouped by stage. A stage that gets a page adds its line here.</summary>
public static class Places
{
    /// <summary>What a seat has to do: the start of every seat.</summary>
    public const string Home = "/";

    public static IReadOnlyList<Place> All { get; } =
    [
        new(WorkStage.Plan, "/board", "place.board", Permission.Board),
        new(WorkStage.Verification, "/verify", "place.verify", Permission.Verify),
        new(WorkStage.Determination, "/workbench", "place.workbench", Permission.Patches),
        new(WorkStage.Determination, "/map", "place.map", Permission.Patches),
        new(WorkStage.Determination, "/batches", "place.batches", Permission.Batches),
        new(WorkStage.Determination, "/what-if", "place.what-if", Permission.WhatIf),
        new(WorkStage.Determination, "/readings", "place.readings", Permission.Precedents),
        new(WorkStage.Determination, "/review-figures", "place.review-figures", Permission.Precedents),
        new(WorkStage.CaseFile, "/cases", "place.cases", Permission.Cases),
        new(WorkStage.CaseFile, "/violations", "place.violations", Permission.Decide),
        new(WorkStage.CaseFile, "/department", "place.department", Permission.Department),
        new(WorkStage.CaseFile, "/holds", "place.holds", Permission.Holds),
        new(WorkStage.Plan, "/calendar", "place.calendar", Permission.Calendar),
        new(WorkStage.Plan, "/records", "place.records", Permission.OfficeRecords),
        new(WorkStage.Plan, "/notices", "place.notices", Permission.Home),
        new(WorkStage.Plan, "/training", "place.training", Permission.Home),
        new(WorkStage.Plan, "/leading-group", "place.leading-group", Permission.LeadingGroup),
        new(WorkStage.Plan, "/posts", "place.posts", Permission.LeadingGroup),
        new(WorkStage.Escalation, "/escalation", "place.escalation", Permission.Escalation),
        new(WorkStage.Escalation, "/spot-checks", "place.spot-checks", Permission.Escalation),
        new(WorkStage.Escalation, "/accountability", "place.accountability", Permission.Accountability),
        new(WorkStage.Escalation, "/evaluation", "place.evaluation", Permission.Evaluation),
        new(WorkStage.Reports, "/reports", "place.reports", Permission.Reports),
        new(WorkStage.Reports, "/reconciliation", "place.reconciliation", Permission.Reports),
        new(WorkStage.Rectification, "/measures", "place.measures", Permission.Measures),
        new(WorkStage.Rectification, "/hand-overs", "place.hand-overs", Permission.HandOvers),
        new(WorkStage.Rectification, "/programme-acceptance", "place.programme-acceptance", Permission.ProgrammeAcceptance),
        new(WorkStage.Ledger, "/ledger", "place.ledger", Permission.Ledger),
        new(WorkStage.Ledger, "/ledger/survey", "place.survey", Permission.LedgerOfDistrict),
        new(WorkStage.Ledger, "/ledger/deduction", "place.deduction", Permission.LedgerOfDistrict),
        new(WorkStage.Ledger, "/ledger/credit", "place.credit", Permission.Credit),
        new(WorkStage.Ledger, "/ledger/city", "place.city", Permission.LedgerOfDistrict),
        new(WorkStage.Library, "/law", "place.law", Permission.Law),
        new(WorkStage.Library, "/layers", "place.layers", Permission.Layers),
        new(WorkStage.Library, "/images", "place.images", Permission.Layers),
        new(WorkStage.Administration, "/status", "place.status", Permission.Status),
        new(WorkStage.Administration, "/journal", "place.journal", Permission.Journal),
        new(WorkStage.Administration, "/people", "place.people", Permission.People),
        new(WorkStage.Administration, "/people/sessions", "place.sessions-of-all", Permission.People),
        new(WorkStage.Administration, "/people/why", "place.why", Permission.People),
    ];

    /// <summary>What a seat may open, by stage in the order of the work.</summary>
    public static IEnumerable<IGrouping<WorkStage, Place>> Of(ClaimsPrincipal who) =>
        All.Where(p => who.May(p.Permission)).OrderBy(p => p.Stage).GroupBy(p => p.Stage);
}
