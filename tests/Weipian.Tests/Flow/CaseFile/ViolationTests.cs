using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;
using Weipian.Law;
using static Weipian.Tests.Flow.CaseFiles.DistrictOfViolations;

namespace Weipian.Tests.Flow.CaseFiles;

/// <summary>From confirmed illegal parcels to violations with parties, decisions and holds.</summary>
[Collection("district of violations")]
public sealed class ViolationTests(ViolationsTemplate template) : IDisposable
{
    private const string Backlog = """
        number,unit,kind,name,location,type,area_m2,cultivated_m2,pbf_m2,started_on
        LS-2011-07,王村镇,land,旧砖厂,王村镇沈古村,I1,4200.5,1200,0,2011-03-01
        LS-2014-02,南郊镇,mineral,采石坑,南郊镇北,MI1,9000,0,0,
        """;

    private readonly DistrictOfViolations district = template.Copy();

    public void Dispose() => district.Dispose();

    [Theory]
    [InlineData("town")]
    [InlineData("district-reviewer")]
    [InlineData("office-head")]
    [InlineData("government")]
    [InlineData("permit-desk")]
    public async Task Only_the_officer_forms_violations(string role)
    {
        var parcel = await district.IllegalAsync(1);
        await district.RefusedAsync(
            "store.act-not-allowed",
            () => FormViolation.Handle(district.Store, new(role, role), FormOf([parcel.Id.ToString()]), Books.Book)
        );
        await district.RefusedAsync(
            "store.act-not-allowed",
            () => ImportBacklog.Handle(district.Store, new(role, role), new(Backlog, "清查"), Books.Book)
        );
    }

    [Fact]
    public async Task A_legal_parcel_makes_no_violation()
    {
        var legal = (await district.ParcelsAsync(0))[0];
        await district.RefusedAsync(
            "case-file.parcel-not-free",
            () => FormViolation.Handle(district.Store, Officer, FormOf([legal.Id.ToString()]), Books.Book)
        );
        await district.RefusedAsync("chain.bad-value", () => FormViolation.Handle(district.Store, Officer, FormOf([]), Books.Book));
        await district.RefusedAsync(
            "case-file.parcel-not-free",
            () => FormViolation.Handle(district.Store, Officer, FormOf(["no-parcel"]), Books.Book)
        );
    }

    [Fact]
    public async Task A_parcel_belongs_to_one_violation_at_most()
    {
        await district.FormAsync(1);
        var parcel = await district.IllegalAsync(1);
        await district.RefusedAsync(
            "case-file.parcel-not-free",
            () => FormViolation.Handle(district.Store, Officer, FormOf([parcel.Id.ToString()]), Books.Book)
        );
    }

    [Fact]
    public async Task Land_and_minerals_are_never_one_violation() =>
        await district.RefusedAsync("case-file.two-kinds", () => district.FormAsync(1, 4));

    [Fact]
    public async Task An_act_that_has_not_begun_is_refused()
    {
        var request = FormOf([(await district.IllegalAsync(1)).Id.ToString()]);
        await district.RefusedAsync(
            "chain.in-future",
            () => FormViolation.Handle(district.Store, Officer, request with { StartedOn = new(2019, 4, 27) }, Books.Book)
        );
    }

    [Fact]
    public async Task A_unit_that_does_not_answer_for_the_patches_is_refused()
    {
        var parcel = await district.IllegalAsync(1);
        await district.RefusedAsync(
            "chain.bad-value",
            () => FormViolation.Handle(district.Store, Officer, FormOf([parcel.Id.ToString()]) with { Unit = "nanjiao" }, Books.Book)
        );
    }

    [Fact]
    [Requirement("R27")]
    public async Task A_violation_sums_its_parcels_over_patches()
    {
        var formed = await district.FormAsync(0, 2, 3);
        Assert.Equal("WF-2019-0001", formed.Number);
        await using var db = district.Store.Read();
        var violation = await db.Violations.SingleAsync();
        var parcels = await db.ViolationParcels.ToListAsync();
        Assert.Equal(3, parcels.Count);
        Assert.Equal(parcels.Sum(p => p.AreaSquareMetres), violation.AreaSquareMetres, 1e-9);
        Assert.Equal(parcels.Sum(p => p.CultivatedSquareMetres), violation.CultivatedSquareMetres, 1e-9);
        Assert.Equal(("wangcun", "land", 2019), (violation.Unit, violation.Kind, violation.Year));
        var largest = parcels.MaxBy(p => p.AreaSquareMetres)!;
        Assert.Equal(largest.Code, violation.TypeCode);
        // The strip on permanent farmland is two of the facility's mu.
        Assert.Equal("2.00", new SquareMetres(violation.PermanentFarmlandSquareMetres).ToMu().ToString());
        Assert.Equal(violation.AreaSquareMetres, violation.AgriculturalSquareMetres, 1e-6);
        Assert.Empty((await VerifyStore.Handle(district.Store)).Findings);
    }

