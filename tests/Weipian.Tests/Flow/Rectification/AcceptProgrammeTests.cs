using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using D = Weipian.Tests.Flow.Rectification.DistrictOfViolations;

namespace Weipian.Tests.Flow.Rectification;

/// <summary>The leading group accepts a programme, apart from the acceptance of any measure.</summary>
[Requirement("R95")]
public sealed class AcceptProgrammeTests : IAsyncLifetime
{
    private const string Programme = "2018-annual";

    private D district = null!;

    public async ValueTask InitializeAsync() => district = await D.StartAsync();

    public ValueTask DisposeAsync()
    {
        district.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_bureau_does_not_accept_its_own_programme()
    {
        await district.RefusedAsync("store.act-not-allowed", () => AcceptAsync("同意", by: D.Officer));
        await district.RefusedAsync("store.act-not-allowed", () => AcceptAsync("同意", by: D.Reviewer));
        await district.RefusedAsync("plan.no-such-value", () => AcceptAsync("同意", programme: "2031-annual"));
        await district.RefusedAsync("chain.in-future", () => AcceptAsync("同意", on: district.Store.Today.AddDays(1)));
        await district.RefusedAsync("rectification.proof-missing", () => AcceptAsync(" "));
    }

    [Fact]
    public async Task What_is_not_dealt_with_is_settled_or_named()
    {
        var violation = await district.ViolationAsync(5, programme: Programme);
        var problem = await district.RefusedAsync("rectification.open-points-not-named", () => AcceptAsync("同意"));
        Assert.Contains(violation.Number, problem.English, StringComparison.Ordinal);
        Assert.Equal(1, (await AcceptAsync($"{violation.Number} 尚未立案，限期办理，其余同意")).OpenPoints);
    }

    [Fact]
    public async Task A_parcel_without_a_confirmed_verdict_or_without_a_violation_is_an_open_point()
    {
        var violation = await district.ViolationAsync(5, programme: Programme);
        await district.CaseAsync(violation);
        await using (var db = district.Store.Read())
            Assert.Empty((await ProgrammeState.OfAsync(db, Programme, district.Store.Today, D.Law)).OpenPoints);
        var patch = await FreePatchAsync();
        await using (var db = district.Store.Read())
            Assert.Equal([patch], (await ProgrammeState.OfAsync(db, Programme, district.Store.Today, D.Law)).Undetermined);
        await district.RefusedAsync("rectification.open-points-not-named", () => AcceptAsync("同意"));
    }

    [Fact]
    public async Task It_is_accepted_once_from_figures_that_are_frozen_and_may_be_refused_before()
    {
        var violation = await district.ViolationAsync(5, programme: Programme);
        await district.CaseAsync(violation);
        await AcceptAsync("两宗材料不全，退回", outcome: "refused");
        await district.RemoveAsync(violation, 3);
        var answer = await AcceptAsync("同意", by: D.Government);
        await district.RefusedAsync("chain.already-done", () => AcceptAsync("同意"));
        await district.RemoveAsync(violation, 2);
        await using var db = district.Store.Read();
        var frozen = Snapshots.Read(district.Store.Blobs, await db.Snapshots.SingleAsync(s => s.Id == answer.SnapshotId));
        Assert.Equal(2 * D.Mu, (double)frozen["violations"]![0]!["remaining"]!, 3);
    }

    private Task<AcceptProgramme.Answer> AcceptAsync(
        string opinion,
        string outcome = "accepted",
        Actor? by = null,
        string programme = Programme,
        DateOnly? on = null
    ) =>
        AcceptProgramme.Handle(
            district.Store,
            by ?? D.Head,
            new(programme, on ?? district.Store.Today, outcome, opinion, "区级验收"),
            D.Law
        );

    /// <summary>A patch of the programme that nobody has judged.</summary>
    private async Task<string> FreePatchAsync()
    {
        await using var db = district.Store.Read();
        var like = await db.Patches.FirstAsync();
        await district.AddAsync(
            new Weipian.Flow.Intake.Patch
            {
                Id = Guid.CreateVersion7(),
                ProgrammeId = Programme,
                Number = "370306-900",
                Kind = like.Kind,
                AreaSquareMetres = like.AreaSquareMetres,
                Geometry = like.Geometry,
                AttributesJson = "{}",
                BatchId = like.BatchId,
                SourceRow = 900,
            }
        );
        return "370306-900";
    }
}
