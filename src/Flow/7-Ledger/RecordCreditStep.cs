using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Ledger;

/// <summary>What happens to a credit record: objected, the objection answered, signed, repaired, removed.</summary>
/// <remarks>
/// The party objects within its period; the reviewer answers, upholding or withdrawing the record. The office head signs it after the
/// period, never while an objection is open. It is repaired, and then removed by the office head. Sending it out is
/// <see cref="ExportCredit"/>.
/// </remarks>
public static class RecordCreditStep
{
    public const string Act = "record-credit-step";

    public sealed record Request(
        Guid CreditRecordId,
        [OneOf("objected", "upheld", "withdrawn", "signed", "repaired", "removed")] string Kind,
        DateOnly On,
        string NoteZh,
        string Reason
    );

    private static readonly Dictionary<string, string[]> RolesOf = new(StringComparer.Ordinal)
    {
        [CreditStepKind.Objected] = [PlanRoles.DistrictOfficer],
        [CreditStepKind.Upheld] = [PlanRoles.DistrictReviewer],
        [CreditStepKind.Withdrawn] = [PlanRoles.DistrictReviewer],
        [CreditStepKind.Signed] = [PlanRoles.OfficeHead],
        [CreditStepKind.Repaired] = [PlanRoles.DistrictOfficer],
        [CreditStepKind.Removed] = [PlanRoles.OfficeHead],
    };

    /// <summary>Pure: the right seat, another person where two are needed, the steps in their order.</summary>
    public static void Decide(Actor actor, Request request, CreditStanding standing, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(standing);
        OneOfAttribute.Check("Kind", request.Kind, [.. RolesOf.Keys]);
        if (!RolesOf[request.Kind].Contains(actor.Role))
            throw Problem.Store.ActNotAllowed(actor.Login, actor.Role, $"{Act} {request.Kind}", RolesOf[request.Kind]);
        if (request.On > today)
            throw Problem.Chain.InFuture("日期", "The day", request.On, today);
        if (request.On < standing.Record.NoticeOn)
            throw Problem.Chain.BeforeCause("日期", "The step", request.On, "告知日期", "the notice", standing.Record.NoticeOn);
        if (standing.IsOver)
            throw Refused(request.Kind, "该记录已撤回、移出或期满", "the record was withdrawn or removed, or its term is over");
        if (request.Kind is not (CreditStepKind.Objected or CreditStepKind.Repaired) && standing.Record.By == actor.Login)
            throw Problem.Chain.SamePerson(actor.Login, "签署该记录", "sign the record");
        DecideOrder(request, standing);
    }

    /// <returns>The id of the step.</returns>
    /// <exception cref="Problem"><c>chain.*</c>, <c>ledger.step-not-now</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.CreditRecordId.ToString(),
            request.Reason,
            async act =>
            {
                var own = act.Db.CreditRecords.Where(r => r.Id == request.CreditRecordId);
                var standing =
                    (await CreditStanding.OfAsync(act.Db, own, act.Today, stop)).SingleOrDefault()
                    ?? throw Problem.Chain.NotThere("信用记录", "credit record", request.CreditRecordId.ToString());
                Decide(actor, request, standing, act.Today);
                var step = Step(act, standing.Record.Id, request.Kind, request.On, request.NoteZh.Trim());
                act.Db.Add(step);
                act.Fact("step", step.Kind);
                return step.Id;
            },
            stop
        );
    }

    internal static CreditStep Step(ActScope act, Guid record, string kind, DateOnly on, string noteZh) =>
        new()
        {
            Id = act.NewId(),
            CreditRecordId = record,
            Kind = kind,
            On = on,
            NoteZh = noteZh,
            By = act.By.Login,
            At = act.At,
        };

    private static void DecideOrder(Request request, CreditStanding standing)
    {
        var (signed, by) = (standing.Has(CreditStepKind.Signed), standing.Record.ObjectionBy);
        switch (request.Kind)
        {
            case CreditStepKind.Objected when request.On > by:
                throw Refused(request.Kind, $"异议期限 {by:yyyy-MM-dd} 已过", $"the period to object ended on {by:yyyy-MM-dd}");
            case CreditStepKind.Objected when signed || standing.ObjectionOpen:
                throw Refused(request.Kind, "已有异议待答复，或记录已签署", "an objection is open, or the record is signed");
            case CreditStepKind.Upheld or CreditStepKind.Withdrawn when !standing.ObjectionOpen:
                throw Refused(request.Kind, "没有待答复的异议", "no objection waits for an answer");
            case CreditStepKind.Signed when standing.ObjectionOpen:
                throw Refused(request.Kind, "异议尚未答复", "an objection is not answered");
            case CreditStepKind.Signed when request.On <= by:
                throw Refused(request.Kind, $"异议期限至 {by:yyyy-MM-dd} 24:00", $"the party may object until the end of {by:yyyy-MM-dd}");
            case CreditStepKind.Signed when signed:
                throw Refused(request.Kind, "已经签署", "it is signed already");
            case CreditStepKind.Repaired or CreditStepKind.Removed when !signed:
                throw Refused(request.Kind, "记录尚未签署", "the record is not signed");
            case CreditStepKind.Removed when !standing.Has(CreditStepKind.Repaired):
                throw Refused(request.Kind, "尚未完成信用修复", "it was not repaired");
            default:
                break;
        }
    }

    private static Problem Refused(string kind, string becauseZh, string becauseEn) =>
        Problem.Ledger.StepNotNow(WordZh(kind), kind, becauseZh, becauseEn);

    private static string WordZh(string kind) =>
        kind switch
        {
            CreditStepKind.Objected => "提出异议",
            CreditStepKind.Upheld => "维持",
            CreditStepKind.Withdrawn => "撤回",
            CreditStepKind.Signed => "签署",
            CreditStepKind.Repaired => "信用修复",
            _ => "移出",
        };
}
