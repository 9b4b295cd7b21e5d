using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Sample.Year;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>What leaves the district on the days of the plan: reports made by the officer, signed and sent by the
/// head of the office; and the
/// plain records.</summary>
internal sealed class PlayPapers(PlayOffice office)
{
    private readonly PlayBatches batches = new(office);

    /// <summary>The administrator makes a backup and tries it, once.</summary>
    public async Task DrillAsync()
    {
        if (!await office.HasOccurredAsync(RecordBackup.Act))
            await office.DoAsync("administrator", RecordBackup.Act, new { reason = "年度工作开始前的备份演练" });
    }

    /// <summary>A report is made, signed and sent, on the day that the plan names or later with a reason.</summary>
    public async Task SendAsync(TrueSubmission sent)
    {
        var (calendarId, on) = (sent.CalendarId, sent.SentOn);
        await using var db = office.Read();
        if (await db.Submissions.AnyAsync(s => s.CalendarId == calendarId, office.Stop))
            return;
        var date = office.Books.Plan.Calendar.Find(calendarId)!;
        // What reports verdicts needs them signed: the gate of a county.
        if (CountyGate.IsAskedFor(date.Kind, office.Books.Law, office.Books.Today))
            foreach (var programme in date.Programmes)
                await batches.SignAsync(programme);
        Guid? report = null;
        if (date.Report is { } kind)
        {
            report = await db
                .Reports.Where(r => r.Kind == kind && r.OnDay == on)
                .OrderBy(r => r.At)
                .Select(r => (Guid?)r.Id)
                .FirstOrDefaultAsync(office.Stop);
            report ??= await MakeAsync(kind, [.. date.Programmes], on);
            if (!await db.Signatures.AnyAsync(s => s.SubjectId == report, office.Stop))
                await office.DoAsync(PlayOffice.Head, "sign-report", new { reportId = report, reason = "签发" });
        }
        await office.DoAsync(
            PlayOffice.Head,
            "submit-due",
            new
            {
                calendarId,
                sentOn = PlayOffice.Day(on),
                reportId = report,
                lateReasonZh = sent.LateDays > 0 ? "个别数据复核，延误报送" : null,
                reason = "报送",
            }
        );
    }

    /// <summary>The figures of a report are frozen without a document.</summary>
    public async Task FreezeAsync(string programme, DateOnly on)
    {
        if (!await office.HasOccurredAsync("freeze-report-figures"))
            await office.DoAsync(
                PlayOffice.Officer,
                "freeze-report-figures",
                new
                {
                    kind = "patch-list",
                    programmes = new[] { programme },
                    onDay = PlayOffice.Day(on),
                    reason = "固化数据",
                }
            );
    }

    /// <summary>Trainings and instructions of the bureau, money of the finance bureau.</summary>
    public async Task KeepAsync(string login, string kind, DateOnly on, string title, long? fen)
    {
        await using var db = office.Read();
        if (!await db.OfficeRecords.AnyAsync(r => r.Kind == kind, office.Stop))
            await office.DoAsync(
                login,
                "keep-record",
                new
                {
                    kind,
                    on = PlayOffice.Day(on),
                    titleZh = title,
                    textZh = title,
                    amountFen = fen,
                    reason = "登记",
                }
            );
    }

    /// <summary>The members of the leading group are told, once.</summary>
    public async Task NotifyAsync(string login, string text)
    {
        await using var db = office.Read();
        if (await db.Notices.AnyAsync(n => n.ToKind == "post", office.Stop))
            return;
        await office.DoAsync(
            login,
            "notify-posts",
            new
            {
                post = Flow.Store.NotifyPosts.AllMembers,
                textZh = text,
                reason = "部署",
            }
        );
    }

    /// <summary>A permit is asked for by the party of the first case.</summary>
    public async Task AskPermitAsync()
    {
        await using var db = office.Read();
        if (await db.HoldInquiries.AnyAsync(office.Stop))
            return;
        if (await db.ViolationParties.OrderBy(p => p.At).FirstOrDefaultAsync(office.Stop) is not { } first)
            return;
        var name = (await Identities.NewestAsync(db, [first.PartyId], office.Stop))[first.PartyId].NameZh;
        await office.DoAsync("permit-desk", "ask-hold", new { asked = name, reason = "受理许可申请" });
    }

    /// <summary>The city answers on every confirmed verdict of a programme; the file is taken whole.</summary>
    public async Task ReceiveAsync(string programme)
    {
        await using var db = office.Read();
        if (await db.ReceivedVerdicts.AnyAsync(office.Stop))
            return;
        var rows = await office.Rows.SeenAsync(programme, new SignIn.Sight(true, null), office.Stop);
        var lines = rows.Where(r => r.IsConfirmed)
            .SelectMany(r => r.Parcels, (r, p) => $"{r.Number},{p.Number},passed")
            .Prepend("patch,parcel,outcome");
        await office.DoAsync(
            PlayOffice.Officer,
            "receive-verdicts",
            new
            {
                programmeId = programme,
                level = "city",
                fileName = "answers.csv",
                contentBase64 = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines))),
                reason = "市级校核",
            }
        );
    }

    private async Task<Guid> MakeAsync(string kind, IReadOnlyList<string> programmes, DateOnly on)
    {
        var made = await office.DoAsync(
            PlayOffice.Officer,
            "make-report",
            new
            {
                kind,
                programmes,
                onDay = PlayOffice.Day(on),
                problemsZh = "个别单位整改进展缓慢，已督促。",
                reason = "编制报告",
            }
        );
        return made.GetProperty("reportId").GetGuid();
    }
}
