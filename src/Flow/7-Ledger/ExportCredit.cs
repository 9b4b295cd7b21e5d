using System.Text;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;

namespace Weipian.Flow.Ledger;

/// <summary>Sends the records in force to the credit system: one masked file, kept, and a step on every record that was in it.</summary>
public static class ExportCredit
{
    public const string Act = "export-credit";

    public sealed record Request(DateOnly On, string Reason);

    /// <param name="Sha256">Address of the file among the blobs.</param>
    public sealed record Answer(int Records, string Sha256, string Csv);

    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Answer> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            $"{request.On:yyyy-MM-dd}",
            request.Reason,
            async act =>
            {
                if (request.On > act.Today)
                    throw Problem.Chain.InFuture("导出日期", "The day of the export", request.On, act.Today);
                var standing = (await CreditStanding.OfAsync(act.Db, act.Db.CreditRecords, act.Today, stop)).Where(s => s.InForce).ToList();
                if (standing.Count == 0)
                    throw Problem.Chain.OutOfOrder("导出", "export", "没有生效的信用记录", "no record is in force");
                var signed = standing.Max(s => s.Steps.Where(x => x.Kind == CreditStepKind.Signed).Max(x => x.On));
                if (request.On < signed)
                    throw Problem.Chain.BeforeCause("导出日期", "The day of the export", request.On, "签署日期", "the signature", signed);
                var csv = await CsvAsync(act.Db, standing, stop);
                var sha256 = act.Store.Blobs.Put(Encoding.UTF8.GetBytes(csv));
                foreach (var s in standing)
                    act.Db.Add(RecordCreditStep.Step(act, s.Record.Id, CreditStepKind.Exported, request.On, sha256));
                act.Fact("records", standing.Count);
                act.Fact("file", sha256);
                return new Answer(standing.Count, sha256, csv);
            },
            stop
        );
    }

    private static async Task<string> CsvAsync(StoreContext db, IReadOnlyList<CreditStanding> standing, CancellationToken stop)
    {
        var ids = standing.Select(s => s.Record.PartyId).ToHashSet();
        var parties = await db.Parties.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, stop);
        // A correction of an identity is a further row: the last one counts.
        var identities = await Identities.NewestAsync(db, ids, stop);
        var about = standing.Select(s => s.Record.ViolationId).ToHashSet();
        var violations = await db.Violations.Where(v => about.Contains(v.Id)).ToDictionaryAsync(v => v.Id, stop);
        return CreditCsv.Of(standing, parties, identities, violations);
    }
}