    [Fact]
    [Requirement("R31")]
    public async Task A_violation_holds_permits_from_its_first_moment()
    {
        var formed = await district.FormAsync(1);
        await using var db = district.Store.Read();
        var hold = await Holds.InForce(db).SingleAsync();
        Assert.Equal((formed.ViolationId, new DateOnly(2019, 4, 26)), (hold.ViolationId, hold.SetOn));
    }

    [Fact]
    public async Task A_busy_day_forms_what_is_left_of_a_programme_and_a_second_run_nothing()
    {
        await district.FormAsync(1);
        await using (var before = district.Store.Read())
            Assert.Equal(4, await IllegalParcels.CountFreeAsync(before, Books.Book));
        var formed = await FormViolations.Handle(district.Store, Officer, new("2019-q1", "逐宗立卷"), Books.Book);
        Assert.Equal(["WF-2019-0002", "WF-2019-0003", "WF-2019-0004", "WF-2019-0005"], formed.Numbers);
        Assert.Empty(formed.WithoutUnit);
        var entries = await district.EntriesAsync();
        var again = await FormViolations.Handle(district.Store, Officer, new("2019-q1", "复查"), Books.Book);
        Assert.Empty(again.Numbers);
        Assert.Equal(entries, await district.EntriesAsync());
        await using var db = district.Store.Read();
        Assert.Equal(5, await Holds.InForce(db).CountAsync());
        Assert.Empty(await IllegalParcels.FreeAsync(db, db.Parcels, Books.Book));
        Assert.Equal(0, await IllegalParcels.CountFreeAsync(db, Books.Book));
    }

    [Fact]
    public async Task A_correction_takes_the_parcels_over_and_keeps_the_old_one_readable()
    {
        var formed = await district.FormAsync(0, 2);
        await district.AddActorAsync(formed.ViolationId);
        var one = await district.IllegalAsync(0);
        var request = Correction(formed.ViolationId, [one.Id.ToString()]);
        var corrected = await CorrectViolation.Handle(district.Store, Officer, request, Books.Book);
        Assert.Equal("WF-2019-0002", corrected.Number);
        await using var db = district.Store.Read();
        Assert.Equal(2, await db.Violations.CountAsync());
        Assert.Equal(corrected.ViolationId, (await db.ViolationsInForce().SingleAsync()).Id);
        // The other parcel is free again, the actor went along, and one hold stands for the new violation.
        Assert.Single(
            await IllegalParcels.FreeAsync(db, db.Parcels.Where(p => p.PatchId != one.PatchId && p.Number.Contains("T0003")), Books.Book)
        );
        Assert.Single(await db.ViolationParties.Where(p => p.ViolationId == corrected.ViolationId).ToListAsync());
        Assert.Equal(corrected.ViolationId, (await Holds.InForce(db).SingleAsync()).ViolationId);
        Assert.Equal(HoldCause.VerdictCorrected, (await db.HoldLifts.SingleAsync()).CauseKind);
        await district.RefusedAsync("case-file.violation-replaced", () => district.AddActorAsync(formed.ViolationId, "另一单位"));
    }

    [Fact]
    public async Task A_violation_ends_without_another_only_when_no_verdict_of_it_is_illegal()
    {
        var formed = await district.FormAsync(1);
        await district.RefusedAsync(
            "case-file.still-illegal",
            () => CorrectViolation.Handle(district.Store, Officer, Correction(formed.ViolationId, []), Books.Book)
        );
        await using (var before = district.Store.Read())
            Assert.Empty(await IllegalParcels.OutdatedViolations(before).ToListAsync());
        await district.ConfirmAsync(await district.IllegalAsync(1), "L1");
        await using (var after = district.Store.Read())
            Assert.Equal([formed.ViolationId], await IllegalParcels.OutdatedViolations(after).ToListAsync());
        await CorrectViolation.Handle(district.Store, Officer, Correction(formed.ViolationId, []), Books.Book);
        await using var db = district.Store.Read();
        Assert.Empty(await Holds.InForce(db).ToListAsync());
        Assert.Equal(0, (await db.ViolationsInForce().SingleAsync()).AreaSquareMetres);
    }

