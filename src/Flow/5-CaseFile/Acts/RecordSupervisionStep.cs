using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>What happens to a supervision: the government signs or returns it, it is published, bodies get tasks and report them done,
/// there is a result, and it is lifted.</summary>
public static class RecordSupervisionStep
{
    public const string Act = "record-supervision-step";

    /// <param name="Body">Of a task: the body of the plan that has to do it.</param>
    /// <param name="NoteZh">Of a publication: what is demanded; it stands in the paper that goes out.</param>
    public sealed record Request(
        Guid SupervisionId,
        [OneOf("approved", "returned", "published", "task-given", "task-done", "result", "lifted")] string Kind,
        DateOnly On,
        string? Body,
        string NoteZh,
        string Reason
    );

    /// <summary>Pure: who may do the step, and whether its time has come.</summary>
    /// <param name="body">The body of the seat that acts; null for none.</param>
    public static void Decide(
        Supervision supervision,
        Request request,
        Actor actor,
        string? body,
        IReadOnlyList<SupervisionStep> steps,
        WorkPlan plan,
        DateOnly today
    )
    {
        ArgumentNullException.ThrowIfNull(supervision);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(plan);
        OneOfAttribute.Check("Kind", request.Kind, SupervisionStepKind.All);
        RequireRole(request.Kind, actor);
        if (actor.Login == supervision.By && request.Kind is SupervisionStepKind.Approved)
            throw Problem.Chain.SamePerson(actor.Login, "签批", "sign");
        RequireOrder(request, steps);
        if (request.Kind is SupervisionStepKind.TaskGiven)
            OneOfAttribute.Check("Body", request.Body ?? "", [.. plan.Bodies.Select(b => b.Id).Where(b => SeatBodies.HasSeat(plan, b))]);
        if (request.Kind is SupervisionStepKind.TaskDone)
            RequireTask(request, actor, body, steps);
        if (string.IsNullOrWhiteSpace(request.NoteZh))
            throw Problem.Chain.BadValue("NoteZh", "", "意见或情况", "some words");
        var (to, note) = (BodyOf(request, body), request.NoteZh.Trim());
        var same = steps.Where(s => s.Kind == request.Kind && s.On == request.On);
        if (same.FirstOrDefault(s => s.Body == to && s.NoteZh == note) is { } done)
            throw Problem.Chain.AlreadyDone("当日的同一步骤", "The same step of that day", done.By, done.At);
        Cause raised = new("提出日期", "the day it was raised", supervision.RaisedOn);
        DayOrder.Require("日期", "The day", request.On, today, raised, AnsweredBy(request.Kind, body, steps));
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>case-file.other-body</c>, <c>store.act-not-allowed</c></exception>
    public static Task<Guid> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        DocumentBook documents,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(documents);
        return store.ActAsync(
            actor,
            Act,
            request.SupervisionId.ToString(),
            request.Reason,
            async act =>
            {
                var supervision =
                    await act.Db.Supervisions.SingleOrDefaultAsync(s => s.Id == request.SupervisionId, stop)
                    ?? throw Problem.Chain.NotThere("督办事项", "supervision", request.SupervisionId.ToString());
                var steps = await act
                    .Db.SupervisionSteps.Where(s => s.SupervisionId == supervision.Id)
                    .OrderBy(s => s.At)
                    .ToListAsync(stop);
                var body = SeatBodies.Of(act.Store.Plan, actor);
                Decide(supervision, request, actor, body, steps, act.Store.Plan, act.Today);
                var paper = await SupervisionPaper.IssueAsync(act, supervision, request, documents, stop);
                var step = new SupervisionStep
                {
                    Id = act.NewId(),
                    SupervisionId = supervision.Id,
                    Kind = request.Kind,
                    On = request.On,
                    Body = BodyOf(request, body),
                    NoteZh = request.NoteZh.Trim(),
                    DocumentId = paper?.Id,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(step);
                act.Fact("step", request.Kind);
                return step.Id;
            },
            stop
        );
    }

    private static string? BodyOf(Request request, string? own) => request.Kind == SupervisionStepKind.TaskDone ? own : request.Body;

    private static void RequireRole(string kind, Actor actor)
    {
        string[] may = kind switch
        {
            SupervisionStepKind.Approved or SupervisionStepKind.Returned or SupervisionStepKind.Lifted => [PlanRoles.Government],
            SupervisionStepKind.TaskGiven => [PlanRoles.Government, PlanRoles.OfficeHead],
            SupervisionStepKind.TaskDone => [PlanRoles.Department, PlanRoles.Finance],
            SupervisionStepKind.Published => [PlanRoles.OfficeHead],
            _ => [PlanRoles.DistrictOfficer, PlanRoles.OfficeHead],
        };
        if (!may.Contains(actor.Role, StringComparer.Ordinal))
            throw Problem.Store.ActNotAllowed(actor.Login, actor.Role, $"{Act} {kind}", may);
    }

    /// <summary>Signed once; nothing before the signature; lifted last, on a result.</summary>
    private static void RequireOrder(Request request, IReadOnlyList<SupervisionStep> steps)
    {
        bool Has(string kind) => steps.Any(s => s.Kind == kind);
        if (request.Kind is SupervisionStepKind.Approved or SupervisionStepKind.Returned)
        {
            if (steps.FirstOrDefault(s => s.Kind is SupervisionStepKind.Approved or SupervisionStepKind.Returned) is { } signed)
                throw Problem.Chain.AlreadyDone("签批", "Signing", signed.By, signed.At);
            return;
        }
        if (!Has(SupervisionStepKind.Approved))
            throw Problem.Chain.OutOfOrder("办理", "do this", "区政府尚未签批", "the government has not signed it");
        if (steps.FirstOrDefault(s => s.Kind == SupervisionStepKind.Lifted) is { } lifted)
            throw Problem.Chain.AlreadyDone("解除", "Lifting", lifted.By, lifted.At);
        if (request.Kind == SupervisionStepKind.Lifted && !Has(SupervisionStepKind.Result))
            throw Problem.Chain.OutOfOrder("解除", "lift it", "尚无办理结果", "there is no result yet");
    }

    /// <summary>The step that a step answers: a task done its giving, lifting the result, all else the signature.</summary>
    private static Cause AnsweredBy(string kind, string? body, IReadOnlyList<SupervisionStep> steps)
    {
        DateOnly? First(string of, string? to = null) =>
            steps.Where(s => s.Kind == of && (to is null || s.Body == to)).Min(s => (DateOnly?)s.On);
        return kind switch
        {
            SupervisionStepKind.Approved or SupervisionStepKind.Returned => default,
            SupervisionStepKind.TaskDone => new("交办日期", "the day the task was given", First(SupervisionStepKind.TaskGiven, body)),
            SupervisionStepKind.Lifted => new("办理结果日期", "the day of the result", First(SupervisionStepKind.Result)),
            _ => new("签批日期", "the day it was signed", First(SupervisionStepKind.Approved)),
        };
    }

    private static void RequireTask(Request request, Actor actor, string? body, IReadOnlyList<SupervisionStep> steps)
    {
        var given = steps.Count(s => s.Kind == SupervisionStepKind.TaskGiven && s.Body == body);
        if (body is null || given == 0)
            throw Problem.CaseFile.OtherBody(actor.Login, request.Body ?? "—");
        if (steps.Count(s => s.Kind == SupervisionStepKind.TaskDone && s.Body == body) >= given)
        {
            var done = steps.Last(s => s.Kind == SupervisionStepKind.TaskDone && s.Body == body);
            throw Problem.Chain.AlreadyDone("任务", "The task", done.By, done.At);
        }
    }
}
