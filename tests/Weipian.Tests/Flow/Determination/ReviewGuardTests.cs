using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>Guards of verdicts on a real store: who may not read, what may not be signed yet, and that a reading is no verdict.</summary>
[Collection("district of cases")]
[Requirement("R14")]
[Requirement("R16")]
public sealed class ReviewGuardTests(DistrictTemplate template) : IDisposable
{
    private static readonly Actor SecondOfficer = new("district-officer-2", "district-officer");
    private readonly DistrictOfCases district = template.Copy();

    private static DeterminationLaw Law => DistrictOfCases.Law;

    public void Dispose() => district.Dispose();

    [Theory]
    [InlineData("town")]
    [InlineData("government")]
    [InlineData("finance")]
    [InlineData("discipline")]
    [InlineData("administrator")]
    [InlineData("department")]
    [InlineData("permit-desk")]
    public async Task Seats_that_sign_no_verdicts_read_none(string role)
    {
        var (_, decided) = await DrawnAsync();
        await Refused("determination.wrong-seat", () => ReadAsync(new(role, role), decided, "L1"));
    }

    [Theory]
    [InlineData("district-officer")]
    [InlineData("district-reviewer")]
    [InlineData("government")]
    [InlineData("administrator")]
    public async Task Only_the_head_of_the_office_sets_the_shares(string role) =>
        await Refused(
            "store.act-not-allowed",
            () => SetReviewGuards.Handle(district.Store, new(role, role), new(30, 50, 100, "试"), Law.Book)
        );

    [Theory]
    [InlineData(-1)]
    [InlineData(501)]
    public async Task No_share_lies_outside_its_range(int share) =>
        await Refused(
            "determination.share-out-of-range",
            () => SetReviewGuards.Handle(district.Store, DistrictOfCases.Head, new(share, null, null, "试"), Law.Book)
        );

    [Fact]
    public async Task Nobody_reads_his_own_verdict()
    {
        var (_, decided) = await DrawnAsync();
        await Refused("determination.own-reading", () => ReadAsync(DistrictOfCases.Officer, decided, "L1"));
    }

    [Fact]
    public async Task What_was_not_drawn_is_not_read()
    {
        var decided = await district.DecideAsync((await district.ParcelsAsync(0))[0], "L1");
        await Refused("determination.reading-not-due", () => ReadAsync(DistrictOfCases.Reviewer, decided.DeterminationId, "L1"));
    }

    [Fact]
    public async Task Nobody_reads_twice_and_a_reading_has_a_verdict_of_the_tree_and_a_basis()
    {
        var (_, decided) = await DrawnAsync();
        await Refused("determination.unknown-verdict", () => ReadAsync(DistrictOfCases.Reviewer, decided, "X9"));
        await Refused("determination.basis-missing", () => ReadAsync(DistrictOfCases.Reviewer, decided, "L1", " "));
        await ReadAsync(DistrictOfCases.Reviewer, decided, "L1");
        await Refused("determination.reading-not-due", () => ReadAsync(DistrictOfCases.Reviewer, decided, "L1"));
    }

    [Fact]
    public async Task A_drawn_verdict_is_neither_confirmed_nor_returned_before_it_was_read()
    {
        var (_, decided) = await DrawnAsync();
        await Refused("determination.reading-due", () => ConfirmAsync(decided));
        await Refused("determination.reading-due", () => ReturnAsync(decided));
        Assert.Equal(ReadingKind.Second, (await ReadAsync(DistrictOfCases.Reviewer, decided, "L1")).Kind);
        await ConfirmAsync(decided);
    }

    [Fact]
    public async Task Where_the_readings_differ_a_third_decides_whether_it_may_be_signed()
    {
        var (_, decided) = await DrawnAsync();
        Assert.True((await ReadAsync(DistrictOfCases.Reviewer, decided, "I1")).Differs);
        await Refused("determination.readings-differ", () => ConfirmAsync(decided));
        // Neither of the two is the third.
        await Refused("determination.reading-not-due", () => ReadAsync(DistrictOfCases.Reviewer, decided, "L1"));
        await Refused("determination.own-reading", () => ReadAsync(DistrictOfCases.Officer, decided, "L1"));
        Assert.Equal(ReadingKind.Third, (await ReadAsync(DistrictOfCases.Head, decided, "L1")).Kind);
        await ConfirmAsync(decided);
    }

    [Fact]
    public async Task What_the_third_does_not_uphold_goes_back()
    {
        var (_, decided) = await DrawnAsync();
        await ReadAsync(DistrictOfCases.Reviewer, decided, "I1");
        await ReadAsync(DistrictOfCases.Head, decided, "I1");
        await Refused("determination.readings-differ", () => ConfirmAsync(decided));
        await ReturnAsync(decided);
    }

