using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Reports;
using Weipian.Flow.Store;
using Weipian.Web.Acts;

namespace Weipian.Web.Reading;

/// <summary>A published report with the signature under it.</summary>
/// <param name="SignedBy">Login; null while the head of the office has not signed.</param>
public sealed record PublishedReport(
    Guid Id,
    string Kind,
    string Zh,
    string En,
    string Scope,
    DateOnly OnDay,
    string FileName,
    string FileSha256,
    Guid SnapshotId,
    string By,
    DateTime At,
    string? SignedBy,
    DateTime? SignedAt
);

/// <summary>A report that a date of the plan asks for.</summary>
/// <param name="Made">The latest report of its kind on its programmes; null while there is none.</param>
public sealed record AskedReport(PlanDate Date, ReportKind Kind, PublishedReport? Made);

/// <summary>Reports as they were published, and those the plan still waits for.</summary>
public sealed class ReportShelf(OfficeBooks books, ActHall hall)
{
    /// <summary>All of them, latest first.</summary>
    public async Task<IReadOnlyList<PublishedReport>> PublishedAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var reports = await db.Reports.ToListAsync(stop);
        var signed = await db
            .Signatures.Where(s => s.SubjectKind == "report" && s.Purpose == SignReport.Act)
            .ToDictionaryAsync(s => s.SubjectId, stop);
        return [.. reports.OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Select(r => Of(r, signed.GetValueOrDefault(r.Id)))];
    }

    public async Task<Report?> FindAsync(Guid id, CancellationToken stop = default)
    {
        await using var db = books.Read();
        return await db.Reports.SingleOrDefaultAsync(r => r.Id == id, stop);
    }

    /// <summary>The figures as they were frozen; null when there is no such snapshot or it is none of a report.</summary>
    public async Task<FigureBook?> BookAsync(Guid snapshotId, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var snapshot = await db.Snapshots.SingleOrDefaultAsync(s => s.Id == snapshotId && s.Kind.StartsWith("report:"), stop);
        return snapshot is null ? null : FigureBook.FromJson(Snapshots.Read(books.Store.Blobs, snapshot));
    }

    /// <summary>The reports that the plan asks for, in the order of their dates.</summary>
    public async Task<IReadOnlyList<AskedReport>> AskedAsync(CancellationToken stop = default)
    {
        var published = await PublishedAsync(stop);
        return
        [
            .. books
                .Plan.Calendar.Dates.Where(d => d.Report is not null && hall.Reports.Reports.Kinds.Any(k => k.Id == d.Report))
                .Select(d => new AskedReport(
                    d,
                    hall.Reports.Reports[d.Report!],
                    published.FirstOrDefault(p => p.Kind == d.Report && d.Programmes.All(p.Scope.Split('+').Contains))
                )),
        ];
    }

    /// <summary>The verdicts of a programme beside the answers of a level, as of today.</summary>
    public async Task<IReadOnlyList<ReconciliationLine>> ReconciledAsync(string programme, string level, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var facts = await FigureReading.ReadAsync(db, books.Plan, books.Law, [programme], books.Today, stop);
        return Reconciliation.Of(facts, level);
    }

    /// <summary>What the upload package of a programme still lacks.</summary>
    public async Task<IReadOnlyList<Bilingual>> MissingAsync(string programme, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var facts = await FigureReading.ReadAsync(db, books.Plan, books.Law, [programme], books.Today, stop);
        return UploadPackage.Missing(facts);
    }

    private PublishedReport Of(Report report, Signature? signature)
    {
        var kind = hall.Reports.Reports.Kinds.FirstOrDefault(k => k.Id == report.Kind);
        return new(
            report.Id,
            report.Kind,
            kind?.Zh ?? report.Kind,
            kind?.En ?? report.Kind,
            report.Scope,
            report.OnDay,
            report.FileName,
            report.FileSha256,
            report.SnapshotId,
            report.By,
            report.At,
            signature?.By,
            signature?.At
        );
    }
}
