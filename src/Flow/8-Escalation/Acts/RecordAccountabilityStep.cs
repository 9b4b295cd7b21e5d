using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>Discipline inspection records that it received a dossier, and with what result it ended.</summary>
public static class RecordAccountabilityStep
{
    public const string Act = "record-accountability-step";

    private const string Received = "received";
    private const string Result = "result";

    /// <summary>Administrative and party sanctions, criminal handling, and none: as the statistics of the field count them.</summary>
    private static readonly string[] Sanctions =
    [
        "none",
        "admin-warning",
        "admin-demerit",
        "admin-major-demerit",
        "admin-demotion",
        "admin-removal",
        "admin-dismissal",
        "party-warning",
        "party-serious-warning",
        "party-removal",
        "party-probation",
        "party-expulsion",
        "criminal-transfer",
        "criminal-penalty",
    ];

    /// <param name="SanctionCode">Of a result.</param>
    public sealed record Request(
        Guid AccountabilityId,
        [OneOf("received", "result")] string Kind,
        DateOnly On,
        [OneOf(
            "none",
            "admin-warning",
            "admin-demerit",
            "admin-major-demerit",
            "admin-demotion",
            "admin-removal",
            "admin-dismissal",
            "party-warning",
            "party-serious-warning",
            "party-removal",
            "party-probation",
            "party-expulsion",
            "criminal-transfer",
            "criminal-penalty"
        )]
            string? SanctionCode,
        string NoteZh,
        string Reason
    );

    /// <summary>Pure: received once, then results, on days that have come and in order.</summary>
    public static void Decide(Request request, Accountability matter, IReadOnlyList<AccountabilityStep> steps, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(matter);
        ArgumentNullException.ThrowIfNull(steps);
        OneOfAttribute.Check("Kind", request.Kind, [Received, Result]);
        if (request.Kind == Result || request.SanctionCode is not null)
            OneOfAttribute.Check("SanctionCode", request.SanctionCode ?? "", Sanctions);
        var received = steps.FirstOrDefault(s => s.Kind == Received);
        if (request.Kind == Received && received is not null)
            throw Problem.Chain.AlreadyDone("签收", "The receipt", received.By, received.At);
        if (request.Kind == Result && received is null)
            throw Problem.Chain.OutOfOrder("登记结果", "record a result", "尚未签收移送材料", "the dossier was not received");
        // Each person has a result of his own: only the same again is no further one.
        var (sanction, note) = (request.SanctionCode, request.NoteZh.Trim());
        var results = steps.Where(s => s.Kind == Result && s.On == request.On);
        if (request.Kind == Result && results.FirstOrDefault(s => s.SanctionCode == sanction && s.NoteZh == note) is { } done)
            throw Problem.Chain.AlreadyDone("当日的同一结果", "The same result of that day", done.By, done.At);
        Cause handedOver = new("移送日期", "the hand-over", matter.HandedOverOn);
        DayOrder.Require("日期", "The day", request.On, today, handedOver, new Cause("签收日期", "the receipt", received?.On));
    }

    /// <returns>The id of the step.</returns>
    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.AccountabilityId.ToString(),
            request.Reason,
            async act =>
            {
                var matter =
                    await act.Db.Accountabilities.SingleOrDefaultAsync(a => a.Id == request.AccountabilityId, stop)
                    ?? throw Problem.Chain.NotThere("问责移送", "hand-over", request.AccountabilityId.ToString());
                var steps = await act.Db.AccountabilitySteps.Where(s => s.AccountabilityId == matter.Id).ToListAsync(stop);
                Decide(request, matter, steps, act.Today);
                var row = new AccountabilityStep
                {
                    Id = act.NewId(),
                    AccountabilityId = matter.Id,
                    Kind = request.Kind,
                    On = request.On,
                    NoteZh = request.NoteZh.Trim(),
                    SanctionCode = request.Kind == Result ? request.SanctionCode : null,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(row);
                act.Fact("kind", row.Kind);
                return row.Id;
            },
            stop
        );
    }
}
