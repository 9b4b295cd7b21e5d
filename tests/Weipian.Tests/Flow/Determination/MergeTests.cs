using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>Parcels put back together (并宗) on a real store: who may not and what may not, then what comes of it.</summary>
[Collection("district of cases")]
[Requirement("R14")]
[Requirement("R16")]
public sealed class MergeTests(DistrictTemplate template) : IDisposable
{
    private readonly DistrictOfCases district = template.Copy();

    private static DeterminationLaw Law => DistrictOfCases.Law;

    private static string Passing => Law.Book.Verdicts.Reasons.First(r => r.Passes).Id;

    public void Dispose() => district.Dispose();

    [Theory]
    [InlineData("town")]
    [InlineData("district-reviewer")]
    [InlineData("office-head")]
    [InlineData("government")]
    [InlineData("administrator")]
    public async Task Only_the_district_officer_merges(string role)
    {
        var parts = await district.ParcelsAsync(1);
        await RefusedAsync("determination.wrong-seat", () => MergeAsync(parts, new(role, role)));
    }

    [Fact]
    public async Task One_part_is_no_merge_and_neither_is_a_part_twice()
    {
        var parts = await district.ParcelsAsync(1);
        await RefusedAsync("determination.merge-needs-two", () => MergeAsync([]));
        await RefusedAsync("determination.merge-needs-two", () => MergeAsync([parts[0]]));
        await RefusedAsync("determination.merge-needs-two", () => MergeAsync([parts[0], parts[0]]));
    }

    [Fact]
    public async Task Parts_of_two_patches_a_part_that_is_not_there_and_a_blank_reason_are_refused()
    {
        var (one, other) = ((await district.ParcelsAsync(1))[0], (await district.ParcelsAsync(0))[0]);
        await RefusedAsync("determination.merge-across-patches", () => MergeAsync([one, other]));
        await RefusedAsync(
            "determination.no-such-parcel",
            () => MergeParcels.Handle(district.Store, DistrictOfCases.Officer, new([$"{one.Id}", $"{Guid.NewGuid()}"], "并宗"), Law)
        );
        await RefusedAsync(
            "determination.no-such-parcel",
            () => MergeParcels.Handle(district.Store, DistrictOfCases.Officer, new([$"{one.Id}", "x"], "并宗"), Law)
        );
        await RefusedAsync("store.reason-missing", () => MergeAsync(district.ParcelsAsync(1).Result, reason: " "));
    }

    [Fact]
    public async Task A_part_that_was_split_since_is_refused()
    {
        var parts = await district.ParcelsAsync(1);
        await SplitAsync(parts[0], 0.5);
        await RefusedAsync("determination.parcel-superseded", () => MergeAsync(parts));
    }

    [Fact]
    public async Task A_part_that_waits_for_the_second_signature_is_refused()
    {
        var parts = await district.ParcelsAsync(1);
        await district.DecideAsync(parts[0], "L1");
        await RefusedAsync("determination.waits-for-second", () => MergeAsync(parts));
    }

