using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Verification;
using Weipian.Law;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>The checklist of every verdict of every tree: what it asks for, that nothing else than the thing itself meets it, and that each
/// thing that is missing blocks under its own name.</summary>
[Requirement("R14")]
[Requirement("R16")]
public sealed class RequiredEvidenceTests
{
    private static readonly LawBook Law = DistrictOfCases.Law.Book;
    private static readonly MultiPolygon Ground = CaseFile.All().First().Facts().Geometry;

    /// <summary>What the field asks for at least, by verdict.</summary>
    [Theory]
    [InlineData("L1", "approval-document overlay-figure")]
    [InlineData("L2", "supply-document overlay-figure")]
    [InlineData("L3", "certificate overlay-figure")]
    [InlineData("L4", "linkage-approval overlay-figure")]
    [InlineData("L5", "advance-use-approval overlay-figure")]
    [InlineData("L6", "approval-document overlay-figure")]
    [InlineData("L7", "history-proof")]
    [InlineData("L8", "rural-house-permit")]
    [InlineData("L9", "oilfield-document")]
    [InlineData("L10", "pilot-approval")]
    [InlineData("O1", "site-photos images-before-after")]
    [InlineData("O2", "facility-record facility-agreement interior-photos")]
    [InlineData("O3", "width-photo")]
    [InlineData("O4", "temporary-permit reclamation-plan overlay-figure")]
    [InlineData("O5", "site-photos")]
    [InlineData("O6", "solar-filing")]
    [InlineData("O7", "site-photos")]
    [InlineData("O8", "emergency-proof")]
    [InlineData("O9", "note-only")]
    [InlineData("O10", "geometric-ratio")]
    [InlineData("O11", "site-photos")]
    [InlineData("O12", "overlay-figure")]
    [InlineData("O13", "plan-figure")]
    [InlineData("O14", "project-document")]
    [InlineData("O15", "county-proof")]
    [InlineData("O16", "base-layer-code")]
    [InlineData("O17", "admin-layer")]
    [InlineData("I1", "case-link")]
    [InlineData("I2", "unlawful-approval")]
    [InlineData("I3", "dates")]
    [InlineData("I4", "supply-overlay")]
    [InlineData("I5", "part-geometry")]
    [InlineData("I6", "site-photos")]
    [InlineData("I7", "temporary-permit")]
    [InlineData("I8", "interior-photos")]
    [InlineData("I9", "site-photos")]
    [InlineData("I10", "site-photos")]
    [InlineData("I11", "transfer-letter")]
    [InlineData("D0", "missing-named")]
    [InlineData("ML1", "mining-licence overlay-figure")]
    [InlineData("ML2", "mining-licence renewal-receipt")]
    [InlineData("ML3", "exploration-licence overlay-figure")]
    [InlineData("MO1", "site-photos images-before-after")]
    [InlineData("MO2", "project-document")]
    [InlineData("MO3", "approval-document")]
    [InlineData("MO4", "mining-licence land-patch-link")]
    [InlineData("MO5", "site-photos")]
    [InlineData("MI1", "case-link appraisal")]
    [InlineData("MI2", "survey-report appraisal")]
    [InlineData("MI5", "appraisal")]
    [InlineData("MI8", "survey-report")]
    [InlineData("MI12", "unlawful-approval")]
    public void A_verdict_asks_at_least_for_what_the_field_asks(string code, string least)
    {
        var rows = Law.Verdicts.All.Where(v => v.Code == code).ToList();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
            Assert.All(least.Split(' '), id => Assert.Contains(row.Evidence, n => n.Id == id));
    }

    [Fact]
    public void With_nothing_on_file_every_thing_that_a_verdict_asks_for_blocks_under_its_name_and_what_comes_later_does_not()
    {
        foreach (var verdict in Final())
        {
            var items = RequiredEvidence.Of(File(verdict, []));
            Assert.Equal(verdict.Evidence.Select(n => n.Id), items.Select(i => i.Need.Id));
            foreach (var item in items)
                Assert.Equal((false, !item.Need.IsAfterVerdict), (item.Met, item.Blocks));
        }
    }

    /// <summary>Every way in which a thing can be there, one at a time: it meets that thing, and of the others only what it is as well.
    /// </summary>
    [Fact]
    public void Each_way_meets_its_own_thing_and_leaves_every_other_open()
    {
        var tried = 0;
        foreach (var verdict in Final())
        foreach (var need in verdict.Evidence.Where(n => !n.IsAfterVerdict))
        foreach (var way in need.MetBy)
        {
            tried++;
            var items = RequiredEvidence.Of(File(verdict, [(need.Id, way)]));
            Assert.True(items.Single(i => i.Need == need) is { Met: true, By.Length: > 0 }, $"{verdict.Code} {need.Id} by {way}");
            foreach (var other in items.Where(i => i.Need != need && i.Met))
                Assert.True(IsTheSame(way, other.Need), $"{verdict.Code}: {way} of {need.Id} meets {other.Need.Id}");
        }
        Assert.True(tried > 100, $"only {tried} ways");
    }

    [Fact]
    public void With_all_but_one_on_file_that_one_blocks_alone_and_with_all_nothing_does()
    {
        foreach (var verdict in Final())
        {
            var needs = verdict.Evidence.Where(n => !n.IsAfterVerdict).ToList();
            var all = needs.Select(n => (n.Id, Way: n.MetBy[^1])).ToList();
            Assert.DoesNotContain(RequiredEvidence.Of(File(verdict, all)), i => i.Blocks);
            foreach (var left in needs)
            {
                var without = all.Where(a => a.Id != left.Id && !IsTheSame(a.Way, left)).ToList();
                Assert.Contains(RequiredEvidence.Of(File(verdict, without)), i => i.Blocks && i.Need == left);
            }
        }
    }

