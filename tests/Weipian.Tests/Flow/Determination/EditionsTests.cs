using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>A verdict sealed by an older edition of the rules replays by that edition.</summary>
[Requirement("R02")]
public sealed class EditionsTests
{
    [Fact]
    public async Task A_verdict_of_the_first_edition_replays_though_the_rules_of_now_would_cut_otherwise()
    {
        using var district = await DistrictOfCases.OfAsync("a lobe that only touches");
        var codes = await SealByFirstEditionAsync(district);
        Assert.Equal(["O10", "I1"], codes);
        Assert.Empty(await ReplayAsync(district));
        await district.AddVisitAsync(district.Patches[0], new(2019, 7, 1), ("use_on_ground", "unchanged"));
        Assert.Empty(await ReplayAsync(district));
    }

    /// <summary>The third edition took a share above the whole and a percentage of deduction as they stood.</summary>
    [Theory]
    [InlineData("a building that stands on its parcel nine times over", "L1 O12")]
    [InlineData("a coefficient of deduction in per cent", "I1")]
    [InlineData("a year in Chinese characters", "I1")]
    public async Task A_verdict_of_the_third_edition_replays_though_the_rules_of_now_refuse_its_numbers(string name, string codes)
    {
        using var district = await DistrictOfCases.OfAsync(name);
        Assert.Equal(codes, string.Join(' ', await SealByEditionAsync(district, RuleBook.ThirdEdition)));
        Assert.Empty(await ReplayAsync(district));
    }

    [Fact]
    public async Task A_changed_verdict_of_the_first_edition_is_found_all_the_same()
    {
        using var district = await DistrictOfCases.OfAsync("a lobe that only touches");
        await SealByFirstEditionAsync(district);
        Tampering.RunUnguarded(district.Data.Database, "UPDATE determination SET code = 'L3' WHERE code = 'O10'");
        Assert.Contains(await ReplayAsync(district), f => f.Where.EndsWith("/verdict/code", StringComparison.Ordinal));
    }

    [Fact]
    public void Editions_have_names_of_their_own_and_the_one_in_use_comes_first()
    {
        foreach (var kind in (string[])["land", "mineral"])
        {
            var editions = RuleBook.Editions(kind);
            Assert.Equal(RuleBook.Of(kind).Edition, editions[0].Edition);
            Assert.Equal(editions.Count, editions.Select(e => e.Edition).Distinct().Count());
        }
    }

    private static Task<IReadOnlyList<VerificationFinding>> ReplayAsync(DistrictOfCases district) =>
        new ReplayDeterminations(DistrictOfCases.Law).CheckAsync(district.Store, null, default);

    private static Task<List<string>> SealByFirstEditionAsync(DistrictOfCases district) =>
        SealByEditionAsync(district, RuleBook.FirstEdition);

    private static Task<List<string>> SealByEditionAsync(DistrictOfCases district, string edition) =>
        district.Store.ActAsync(
            DistrictOfCases.Officer,
            "decide-verdict",
            DistrictOfCases.Programme,
            "依据图层与核查",
            async act =>
            {
                var reading = await ProgrammeReading.ReadAsync(act.Store, act.Db, DistrictOfCases.Programme, only: null, default);
                var patch = reading.Patches[0];
                var facts = reading.FactsOf(patch);
                var tree = RuleBook.Editions(facts.Kind).Single(e => e.Edition == edition);
                var judged = PatchJudgement.Of(facts, DistrictOfCases.Programme, [], DistrictOfCases.Law, tree);
                foreach (var one in judged)
                {
                    var row = ParcelRows.Of(one.Parcel, act.NewId(), patch.Id, ParcelRows.MadeByRules, act.At);
                    var archive = LawArchive.Keep(act.Store.Blobs, DistrictOfCases.Law);
                    var verdict = new SealedVerdict(one.Parcel.Derivation.Code, "依据图层与核查", act.By.Login, act.At, null, archive);
                    act.Db.Add(row);
                    act.Db.Add(DecideVerdict.RowOf(act, row, verdict, VerdictSeal.Write(one, verdict)));
                }
                return judged.Select(j => j.Parcel.Derivation.Code).ToList();
            }
        );
}
