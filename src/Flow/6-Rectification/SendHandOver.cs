using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Rectification;

/// <summary>Offers what was confiscated to the finance bureau, the single receiver (没收移交): a letter with the list of things.</summary>
/// <remarks>
/// The law sets a limit for the hand-over from 2021-09 on and names no day from which it runs; read as the day of the order. Before that
/// there is none, and none is made up.
/// </remarks>
public static class SendHandOver
{
    public const string Act = "send-hand-over";

    public const string Document = "hand-over-letter";

    private const string Limit = "cn/land-administration-law-regulation/58#handover_days_max";

    private const int ThingParts = 4;

    /// <param name="Things">One on each line: name;quantity;place;condition.</param>
    /// <param name="ReplyBy">The day by which the receiver is asked to answer.</param>
    public sealed record Request(Guid MeasureId, DateOnly SentOn, IReadOnlyList<string> Things, DateOnly ReplyBy, string Reason);

    public sealed record Answer(Guid HandOverId, string DocumentNumber, DateOnly? ReceiveBy);

    /// <param name="DecidedOn">The day of the decision that confiscates; null while there is none.</param>
    /// <param name="Earlier">A hand-over of the same measure.</param>
    public sealed record Facts(Measure Measure, bool IsOpen, DateOnly? DecidedOn, HandOver? Earlier);

