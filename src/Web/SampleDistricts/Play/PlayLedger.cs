using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Rectification;
using Weipian.Sample.Year;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>What is not removed stands on the ledger until it is; credit records, the deduction sheet and the round of the city.</summary>
internal sealed class PlayLedger(PlayOffice office)
{
    /// <summary>The head of the office enters what the machine has not entered yet.</summary>
    public Task EnterAsync(string cutOff) => office.DoAsync(PlayOffice.Head, "enter-ledger", new { cutOff, reason = "存违挂账" });

    /// <summary>What is removed is proposed by the reviewer and struck off by the head of the office.</summary>
    public async Task CloseRemovedAsync(DateOnly on)
    {
        await using var db = office.Read();
        var open = await db
            .LedgerEntries.Where(e => e.EnteredOn <= on && !db.LedgerClosings.Any(c => c.LedgerEntryId == e.Id))
            .OrderBy(e => e.Number)
            .ToListAsync(office.Stop);
        var balances = (await ViolationBalances.OfAsync(db, db.Violations, on, office.Stop)).ToDictionary(b => b.Violation.Id);
        foreach (var entry in open.Where(e => balances.TryGetValue(e.ViolationId, out var balance) && balance.IsRemoved))
        {
            var proposal = await db
                .LedgerClosingProposals.Where(p => p.LedgerEntryId == entry.Id)
                .Select(p => (Guid?)p.Id)
                .FirstOrDefaultAsync(office.Stop);
            proposal ??= await ProposeAsync(entry.Id, entry.ViolationId);
            await office.DoAsync(
                PlayOffice.Head,
                "close-ledger-entry",
                new
                {
                    proposalId = proposal,
                    on = PlayOffice.Day(on),
                    reason = "同意销号",
                }
            );
        }
    }

    /// <summary>Ground that was struck off and built on again goes back on the ledger.</summary>
    public async Task ReopenAsync()
    {
        var (cleared, again) = (await OfCourseAsync(YearCourse.InTwoParts), await OfCourseAsync(YearCourse.Rebuilt));
        await using var db = office.Read();
        var closed = await db.LedgerEntries.FirstOrDefaultAsync(
            e => e.ViolationId == cleared && db.LedgerClosings.Any(c => c.LedgerEntryId == e.Id),
            office.Stop
        );
        if (closed is null || again is null || await db.LedgerEntries.AnyAsync(e => e.ViolationId == again, office.Stop))
            return;
        await office.DoAsync(
            PlayOffice.Reviewer,
            "reopen-ledger-entry",
            new
            {
                ledgerEntryId = closed.Id,
                violationId = again,
                reason = "原址复建，重新挂账",
            }
        );
    }

    /// <summary>The violation on which something out of the ordinary is played; null where the sample has none.</summary>
    private async Task<Guid?> OfCourseAsync(string course)
    {
        if (office.Truth.Courses.GetValueOrDefault(course) is not { } patch)
            return null;
        var told = office.Truth.Find(patch)!;
        return (await office.ViolationsAsync(told.Programme)).FirstOrDefault(v => v.Patch == patch)?.Id;
    }

    public async Task DeductAsync(int year)
    {
        await using var db = office.Read();
        if (!await db.DeductionSheets.AnyAsync(d => d.Year == year, office.Stop))
            await office.DoAsync(PlayOffice.Officer, "make-deduction-sheet", new { year, reason = "指标扣减测算" });
    }

    public async Task LinkSurveyAsync(int year)
    {
        await using var db = office.Read();
        var layers = await db.LayerVersions.Where(v => v.Role == "survey-change").Select(v => v.AsOf).ToListAsync(office.Stop);
        if (layers.Any(day => day.Year == year) && !await office.HasOccurredAsync("link-survey"))
            await office.DoAsync(PlayOffice.Officer, "link-survey", new { year, reason = "与变更调查衔接" });
    }

