using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Law;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Verification;

/// <summary>Assigning, recording and returning visits: what is refused, and what becomes of what is taken.</summary>
public sealed class VisitActsTests : IDisposable
{
    private const string Programme = "2019-q1";
    private const string Form = """{"use_on_ground":"construction","found_by_patrol":true}""";
    private static readonly LawBook Law = LawBook.Load(Path.Combine(Repository.Root, "law"));
    private static readonly Actor Officer = FilledStore.Officer;
    private static readonly Actor Reviewer = new("district-reviewer", PlanRoles.DistrictReviewer);
    private static readonly Actor Town = new("town-wangcun", PlanRoles.Town, "wangcun");
    private static readonly Actor OtherTown = new("town-nanjiao", PlanRoles.Town, "nanjiao");

    private readonly TemporaryFolder folder = new();
    private WeipianStore store = null!;
    private List<Patch> patches = [];

    public void Dispose()
    {
        store?.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Assigning_refuses_what_the_plan_does_not_have_what_is_over_and_what_is_nobody_s()
    {
        await StartAsync();
        var good = Assignment();
        await RefusedAsync("chain.not-there", good with { Programme = "2031-q1" });
        await RefusedAsync("chain.not-there", good with { Unit = "atlantis" });
        await RefusedAsync("chain.bad-value", good with { Which = "some" });
        await RefusedAsync("verification.due-day-past", good with { DueOn = store.Today.AddDays(-1) });
        await RefusedAsync("chain.not-there", good with { Numbers = ["370306-000", "no-such"] });
        await RefusedAsync("verification.nothing-to-assign", good with { Unit = "nanjiao" });
        await RefusedAsync("store.reason-missing", good with { Reason = " " });
        var town = await Assert.ThrowsAsync<Problem>(() => AssignVisits.Handle(store, Town, good));
        Assert.Equal("store.act-not-allowed", town.Code);
        await using var db = store.Read();
        Assert.Empty(await db.VisitAssignments.ToListAsync());

        async Task RefusedAsync(string code, AssignVisits.Request request) =>
            Assert.Equal(code, (await Assert.ThrowsAsync<Problem>(() => AssignVisits.Handle(store, Officer, request))).Code);
    }

    [Fact]
    [Requirement("R13")]
    public async Task A_later_assignment_takes_the_place_of_the_earlier_and_what_was_visited_is_left_out()
    {
        await StartAsync();
        var first = await AssignVisits.Handle(store, Officer, Assignment());
        Assert.Equal((FilledStore.Patches, 0), (first.Patches, first.Superseded));
        await RecordAsync(Town, patches[0]);
        var again = await AssignVisits.Handle(store, Officer, Assignment() with { DueOn = store.Today.AddDays(9) });
        Assert.Equal((FilledStore.Patches - 1, FilledStore.Patches - 1), (again.Patches, again.Superseded));
        var owed = await StandingAsync();
        Assert.Equal(VisitStage.Done, owed[patches[0].Id].Stage);
        Assert.Equal((VisitStage.Due, store.Today.AddDays(9)), (owed[patches[1].Id].Stage, owed[patches[1].Id].DueOn!.Value));
        Assert.True(owed[patches[1].Id].IsLate(store.Today.AddDays(10)));
        Assert.False(owed[patches[1].Id].IsLate(store.Today.AddDays(9)));

        var anew = await AssignVisits.Handle(
            store,
            Officer,
            Assignment() with
            {
                Which = AssignVisits.Every,
                Numbers = [patches[0].Number],
            }
        );
        Assert.Equal((1, 1), (anew.Patches, anew.Superseded));
        Assert.Equal(VisitStage.Due, (await StandingAsync())[patches[0].Id].Stage);
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    [Fact]
    public async Task Recording_refuses_foreign_towns_other_seats_the_future_bad_forms_and_files_that_are_no_evidence()
    {
        await StartAsync();
        var good = Visit(patches[0]);
        await RefusedAsync("verification.not-your-patch", OtherTown, good);
        await RefusedAsync("store.act-not-allowed", Reviewer, good);
        await RefusedAsync("verification.visit-in-future", Town, good with { VisitedOn = store.Today.AddDays(1) });
        await RefusedAsync("verification.form-unreadable", Town, good with { FormJson = """{"a":[1]}""" });
        // Military or secret land carries the note alone.
        await RefusedAsync("verification.military-note-only", Town, good with { FormJson = """{"military":true,"party":"某部"}""" });
        await RefusedAsync("verification.military-note-only", Officer, good with { FormJson = """{"party":"某部","military":"true"}""" });
        await RefusedAsync(
            "verification.military-note-only",
            Town,
            good with
            {
                FormJson = """{"military":true}""",
                Attachments = [new("营门.jpg", "image/jpeg", new byte[] { 0xFF, 0xD8, 0xFF })],
            }
        );
        await RefusedAsync("chain.not-there", Town, good with { PatchId = Guid.NewGuid() });
        await RefusedAsync("chain.not-there", Town, good with { SupersedesId = Guid.NewGuid() });
        await RefusedAsync("verification.file-not-taken", Town, good with { Attachments = [File("a.jpg", Photos.Program)] });
        await RefusedAsync("verification.file-not-taken", Town, good with { Attachments = [File("a.jpg", [])] });
        var large = new byte[EvidenceContent.FileBytesMax + 1];
        Photos.Bare.CopyTo(large, 0);
        await RefusedAsync("verification.file-too-large", Town, good with { Attachments = [File("a.jpg", large)] });
        var many = Enumerable.Repeat(File("a.jpg", Photos.Bare), EvidenceContent.FilesMax + 1).ToList();
        await RefusedAsync("verification.too-many-files", Town, good with { Attachments = many });
        await using var db = store.Read();
        Assert.Empty(await db.Visits.ToListAsync());
        Assert.Empty(await db.Evidence.ToListAsync());

        async Task RefusedAsync(string code, Actor by, RecordVisit.Request request) =>
            Assert.Equal(code, (await Assert.ThrowsAsync<Problem>(() => RecordVisit.Handle(store, by, request, Law))).Code);
    }

    [Fact]
    [Requirement("R13")]
    public async Task The_receipt_holds_the_hash_of_every_file_and_where_it_was_taken()
    {
        await StartAsync();
        var photo = Photos.With(1);
        var west = new SensorReading(patches[0].Geometry.EnvelopeInternal.MinX - 0.0005, 36.8005, 90, 5);
        var receipt = await RecordVisit.Handle(
            store,
            Town,
            Visit(patches[0]) with
            {
                Attachments =
                [
                    File("../../现场.jpg", photo) with
                    {
                        Sensed = west,
                    },
                    File("图.pdf", Photos.Pdf),
                    File("b.jpg", Photos.With(2)),
                ],
            },
            Law
        );
        Assert.Equal([Hash(photo), Hash(Photos.Pdf), Hash(Photos.With(2))], receipt.Files.Select(f => f.Sha256));
        Assert.Equal(["现场.jpg", "图.pdf", "b.jpg"], receipt.Files.Select(f => f.FileName));
        Assert.Equal(["image/jpeg", "application/pdf", "image/jpeg"], receipt.Files.Select(f => f.ContentType));
        Assert.Equal(photo, store.Blobs.Get(receipt.Files[0].Sha256));
        await using var db = store.Read();
        var places = await db.EvidencePlaces.ToDictionaryAsync(p => p.EvidenceId);
        Assert.Equal(2, places.Count);
        var place = places[receipt.Files[0].EvidenceId];
        Assert.Equal((PhotoStatement.FromSensor, true), (place.Source, place.LooksAtPatch));
        Assert.Equal(44.6, place.DistanceMetres!.Value, 1);
        Assert.Equal(PhotoStatement.Nowhere, places[receipt.Files[2].EvidenceId].Source);
        Assert.Contains(receipt.Files[2].Remarks, r => r.En.Contains("no usable position", StringComparison.Ordinal));
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    [Fact]
    public async Task The_same_visit_sent_twice_is_one_visit_with_one_receipt()
    {
        await StartAsync();
        var request = Visit(patches[0]) with { Attachments = [File("a.jpg", Photos.Bare)] };
        var first = await RecordVisit.Handle(store, Town, request, Law);
        store.Dispose();
        store = Installations.Open(folder);
        var second = await RecordVisit.Handle(store, Town, request, Law);
        Assert.Equal(first.VisitId, second.VisitId);
        Assert.Equal(first.Files.Select(f => f.Sha256), second.Files.Select(f => f.Sha256));
        await using var db = store.Read();
        Assert.Equal(1, await db.Visits.CountAsync());
        Assert.Equal(1, await db.Journal.CountAsync(j => j.Act == RecordVisit.Act));
    }

    [Fact]
    public async Task The_same_visit_twice_at_once_is_written_once()
    {
        await StartAsync();
        var request = Visit(patches[0]);
        var sent = Enumerable.Range(0, 6).Select(_ => Task.Run(() => RecordVisit.Handle(store, Town, request, Law))).ToList();
        try
        {
            await Task.WhenAll(sent);
        }
        catch (Problem twice)
        {
            Assert.Equal("chain.already-done", twice.Code);
        }
        await using var db = store.Read();
        Assert.Equal(1, await db.Visits.CountAsync());
    }

    [Fact]
    public async Task Returning_refuses_unknown_reasons_own_visits_and_second_returns()
    {
        await StartAsync();
        var visit = await RecordAsync(Officer, patches[0]);
        await RefusedAsync("chain.same-person", Officer, new(visit, "R03", "照片不清"));
        await RefusedAsync("store.act-not-allowed", Town, new(visit, "R03", "照片不清"));
        await RefusedAsync("chain.bad-value", Reviewer, new(visit, "P02", "照片不清"));
        await RefusedAsync("chain.not-there", Reviewer, new(Guid.NewGuid(), "R03", "照片不清"));
        await RefusedAsync("store.reason-missing", Reviewer, new(visit, "R03", ""));
        await ReturnVisit.Handle(store, Reviewer, new(visit, "R03", "照片不清"), Law);
        await RefusedAsync("chain.already-done", Reviewer, new(visit, "R03", "照片不清"));

        async Task RefusedAsync(string code, Actor by, ReturnVisit.Request request) =>
            Assert.Equal(code, (await Assert.ThrowsAsync<Problem>(() => ReturnVisit.Handle(store, by, request, Law))).Code);
    }

    [Fact]
    [Requirement("R13")]
    public async Task A_returned_visit_is_due_again_until_a_second_visit_takes_its_place()
    {
        await StartAsync();
        await AssignVisits.Handle(store, Officer, Assignment());
        var visit = await RecordAsync(Town, patches[0]);
        await ReturnVisit.Handle(store, Officer, new(visit, "R03", "缺少东侧照片"), Law);
        var owed = (await StandingAsync())[patches[0].Id];
        Assert.Equal((VisitStage.Returned, "R03"), (owed.Stage, owed.Return!.ReasonCode));
        Assert.Equal(store.Today.AddDays(5), owed.DueOn);

        var second = Visit(patches[0]) with { SupersedesId = visit, FormJson = """{"use_on_ground":"facility"}""" };
        var receipt = await RecordVisit.Handle(store, Town, second, Law);
        Assert.Equal(VisitStage.Done, (await StandingAsync())[patches[0].Id].Stage);
        var twice = await Assert.ThrowsAsync<Problem>(() =>
            RecordVisit.Handle(store, Town, second with { FormJson = """{"use_on_ground":"road"}""" }, Law)
        );
        Assert.Equal("chain.already-done", twice.Code);
        var late = await Assert.ThrowsAsync<Problem>(() => ReturnVisit.Handle(store, Reviewer, new(visit, "R03", "再退"), Law));
        Assert.Equal("chain.out-of-order", late.Code);
        await ReturnVisit.Handle(store, Reviewer, new(receipt.VisitId, "R06", "非本图斑"), Law);
        Assert.Equal(VisitStage.Returned, (await StandingAsync())[patches[0].Id].Stage);
    }

    [Fact]
    public async Task A_visit_of_the_district_counts_for_the_town_and_a_return_is_due_also_where_nothing_was_assigned()
    {
        await StartAsync();
        var visit = await RecordAsync(Officer, patches[0]);
        Assert.Empty(await StandingAsync());
        await ReturnVisit.Handle(store, Reviewer, new(visit, "R03", "缺照片"), Law);
        var owed = Assert.Single(await StandingAsync()).Value;
        Assert.Equal((VisitStage.Returned, "wangcun", (DateOnly?)null), (owed.Stage, owed.Unit, owed.DueOn));
        await RecordAsync(Town, patches[0]);
        Assert.Equal(VisitStage.Done, Assert.Single(await StandingAsync()).Value.Stage);
    }

    private async Task StartAsync()
    {
        store = await Installations.StartAsync(folder, Installations.Zhoucun);
        patches = await store.ActAsync(Officer, "import-patches", Programme, "下发", act => FilledStore.ImportAsync(act, Programme));
    }

    private AssignVisits.Request Assignment() =>
        new(Programme, "wangcun", store.Today.AddDays(5), AssignVisits.Open, null, "先近后远", "第1季度核查");

    private RecordVisit.Request Visit(Patch patch) => new(patch.Id, store.Today, Form, []);

    private async Task<Guid> RecordAsync(Actor by, Patch patch) => (await RecordVisit.Handle(store, by, Visit(patch), Law)).VisitId;

    private static RecordVisit.Attachment File(string name, byte[] content) => new(name, "image/jpeg", content);

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private async Task<Dictionary<Guid, VisitStanding>> StandingAsync()
    {
        await using var db = store.Read();
        var units = await db.PatchUnits.Where(u => u.ResponsibleUnit != null).ToListAsync();
        return VisitStanding
            .Of(
                await db.VisitAssignments.ToListAsync(),
                await db.Visits.ToListAsync(),
                await db.VisitReturns.ToListAsync(),
                units.ToLookup(u => u.PatchId, u => u.ResponsibleUnit!),
                login => store.Plan.FindSeat(login)?.Unit
            )
            .ToDictionary(s => s.PatchId);
    }
}
