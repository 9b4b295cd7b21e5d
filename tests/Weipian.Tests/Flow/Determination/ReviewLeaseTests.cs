using NetTopologySuite.Geometries;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>Two persons on one patch: the second sees the lock, and the act itself refuses.</summary>
[Collection("district of cases")]
[Requirement("R16")]
public sealed class ReviewLeaseTests : IDisposable
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(10);

    private readonly MovedClock clock = new();
    private readonly DistrictOfCases district;

    public ReviewLeaseTests(DistrictTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        district = template.Copy(clock);
    }

    public void Dispose() => district.Dispose();

    [Fact]
    public async Task A_patch_that_another_seat_has_open_cannot_be_decided_or_divided()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        await TakeAsync(DistrictOfCases.Reviewer);
        var before = await district.EntriesAsync();
        var refusal = await Assert.ThrowsAsync<Problem>(() => district.DecideAsync(parcel, "L1"));
        Assert.Equal("determination.locked-by-other", refusal.Code);
        Assert.Contains("district-reviewer", refusal.Chinese, StringComparison.Ordinal);
        var line = new LineString([new(117, 36), new(118, 37)]);
        var split = await Assert.ThrowsAsync<Problem>(() =>
            SplitParcel.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id, line, "两家"), DistrictOfCases.Law)
        );
        Assert.Equal("determination.locked-by-other", split.Code);
        Assert.Equal(before, await district.EntriesAsync());
    }

    [Fact]
    public async Task Parts_of_a_patch_that_another_seat_has_open_are_not_merged_and_the_lock_that_ended_holds_nobody()
    {
        var parts = await district.ParcelsAsync(1);
        await ReviewLeases.TakeAsync(district.Store, DistrictOfCases.Reviewer, district.Patches[1], Span);
        var before = await district.EntriesAsync();
        Task<MergeParcels.Merged> MergeAsync() =>
            MergeParcels.Handle(
                district.Store,
                DistrictOfCases.Officer,
                new([.. parts.Select(p => $"{p.Id}")], "并宗"),
                DistrictOfCases.Law
            );
        var refused = await Assert.ThrowsAsync<Problem>(MergeAsync);
        Assert.Equal("determination.locked-by-other", refused.Code);
        Assert.Contains("district-reviewer", refused.English, StringComparison.Ordinal);
        Assert.Equal(before, await district.EntriesAsync());
        clock.Forward(Span + TimeSpan.FromSeconds(1));
        Assert.Equal("370306T0002", (await MergeAsync()).Number);
    }

    [Fact]
    public async Task A_patch_that_another_reviewer_has_open_cannot_be_confirmed_or_returned_and_the_holder_can()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        var decided = await district.DecideAsync(parcel, "L1");
        await TakeAsync(DistrictOfCases.Head);
        var confirmed = await Assert.ThrowsAsync<Problem>(() => ConfirmAsync(DistrictOfCases.Reviewer, decided.DeterminationId));
        Assert.Equal("determination.locked-by-other", confirmed.Code);
        var returning = DistrictOfCases.Law.Book.Verdicts.Reasons.First(r => !r.Passes).Id;
        var returned = await Assert.ThrowsAsync<Problem>(() =>
            ReturnVerdict.Handle(
                district.Store,
                DistrictOfCases.Reviewer,
                new(decided.DeterminationId, returning, "补材料"),
                DistrictOfCases.Law
            )
        );
        Assert.Equal("determination.locked-by-other", returned.Code);
        await ConfirmAsync(DistrictOfCases.Head, decided.DeterminationId);
        Assert.Equal(VerdictStage.Confirmed, (await district.StateAsync(parcel)).Stage);
    }

    [Fact]
    public async Task The_first_has_it_until_it_goes_and_then_the_second()
    {
        Assert.Equal("office-head", (await TakeAsync(DistrictOfCases.Head)).Holder);
        Assert.Equal("office-head", (await TakeAsync(DistrictOfCases.Reviewer)).Holder);
        await ReviewLeases.ReleaseAsync(district.Store, DistrictOfCases.Reviewer, district.Patches[0]);
        Assert.Equal("office-head", (await TakeAsync(DistrictOfCases.Reviewer)).Holder);
        await ReviewLeases.ReleaseAsync(district.Store, DistrictOfCases.Head, district.Patches[0]);
        Assert.Equal("district-reviewer", (await TakeAsync(DistrictOfCases.Reviewer)).Holder);
        Assert.Equal("district-reviewer", Assert.Single(await ReviewLeases.LiveAsync(district.Store)).Holder);
    }

    [Fact]
    public async Task A_lock_ends_by_itself_and_working_renews_it()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        await TakeAsync(DistrictOfCases.Head);
        clock.Forward(Span - TimeSpan.FromSeconds(1));
        await TakeAsync(DistrictOfCases.Head);
        clock.Forward(Span - TimeSpan.FromSeconds(1));
        Assert.Equal("office-head", (await TakeAsync(DistrictOfCases.Reviewer)).Holder);
        clock.Forward(TimeSpan.FromSeconds(1));
        Assert.Empty(await ReviewLeases.LiveAsync(district.Store));
        await district.DecideAsync(parcel, "L1");
        Assert.Equal("district-reviewer", (await TakeAsync(DistrictOfCases.Reviewer)).Holder);
    }

    /// <summary>The sample's clock is moved through the year: a lock of the future would hold for months.</summary>
    [Fact]
    public async Task A_lock_of_a_clock_that_was_set_back_holds_nobody()
    {
        clock.Forward(TimeSpan.FromDays(200));
        await TakeAsync(DistrictOfCases.Head);
        clock.Forward(TimeSpan.FromDays(-200));
        Assert.Empty(await ReviewLeases.LiveAsync(district.Store));
        await district.DecideAsync((await district.ParcelsAsync(0))[0], "L1");
        Assert.Equal("district-reviewer", (await TakeAsync(DistrictOfCases.Reviewer)).Holder);
    }

    [Fact]
    public async Task Of_many_who_come_at_once_one_has_it()
    {
        var seats = Enumerable.Range(0, 16).Select(i => new Actor($"seat-{i}", "district-reviewer"));
        var answers = await Task.WhenAll(seats.Select(s => Task.Run(() => TakeAsync(s))));
        Assert.Single(answers.Select(a => a.Holder).Distinct());
    }

    /// <summary>A lock is no fact: the journal does not grow, and what is verified does not change.</summary>
    [Fact]
    public async Task Locks_and_preferences_leave_no_trace()
    {
        var before = await district.EntriesAsync();
        await TakeAsync(DistrictOfCases.Head);
        await SeatSettings.KeepAsync(district.Store, "office-head", "keys", """{"next":"x"}""");
        await SeatSettings.KeepAsync(district.Store, "office-head", "keys", """{"next":"y"}""");
        Assert.Equal("""{"next":"y"}""", await SeatSettings.ReadAsync(district.Store, "office-head", "keys"));
        Assert.Null(await SeatSettings.ReadAsync(district.Store, "district-reviewer", "keys"));
        await SeatSettings.ForgetAsync(district.Store, "office-head", "keys");
        Assert.Null(await SeatSettings.ReadAsync(district.Store, "office-head", "keys"));
        Assert.Equal(before, await district.EntriesAsync());
        Assert.Empty((await VerifyStore.Handle(district.Store)).Findings);
    }

    private Task<ReviewLease> TakeAsync(Actor by) => ReviewLeases.TakeAsync(district.Store, by, district.Patches[0], Span);

    private Task<ConfirmVerdict.Confirmed> ConfirmAsync(Actor by, Guid verdict) =>
        ConfirmVerdict.Handle(district.Store, by, new(verdict, null, "同意"), DistrictOfCases.Law);

    private sealed class MovedClock : TimeProvider
    {
        private TimeSpan by = TimeSpan.Zero;

        public void Forward(TimeSpan span) => by += span;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