    [Fact]
    public void A_paper_of_another_kind_a_document_for_a_photograph_and_a_denied_answer_meet_nothing()
    {
        var verdict = Law.Verdicts.Get("O2", 2019);
        var file = File(verdict, [("approval-document", VerdictNeed.ByDocument)]) with { Visits = [Visit("""{"recorded_no":" "}""")] };
        Assert.All(RequiredEvidence.Of(file), i => Assert.False(i.Met, i.Need.Id));
        var military = Law.Verdicts.Get("O9", 2019);
        Assert.False(RequiredEvidence.Of(File(military, []) with { Visits = [Visit("""{"military":false}""")] })[0].Met);
        // A PDF that came with a visit is no photograph of the site.
        var visit = Visit("""{"evidence":"photo_interior"}""");
        var shown = File(verdict, []) with { Visits = [visit], Evidence = [Photo(visit, "application/pdf")] };
        Assert.DoesNotContain(RequiredEvidence.Of(shown), i => i.Met);
        Assert.Contains(
            RequiredEvidence.Of(shown with { Evidence = [Photo(visit, "image/jpeg")] }),
            i => i.Need.Id == "interior-photos" && i.Met
        );
    }

    private static IEnumerable<Verdict> Final() => Law.Verdicts.All.Where(v => v.Parent != VerdictParent.Doubtful);

    /// <summary>One fact is on file for everything that asks for it: the cut, the image dates, a photograph of any kind.</summary>
    private static bool IsTheSame(string way, VerdictNeed other) =>
        other.MetBy.Any(w => w == way && w != VerdictNeed.ByDocument)
        || (way.StartsWith(VerdictNeed.ByPicture, StringComparison.Ordinal) && other.MetBy.Contains(VerdictNeed.ByPicture));

    private static ParcelOnFile File(Verdict verdict, IReadOnlyList<(string Id, string Way)> held)
    {
        bool Has(string word) => held.Any(h => h.Way.Split(':')[0] == word);
        var form = new JsonObject();
        foreach (var (_, way) in held.Where(h => h.Way.StartsWith("answer:", StringComparison.Ordinal)))
            form[way["answer:".Length..]] = "2018-12";
        var kinds = held.Where(h => h.Way.StartsWith("picture:", StringComparison.Ordinal))
            .Select(h => h.Way["picture:".Length..])
            .ToList();
        if (kinds.Count > 0)
            form["evidence"] = string.Join(',', kinds);
        var visit = Visit(form.ToJsonString());
        return new(
            PatchOf(dated: Has(VerdictNeed.ByImageDates)),
            ParcelOf(Has(VerdictNeed.ByAreas) ? 4000 : 0, held),
            [visit],
            Has(VerdictNeed.ByPicture) ? [Photo(visit, "image/jpeg")] : [],
            [.. held.Where(h => h.Way == VerdictNeed.ByDocument).Select(h => Paper(h.Id))],
            verdict
        );
    }

    private static Visit Visit(string form) =>
        new()
        {
            Id = Guid.NewGuid(),
            PatchId = Guid.Empty,
            VisitedOn = new(2019, 4, 10),
            By = "town-wangcun",
            FormJson = form,
            RecordedAt = default,
        };

    private static Evidence Photo(Visit visit, string type) =>
        new()
        {
            Id = Guid.NewGuid(),
            VisitId = visit.Id,
            PatchId = Guid.Empty,
            Sha256 = new string('a', 64),
            FileName = "现场",
            ContentType = type,
            Size = 1,
            AddedAt = default,
            By = "town-wangcun",
        };

    private static AttachedDocument Paper(string kind) =>
        new()
        {
            Id = Guid.NewGuid(),
            PatchId = Guid.Empty,
            Kind = kind,
            Sha256 = new string('b', 64),
            FileName = "材料.pdf",
            ContentType = "application/pdf",
            Size = 1,
            By = "district-officer",
            At = default,
        };

    private static Patch PatchOf(bool dated) =>
        new()
        {
            Id = Guid.Empty,
            ProgrammeId = DistrictOfCases.Programme,
            Number = "370306T0001",
            Kind = PatchKind.Land,
            Before = dated ? new(2018, 10, 12) : null,
            After = new(2019, 2, 20),
            AreaSquareMetres = 4000,
            Geometry = Ground,
            AttributesJson = "{}",
            BatchId = Guid.Empty,
            SourceRow = 1,
        };

    private static Parcel ParcelOf(double squareMetres, IReadOnlyList<(string Id, string Way)> held)
    {
        var features = new JsonArray();
        foreach (var (_, way) in held.Where(h => h.Way.StartsWith("feature:", StringComparison.Ordinal)))
            features.Add(new JsonObject { ["role"] = way["feature:".Length..] });
        return new()
        {
            Id = Guid.Empty,
            PatchId = Guid.Empty,
            Number = "370306T0001",
            Ordinal = 1,
            Geometry = Ground,
            AreaSquareMetres = squareMetres,
            CultivatedSquareMetres = 0,
            PermanentFarmlandSquareMetres = 0,
            AreasJson = new JsonObject { ["pieces"] = new JsonArray(new JsonObject { ["features"] = features }) }.ToJsonString(),
            MadeAt = default,
        };
    }
}
