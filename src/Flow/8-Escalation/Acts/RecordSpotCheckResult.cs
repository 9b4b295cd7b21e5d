using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>Records what the check of one drawn item found: true, wrong, or fraud.</summary>
/// <remarks>Fraud is only stated here; whoever is responsible is named by an integrity finding that refers to it.</remarks>
public static class RecordSpotCheckResult
{
    public const string Act = "record-spot-check-result";

    private static readonly string[] Outcomes = ["true", "wrong", "fraud"];

    /// <param name="DrawId">The draw.</param>
    /// <param name="SubjectId">One of the drawn items.</param>
    public sealed record Request(
        Guid DrawId,
        Guid SubjectId,
        DateOnly CheckedOn,
        [OneOf("true", "wrong", "fraud")] string Outcome,
        string NoteZh,
        string Reason
    );

    /// <summary>Pure: a drawn item, checked after the draw, once.</summary>
    public static void Decide(Request request, SpotCheckDraw draw, DateOnly drawnOn, SpotCheckResult? earlier, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(draw);
        OneOfAttribute.Check("Outcome", request.Outcome, Outcomes);
        if (!JsonSerializer.Deserialize<Guid[]>(draw.DrawnJson)!.Contains(request.SubjectId))
            throw Problem.Chain.NotThere("抽中的对象", "drawn item", request.SubjectId.ToString());
        if (earlier is not null)
            throw Problem.Chain.AlreadyDone("抽查结果", "The result", earlier.By, earlier.At);
        if (request.CheckedOn > today)
            throw Problem.Chain.InFuture("检查日期", "The day of the check", request.CheckedOn, today);
        if (request.CheckedOn < drawnOn)
            throw Problem.Chain.BeforeCause("检查日期", "The day of the check", request.CheckedOn, "抽取日期", "the draw", drawnOn);
        if (string.IsNullOrWhiteSpace(request.NoteZh))
            throw Problem.Chain.BadValue("NoteZh", "", "检查情况", "what was found");
    }

    /// <returns>The id of the result.</returns>
    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.SubjectId.ToString(),
            request.Reason,
            async act =>
            {
                var draw =
                    await act.Db.SpotCheckDraws.SingleOrDefaultAsync(d => d.Id == request.DrawId, stop)
                    ?? throw Problem.Chain.NotThere("抽取", "draw", request.DrawId.ToString());
                var earlier = await act.Db.SpotCheckResults.SingleOrDefaultAsync(
                    r => r.SpotCheckDrawId == draw.Id && r.SubjectId == request.SubjectId,
                    stop
                );
                Decide(request, draw, EscalationDays.Of(draw.At), earlier, act.Today);
                var row = new SpotCheckResult
                {
                    Id = act.NewId(),
                    SpotCheckDrawId = draw.Id,
                    SubjectId = request.SubjectId,
                    CheckedOn = request.CheckedOn,
                    Outcome = request.Outcome,
                    NoteZh = request.NoteZh.Trim(),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(row);
                act.Fact("outcome", row.Outcome);
                return row.Id;
            },
            stop
        );
    }
}