    [Fact]
    public async Task Confirmed_verdicts_that_differ_are_refused_and_named_and_so_is_one_beside_none()
    {
        var parts = await district.ParcelsAsync(1);
        await ConfirmAsync(parts[0], "L1");
        var half = await RefusedAsync("determination.merge-verdicts-differ", () => MergeAsync(parts));
        Assert.Contains($"{parts[0].Number} L1", half.English, StringComparison.Ordinal);
        Assert.Contains($"{parts[1].Number} not confirmed", half.English, StringComparison.Ordinal);
        await ConfirmAsync(parts[1], "I5");
        var both = await RefusedAsync("determination.merge-verdicts-differ", () => MergeAsync(parts));
        Assert.Contains($"{parts[1].Number} I5", both.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_left_with_a_batch_is_refused_also_after_its_correction()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        await SplitAsync(parcel, 0.5);
        var parts = await district.ParcelsAsync(0);
        foreach (var part in parts)
            await ConfirmAsync(part, "L1");
        await LockAsync(parts);
        var refused = await RefusedAsync("determination.merge-reported", () => MergeAsync(parts));
        Assert.Contains("batch 1", refused.English, StringComparison.Ordinal);
        var state = await district.StateAsync(parts[0]);
        var correction = new DecideVerdict.Request(
            parts[0].Id,
            "L1",
            "更正",
            (await district.ProposalAsync(parts[0])).Id,
            state.Standing!.Id,
            "文号有误"
        );
        await DecideVerdict.Handle(district.Store, DistrictOfCases.Officer, correction, Law);
        await RefusedAsync("determination.merge-reported", () => MergeAsync(parts));
    }

    [Fact]
    public async Task Parts_that_neither_touch_nor_come_from_one_parcel_are_refused()
    {
        // The rules cut the patch in two; each is cut again, and of each the outer part is chosen.
        var (west, east) = ((await district.ParcelsAsync(1))[0], (await district.ParcelsAsync(1))[1]);
        await SplitAsync(west, 0.3);
        await SplitAsync(east, 0.7);
        var parts = (await district.ParcelsAsync(1)).OrderBy(p => p.Geometry.EnvelopeInternal.MinX).ToList();
        Assert.Equal(4, parts.Count);
        await RefusedAsync("determination.merge-apart", () => MergeAsync([parts[0], parts[3]]));
        await MergeAsync([parts[1], parts[2]]);
    }

    [Fact]
    public async Task A_split_that_is_taken_back_leaves_the_parcel_bit_for_bit_and_the_rules_free_again()
    {
        var before = Assert.Single(await district.ParcelsAsync(0));
        var proposed = await district.ProposalAsync(before);
        var split = await SplitAsync(before, 0.4);
        Assert.Equal(["370306T0001_1", "370306T0001_2"], split.Parts.Select(p => p.Number));
        var merged = await MergeAsync(await district.ParcelsAsync(0));
        var after = Assert.Single(await district.ParcelsAsync(0));
        Assert.Equal((after.Id, "370306T0001", "L1"), (merged.ParcelId, merged.Number, merged.ProposedCode));
        Assert.True(after.Geometry.EqualsExact(before.Geometry));
        Assert.Equal(Areas(before), Areas(after));
        Assert.Equal(proposed.InputsSha256, (await district.ProposalAsync(after)).InputsSha256);
        Assert.Equal(0, (await district.ProposeAsync()).Written);
        // A number is used once: the second split goes on counting.
        var again = await SplitAsync(after, 0.4);
        Assert.Equal(["370306T0001_3", "370306T0001_4"], again.Parts.Select(p => p.Number));
    }

    [Fact]
    public async Task A_part_that_the_rules_cut_comes_back_beside_its_neighbour_and_both_are_decided()
    {
        var (legal, illegal) = ((await district.ParcelsAsync(1))[0], (await district.ParcelsAsync(1))[1]);
        var split = await SplitAsync(legal, 0.5);
        Assert.Equal(["370306T0002_3", "370306T0002_4"], split.Parts.Select(p => p.Number));
        var parts = (await district.ParcelsAsync(1)).Where(p => p.Id != illegal.Id).ToList();
        var merged = await MergeAsync(parts);
        Assert.Equal("370306T0002_5", merged.Number);
        var now = await district.ParcelsAsync(1);
        Assert.Equal([illegal.Id, merged.ParcelId], now.Select(p => p.Id));
        Assert.Equal(Areas(legal), Areas(now[1]));
        Assert.Equal(0, (await district.ProposeAsync()).Written);
        await ConfirmAsync(now[0], "I5");
        await ConfirmAsync(now[1], "L1");
        Assert.Empty(await new ReplayDeterminations(Law).CheckAsync(district.Store, null, default));
        Assert.Empty((await VerifyStore.Handle(district.Store)).Findings);
    }

    [Fact]
    public async Task The_parcel_beside_a_drawn_one_is_proposed_anew_and_can_be_decided()
    {
        var (legal, illegal) = ((await district.ParcelsAsync(1))[0], (await district.ParcelsAsync(1))[1]);
        await SplitAsync(legal, 0.5);
        await ConfirmAsync(illegal, "I5");
        Assert.Empty(await new ReplayDeterminations(Law).CheckAsync(district.Store, null, default));
    }

    [Fact]
    public async Task Equal_confirmed_verdicts_are_merged_and_the_ground_is_signed_anew()
    {
        await SplitAsync((await district.ParcelsAsync(0))[0], 0.5);
        var parts = await district.ParcelsAsync(0);
        foreach (var part in parts)
            await ConfirmAsync(part, "L1");
        var merged = await MergeAsync(parts);
        var whole = Assert.Single(await district.ParcelsAsync(0));
        Assert.Equal(VerdictStage.Open, (await district.StateAsync(whole)).Stage);
        // What was signed on the parts stays with them.
        foreach (var part in parts)
            Assert.Equal(VerdictStage.Confirmed, (await district.StateAsync(part)).Stage);
        await ConfirmAsync(whole, "L1");
        Assert.Empty(await new ReplayDeterminations(Law).CheckAsync(district.Store, null, default));
        Assert.Equal(merged.ParcelId, whole.Id);
    }

    [Fact]
    public async Task Parts_of_other_verdicts_are_doubtful_together_and_a_merge_is_taken_apart_again()
    {
        var parts = await district.ParcelsAsync(1);
        var merged = await MergeAsync(parts);
        Assert.Equal(("370306T0002", "D0"), (merged.Number, merged.ProposedCode));
        var whole = Assert.Single(await district.ParcelsAsync(1));
        await RefusedAsync("determination.not-merged", () => ApartAsync(district.ParcelsAsync(0).Result[0]));
        var apart = await ApartAsync(whole);
        Assert.Equal(["370306T0002_3", "370306T0002_4"], apart.Parts.Select(p => p.Number));
        Assert.Equal(["L1", "I5"], apart.Parts.Select(p => p.ProposedCode));
        var now = await district.ParcelsAsync(1);
        foreach (var (old, part) in parts.Zip(now))
            Assert.True(old.Geometry.EqualsExact(part.Geometry));
    }

    [Fact]
    public async Task The_shown_areas_close_with_the_residual_on_the_largest_after_every_step()
    {
        var whole = (await district.ParcelsAsync(0))[0];
        await SplitAsync(whole, 0.31);
        await ClosesAsync(whole.AreaSquareMetres);
        await SplitAsync((await district.ParcelsAsync(0))[0], 0.57);
        await ClosesAsync(whole.AreaSquareMetres);
        await MergeAsync([.. (await district.ParcelsAsync(0)).Take(2)]);
        await ClosesAsync(whole.AreaSquareMetres);
    }

    [Fact]
    public async Task The_family_tells_what_was_split_what_was_merged_and_what_is_in_force()
    {
        var whole = (await district.ParcelsAsync(0))[0];
        await SplitAsync(whole, 0.5);
        var parts = await district.ParcelsAsync(0);
        var merged = await MergeAsync(parts);
        var family = await FamilyAsync(0);
        Assert.Equal(parts.Select(p => p.Id), family.ChildrenOf(whole).Select(p => p.Id));
        Assert.All(parts, p => Assert.Equal(merged.ParcelId, Assert.Single(family.ChildrenOf(p)).Id));
        var last = Assert.Single(family.InForce);
        Assert.Equal(ParcelOrigin.Merge, family.OriginOf(last)!.How);
        Assert.Equal(parts.Select(p => p.Id), family.MergedInto(last).Select(p => p.Id));
        Assert.Null(family.OriginOf(whole));
        await using var db = district.Store.Read();
        var entry = await db.Journal.SingleAsync(j => j.Act == MergeParcels.Act);
        Assert.Contains("370306T0001_1, 370306T0001_2", entry.Body, StringComparison.Ordinal);
    }

    private async Task ClosesAsync(double whole)
    {
        var areas = (await district.ParcelsAsync(0)).Select(p => new SquareMetres(p.AreaSquareMetres)).ToList();
        Assert.Equal(whole, areas.Sum(a => a.Value), 1e-6);
        Assert.Equal(new SquareMetres(whole).ToMu().Value, SumPreservingRounding.ToMu([.. areas], new(whole)).Sum(m => m.Value));
    }

    private async Task<ParcelFamily> FamilyAsync(int patch)
    {
        await using var db = district.Store.Read();
        var id = district.Patches[patch];
        return new(await db.Parcels.Where(p => p.PatchId == id).ToListAsync());
    }

    private static (double, double, double, string) Areas(Parcel parcel) =>
        (
            parcel.AreaSquareMetres,
            parcel.CultivatedSquareMetres,
            parcel.PermanentFarmlandSquareMetres,
            ParcelRows.AreasOf(parcel.AreasJson)!.ToString()
        );

    private async Task ConfirmAsync(Parcel parcel, string code)
    {
        var decided = await district.DecideAsync(parcel, code);
        await ConfirmVerdict.Handle(district.Store, DistrictOfCases.Reviewer, new(decided.DeterminationId, Passing, "同意"), Law);
    }

    /// <summary>A batch over some parcels alone, as the head of the office would have signed it.</summary>
    private async Task LockAsync(IReadOnlyList<Parcel> parcels)
    {
        var states = new List<(Parcel, Guid)>();
        foreach (var parcel in parcels)
            states.Add((parcel, (await district.StateAsync(parcel)).Standing!.Id));
        await district.Store.ActAsync(
            DistrictOfCases.Head,
            SubmitBatch.Act,
            DistrictOfCases.Programme,
            "同意上报",
            act =>
            {
                var snapshot = Snapshots.Freeze(
                    act,
                    SubmitBatch.SnapshotKind,
                    DistrictOfCases.Programme,
                    act.Today,
                    new System.Text.Json.Nodes.JsonObject()
                );
                var batch = new VerdictBatch
                {
                    Id = act.NewId(),
                    ProgrammeId = DistrictOfCases.Programme,
                    Ordinal = 1,
                    SnapshotId = snapshot.Id,
                    Parcels = parcels.Count,
                    KeptBack = 0,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(batch);
                foreach (var (parcel, verdict) in states)
                    act.Db.Add(
                        new VerdictBatchItem
                        {
                            BatchId = batch.Id,
                            ParcelId = parcel.Id,
                            DeterminationId = verdict,
                        }
                    );
                return Task.FromResult(0);
            }
        );
    }

    private Task<MergeParcels.Merged> MergeAsync(IReadOnlyList<Parcel> parts, Actor? by = null, string reason = "同一主体使用，合并判定") =>
        MergeParcels.Handle(district.Store, by ?? DistrictOfCases.Officer, new([.. parts.Select(p => $"{p.Id}")], reason), Law);

    private Task<SplitParcel.Split> ApartAsync(Parcel parcel) =>
        SplitParcel.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id, null, "撤销并宗"), Law);

    /// <param name="share">How far from the west edge.</param>
    private Task<SplitParcel.Split> SplitAsync(Parcel parcel, double share)
    {
        var box = parcel.Geometry.EnvelopeInternal;
        var at = box.MinX + box.Width * share;
        var line = new LineString([new(at, box.MinY - 0.001), new(at, box.MaxY + 0.001)]);
        return SplitParcel.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id, line, "两家使用"), Law);
    }

    /// <summary>The act is refused with this code, and nothing was written.</summary>
    private async Task<Problem> RefusedAsync(string code, Func<Task> act)
    {
        var before = await district.EntriesAsync();
        var problem = await Assert.ThrowsAsync<Problem>(act);
        Assert.Equal(code, problem.Code);
        Assert.Equal(before, await district.EntriesAsync());
        return problem;
    }
}
