using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Intake;
using Weipian.Flow.Ledger;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.GeoFiles;
using D = Weipian.Tests.Flow.Rectification.DistrictOfViolations;

namespace Weipian.Tests.Flow.Ledger;

/// <summary>The cases of <c>tests/cases/ledger</c>, acted out in an installation of the plan of 2019.</summary>
[Requirement("R50")]
public sealed class LedgerCasesTests : IAsyncLifetime
{
    private static readonly DateOnly NewYear = new(2020, 1, 1);
    private readonly List<string> refused = [];
    private D district = null!;

    public static TheoryData<string> Cases() => [.. CaseNode.All("ledger").Keys];

    public async ValueTask InitializeAsync() => district = await D.StartAsync();

    public ValueTask DisposeAsync()
    {
        district.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_case_comes_out_as_it_is_written(string name)
    {
        var written = CaseNode.All("ledger")[name];
        var expect = written.Map("expect")!;
        var violation = await BeforeTheYearEndsAsync(written);
        var entry = await EnterAsync();
        Assert.Equal(expect.Amount("ledger_mu"), (entry?.AreaSquareMetres ?? 0) / D.Mu, 6);
        var closed = await CloseAsync(written, violation, entry);
        if (expect.Has("closable"))
            Assert.Equal(expect.Says("closable"), closed);
        await AgainAsync(written, expect, entry);
        await SurveyAsync(written, expect, violation);
        if (expect.Has("held"))
            Assert.Equal(expect.Says("held"), await district.IsHeldAsync(violation));
        if (expect.Text("refused") is { } code)
            Assert.Contains(code, refused);
        else
            Assert.Empty(refused);
        Assert.Empty(written.Unread);
    }

    private async Task<Violation> BeforeTheYearEndsAsync(CaseNode written)
    {
        var made = written.Map("violation")!;
        var cultivated = made.Amount("cultivated_mu");
        var violation = await district.ViolationAsync(made.Amount("mu"), cultivated, place: (int)made.Number("place")!);
        if (written.Number("removed_mu") is { } removed)
            await district.RemoveAsync(violation, (double)removed, Math.Min(cultivated, (double)removed));
        if (written.Text("formalities") == "before-penalty")
            await RefusableAsync(() => FormalitiesAsync(violation, made.Amount("mu")));
        return violation;
    }

    private async Task FormalitiesAsync(Violation violation, double mu)
    {
        await district.CaseAsync(violation, (CaseStepKind.Decided, new(2019, 7, 1)));
        var measure = await district.OrderAsync(violation, mu, kind: MeasureKind.Formalities);
        district.Clock.Set(new(2019, 8, 1));
        var request = district.Report(measure, mu) with
        {
            ApprovalNumber = "鲁政土字〔2019〕88号",
            ApprovedOn = new(2019, 7, 20),
            ApprovedSquareMetres = mu * D.Mu,
            FormerStandardFen = 1,
            NewerStandardFen = 2,
        };
        await ReportMeasure.Handle(district.Store, D.Town, request);
    }

    private async Task<LedgerEntry?> EnterAsync()
    {
        district.Clock.Set(NewYear);
        await EnterLedger.Handle(district.Store, Actor.Machine, new("2019-cut-off", "年底固化"));
        await using var db = district.Store.Read();
        return await db.LedgerEntries.SingleOrDefaultAsync();
    }

    /// <returns>Whether the entry was struck off.</returns>
    private async Task<bool> CloseAsync(CaseNode written, Violation violation, LedgerEntry? entry)
    {
        string[] acceptances = [];
        if (written.Number("removed_after_mu") is { } removed)
        {
            var accepted = (await district.RemoveAsync(violation, (double)removed)).AcceptanceId.ToString();
            acceptances = written.Text("close") == "with-acceptance" ? [accepted] : [];
        }
        if (written.Text("close") is null || entry is null)
            return false;
        return await RefusableAsync(async () =>
        {
            var proposal = await ProposeClosing.Handle(district.Store, D.Reviewer, new(entry.Id, acceptances, "已拆除复耕到位", "销号"));
            await CloseLedgerEntry.Handle(district.Store, D.Head, new(proposal, district.Store.Today, "同意销号"));
        });
    }

    private async Task AgainAsync(CaseNode written, CaseNode expect, LedgerEntry? entry)
    {
        if (written.Map("again") is not { } again)
            return;
        var place = (int)written.Map("violation")!.Number("place")!;
        var later = await district.ViolationAsync(again.Amount("mu"), place: place, after: again.Day("after"));
        district.Clock.Set(again.Day("after")!.Value.AddMonths(1));
        await using (var db = district.Store.Read())
            Assert.Equal(
                expect.Says("recurrence"),
                (await Recurrences.OfAsync(db, district.Store.Today)).Any(r => r.Again.Violation.Id == later.Id)
            );
        var answer = await ReopenLedgerEntry.Handle(district.Store, D.Reviewer, new(entry!.Id, later.Id, "复发"));
        await using var after = district.Store.Read();
        Assert.Equal(expect.Says("reopened"), await after.LedgerEntries.AnyAsync(e => e.Id == answer.EntryId && e.ReopensId == entry.Id));
    }

    private async Task SurveyAsync(CaseNode written, CaseNode expect, Violation violation)
    {
        if (written.Map("survey") is not { } survey)
            return;
        var place = (int)written.Map("violation")!.Number("place")!;
        var path = district.FileIn("survey.geojson");
        GeoJsonWriter.Write(
            path,
            "survey",
            [new("BGQDLBM", "text"), new("BGHDLBM", "text")],
            [WrittenFeature.From(D.Ground(place), CoordinateSystem.FromEpsg(4490), [survey.Text("from"), survey.Text("to")])]
        );
        await AddLayerVersion.Handle(
            district.Store,
            D.Officer,
            new(path, LayerRole.SurveyChange, new(2018, 12, 31), Map: FieldMap.Parse(["code=BGHDLBM"]), Codes: "gbt21010-2017"),
            D.Law.LandClasses
        );
        await LinkSurvey.Handle(district.Store, D.Officer, new(2018, "变更调查衔接"), D.Law.LandClasses);
        await using var db = district.Store.Read();
        var link = await db.SurveyLinks.SingleOrDefaultAsync(l => l.ViolationId == violation.Id);
        Assert.Equal(expect.Text("survey_list"), link?.List ?? "none");
    }

    /// <returns>False when it was refused; the code is kept.</returns>
    private async Task<bool> RefusableAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Problem problem)
        {
            refused.Add(problem.Code);
            return false;
        }
    }
}
