using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Escalation;
using Weipian.Flow.Ledger;
using Weipian.Flow.Rectification;
using Weipian.Tests.Flow.Escalation;
using Weipian.Web.Reading;
using D = Weipian.Tests.Flow.Rectification.DistrictOfViolations;

namespace Weipian.Tests.Web.Reading;

/// <summary>What a seat has to do in rectification, on the ledger and in escalation: its own, and only while it is to be done.</summary>
public sealed class DueItemsTests
{
    [Fact]
    public async Task A_measure_is_the_towns_until_it_is_reported_and_then_the_districts_but_not_the_reporters()
    {
        using var district = await D.StartAsync();
        using var books = new OfficeBooks(district.Store.Folder, district.Clock);
        var source = new RectificationDue(books, new MeasureDesk(books));
        var violation = await district.ViolationAsync(5);
        Assert.Equal(["/measures 1"], await source.LinesAsync(books, "district-officer"));
        var measure = await district.OrderAsync(violation, 5);
        var due = district.Store.Today.AddDays(30);
        Assert.Equal([$"/measures?show=open 1 {due:yyyy-MM-dd}"], await source.LinesAsync(books, "town-wangcun"));
        Assert.Empty(await source.LinesAsync(books, "town-nanjiao"));
        Assert.Empty(await source.LinesAsync(books, "district-officer"));
        Assert.Empty(await source.LinesAsync(books, "office-head"));

        district.Clock.Set(due.AddDays(1));
        Assert.Equal([$"/measures?show=late 1 {due:yyyy-MM-dd}"], await source.LinesAsync(books, "town-wangcun"));
        Assert.Equal([$"/measures?show=late 1 {due:yyyy-MM-dd}"], await source.LinesAsync(books, "office-head"));

        var report = await district.ReportAsync(measure, 5, by: D.Officer);
        Assert.Empty(await source.LinesAsync(books, "town-wangcun"));
        Assert.Empty(await source.LinesAsync(books, "district-officer"));
        Assert.Equal([$"/measures?show=waiting 1 {due:yyyy-MM-dd}"], await source.LinesAsync(books, "district-reviewer"));
        await district.AcceptAsync(district.Accept(report, 5), D.Reviewer);
        foreach (var login in new[] { "town-wangcun", "district-officer", "district-reviewer", "office-head", "government" })
            Assert.Empty(await source.LinesAsync(books, login));
    }

    [Fact]
    public async Task Finance_has_what_was_sent_to_it_until_it_gave_its_receipt_and_nothing_else_of_rectification()
    {
        using var district = await D.StartAsync();
        using var books = new OfficeBooks(district.Store.Folder, district.Clock);
        var source = new RectificationDue(books, new MeasureDesk(books));
        var violation = await district.ViolationAsync(5);
        var measure = await district.OrderAsync(violation, 5, kind: MeasureKind.Confiscate);
        Assert.Empty(await source.LinesAsync(books, "finance"));
        var sent = await SentAsync(district, violation, measure);
        Assert.Equal(["/hand-overs 1 2019-07-20"], await source.LinesAsync(books, "finance"));
        Assert.Empty(await source.LinesAsync(books, "permit-desk"));
        Assert.Empty(await source.LinesAsync(books, "administrator"));
        await ReceiveHandOver.Handle(district.Store, D.Finance, new(sent, district.Store.Today, "完好", "接收"));
        Assert.Empty(await source.LinesAsync(books, "finance"));
    }

    [Fact]
    public async Task An_entry_goes_from_the_town_to_the_reviewer_to_the_head_of_the_office()
    {
        using var district = await D.StartAsync();
        using var books = new OfficeBooks(district.Store.Folder, district.Clock);
        var source = new LedgerDue(new LedgerDesk(books));
        var violation = await district.ViolationAsync(5);
        Assert.Empty(await source.LinesAsync(books, "town-wangcun"));
        district.Clock.Set(new(2020, 1, 1));
        await EnterLedger.Handle(district.Store, D.Head, new("2019-cut-off", "挂账"));
        const string Line = "/ledger 1 2020-12-31";
        Assert.Equal([Line], await source.LinesAsync(books, "town-wangcun"));
        Assert.Empty(await source.LinesAsync(books, "town-nanjiao"));
        Assert.Equal([Line], await source.LinesAsync(books, "government"));
        Assert.Empty(await source.LinesAsync(books, "district-reviewer"));

        var accepted = await district.RemoveAsync(violation, 5);
        Assert.Empty(await source.LinesAsync(books, "town-wangcun"));
        Assert.Empty(await source.LinesAsync(books, "government"));
        Assert.Equal([Line], await source.LinesAsync(books, "district-reviewer"));
        Assert.Empty(await source.LinesAsync(books, "office-head"));

        var proposal = await ProposeClosing.Handle(
            district.Store,
            D.Reviewer,
            new(await EntryAsync(district), [accepted.AcceptanceId.ToString()], "已消除", "拟销号")
        );
        Assert.Empty(await source.LinesAsync(books, "district-reviewer"));
        Assert.Equal([Line], await source.LinesAsync(books, "office-head"));
        await CloseLedgerEntry.Handle(district.Store, D.Head, new(proposal, district.Store.Today, "销号"));
        Assert.Empty(await source.LinesAsync(books, "office-head"));
        Assert.Empty(await source.LinesAsync(books, "finance"));
    }

