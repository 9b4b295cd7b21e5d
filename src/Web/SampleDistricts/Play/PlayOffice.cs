using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;
using Weipian.Sample.Year;
using Weipian.Web.Reading;
using Weipian.Web.Training;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>What a part of the played year works with: the seats to act through, the data to see what is left to do, and the truth that
/// says who does what.</summary>
internal sealed class PlayOffice(
    PlaySeats seats,
    OfficeBooks books,
    ProgrammeRows rows,
    TrainingDesk training,
    YearTruth truth,
    CancellationToken stop
)
{
    public const string Officer = "district-officer";
    public const string Reviewer = "district-reviewer";
    public const string Head = "office-head";
    public const string Government = "government";
    public const string Finance = "finance";
    public const string Reason = "合成样区的一年 the year of the sample";

    public YearTruth Truth => truth;

    public OfficeBooks Books => books;

    public ProgrammeRows Rows => rows;

    public TrainingDesk Training => training;

    public CancellationToken Stop => stop;

    public StoreContext Read() => books.Store.Read();

    public Task<JsonElement> DoAsync(string login, string act, object request) => seats.ActAsync(login, act, request);

    /// <summary>Takes a file, as a browser does.</summary>
    public async Task TakeAsync(string login, string path)
    {
        using var answer = await (await seats.SignedInAsync(login)).GetAsync(new Uri(path, UriKind.Relative), stop);
        answer.EnsureSuccessStatusCode();
    }

    public Task PostAsync(string login, string path, object request) => seats.PostAsync(login, path, request);

    /// <summary>A visit without photographs.</summary>
    public async Task<Guid> VisitAsync(string login, Guid patch, DateOnly on)
    {
        await seats.VisitAsync(
            login,
            new
            {
                patchId = patch,
                visitedOn = Day(on),
                answers = new { },
                files = Array.Empty<object>(),
                reason = Reason,
            }
        );
        await using var db = Read();
        return await db.Visits.Where(v => v.PatchId == patch && v.By == login).Select(v => v.Id).FirstAsync(stop);
    }

    /// <summary>A further visit that brings photographs of some kinds.</summary>
    public Task PhotographAsync(string login, Guid patch, IReadOnlyList<string> kinds) =>
        seats.VisitAsync(
            login,
            new
            {
                patchId = patch,
                visitedOn = Day(books.Today),
                answers = new { evidence = string.Join(',', kinds.Where(k => k.Length > 0)) },
                files = new[] { new { name = "retaken.png" } },
                reason = "补充实地照片",
            },
            ("retaken.png", Convert.FromBase64String(Pixel))
        );

    /// <summary>A picture of one point.</summary>
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    public static string TownOf(string unit) => $"town-{unit}";

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Whether an act occurred: where its rows do not tell.</summary>
    public async Task<bool> HasOccurredAsync(string act)
    {
        await using var db = Read();
        return await db.Journal.AnyAsync(j => j.Act == act, stop);
    }

    /// <summary>The violations in force of a programme that the truth foretold, in order of number.</summary>
    public async Task<IReadOnlyList<PlayedViolation>> ViolationsAsync(string programme)
    {
        await using var db = Read();
        var found = await (
            from violation in db.Violations
            where violation.ProgrammeId == programme && !db.Violations.Any(later => later.SupersedesId == violation.Id)
            join parcel in db.ViolationParcels on violation.Id equals parcel.ViolationId
            join patch in db.Patches on parcel.PatchId equals patch.Id
            orderby violation.Number
            select new
            {
                violation,
                patch.Number,
                patch.Id,
            }
        ).ToListAsync(stop);
        return
        [
            .. found
                .DistinctBy(f => f.violation.Id)
                .Where(f => truth.Find(f.Number) is not null)
                .Select(f => new PlayedViolation(f.violation, f.Number, f.Id, truth.Find(f.Number)!, truth.Tempers[f.violation.Unit])),
        ];
    }
}

/// <summary>A violation as it came to be, with what the truth has in store for it.</summary>
internal sealed record PlayedViolation(Violation Row, string Patch, Guid PatchId, TrueViolation Truth, string Temper)
{
    public Guid Id => Row.Id;
}
