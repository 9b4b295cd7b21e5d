using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.Law;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>From proposal to confirmed verdict on a real store: who may not, who may, and what is written.</summary>
[Collection("district of cases")]
[Requirement("R02")]
[Requirement("R14")]
[Requirement("R16")]
public sealed class VerdictActsTests(DistrictTemplate template) : IDisposable
{
    private readonly DistrictOfCases district = template.Copy();

    private static DeterminationLaw Law => DistrictOfCases.Law;

    public void Dispose() => district.Dispose();

    [Theory]
    [InlineData("town")]
    [InlineData("district-reviewer")]
    [InlineData("office-head")]
    [InlineData("government")]
    [InlineData("finance")]
    [InlineData("discipline")]
    [InlineData("administrator")]
    public async Task Only_the_district_officer_gives_the_first_verdict(string role)
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        await Refused("determination.wrong-seat", () => district.DecideAsync(parcel, "L1", by: new(role, role)));
    }

    [Theory]
    [InlineData("town")]
    [InlineData("district-officer")]
    [InlineData("government")]
    [InlineData("finance")]
    [InlineData("discipline")]
    [InlineData("administrator")]
    public async Task Only_reviewer_and_office_head_put_the_second_signature(string role)
    {
        var decided = await district.DecideAsync((await district.ParcelsAsync(0))[0], "L1");
        await Refused(
            "determination.wrong-seat",
            () => ConfirmVerdict.Handle(district.Store, new(role, role), new(decided.DeterminationId, null, "同意"), Law)
        );
        await Refused(
            "determination.wrong-seat",
            () => ReturnVerdict.Handle(district.Store, new(role, role), new(decided.DeterminationId, Returning, "补材料"), Law)
        );
    }

    [Theory]
    [InlineData("town")]
    [InlineData("government")]
    [InlineData("finance")]
    public async Task A_seat_outside_the_bureau_does_not_run_the_rules(string role) =>
        await Refused(
            "determination.wrong-seat",
            () => ProposeVerdicts.Handle(district.Store, new(role, role), new(DistrictOfCases.Programme), Law)
        );

    [Fact]
    public async Task The_same_person_never_decides_and_confirms()
    {
        var decided = await district.DecideAsync((await district.ParcelsAsync(0))[0], "L1");
        var moved = DistrictOfCases.Officer with { Role = "district-reviewer" };
        await Refused(
            "determination.same-person",
            () => ConfirmVerdict.Handle(district.Store, moved, new(decided.DeterminationId, null, "同意"), Law)
        );
        await Refused(
            "determination.same-person",
            () => ReturnVerdict.Handle(district.Store, moved, new(decided.DeterminationId, Returning, "补材料"), Law)
        );
    }

    [Fact]
    public async Task A_verdict_that_the_tree_does_not_have_is_refused()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        await Refused("determination.unknown-verdict", () => district.DecideAsync(parcel, "L6"));
        await Refused("determination.unknown-verdict", () => district.DecideAsync(parcel, "ML1"));
        await Refused("determination.unknown-verdict", () => district.DecideAsync(parcel, VerdictState.Withdrawn));
    }

    [Fact]
    public async Task A_verdict_without_its_basis_is_refused() =>
        await Refused(
            "determination.basis-missing",
            async () => await district.DecideAsync((await district.ParcelsAsync(0))[0], "L1", "  ")
        );

    [Fact]
    public async Task A_verdict_on_what_is_no_longer_newest_is_refused()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        var old = (await district.ProposalAsync(parcel)).Id;
        await Refused(
            "determination.stale",
            () => DecideVerdict.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id, "L1", "齐全", null, null), Law)
        );
        await district.DecideAsync(parcel, "L1");
        await Refused(
            "determination.stale",
            () => DecideVerdict.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id, "L1", "齐全", old, null), Law)
        );
    }

    [Fact]
    public async Task What_waits_for_the_second_signature_is_not_decided_again()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        await district.DecideAsync(parcel, "L1");
        await Refused("determination.waits-for-second", () => district.DecideAsync(parcel, "I4"));
    }

    [Fact]
    public async Task A_visit_after_the_proposal_asks_for_a_new_proposal_first()
    {
        var parcel = (await district.ParcelsAsync(4))[0];
        await district.AddVisitAsync(district.Patches[4], new(2019, 4, 20), ("works_started_on", "2019-01-20"), ("actual_use", "工业"));
        await Refused("determination.proposal-outdated", () => district.DecideAsync(parcel, "D0"));
        var again = await district.ProposeAsync();
        Assert.Equal(1, again.Written);
        parcel = Assert.Single(await district.ParcelsAsync(4));
        Assert.Equal("L1", (await district.ProposalAsync(parcel)).Code);
    }

    [Fact]
    public async Task A_doubtful_parcel_is_returned_and_never_confirmed()
    {
        var parcel = (await district.ParcelsAsync(4))[0];
        var decided = await district.DecideAsync(parcel, "D0", "开工时间不明");
        await Refused("determination.doubtful-is-not-final", () => Confirm(decided));
        await ReturnVerdict.Handle(district.Store, DistrictOfCases.Reviewer, new(decided.DeterminationId, Returning, "补开工证据"), Law);
        Assert.Equal(VerdictStage.Returned, (await district.StateAsync(parcel)).Stage);
    }

    [Theory]
    [InlineData("no-such-reason")]
    [InlineData("")]
    public async Task A_return_has_a_reason_of_the_list(string code)
    {
        var decided = await district.DecideAsync((await district.ParcelsAsync(0))[0], "L1");
        await Refused(
            "determination.unknown-reason",
            () => ReturnVerdict.Handle(district.Store, DistrictOfCases.Reviewer, new(decided.DeterminationId, code, "补"), Law)
        );
        await Refused(
            "determination.unknown-reason",
            () => ReturnVerdict.Handle(district.Store, DistrictOfCases.Reviewer, new(decided.DeterminationId, Passing, "补"), Law)
        );
    }

    [Fact]
    public async Task A_blank_reason_is_refused_by_the_journal()
    {
        var decided = await district.DecideAsync((await district.ParcelsAsync(0))[0], "L1");
        await Refused(
            "store.reason-missing",
            () => ConfirmVerdict.Handle(district.Store, DistrictOfCases.Reviewer, new(decided.DeterminationId, null, " "), Law)
        );
    }

    [Fact]
    public async Task Only_the_author_withdraws_and_only_before_the_second_signature()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        await Refused(
            "determination.nothing-decided",
            () => WithdrawVerdict.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id, Guid.Empty, "误判"), Law)
        );
        var decided = await district.DecideAsync(parcel, "L1");
        var other = DistrictOfCases.Officer with { Login = "another-officer" };
        await Refused(
            "determination.not-the-author",
            () => WithdrawVerdict.Handle(district.Store, other, new(parcel.Id, decided.DeterminationId, "误判"), Law)
        );
        await Confirm(decided);
        await Refused(
            "determination.already-signed",
            () => WithdrawVerdict.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id, decided.DeterminationId, "误判"), Law)
        );
    }

    [Fact]
    public async Task Two_persons_sign_and_the_journal_tells_of_both()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        var decided = await district.DecideAsync(parcel, "L1", "农转用、供地手续齐全");
        Assert.False(decided.Departs);
        Assert.Equal(VerdictStage.Decided, (await district.StateAsync(parcel)).Stage);
        await Confirm(decided);
        Assert.Equal(VerdictStage.Confirmed, (await district.StateAsync(parcel)).Stage);
        await Refused("determination.already-signed", () => Confirm(decided));
        await using var db = district.Store.Read();
        var acts = await db
            .Journal.OrderByDescending(j => j.Seq)
            .Take(2)
            .Select(j => new
            {
                j.Act,
                j.Actor,
                j.Reason,
            })
            .ToListAsync();
        Assert.Equal(["confirm-verdict", "decide-verdict"], acts.Select(a => a.Act));
        Assert.Equal(["district-reviewer", "district-officer"], acts.Select(a => a.Actor));
        Assert.Equal("农转用、供地手续齐全", acts[1].Reason);
        Assert.Empty((await VerifyStore.Handle(district.Store)).Findings);
    }

    [Fact]
    public async Task A_verdict_may_depart_from_the_proposal_and_says_so()
    {
        var decided = await district.DecideAsync((await district.ParcelsAsync(2))[0], "L3", "已取得不动产权证，图层未更新");
        Assert.True(decided.Departs);
        await using var db = district.Store.Read();
        var row = await db.Determinations.SingleAsync();
        Assert.Contains("\"departs\":true", row.SealJson, StringComparison.Ordinal);
        Assert.Equal("已取得不动产权证，图层未更新", row.BasisZh);
    }

    [Fact]
    public async Task A_correction_is_a_new_version_that_names_the_old_one()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        var first = await district.DecideAsync(parcel, "L1");
        await Confirm(first);
        var second = await district.DecideAsync(parcel, "I4", "供地合同已解除");
        var state = await district.StateAsync(parcel);
        Assert.Equal((VerdictStage.Decided, "I4", first.DeterminationId), (state.Stage, state.Standing!.Code, state.Standing.SupersedesId));
        await Refused("determination.stale", () => Confirm(first));
        await Confirm(second);
        await using var db = district.Store.Read();
        Assert.Equal(2, await db.Determinations.CountAsync());
    }

    [Fact]
    public async Task A_withdrawn_parcel_is_open_again()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        var decided = await district.DecideAsync(parcel, "I1");
        await WithdrawVerdict.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id, decided.DeterminationId, "按错键"), Law);
        Assert.Equal(VerdictStage.Open, (await district.StateAsync(parcel)).Stage);
        await Refused("determination.stale", () => Confirm(decided));
        await district.DecideAsync(parcel, "L1");
        Assert.Equal(VerdictStage.Decided, (await district.StateAsync(parcel)).Stage);
    }

    [Fact]
    public async Task Proposals_from_the_store_are_those_of_the_cases()
    {
        await using var db = district.Store.Read();
        var codes = await db.Proposals.Select(p => p.Code).ToListAsync();
        Assert.Equal("D0 I4 I5 L1 L1 O1", string.Join(' ', codes.Order(StringComparer.Ordinal)));
        var parts = await district.ParcelsAsync(1);
        Assert.Equal(["370306T0002_1", "370306T0002_2"], parts.Select(p => p.Number));
        Assert.Equal(["7.40", "4.60"], parts.Select(p => new SquareMetres(p.AreaSquareMetres).ToMu().ToString()));
    }

    [Fact]
    public async Task Parcels_are_disjoint_and_add_up_to_the_patch()
    {
        await using var db = district.Store.Read();
        foreach (var patch in await db.Patches.ToListAsync())
        {
            var parcels = await db.Parcels.Where(p => p.PatchId == patch.Id).ToListAsync();
            Assert.Equal(patch.AreaSquareMetres, parcels.Sum(p => p.AreaSquareMetres), 1e-6);
            foreach (var parcel in parcels)
                Assert.Equal(parcel.AreaSquareMetres, Pieces.AreaSquareMetres(parcel.Geometry), 1e-6);
            for (var i = 1; i < parcels.Count; i++)
                Assert.True(Pieces.AreaSquareMetres(Pieces.Intersection(parcels[0].Geometry, parcels[i].Geometry)) < 1e-6);
        }
    }

    [Fact]
    public async Task Rules_run_again_write_nothing_new_and_leave_what_was_decided()
    {
        await district.DecideAsync((await district.ParcelsAsync(0))[0], "L1");
        var again = await district.ProposeAsync();
        Assert.Equal((4, 0, 1), (again.Patches, again.Written, again.Kept));
    }

    /// <summary>Rounds without end: sent back for want of evidence, brought, proposed anew, decided anew.</summary>
    [Fact]
    public async Task What_was_returned_or_taken_back_is_proposed_anew_when_evidence_came()
    {
        var parcel = (await district.ParcelsAsync(4))[0];
        var doubtful = await district.DecideAsync(parcel, "D0");
        Assert.Equal(1, (await district.ProposeAsync()).Kept);
        await ReturnVerdict.Handle(district.Store, DistrictOfCases.Reviewer, new(doubtful.DeterminationId, Returning, "补开工证明"), Law);
        await district.AddVisitAsync(district.Patches[4], new(2019, 4, 20), ("works_started_on", "2019-01-20"), ("actual_use", "工业"));
        await Refused("determination.proposal-outdated", () => district.DecideAsync(parcel, "D0"));
        Assert.Equal((1, 0), ((await district.ProposeAsync()) is var again ? (again.Written, again.Kept) : default));
        parcel = Assert.Single(await district.ParcelsAsync(4));
        Assert.Equal("L1", (await district.ProposalAsync(parcel)).Code);
        await Confirm(await district.DecideAsync(parcel, "L1"));
        Assert.Empty(await new ReplayDeterminations(Law).CheckAsync(district.Store, null, default));
    }

    [Fact]
    public async Task Beside_a_standing_verdict_the_other_parcels_are_proposed_anew_and_the_standingone_stays()
    {
        var parts = await district.ParcelsAsync(1);
        await Confirm(await district.DecideAsync(parts[0], "L1"));
        var standing = (await district.ProposalAsync(parts[0])).Id;
        await district.AddVisitAsync(district.Patches[1], new(2019, 4, 20), ("note", "补充照片"));
        await Refused("determination.proposal-outdated", () => district.DecideAsync(parts[1], "I5"));
        Assert.Equal((1, 1), ((await district.ProposeAsync()) is var again ? (again.Written, again.Kept) : default));
        Assert.Equal(standing, (await district.ProposalAsync(parts[0])).Id);
        Assert.Equal(parts.Select(p => p.Id), (await district.ParcelsAsync(1)).Select(p => p.Id));
        await Confirm(await district.DecideAsync(parts[1], "I5"));
        Assert.Empty(await new ReplayDeterminations(Law).CheckAsync(district.Store, null, default));
    }

    /// <summary>Evidence that came after both signatures: the watch runs the rules on that patch, and the correction rests on it.</summary>
    [Fact]
    public async Task A_confirmed_verdict_is_corrected_on_evidence_that_came_later_and_stays_beside_its_correction()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        var first = await district.DecideAsync(parcel, "L1");
        await district.AddVisitAsync(district.Patches[0], new(2019, 4, 20), ("actual_use", "仓储"), ("use_on_ground", "construction"));
        ProposeVerdicts.Request named = new(DistrictOfCases.Programme, [district.Patches[0]]);
        // What waits for its second signature is left alone, named or not.
        Assert.Equal(0, (await ProposeVerdicts.Handle(district.Store, Actor.Machine, named, Law)).Written);
        await Confirm(first);
        await Refused("determination.proposal-outdated", () => district.DecideAsync(parcel, "I6"));
        Assert.Equal(0, (await district.ProposeAsync()).Written);
        Assert.Equal(
            (1, 1),
            ((await ProposeVerdicts.Handle(district.Store, Actor.Machine, named, Law)) is var run ? (run.Written, run.Kept) : default)
        );
        Assert.Equal(
            (VerdictStage.Confirmed, "L1"),
            ((await district.StateAsync(parcel)) is var s ? (s.Stage, s.Standing!.Code) : default)
        );
        Assert.Equal("I6", (await district.ProposalAsync(parcel)).Code);
        var second = await district.DecideAsync(parcel, "I6", "核查发现改作仓储");
        await Confirm(second);
        await using var db = district.Store.Read();
        Assert.Equal(["I6", "L1"], await db.Determinations.Select(d => d.Code).OrderBy(c => c).ToListAsync());
        Assert.Empty(await new ReplayDeterminations(Law).CheckAsync(district.Store, null, default));
    }

    [Fact]
    public async Task A_new_visit_may_change_the_split_and_numbers_are_used_once()
    {
        // What stands there is said to be unchanged after all: one part instead of two.
        await district.AddVisitAsync(
            district.Patches[1],
            new(2019, 4, 20),
            ("use_on_ground", "unchanged"),
            ("evidence", "photo_full"),
            ("permanent_building", false)
        );
        await district.ProposeAsync();
        var parcel = Assert.Single(await district.ParcelsAsync(1));
        // One part is the patch itself; when it is divided again its parts go on counting.
        Assert.Equal(("370306T0002", "O1"), (parcel.Number, (await district.ProposalAsync(parcel)).Code));
        var split = await SplitParcel.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id, Across(parcel), "两家使用"), Law);
        Assert.Equal(["370306T0002_3", "370306T0002_4"], split.Parts.Select(p => p.Number));
    }

    [Fact]
    public async Task A_line_that_does_not_divide_is_refused()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        var box = parcel.Geometry.EnvelopeInternal;
        var beside = new LineString([new(box.MaxX + 0.001, box.MinY), new(box.MaxX + 0.001, box.MaxY)]);
        await Refused(
            "determination.line-does-not-divide",
            () => SplitParcel.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id, beside, "两家使用"), Law)
        );
        await Refused(
            "determination.wrong-seat",
            () => SplitParcel.Handle(district.Store, DistrictOfCases.Reviewer, new(parcel.Id, Across(parcel), "两家使用"), Law)
        );
    }

    [Fact]
    public async Task A_parcel_is_divided_along_a_line_and_its_parts_are_judged_and_decided()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        var split = await SplitParcel.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id, Across(parcel), "两家使用"), Law);
        Assert.Equal(["370306T0001_1", "370306T0001_2"], split.Parts.Select(p => p.Number));
        Assert.Equal(["L1", "L1"], split.Parts.Select(p => p.ProposedCode));
        Assert.Equal(parcel.AreaSquareMetres, split.Parts.Sum(p => p.AreaSquareMetres), 1e-6);
        await Refused("determination.parcel-superseded", () => district.DecideAsync(parcel, "L1"));
        var parts = await district.ParcelsAsync(0);
        await Confirm(await district.DecideAsync(parts[0], "L1"));
        await district.DecideAsync(parts[1], "L1");
        Assert.Empty(await new ReplayDeterminations(Law).CheckAsync(district.Store, null, default));
    }

    [Fact]
    public async Task A_drawn_parcel_that_mixes_verdicts_is_doubtful_until_it_is_divided()
    {
        // TC4 joined by nobody: draw a line through both of its parts, lengthwise.
        var parts = await district.ParcelsAsync(1);
        var whole = parts[0].Geometry.EnvelopeInternal;
        var middle = (whole.MinY + whole.MaxY) / 2;
        var line = new LineString([new(whole.MinX - 0.001, middle), new(whole.MaxX + 0.001, middle)]);
        var split = await SplitParcel.Handle(district.Store, DistrictOfCases.Officer, new(parts[0].Id, line, "两家使用"), Law);
        Assert.Equal(["L1", "L1"], split.Parts.Select(p => p.ProposedCode));
        Assert.Equal(3, (await district.ParcelsAsync(1)).Count);
    }

    private static string Returning => Law.Book.Verdicts.Reasons.First(r => !r.Passes).Id;

    private static string Passing => Law.Book.Verdicts.Reasons.First(r => r.Passes).Id;

    private Task<ConfirmVerdict.Confirmed> Confirm(DecideVerdict.Decided decided) =>
        ConfirmVerdict.Handle(district.Store, DistrictOfCases.Reviewer, new(decided.DeterminationId, Passing, "同意"), Law);

    private static LineString Across(Parcel parcel)
    {
        var box = parcel.Geometry.EnvelopeInternal;
        var at = box.MinX + (box.MaxX - box.MinX) / 3;
        return new LineString([new(at, box.MinY - 0.001), new(at, box.MaxY + 0.001)]);
    }

    /// <summary>The act is refused with this code, and nothing was written.</summary>
    private async Task Refused(string code, Func<Task> act)
    {
        var before = await district.EntriesAsync();
        var problem = await Assert.ThrowsAsync<Problem>(act);
        Assert.Equal(code, problem.Code);
        Assert.Equal(before, await district.EntriesAsync());
    }
}
