using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Escalation;
using Weipian.Flow.Store;
using Weipian.Tests.Law;

namespace Weipian.Tests.Flow.Escalation;

/// <summary>From proposal to discipline inspection on a real store: who may not, in which order, with which clock.</summary>
[Requirement("R01")]
[Requirement("R41")]
[Requirement("R42")]
[Requirement("R43")]
[Requirement("R44")]
public sealed class EscalationActsTests
{
    [Fact]
    public async Task The_office_proposes_and_never_decides_the_government_decides_and_never_proposes()
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-15");
        await EscalationOffice.RefusedAsync(
            "store.act-not-allowed",
            () =>
                ProposeEscalation.Handle(
                    office.Store,
                    EscalationOffice.Government,
                    new("wangcun", GroundIds.WeakSupervision, "warning-interview", null, "整改不力", "建议约谈"),
                    RealLaw.Book,
                    office.Indicators
                )
        );
        var proposed = await office.ProposeAsync("wangcun", GroundIds.WeakSupervision, "warning-interview");
        await EscalationOffice.RefusedAsync(
            "store.act-not-allowed",
            () => DecideEscalation.Handle(office.Store, EscalationOffice.OfficeHead, new(proposed.Id, "approved", "同意"))
        );
        // The same person on another seat is still the same person.
        await EscalationOffice.RefusedAsync(
            "chain.same-person",
            () => DecideEscalation.Handle(office.Store, new("office-head", "government"), new(proposed.Id, "approved", "同意"))
        );
        await office.ApproveAsync(proposed.Id);
        await EscalationOffice.RefusedAsync("chain.already-done", () => office.ApproveAsync(proposed.Id));
    }

    [Fact]
    public async Task A_proposal_follows_the_plan_and_a_ground_without_a_reached_line_needs_a_signed_reason()
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-15");
        Task Propose(string unit, string ground, string measure, string? serious = "情节恶劣") =>
            office.ProposeAsync(unit, ground, measure, serious: serious);
        await EscalationOffice.RefusedAsync("chain.not-there", () => Propose("atlantis", GroundIds.RedLines, "warning-interview"));
        await EscalationOffice.RefusedAsync("chain.not-there", () => Propose("wangcun", "bad-weather", "warning-interview"));
        await EscalationOffice.RefusedAsync("escalation.no-such-measure", () => Propose("wangcun", GroundIds.RedLines, "accountability"));
        await EscalationOffice.RefusedAsync(
            "escalation.signed-reason-needed",
            () => Propose("wangcun", GroundIds.RedLines, "warning-interview", " ")
        );
        await Propose("wangcun", GroundIds.RedLines, "warning-interview", "盲目决策，造成严重后果");
        await EscalationOffice.RefusedAsync("chain.already-done", () => Propose("wangcun", GroundIds.RedLines, "warning-interview"));
    }

    [Fact]
    public async Task An_interview_is_held_only_on_an_approved_proposal_and_its_dates_are_in_order()
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-15");
        var proposed = await office.ProposeAsync("wangcun", GroundIds.WeakSupervision, "warning-interview");
        Task Start(Guid id, string on, string by) =>
            StartInterview.Handle(
                office.Store,
                EscalationOffice.Government,
                EscalationOffice.InterviewOf(id, on, by),
                EscalationOffice.Documents
            );
        await EscalationOffice.RefusedAsync("chain.out-of-order", () => Start(proposed.Id, "2019-07-15", "2019-08-01"));
        office.Go("2019-07-18");
        await office.ApproveAsync(proposed.Id);
        office.Go("2019-07-20");
        await EscalationOffice.RefusedAsync("chain.before-cause", () => Start(proposed.Id, "2019-07-17", "2019-08-01"));
        await EscalationOffice.RefusedAsync("chain.in-future", () => Start(proposed.Id, "2019-07-21", "2019-08-01"));
        await EscalationOffice.RefusedAsync("chain.before-cause", () => Start(proposed.Id, "2019-07-20", "2019-07-20"));
        await EscalationOffice.RefusedAsync("chain.bad-value", () => Start(proposed.Id, "2019-07-20", "2019-08-20"));
        await Start(proposed.Id, "2019-07-20", "2019-08-10");
        await EscalationOffice.RefusedAsync("chain.already-done", () => Start(proposed.Id, "2019-07-20", "2019-08-10"));
        var returned = await office.ProposeAsync("nanjiao", GroundIds.WeakSupervision, "warning-interview");
        await DecideEscalation.Handle(office.Store, EscalationOffice.Government, new(returned.Id, "returned", "材料不足"));
        await EscalationOffice.RefusedAsync("chain.out-of-order", () => Start(returned.Id, "2019-07-20", "2019-08-10"));
    }

    /// <summary>CK3: an interview that starts on 2019-07-20 is accepted by 2019-08-19.</summary>
    [Fact]
    public async Task Acceptance_is_due_thirty_days_after_the_start()
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-20");
        var started = await office.InterviewAsync("wangcun", "2019-07-20", "2019-08-10");
        Assert.Equal(new DateOnly(2019, 8, 19), started.AcceptBy);
        await using var db = office.Store.Read();
        var notice = await db.IssuedDocuments.SingleAsync();
        Assert.Equal(("interview-notice", started.Document), (notice.Kind, notice.Number));
        Assert.Contains("2019年8月10日", (await db.OpenAsync(notice)).FieldsJson, StringComparison.Ordinal);
        Assert.Contains(await db.Notices.ToListAsync(), n => n is { ToKind: "unit", To: "wangcun" });
    }

    [Fact]
    public async Task A_town_commits_itself_and_the_government_accepts_in_time_and_releases()
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-20");
        var id = (await office.InterviewAsync("wangcun", "2019-07-20", "2019-08-10")).Id;
        Task<Guid> Step(Actor who, string kind, string on, string? due = null, Guid? of = null, string? late = null) =>
            office.StepAsync(who, id, kind, on, due, of, late);
        office.Go("2019-08-19");
        await EscalationOffice.RefusedAsync(
            "chain.other-unit",
            () => Step(EscalationOffice.Nanjiao, "committed", "2019-07-21", "2019-08-01")
        );
        await EscalationOffice.RefusedAsync("store.act-not-allowed", () => Step(EscalationOffice.Wangcun, "accepted", "2019-08-01"));
        await EscalationOffice.RefusedAsync(
            "chain.bad-value",
            () => Step(EscalationOffice.Wangcun, "committed", "2019-07-21", "2019-08-20")
        );
        var commitment = await Step(EscalationOffice.Wangcun, "committed", "2019-07-21", "2019-08-01");
        await EscalationOffice.RefusedAsync(
            "chain.not-there",
            () => Step(EscalationOffice.Wangcun, "fulfilled", "2019-08-01", of: Guid.NewGuid())
        );
        await Step(EscalationOffice.Wangcun, "fulfilled", "2019-08-01", of: commitment);
        await EscalationOffice.RefusedAsync("chain.out-of-order", () => Step(EscalationOffice.Government, "released", "2019-08-18"));
        await Step(EscalationOffice.Government, "accepted", "2019-08-19");
        await Step(EscalationOffice.Government, "released", "2019-08-19");
        await EscalationOffice.RefusedAsync("chain.out-of-order", () => Step(EscalationOffice.Government, "not-accepted", "2019-08-19"));
    }

    [Fact]
    public async Task Acceptance_after_the_thirty_days_needs_a_reason()
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-20");
        var id = (await office.InterviewAsync("wangcun", "2019-07-20", "2019-08-10")).Id;
        office.Go("2019-08-21");
        await EscalationOffice.RefusedAsync(
            "chain.late-without-reason",
            () => office.StepAsync(EscalationOffice.Government, id, "accepted", "2019-08-20")
        );
        await office.StepAsync(EscalationOffice.Government, id, "accepted", "2019-08-20", late: "连日暴雨");
    }

    [Fact]
    public async Task What_was_not_accepted_goes_to_discipline_inspection_with_a_sealed_dossier()
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-20");
        var violation = await office.ViolationAsync("wangcun", farmland: 3800);
        var interview = (await office.InterviewAsync("wangcun", "2019-07-20", "2019-08-10")).Id;
        var proposed = await office.ProposeAsync("wangcun", GroundIds.AfterDeadline, "accountability");
        Task<HandToDiscipline.HandedOver> Hand(Guid? of) =>
            HandToDiscipline.Handle(
                office.Store,
                EscalationOffice.Government,
                new(proposed.Id, of, ["王村镇党委书记", "王村镇镇长"], office.Store.Today, "建议追究领导责任", "移送"),
                EscalationOffice.Documents
            );
        await EscalationOffice.RefusedAsync("chain.out-of-order", () => Hand(interview));
        await office.ApproveAsync(proposed.Id);
        await EscalationOffice.RefusedAsync("chain.out-of-order", () => Hand(interview)); // the thirty days run
        await EscalationOffice.RefusedAsync("chain.out-of-order", () => Hand(null)); // this ground needs an interview first
        office.Go("2019-08-20");
        await office.StepAsync(EscalationOffice.Government, interview, "not-accepted", "2019-08-19");
        var handed = await Hand(interview);
        await EscalationOffice.RefusedAsync("chain.already-done", () => Hand(interview));

        var dossier = JsonNode.Parse(office.Store.Blobs.Get(handed.DossierSha256))!;
        Assert.Equal(handed.DossierSha256, CanonicalJson.Sha256(Encoding.UTF8.GetString(office.Store.Blobs.Get(handed.DossierSha256))));
        Assert.Equal(["王村镇党委书记", "王村镇镇长"], dossier["persons"]!.AsArray().Select(p => p!.GetValue<string>()));
        var timeline = dossier["timeline"]!.AsArray().Select(t => t!["kind"]!.GetValue<string>()).ToList();
        Assert.Contains("interview", timeline);
        Assert.Contains("not-accepted", timeline);
        Assert.Contains("decision", timeline);
        Assert.All(dossier["evidence"]!.AsArray(), e => Assert.Equal(64, e!["sha256"]!.GetValue<string>().Length));
        Assert.Contains(dossier["evidence"]!.AsArray(), e => e!["kind"]!.GetValue<string>() == "document");
        await using var db = office.Store.Read();
        Assert.Equal(InterviewStage.HandedOver, Assert.Single(await InterviewClock.ReadAsync(db, office.Store.Today)).Stage);
        Assert.NotEqual(Guid.Empty, violation.Id);
    }

    [Fact]
    public async Task Accountability_starts_at_once_where_finding_land_and_area_meet_and_discipline_answers_in_order()
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-20");
        var violation = await office.ViolationAsync("wangcun", farmland: 3800);
        var finding = await office.FindAsync("wangcun", violation.Number);
        var proposed = await office.ProposeAsync("wangcun", GroundIds.Integrity, "accountability", finding.Id, serious: null);
        Assert.True(proposed.Immediate);
        await office.ApproveAsync(proposed.Id);
        var handed = await HandToDiscipline.Handle(
            office.Store,
            EscalationOffice.Government,
            new(proposed.Id, null, ["王村镇镇长"], office.Store.Today, "建议问责", "移送"),
            EscalationOffice.Documents
        );
        Task<Guid> Step(string kind, string on, string? sanction = null, Actor? by = null) =>
            RecordAccountabilityStep.Handle(
                office.Store,
                by ?? EscalationOffice.Discipline,
                new(handed.Id, kind, EscalationOffice.Day(on), sanction, "情况", "登记")
            );
        office.Go("2019-08-01");
        await EscalationOffice.RefusedAsync("store.act-not-allowed", () => Step("received", "2019-07-21", by: EscalationOffice.Government));
        await EscalationOffice.RefusedAsync("chain.out-of-order", () => Step("result", "2019-07-30", "admin-warning"));
        await EscalationOffice.RefusedAsync("chain.before-cause", () => Step("received", "2019-07-19"));
        await Step("received", "2019-07-21");
        await EscalationOffice.RefusedAsync("chain.already-done", () => Step("received", "2019-07-22"));
        await EscalationOffice.RefusedAsync("chain.bad-value", () => Step("result", "2019-07-30", "a-stern-look"));
        await Step("result", "2019-07-30", "admin-warning");
        var dossier = JsonNode.Parse(office.Store.Blobs.Get(handed.DossierSha256))!;
        Assert.Contains(dossier["timeline"]!.AsArray(), t => t!["id"]!.GetValue<string>() == finding.Id.ToString());
    }

    [Fact]
    public async Task A_circular_against_a_unit_is_published_once_after_the_government_signed()
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-20");
        var proposed = await office.ProposeAsync("nanjiao", "supervision-and-publicity", "public-circular", serious: "屡查屡犯");
        Task<CirculateUnit.Circulated> Publish() =>
            CirculateUnit.Handle(
                office.Store,
                EscalationOffice.Government,
                new(proposed.Id, office.Store.Today, "举一反三，限期整改", "区政府网站", "公开通报"),
                EscalationOffice.Documents
            );
        await EscalationOffice.RefusedAsync("chain.out-of-order", Publish);
        await office.ApproveAsync(proposed.Id);
        var published = await Publish();
        await EscalationOffice.RefusedAsync("chain.already-done", Publish);
        await using var db = office.Store.Read();
        var row = await db.Supervisions.SingleAsync();
        Assert.Equal(("public-circular", "nanjiao", proposed.Id), (row.Kind, row.Unit, row.Id));
        Assert.Equal(published.SupervisionId, row.Id);
        Assert.Equal(["approved", "published"], (await db.SupervisionSteps.Select(s => s.Kind).ToListAsync()).Order());
        var interview = await office.ProposeAsync("wangcun", GroundIds.WeakSupervision, "warning-interview");
        await office.ApproveAsync(interview.Id);
        await EscalationOffice.RefusedAsync(
            "escalation.no-such-measure",
            () =>
                CirculateUnit.Handle(
                    office.Store,
                    EscalationOffice.Government,
                    new(interview.Id, office.Store.Today, "整改", "网站", "通报"),
                    EscalationOffice.Documents
                )
        );
    }
}
