using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>A second signature is taken back by its person before anything rests on it, and stays where it was written.</summary>
[Collection("district of cases")]
[Requirement("R14")]
[Requirement("R16")]
public sealed class TakeBackSignatureTests(DistrictTemplate template) : IDisposable
{
    private readonly DistrictOfCases district = template.Copy();

    private static DeterminationLaw Law => DistrictOfCases.Law;

    public void Dispose() => district.Dispose();

    [Fact]
    public async Task A_confirmation_that_was_taken_back_is_waited_for_again_and_nothing_was_overwritten()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        var decided = await district.DecideAsync(parcel, "L1");
        await ConfirmAsync(decided);
        var back = await BackAsync(DistrictOfCases.Reviewer, decided, "按错键");
        Assert.Equal(ConfirmationOutcome.Confirmed, back.Outcome);
        Assert.Equal(VerdictStage.Decided, (await district.StateAsync(parcel)).Stage);
        await using var db = district.Store.Read();
        Assert.False(await db.Confirmations.AnyAsync());
        Assert.Equal(1, await db.Confirmations.IgnoreQueryFilters().CountAsync());
        var row = await db.ConfirmationWithdrawals.SingleAsync();
        Assert.Equal(("district-reviewer", "按错键"), (row.By, row.Reason));
        var entry = await db.Journal.OrderBy(j => j.Seq).LastAsync();
        Assert.Equal((TakeBackSignature.Act, "district-reviewer"), (entry.Act, entry.Actor));
        Assert.Contains("\"takenBack\":\"confirmed\"", entry.Body, StringComparison.Ordinal);

        // Another person signs, and that signature is not the first one's to take back.
        await ConfirmVerdict.Handle(district.Store, DistrictOfCases.Head, new(decided.DeterminationId, null, "同意"), Law);
        Assert.Equal("office-head", (await district.StateAsync(parcel)).Second!.By);
        await Refused("determination.not-the-signer", () => BackAsync(DistrictOfCases.Reviewer, decided));
        Assert.Empty((await VerifyStore.Handle(district.Store)).Findings);
        Assert.Empty(await new ReplayDeterminations(Law).CheckAsync(district.Store, null, default));
    }

    [Fact]
    public async Task A_return_is_taken_back_and_the_author_may_withdraw_then()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        var decided = await district.DecideAsync(parcel, "L1");
        var reason = Law.Book.Verdicts.Reasons.First(r => !r.Passes).Id;
        await ReturnVerdict.Handle(district.Store, DistrictOfCases.Reviewer, new(decided.DeterminationId, reason, "补"), Law);
        Assert.Equal(ConfirmationOutcome.Returned, (await BackAsync(DistrictOfCases.Reviewer, decided)).Outcome);
        Assert.Equal(VerdictStage.Decided, (await district.StateAsync(parcel)).Stage);
        await WithdrawVerdict.Handle(district.Store, DistrictOfCases.Officer, new(parcel.Id, decided.DeterminationId, "误判"), Law);
        Assert.Equal(VerdictStage.Open, (await district.StateAsync(parcel)).Stage);
    }

    [Fact]
    public async Task What_is_not_there_not_ones_own_or_older_is_refused_by_name()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        var decided = await district.DecideAsync(parcel, "L1");
        await Refused(
            "determination.no-such-verdict",
            () => TakeBackSignature.Handle(district.Store, DistrictOfCases.Reviewer, new(Guid.NewGuid(), "x"))
        );
        await Refused("determination.nothing-signed", () => BackAsync(DistrictOfCases.Reviewer, decided));
        await Refused("determination.wrong-seat", () => BackAsync(DistrictOfCases.Officer, decided));
        await ConfirmAsync(decided);
        await Refused("determination.not-the-signer", () => BackAsync(DistrictOfCases.Head, decided));
        await Refused("store.reason-missing", () => BackAsync(DistrictOfCases.Reviewer, decided, " "));
        await BackAsync(DistrictOfCases.Reviewer, decided);
        await Refused("determination.nothing-signed", () => BackAsync(DistrictOfCases.Reviewer, decided));
        await ConfirmAsync(decided);
        await district.DecideAsync(parcel, "I4", "供地合同已解除");
        await Refused("determination.stale", () => BackAsync(DistrictOfCases.Reviewer, decided));
    }

    [Fact]
    public async Task What_left_with_a_batch_or_carries_a_violation_stays()
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        var decided = await district.DecideAsync(parcel, "L1");
        await ConfirmAsync(decided);
        var state = await district.StateAsync(parcel);
        var (verdict, by) = (state.Standing!, DistrictOfCases.Reviewer);
        var batch = new VerdictBatch
        {
            Id = Guid.NewGuid(),
            ProgrammeId = DistrictOfCases.Programme,
            Ordinal = 2,
            SnapshotId = Guid.NewGuid(),
            Parcels = 1,
            KeptBack = 0,
            By = "office-head",
            At = new(2019, 6, 1, 0, 0, 0, DateTimeKind.Utc),
        };
        var left = Assert.Throws<Problem>(() => TakeBackSignature.Decide(verdict, parcel, state, by, batch, null));
        Assert.Equal("determination.signature-left", left.Code);
        Assert.Contains("office-head", left.English, StringComparison.Ordinal);
        var used = Assert.Throws<Problem>(() => TakeBackSignature.Decide(verdict, parcel, state, by, null, "370306-V0001"));
        Assert.Equal("determination.signature-used", used.Code);
        Assert.Contains("370306-V0001", used.Chinese, StringComparison.Ordinal);
        Assert.Equal(state.Second!.Id, TakeBackSignature.Decide(verdict, parcel, state, by, null, null).Id);
    }

    private Task<TakeBackSignature.TakenBack> BackAsync(Actor by, DecideVerdict.Decided decided, string reason = "看错") =>
        TakeBackSignature.Handle(district.Store, by, new(decided.DeterminationId, reason));

    private Task ConfirmAsync(DecideVerdict.Decided decided) =>
        ConfirmVerdict.Handle(district.Store, DistrictOfCases.Reviewer, new(decided.DeterminationId, null, "同意"), Law);

    private static async Task Refused(string code, Func<Task> act) => Assert.Equal(code, (await Assert.ThrowsAsync<Problem>(act)).Code);
}