    [Fact]
    public async Task A_finding_goes_from_the_office_to_the_government_to_the_town_and_back()
    {
        using var office = await EscalationOffice.OpenAsync("2019-06-20");
        using var books = new OfficeBooks(office.Data, office.Clock);
        var source = new EscalationDue(books, new EscalationDesk(books));
        var found = await office.FindAsync("wangcun", null);
        Assert.Equal(["/escalation#findings 1"], await source.LinesAsync(books, "office-head"));
        Assert.Empty(await source.LinesAsync(books, "government"));

        var proposed = await office.ProposeAsync("wangcun", GroundIds.Integrity, "warning-interview", found.Id);
        Assert.Empty(await source.LinesAsync(books, "office-head"));
        Assert.Equal(["/escalation#proposals 1"], await source.LinesAsync(books, "government"));
        await office.ApproveAsync(proposed.Id);
        Assert.Equal(["/escalation#proposals 1"], await source.LinesAsync(books, "government"));

        var started = await StartInterview.Handle(
            office.Store,
            EscalationOffice.Government,
            EscalationOffice.InterviewOf(proposed.Id, "2019-06-20", "2019-07-10"),
            EscalationOffice.Documents
        );
        await using var db = office.Store.Read();
        var interview = await db.Interviews.SingleAsync();
        Assert.Equal([$"/interviews/{interview.Id} 1 2019-07-10"], await source.LinesAsync(books, "town-wangcun"));
        Assert.Empty(await source.LinesAsync(books, "town-nanjiao"));
        Assert.Equal(
            [FormattableString.Invariant($"/interviews/{interview.Id} 1 {interview.AcceptBy:yyyy-MM-dd}")],
            await source.LinesAsync(books, "government")
        );
        Assert.Empty(await source.LinesAsync(books, "discipline"));
        Assert.NotNull(started);
    }

    [Fact]
    public async Task The_list_goes_by_stage_and_has_what_is_due_first_on_top()
    {
        DueItem Item(WorkStage stage, string address, DateOnly? due) => new(stage, "kind", address, 1, address, Due: due);
        var list = new DueList([
            new Fixed([Item(WorkStage.Ledger, "ledger", null), Item(WorkStage.CaseFile, "without a day", null)]),
            new Fixed([Item(WorkStage.CaseFile, "later", new(2019, 8, 1)), Item(WorkStage.CaseFile, "late", new(2019, 7, 1))]),
        ]);
        using var office = await EscalationOffice.OpenAsync("2019-07-09");
        var items = await list.DueAsync(DueSeats.Of(office.Store.Plan, "office-head", office.Store.Today));
        Assert.Equal(["late", "later", "without a day", "ledger"], items.Select(i => i.Address));
        Assert.Equal([true, false, false, false], items.Select(i => i.IsLate(office.Store.Today)));
    }

    /// <summary>A letter with its list, as the head of the office sends it.</summary>
    private static async Task<Guid> SentAsync(D district, Violation violation, Guid measure)
    {
        var letter = new IssuedDocument
        {
            Id = Guid.NewGuid(),
            Kind = "hand-over-letter",
            Series = "周自然资移",
            Year = 2019,
            Serial = 1,
            Number = "周自然资移〔2019〕1号",
            SubjectKind = "violation",
            SubjectId = violation.Id,
            IssuedOn = district.Store.Today,
            FieldsJson = "{}",
            By = "office-head",
            At = new DateTime(2019, 7, 1, 4, 0, 0, DateTimeKind.Utc),
        };
        var sent = new HandOver
        {
            Id = Guid.NewGuid(),
            MeasureId = measure,
            ViolationId = violation.Id,
            ListJson = "[]",
            SentOn = district.Store.Today,
            ReceiveBy = new(2019, 7, 20),
            DocumentId = letter.Id,
            By = "office-head",
            At = letter.At,
        };
        await district.AddAsync(letter, sent);
        return sent.Id;
    }

    private static async Task<Guid> EntryAsync(D district)
    {
        await using var db = district.Store.Read();
        return await db.LedgerEntries.Select(e => e.Id).SingleAsync();
    }

    private sealed class Fixed(IReadOnlyList<DueItem> items) : IDueSource
    {
        public Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default) => Task.FromResult(items);
    }
}