    /// <summary>Pure: a confiscation that was decided, another person than who ordered it, once, with things on the list.</summary>
    public static void Decide(Actor actor, Request request, Facts facts, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Measure.Kind != MeasureKind.Confiscate)
            throw Problem.Chain.BadValue("MeasureId", facts.Measure.Kind, "没收", "a confiscation");
        if (facts.Earlier is { } earlier)
            throw Problem.Chain.AlreadyDone("移交", "The hand-over", earlier.By, earlier.At);
        if (!facts.IsOpen)
            throw Problem.Rectification.MeasureEnded(facts.Measure.Kind);
        if (facts.Measure.By == actor.Login)
            throw Problem.Chain.SamePerson(actor.Login, "签发移交书", "sign the letter");
        if (facts.DecidedOn is not { } decided)
            throw Problem.Chain.OutOfOrder("移交", "hand over", "没收的处罚决定尚未作出", "nothing was decided to be confiscated yet");
        if (request.SentOn > today)
            throw Problem.Chain.InFuture("移交日期", "The day of the hand-over", request.SentOn, today);
        if (request.SentOn < decided)
            throw Problem.Chain.BeforeCause("移交日期", "The day of the hand-over", request.SentOn, "处罚决定", "the decision", decided);
        if (request.ReplyBy < request.SentOn)
            throw Problem.Chain.BeforeCause("复函期限", "The day to answer", request.ReplyBy, "移交日期", "the hand-over", request.SentOn);
        if (request.Things.Count == 0)
            throw Problem.Rectification.ProofMissing("移交清单", "list of things");
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>rectification.*</c>, <c>case-file.document-*</c></exception>
    public static Task<Answer> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        DocumentBook documents,
        LawBook law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(law);
        return store.ActAsync(
            actor,
            Act,
            request.MeasureId.ToString(),
            request.Reason,
            async act =>
            {
                var standing = await MeasureStanding.OfOneAsync(act.Db, request.MeasureId, stop);
                var violation = await StandingViolation.ReadAsync(act.Db, standing.Measure.ViolationId, stop);
                var (file, decided) = await DecisionAsync(act.Db, violation.Id, stop);
                var earlier = await act.Db.HandOvers.SingleOrDefaultAsync(h => h.MeasureId == standing.Measure.Id, stop);
                Decide(actor, request, new(standing.Measure, standing.IsOpen, decided?.On, earlier), act.Today);
                var fields = await FieldsAsync(act, request, violation, file!, decided!, stop);
                var letter = await DocumentIssue.IssueAsync(
                    act,
                    documents[Document],
                    "measure",
                    standing.Measure.Id,
                    request.SentOn,
                    fields,
                    stop
                );
                return Write(act, request, standing.Measure, letter, law);
            },
            stop
        );
    }

    /// <summary>The last day to receive, where the law of the day sets one.</summary>
    public static DateOnly? ReceiveBy(LawBook law, DateOnly orderedOn)
    {
        ArgumentNullException.ThrowIfNull(law);
        var day = law.AsOf(orderedOn, SelectingDate.Event);
        return day.IsSet(Limit) ? Deadline.After(orderedOn, day.Term(Limit), law.Calendar).LastDayInclusive : null;
    }

    private static async Task<(CaseFile? File, CaseStep? Decided)> DecisionAsync(StoreContext db, Guid violation, CancellationToken stop)
    {
        var file = await db.CaseFiles.SingleOrDefaultAsync(f => f.ViolationId == violation, stop);
        var decided = file is null
            ? null
            : await db
                .CaseSteps.Where(s => s.CaseFileId == file.Id && s.Kind == CaseStepKind.Decided)
                .OrderBy(s => s.Ordinal)
                .LastOrDefaultAsync(stop);
        return (file, decided);
    }

    private static async Task<Dictionary<string, string>> FieldsAsync(
        ActScope act,
        Request request,
        Violation violation,
        CaseFile file,
        CaseStep decided,
        CancellationToken stop
    )
    {
        var plan = act.Store.Plan;
        var decision = await act.Db.IssuedDocuments.SingleOrDefaultAsync(d => d.Id == decided.DocumentId, stop);
        var parties = await (
            from role in act.Db.ViolationParties
            join party in act.Db.Parties on role.PartyId equals party.Id
            where role.ViolationId == violation.Id && role.Role == "actor"
            orderby party.LabelZh
            select party.LabelZh
        ).ToListAsync(stop);
        return new(StringComparer.Ordinal)
        {
            ["addressee"] = BodyZh(plan, "finance-funds-and-receives"),
            ["party"] = parties.Count > 0 ? string.Join('、', parties) : violation.NameZh,
            ["act"] = file.GroundZh,
            ["decision-number"] = decision?.Number ?? file.Number,
            ["decision-date"] = Day(decided.On),
            ["property"] = string.Join("；", request.Things.Select(t => string.Join(' ', Parts(t)))),
            ["reply-until"] = Day(request.ReplyBy),
            ["seal"] = BodyZh(plan, "confiscate"),
        };
    }

    private static Answer Write(ActScope act, Request request, Measure measure, IssuedDocument letter, LawBook law)
    {
        var handOver = new HandOver
        {
            Id = act.NewId(),
            MeasureId = measure.Id,
            ViolationId = measure.ViolationId,
            ListJson = ListOf(request.Things),
            SentOn = request.SentOn,
            ReceiveBy = ReceiveBy(law, measure.OrderedOn),
            DocumentId = letter.Id,
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(handOver);
        Tell.Role(
            act,
            PlanRoles.Finance,
            "hand-over",
            handOver.Id,
            $"{letter.Number}：没收物 {request.Things.Count} 项待接收",
            $"{letter.Number}: {request.Things.Count} confiscated things wait to be received"
        );
        return new(handOver.Id, letter.Number, handOver.ReceiveBy);
    }

    /// <summary>The body that a duty of the plan names.</summary>
    private static string BodyZh(WorkPlan plan, string duty)
    {
        var id = plan.Duties.FirstOrDefault(d => d.Id == duty) is { By: [var first, ..] } ? first : null;
        return plan.Bodies.FirstOrDefault(b => b.Id == id)?.Name.Zh ?? plan.Document.Issuer.Zh;
    }

    private static string ListOf(IReadOnlyList<string> things) =>
        CanonicalJson.Of(
            new JsonArray([
                .. things
                    .Select(Parts)
                    .Select(p => new JsonObject
                    {
                        ["name"] = p[0],
                        ["quantity"] = p[1],
                        ["place"] = p[2],
                        ["condition"] = p[^1],
                    }),
            ])
        );

    /// <exception cref="Problem"><c>chain.bad-value</c></exception>
    private static string[] Parts(string thing)
    {
        var parts = thing.Split([';', '；'], StringSplitOptions.TrimEntries);
        return parts.Length == ThingParts && parts.All(p => p.Length > 0)
            ? parts
            : throw Problem.Chain.BadValue("Things", thing, "名称；数量；地点；状况", "name;quantity;place;condition");
    }

    private static string Day(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);
}
