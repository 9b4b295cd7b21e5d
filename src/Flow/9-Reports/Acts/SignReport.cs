using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Reports;

/// <summary>The head of the office signs a report that another seat made, before it leaves the district.</summary>
public static class SignReport
{
    public const string Act = "sign-report";

    public sealed record Request(Guid ReportId, string Reason);

    /// <summary>Pure: once, and never by whoever made it.</summary>
    public static void Decide(Report report, Signature? earlier, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(actor);
        if (earlier is not null)
            throw Problem.Chain.AlreadyDone("报告签发", "The signing of the report", earlier.By, earlier.At);
        if (report.By == actor.Login)
            throw Problem.Chain.SamePerson(actor.Login, "签发报告", "sign the report");
    }

    /// <returns>The id of the signature.</returns>
    /// <exception cref="Problem"><c>chain.not-there</c>, <c>chain.already-done</c>, <c>chain.same-person</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(actor, Act, request.ReportId.ToString(), request.Reason, act => WriteAsync(act, request, stop), stop);
    }

    private static async Task<Guid> WriteAsync(ActScope act, Request request, CancellationToken stop)
    {
        var report =
            await act.Db.Reports.SingleOrDefaultAsync(r => r.Id == request.ReportId, stop)
            ?? throw Problem.Chain.NotThere("报告", "report", request.ReportId.ToString());
        var earlier = await act.Db.Signatures.SingleOrDefaultAsync(s => s.SubjectId == report.Id && s.Purpose == Act, stop);
        Decide(report, earlier, act.By);
        var signature = new Signature
        {
            Id = act.NewId(),
            SubjectKind = "report",
            SubjectId = report.Id,
            Purpose = Act,
            Outcome = "approved",
            ReasonZh = request.Reason.Trim(),
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(signature);
        act.Fact("file", report.FileName);
        act.Fact("sha256", report.FileSha256);
        return signature.Id;
    }
}