    [Fact]
    [Requirement("R24")]
    public async Task A_violation_has_one_actor_and_a_person_is_shown_by_the_family_name()
    {
        var formed = await district.FormAsync(1);
        await district.AddActorAsync(formed.ViolationId);
        await district.RefusedAsync("case-file.second-actor", () => district.AddActorAsync(formed.ViolationId, "另一单位"));
        await AddParty.Handle(
            district.Store,
            Officer,
            new(
                formed.ViolationId,
                "decision-maker",
                "person",
                "person",
                "张建国",
                "370306196001010011",
                null,
                null,
                null,
                "厂长",
                "会议纪要"
            )
        );
        await using var db = district.Store.Read();
        var person = await db.Parties.SingleAsync(p => p.Kind == "person");
        Assert.Equal("张＊＊", person.LabelZh);
        Assert.Equal("张建国", (await Identities.NewestAsync(db, [person.Id]))[person.Id].NameZh);
    }

    [Fact]
    [Requirement("R24")]
    public async Task The_same_unit_is_the_same_party_in_another_violation()
    {
        var first = await district.FormAsync(1);
        var second = await district.FormAsync(2);
        var one = await district.AddActorAsync(first.ViolationId);
        var two = await district.AddActorAsync(second.ViolationId);
        Assert.Equal((one.PartyId, false, true), (two.PartyId, one.Known, two.Known));
        await using var db = district.Store.Read();
        Assert.Single(await db.SealedIdentities.ToListAsync());
    }

    [Fact]
    [Requirement("R24")]
    public async Task The_decisions_behind_a_violation_are_recorded_by_post()
    {
        var formed = await district.FormAsync(1);
        var request = new RecordDecisionTrace.Request(formed.ViolationId, new(2018, 11, 1), "村委会主任", "未经批准同意建厂", "会议记录");
        await district.RefusedAsync(
            "chain.in-future",
            () => RecordDecisionTrace.Handle(district.Store, Officer, request with { On = new(2019, 4, 27) })
        );
        await district.RefusedAsync(
            "chain.bad-value",
            () => RecordDecisionTrace.Handle(district.Store, Officer, request with { PostZh = " " })
        );
        await RecordDecisionTrace.Handle(district.Store, Officer, request);
        await using var db = district.Store.Read();
        Assert.Equal("村委会主任", (await db.DecisionTraces.SingleAsync()).PostZh);
    }

    [Theory]
    [InlineData("LS-1,nowhere,land,旧厂,村南,I1,100,0,0,")]
    [InlineData("LS-1,wangcun,water,旧厂,村南,I1,100,0,0,")]
    [InlineData("LS-1,wangcun,land,旧厂,村南,L1,100,0,0,")]
    [InlineData("LS-1,wangcun,land,旧厂,村南,I1,100,101,0,")]
    [InlineData("LS-1,wangcun,land,旧厂,村南,I1,100,0,101,")]
    [InlineData("LS-1,wangcun,land,旧厂,村南,I1,-5,0,0,")]
    [InlineData("LS-1,wangcun,land,旧厂,村南,I1,NaN,0,0,")]
    [InlineData("LS-1,wangcun,land,旧厂,村南,I1,100,0,0,2019-04-27")]
    [InlineData("LS-1,wangcun,land,旧厂,村南,I1,100,0,0,last year")]
    [InlineData("WF-2019-0001,wangcun,land,旧厂,村南,I1,100,0,0,")]
    [InlineData("LS-1,wangcun,land,旧厂,I1,100,0,0,")]
    public async Task One_wrong_row_stops_the_whole_list(string row) =>
        await district.RefusedAsync(
            "case-file.backlog-row",
            () => ImportBacklog.Handle(district.Store, Officer, new("LS-0,wangcun,land,旧厂,村南,I1,100,0,0,\n" + row, "清查"), Books.Book)
        );

    [Fact]
    [Requirement("R35")]
    public async Task The_historic_backlog_comes_in_with_its_own_numbers_and_holds()
    {
        Assert.Equal(2, await ImportBacklog.Handle(district.Store, Officer, new(Backlog, "历史遗留清查"), Books.Book));
        await district.RefusedAsync(
            "case-file.backlog-row",
            () => ImportBacklog.Handle(district.Store, Officer, new(Backlog, "再次导入"), Books.Book)
        );
        await using var db = district.Store.Read();
        var old = await db.Violations.SingleAsync(v => v.Number == "LS-2011-07");
        Assert.Equal(("wangcun", ViolationSource.Backlog, 4200.5, false), (old.Unit, old.Source, old.AreaSquareMetres, old.IsNew));
        Assert.Equal(2, await Holds.InForce(db).CountAsync());
        // A violation formed from patches does not stumble over them.
        Assert.Equal("WF-2019-0001", (await district.FormAsync(1)).Number);
    }

    private static CorrectViolation.Request Correction(Guid violation, IReadOnlyList<string> parcels) =>
        new(violation, parcels, "机械厂违法占地", "王村镇", "工业", null, true, false, null, "复核后更正");
}