    /// <summary>The actor of one case is entered, objects, is answered, and the record is signed and sent.</summary>
    public async Task CreditAsync(DateOnly notice, DateOnly signed)
    {
        await using var db = office.Read();
        var party = await db.ViolationParties.Where(p => p.Role == "actor").OrderBy(p => p.At).FirstOrDefaultAsync(office.Stop);
        if (party is null || await db.CreditRecords.AnyAsync(office.Stop))
            return;
        await office.DoAsync(
            PlayOffice.Officer,
            "enter-credit",
            new
            {
                violationId = party.ViolationId,
                partyId = party.PartyId,
                kind = "credit",
                basisZh = "处罚决定",
                noticeOn = PlayOffice.Day(notice),
                objectionBy = PlayOffice.Day(signed.AddDays(-1)),
                reason = "纳入信用记录",
            }
        );
    }

    public async Task SignCreditAsync(DateOnly on)
    {
        await using var db = office.Read();
        foreach (var record in await db.CreditRecords.Select(r => r.Id).ToListAsync(office.Stop))
            if (!await db.CreditSteps.AnyAsync(s => s.CreditRecordId == record && s.Kind == "signed", office.Stop))
                await office.DoAsync(
                    PlayOffice.Head,
                    "record-credit-step",
                    new
                    {
                        creditRecordId = record,
                        kind = "signed",
                        on = PlayOffice.Day(on),
                        noteZh = "异议期满无异议",
                        reason = "签署",
                    }
                );
        if (!await db.CreditSteps.AnyAsync(s => s.Kind == "exported", office.Stop) && await db.CreditRecords.AnyAsync(office.Stop))
            await office.DoAsync(PlayOffice.Head, "export-credit", new { on = PlayOffice.Day(on), reason = "推送信用平台" });
    }

    /// <summary>The city looks at every violation of the year of which nothing is left, and finds half of one standing.</summary>
    public async Task CityAsync(int year, DateOnly started, DateOnly on)
    {
        await using var db = office.Read();
        var round = await db.CityRounds.Where(r => r.Year == year).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(office.Stop);
        round ??= (
            await office.DoAsync(
                PlayOffice.Head,
                "start-city-round",
                new
                {
                    year,
                    startedOn = PlayOffice.Day(started),
                    noteZh = "市级验收",
                    reason = "市级验收",
                }
            )
        ).GetGuid();
        var failing = await OfCourseAsync(YearCourse.CityFails);
        var done = await db.CityResults.Select(r => r.ViolationId).ToHashSetAsync(office.Stop);
        var balances = await ViolationBalances.OfAsync(db, db.Violations.Where(v => v.Year == year), on, office.Stop);
        foreach (var balance in balances.Where(b => b.IsRemoved && !done.Contains(b.Violation.Id)))
        {
            var fails = balance.Violation.Id == failing;
            await office.DoAsync(
                PlayOffice.Officer,
                "record-city-result",
                new
                {
                    cityRoundId = round,
                    violationId = balance.Violation.Id,
                    outcome = fails ? "failed" : "passed",
                    on = PlayOffice.Day(on),
                    remainingSquareMetres = fails ? balance.AreaSquareMetres / 2 : 0,
                    noteZh = fails ? "现场仍有未拆除部分" : "整改到位",
                    reason = "市级验收结果",
                }
            );
        }
    }

    private async Task<Guid> ProposeAsync(Guid entry, Guid violation)
    {
        await using var db = office.Read();
        var acceptances = await (
            from acceptance in db.MeasureAcceptances
            join measure in db.Measures on acceptance.MeasureId equals measure.Id
            where measure.ViolationId == violation && measure.Kind != MeasureKind.Confiscate && acceptance.AreaSquareMetres > 0
            select acceptance.Id
        ).ToListAsync(office.Stop);
        var proposed = await office.DoAsync(
            PlayOffice.Reviewer,
            "propose-closing",
            new
            {
                ledgerEntryId = entry,
                acceptances,
                reasonZh = "经实地验收，违法状态已消除",
                reason = "拟销号",
            }
        );
        return proposed.GetGuid();
    }
}