    [Fact]
    public async Task A_known_case_is_read_by_one_who_had_no_part_in_it_and_changes_nothing()
    {
        var (parcel, decided) = await DrawnAsync();
        await ReadAsync(DistrictOfCases.Reviewer, decided, "L1");
        await ConfirmAsync(decided);
        await Refused("determination.own-reading", () => ReadAsync(DistrictOfCases.Officer, decided, "L1"));
        await Refused("determination.own-reading", () => ReadAsync(DistrictOfCases.Reviewer, decided, "L1"));
        var before = await district.StateAsync(parcel);
        await using var db = district.Store.Read();
        var rows = (await db.Determinations.CountAsync(), await db.Confirmations.CountAsync(), await db.Proposals.CountAsync());
        var given = await ReadAsync(SecondOfficer, decided, "I1");
        Assert.Equal((ReadingKind.Known, true), (given.Kind, given.Differs));
        var after = await district.StateAsync(parcel);
        Assert.Equal((before.Stage, before.Standing!.Id, before.Second!.Id), (after.Stage, after.Standing!.Id, after.Second!.Id));
        Assert.Equal(rows, (await db.Determinations.CountAsync(), await db.Confirmations.CountAsync(), await db.Proposals.CountAsync()));
    }

    [Fact]
    public async Task Only_what_is_hidden_is_uncovered_and_once()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        await Refused("determination.nothing-hidden", () => LookAtImages.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id)));
        await GuardAsync();
        await Refused("store.act-not-allowed", () => LookAtImages.Handle(district.Store, DistrictOfCases.Reviewer, new(parcel.Id)));
        await LookAtImages.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id));
        await Refused("determination.nothing-hidden", () => LookAtImages.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id)));
    }

    [Fact]
    public async Task Shares_come_from_the_house_where_none_is_given_and_the_same_are_not_set_twice()
    {
        var set = await SetReviewGuards.Handle(district.Store, DistrictOfCases.Head, new(null, null, null, "启用"), Law.Book);
        Assert.Equal(new SetReviewGuards.Set(30, 50, 100), set);
        await Refused(
            "chain.already-done",
            () => SetReviewGuards.Handle(district.Store, DistrictOfCases.Head, new(30, 50, 100, "再启用"), Law.Book)
        );
        await using var db = district.Store.Read();
        var guard = await db.ReviewGuards.SingleAsync();
        Assert.Matches("^[0-9a-f]{64}$", guard.SeedHex);
        // The seed is not among the facts that readers of the journal see.
        Assert.DoesNotContain(guard.SeedHex, (await db.Journal.OrderBy(j => j.Seq).LastAsync()).Body, StringComparison.Ordinal);
    }

    /// <summary>Shares that draw everything: no chance in the test.</summary>
    private Task<int> GuardAsync() =>
        district.Store.ActAsync(
            DistrictOfCases.Head,
            SetReviewGuards.Act,
            "review-guards",
            "全部抽取",
            act =>
            {
                act.Db.Add(
                    new ReviewGuard
                    {
                        Id = act.NewId(),
                        SeedHex = new string('7', 64),
                        KnownPerMille = 1000,
                        SecondPerMille = 1000,
                        HiddenPerMille = 1000,
                        By = act.By.Login,
                        At = act.At,
                    }
                );
                return Task.FromResult(0);
            }
        );

    private async Task<(Parcel Parcel, Guid Determination)> DrawnAsync()
    {
        await GuardAsync();
        var parcel = (await district.ParcelsAsync(0))[0];
        return (parcel, (await district.DecideAsync(parcel, "L1")).DeterminationId);
    }

    private Task<GiveReading.Given> ReadAsync(Actor by, Guid determination, string code, string basis = "按影像判读") =>
        GiveReading.Handle(district.Store, by, new(determination, code, basis), Law);

    private Task ConfirmAsync(Guid determination) =>
        ConfirmVerdict.Handle(district.Store, DistrictOfCases.Reviewer, new(determination, null, "同意"), Law);

    private Task ReturnAsync(Guid determination) =>
        ReturnVerdict.Handle(
            district.Store,
            DistrictOfCases.Reviewer,
            new(determination, Law.Book.Verdicts.Reasons.First(r => !r.Passes).Id, "补材料"),
            Law
        );

    private async Task Refused(string code, Func<Task> act)
    {
        var before = await district.EntriesAsync();
        var problem = await Assert.ThrowsAsync<Problem>(act);
        Assert.Equal(code, problem.Code);
        Assert.Equal(before, await district.EntriesAsync());
    }
}
