using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Escalation;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Law;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>What leaves the district: only what is processed, signed by two and proved, under the signature of the head of the office;
/// then it is locked.</summary>
[Requirement("R02")]
[Requirement("R14")]
[Requirement("R16")]
[Collection("district of cases")]
public sealed class BatchTests(DistrictTemplate template) : IDisposable
{
    private static readonly Actor Head = new("office-head", "office-head");
    private static readonly Actor Reviewer = new("district-reviewer", "district-reviewer");
    private static readonly byte[] Paper = "%PDF-1.4 a paper of a test"u8.ToArray();

    private readonly DistrictOfCases district = template.Copy();

    public void Dispose() => district.Dispose();

    [Theory]
    [InlineData("district-officer")]
    [InlineData("district-reviewer")]
    [InlineData("town")]
    [InlineData("machine")]
    public async Task Nobody_but_the_head_of_the_office_signs_a_batch(string role) =>
        await RefusedAsync("store.act-not-allowed", () => SubmitAsync(new(role, role, role == "town" ? "wangcun" : null)));

    [Fact]
    public async Task A_batch_is_refused_with_every_patch_that_is_not_processed()
    {
        var parcels = await AllAsync();
        await DecideAsync(parcels[0]);
        var refused = await RefusedAsync("determination.batch-not-processed", () => SubmitAsync());
        Assert.Contains("practice", CountyGate.ProcessedShareKey, StringComparison.Ordinal);
        Assert.Contains($"{parcels[0].Number} 未经审核", refused.Chinese, StringComparison.Ordinal);
        foreach (var open in parcels.Skip(1).Where(p => p.PatchId != district.Patches[4]))
            Assert.Contains($"{open.Number} 未判定", refused.Chinese, StringComparison.Ordinal);
        // The doubtful one is named with what is missing and stays behind; it holds nothing up.
        Assert.DoesNotContain(parcels.Single(p => p.PatchId == district.Patches[4]).Number, refused.Chinese, StringComparison.Ordinal);
        Assert.Contains("20.00 %", refused.English, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_is_refused_with_every_thing_that_is_missing_parcel_by_parcel()
    {
        await ConfirmAllAsync();
        var refused = await RefusedAsync("determination.evidence-missing", () => SubmitAsync());
        var state = await StateAsync();
        Assert.NotEmpty(state.Lacking);
        foreach (var parcel in state.Lacking)
        {
            Assert.Contains(parcel.Number, refused.Chinese, StringComparison.Ordinal);
            foreach (var need in parcel.Blocking)
            {
                Assert.Contains(need.Chinese, refused.Chinese, StringComparison.Ordinal);
                Assert.Contains(need.English, refused.English, StringComparison.Ordinal);
            }
        }
        Assert.Equal(
            ["approval-document", "approval-document", "images-before-after"],
            state.Lacking.SelectMany(p => p.Blocking).Select(n => n.Id).Order()
        );
        await using var db = district.Store.Read();
        Assert.Empty(await db.VerdictBatches.ToListAsync());
    }

    [Theory]
    [InlineData("case-link", "verification.not-a-paper")] // it arises in the case
    [InlineData("site-photos", "verification.not-a-paper")] // a photograph comes with a visit
    [InlineData("love-letter", "verification.not-a-paper")]
    public async Task What_no_paper_can_prove_is_not_attached(string kind, string code) =>
        await RefusedAsync(code, () => AttachAsync(kind, ["370306T0001"]));

    [Fact]
    public async Task A_paper_names_its_patches_and_is_evidence_by_its_bytes()
    {
        await RefusedAsync("chain.not-there", () => AttachAsync("approval-document", ["370306T9999"]));
        await RefusedAsync("verification.patches-of-paper", () => AttachAsync("approval-document", []));
        await RefusedAsync("verification.file-not-taken", () => AttachAsync("approval-document", ["370306T0001"], "hello"u8.ToArray()));
        await RefusedAsync("verification.not-your-patch", () => AttachAsync("approval-document", ["370306T0001"], by: EscalationOfTown));
        await RefusedAsync("store.act-not-allowed", () => AttachAsync("approval-document", ["370306T0001"], by: Reviewer));
        await RefusedAsync("chain.not-there", () => AttachAsync("approval-document", ["370306T0001"], supersedes: Guid.CreateVersion7()));
    }

    [Fact]
    public async Task A_wrong_paper_is_replaced_once_and_what_it_met_with_it()
    {
        await ConfirmAllAsync();
        var first = await AttachAsync("approval-document", ["370306T0001"]);
        Assert.Empty(Blocking(await StateAsync(), 0));
        var other = "%PDF-1.4 another"u8.ToArray();
        await RefusedAsync("chain.not-there", () => AttachAsync("supply-document", ["370306T0002"], other, supersedes: first.Ids[0]));
        await AttachAsync("supply-document", ["370306T0001"], other, supersedes: first.Ids[0]);
        Assert.Equal(["approval-document"], Blocking(await StateAsync(), 0));
        await RefusedAsync("chain.already-done", () => AttachAsync("supply-document", ["370306T0001"], other, supersedes: first.Ids[0]));
        await using var db = district.Store.Read();
        Assert.Equal(2, await db.AttachedDocuments.CountAsync());
    }

    [Fact]
    public async Task Whole_evidence_lets_the_verdicts_leave_locked_and_the_doubtful_stays_named()
    {
        await ConfirmAllAsync();
        await AttachAllAsync();
        var done = await SubmitAsync();
        var doubtful = (await AllAsync()).Single(p => p.PatchId == district.Patches[4]).Number;
        Assert.Equal((1, 5, doubtful), (done.Ordinal, done.Parcels, Assert.Single(done.KeptBack)));
        await using (var db = district.Store.Read())
        {
            var batch = await db.VerdictBatches.SingleAsync();
            Assert.Equal(5, await db.VerdictBatchItems.CountAsync(i => i.BatchId == batch.Id));
            var content = Snapshots.Read(district.Store.Blobs, await db.Snapshots.SingleAsync(s => s.Id == batch.SnapshotId));
            Assert.Equal("answer:works_started_on", (string)content["keptBack"]![0]!["missing"]![0]!);
            var signed = content["parcels"]!.AsArray().Single(p => (string)p!["parcel"]! == "370306T0001")!;
            Assert.Equal(("L1", Head.Login != (string)signed["confirmedBy"]!), ((string)signed["code"]!, true));
            Assert.Contains(".pdf", (string)signed["evidence"]!["approval-document"]!, StringComparison.Ordinal);
            Assert.Contains(
                await db.Journal.ToListAsync(),
                e => e.Act == SubmitBatch.Act && e.Actor.StartsWith("office-head", StringComparison.Ordinal)
            );
        }
        await RefusedAsync("determination.nothing-to-submit", () => SubmitAsync());
    }

    [Fact]
    public async Task What_left_is_corrected_only_by_a_version_that_says_why_and_leaves_with_the_next_batch()
    {
        await ConfirmAllAsync();
        await AttachAllAsync();
        await SubmitAsync();
        var parcel = (await district.ParcelsAsync(2)).Single();
        var refused = await RefusedAsync("determination.locked-in-batch", () => DecideAsync(parcel));
        Assert.Contains("office-head", refused.English, StringComparison.Ordinal);
        await DecideAsync(parcel, "供地手续另行查明");
        await using (var db = district.Store.Read())
            Assert.Contains(
                await db.Journal.Where(e => e.Act == "decide-verdict").Select(e => e.Body).ToListAsync(),
                b => b.Contains("供地手续另行查明", StringComparison.Ordinal)
            );
        await RefusedAsync("determination.batch-not-processed", () => SubmitAsync());
        await ConfirmAsync(parcel);
        Assert.Equal(2, (await SubmitAsync()).Ordinal);
        // A version that has not left yet is corrected without more ado once a later one took its place.
        await using var after = district.Store.Read();
        Assert.Equal(2, await after.VerdictBatchItems.CountAsync(i => i.ParcelId == parcel.Id));
    }

    [Fact]
    public async Task Results_are_reported_only_when_the_batch_of_every_programme_is_signed()
    {
        Task<SubmitDue.Submitted> Send() =>
            SubmitDue.Handle(
                district.Store,
                Head,
                new("2019-results-first", null, null, null, null, "补报", "报送"),
                DistrictOfCases.Law.Book
            );
        var refused = await RefusedAsync("determination.batch-missing", Send);
        Assert.Contains(DistrictOfCases.Programme, refused.Chinese, StringComparison.Ordinal);
        await ConfirmAllAsync();
        await AttachAllAsync();
        await SubmitAsync();
        Assert.Equal(1, (await Send()).Recipients);
    }

    [Fact]
    public async Task Where_the_reading_is_turned_off_a_doubtful_patch_holds_the_batch_up()
    {
        await ConfirmAllAsync();
        await AttachAllAsync();
        var strict = DistrictOfCases.Law.With(CountyGate.KeptBackKey, "false", new(2026, 1, 1)).Book;
        var refused = await RefusedAsync("determination.batch-not-processed", () => SubmitAsync(law: strict));
        Assert.Contains("存疑", refused.Chinese, StringComparison.Ordinal);
        Assert.Contains("80.00 %", refused.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_verdict_of_the_trees_asks_for_something_that_the_machine_can_tell_or_that_arises_later()
    {
        foreach (var verdict in DistrictOfCases.Law.Book.Verdicts.All.Where(v => v.Parent != VerdictParent.Doubtful))
        {
            Assert.NotEmpty(verdict.Evidence);
            Assert.All(verdict.Evidence, n => Assert.True(n.MetBy.Count > 0 ^ n.IsAfterVerdict, $"{verdict.Code} {n.Id}"));
        }
    }

    [Fact]
    public void The_county_gates_are_stated_on_every_day_of_the_programmes_and_say_where_they_come_from()
    {
        for (var day = new DateOnly(2018, 1, 1); day < new DateOnly(2026, 12, 31); day = day.AddMonths(1))
        {
            var gate = CountyGate.Of(DistrictOfCases.Law.Book, day);
            Assert.Equal((1m, true), (gate.ProcessedShareMin.Value, gate.KeptBackCounts.Value));
            Assert.Equal(Confidence.Verified, gate.ProcessedShareMin.Citation.Confidence);
            Assert.Equal(Confidence.Derived, gate.KeptBackCounts.Citation.Confidence);
        }
    }

    private static Actor EscalationOfTown { get; } = new("town-nanjiao", "town", "nanjiao");

    private static IReadOnlyList<string> Blocking(BatchState state, int patch) =>
        [.. state.Parcels.Where(p => p.File.Patch.Number == $"370306T{patch + 1:0000}").SelectMany(p => p.Blocking).Select(n => n.Id)];

    private Task<SubmitBatch.Submitted> SubmitAsync(Actor? by = null, LawBook? law = null) =>
        SubmitBatch.Handle(district.Store, by ?? Head, new(DistrictOfCases.Programme, "签发上报"), law ?? DistrictOfCases.Law.Book);

    private async Task<BatchState> StateAsync()
    {
        await using var db = district.Store.Read();
        return await BatchReading.ReadAsync(db, district.Store.Plan, DistrictOfCases.Programme, DistrictOfCases.Law.Book, only: null);
    }

    private Task<AttachDocument.Attached> AttachAsync(
        string kind,
        IReadOnlyList<string> patches,
        byte[]? content = null,
        Actor? by = null,
        Guid? supersedes = null
    ) =>
        AttachDocument.Handle(
            district.Store,
            by ?? DistrictOfCases.Officer,
            new(DistrictOfCases.Programme, kind, "文号〔2018〕1号", patches, "材料.pdf", content ?? Paper, supersedes, "补充举证材料"),
            DistrictOfCases.Law.Book
        );

    /// <summary>One paper of each kind that is missing, for all patches that miss it.</summary>
    private async Task AttachAllAsync()
    {
        var missing = (await StateAsync()).Lacking.SelectMany(p => p.Blocking, (p, need) => (p.File.Patch.Number, need.Id));
        foreach (var kind in missing.GroupBy(m => m.Id))
            await AttachAsync(kind.Key, [.. kind.Select(m => m.Number).Distinct()]);
    }

    private async Task<IReadOnlyList<Parcel>> AllAsync()
    {
        var all = new List<Parcel>();
        for (var i = 0; i < district.Patches.Count; i++)
            all.AddRange(await district.ParcelsAsync(i));
        return all;
    }

    private async Task ConfirmAllAsync()
    {
        foreach (var parcel in await AllAsync())
        {
            if (VerdictOutcomes.Of((await district.ProposalAsync(parcel)).Code) == VerdictOutcome.Doubtful)
                continue;
            await DecideAsync(parcel);
            await ConfirmAsync(parcel);
        }
    }

    private async Task DecideAsync(Parcel parcel, string? correction = null)
    {
        var proposal = await district.ProposalAsync(parcel);
        await DecideVerdict.Handle(
            district.Store,
            DistrictOfCases.Officer,
            new(parcel.Id, proposal.Code, "手续齐全", proposal.Id, (await district.StateAsync(parcel)).Standing?.Id, correction),
            DistrictOfCases.Law
        );
    }

    private async Task ConfirmAsync(Parcel parcel) =>
        await ConfirmVerdict.Handle(
            district.Store,
            Reviewer,
            new((await district.StateAsync(parcel)).Standing!.Id, null, "同意"),
            DistrictOfCases.Law
        );

    private static async Task<Problem> RefusedAsync(string code, Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<Problem>(act);
        Assert.Equal(code, refused.Code);
        return refused;
    }
}
