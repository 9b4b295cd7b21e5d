using NetTopologySuite.Geometries;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Tests.Flow.Determinations;
using static Weipian.Tests.Flow.CaseFiles.DistrictOfViolations;

namespace Weipian.Tests.Flow.CaseFiles;

/// <summary>A parcel that belongs to a violation in force keeps its ground: it is neither merged (并宗) nor divided (分宗).</summary>
[Collection("district of violations")]
[Requirement("R14")]
[Requirement("R16")]
public sealed class PartsInViolationTests(ViolationsTemplate template) : IDisposable
{
    private readonly DistrictOfViolations district = template.Copy();

    public void Dispose() => district.Dispose();

    [Fact]
    public async Task A_part_that_stands_in_a_violation_is_not_merged_and_the_violation_is_named()
    {
        var formed = await district.FormAsync(0);
        var parts = await district.ParcelsAsync(0);
        var illegal = await district.IllegalAsync(0);
        foreach (var order in (IReadOnlyList<Parcel>[])[parts, [.. parts.Reverse()]])
        {
            var before = await district.EntriesAsync();
            var refused = await Assert.ThrowsAsync<Problem>(() => MergeAsync(order));
            Assert.Equal("determination.merge-in-violation", refused.Code);
            foreach (var text in (string[])[refused.Chinese, refused.English])
            {
                Assert.Contains(illegal.Number, text, StringComparison.Ordinal);
                Assert.Contains(formed.Number, text, StringComparison.Ordinal);
            }
            Assert.Equal(before, await district.EntriesAsync());
        }
        Assert.Equal(parts.Select(p => p.Id), (await district.ParcelsAsync(0)).Select(p => p.Id));
    }

    /// <summary>What is corrected is no longer in force: the refusal is then about the verdicts, and no more about the violation.</summary>
    [Fact]
    public async Task A_part_that_a_correction_took_out_of_the_violation_is_held_by_it_no_more()
    {
        var formed = await district.FormAsync(0, 1);
        var other = await district.IllegalAsync(1);
        var corrected = new CorrectViolation.Request(
            formed.ViolationId,
            [$"{other.Id}"],
            "机械厂违法占地",
            "王村镇王村村南",
            "工业",
            new(2018, 12, 5),
            true,
            false,
            null,
            "两宗混为一宗"
        );
        await CorrectViolation.Handle(district.Store, Officer, corrected, Books.Book);
        await district.RefusedAsync("determination.merge-verdicts-differ", async () => await MergeAsync(await district.ParcelsAsync(0)));
    }

    /// <summary>A verdict that is corrected and sent back leaves the parcel open while it still stands in the violation.</summary>
    [Fact]
    public async Task A_part_that_stands_in_a_violation_is_not_divided_although_its_verdict_was_sent_back()
    {
        var formed = await district.FormAsync(1);
        var parcel = await district.IllegalAsync(1);
        await using (var db = district.Store.Read())
        {
            var state = await VerdictState.OfAsync(db, parcel.Id);
            var proposal = db.Proposals.Where(p => p.ParcelId == parcel.Id).OrderBy(p => p.ProposedAt).Last();
            var decided = await DecideVerdict.Handle(
                district.Store,
                Officer,
                new(parcel.Id, "I1", "另行查明", proposal.Id, state.Standing!.Id, "更正"),
                DistrictOfCases.Law
            );
            var returning = DistrictOfCases.Law.Book.Verdicts.Reasons.First(r => !r.Passes).Id;
            await ReturnVerdict.Handle(district.Store, Reviewer, new(decided.DeterminationId, returning, "补材料"), DistrictOfCases.Law);
        }
        var before = await district.EntriesAsync();
        var refused = await Assert.ThrowsAsync<Problem>(() =>
            SplitParcel.Handle(district.Store, Officer, new(parcel.Id, Across(parcel), "两家使用"), DistrictOfCases.Law)
        );
        Assert.Equal("determination.split-in-violation", refused.Code);
        Assert.Contains(formed.Number, refused.Chinese, StringComparison.Ordinal);
        Assert.Equal(before, await district.EntriesAsync());
    }

    private Task<MergeParcels.Merged> MergeAsync(IReadOnlyList<Parcel> parts) =>
        MergeParcels.Handle(district.Store, Officer, new([.. parts.Select(p => $"{p.Id}")], "合并判定"), DistrictOfCases.Law);

    private static LineString Across(Parcel parcel)
    {
        var box = parcel.Geometry.EnvelopeInternal;
        var x = box.Centre.X;
        return new([new(x, box.MinY - 0.001), new(x, box.MaxY + 0.001)]);
    }
}
