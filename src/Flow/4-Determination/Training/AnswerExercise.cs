using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>Keeps what a person answered to an exercise of the training ground (业务培训), graded against the truth of the ground.</summary>
/// <remarks>The journal says that somebody practised, and not how well: that is for the person and the head of the office.</remarks>
public static class AnswerExercise
{
    public const string Act = "answer-exercise";

    /// <summary>An answer after it was graded; only what grades makes one.</summary>
    /// <param name="Points">0 to <paramref name="PointsMax"/>.</param>
    public sealed record Graded(string Ground, string Exercise, string Kind, string Answer, int Points, int PointsMax);

    /// <exception cref="Problem"><c>chain.bad-value</c>, <c>chain.already-done</c>, <c>store.act-not-allowed</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Graded graded, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(graded);
        OneOfAttribute.Check("Kind", graded.Kind, TrainingKind.All);
        if (graded.Points < 0 || graded.Points > graded.PointsMax)
            throw new InvalidOperationException("points beyond the most there are");
        return store.ActAsync(
            actor,
            Act,
            graded.Exercise,
            "训练场练习 practice on the training ground",
            async act =>
            {
                var last = await act
                    .Db.TrainingAnswers.Where(a => a.By == act.By.Login && a.Exercise == graded.Exercise)
                    .OrderBy(a => a.At)
                    .LastOrDefaultAsync(stop);
                if (last is not null && last.Answer == graded.Answer)
                    throw Problem.Chain.AlreadyDone("同样的作答", "The same answer", last.By, last.At);
                var row = new TrainingAnswer
                {
                    Id = act.NewId(),
                    Ground = graded.Ground,
                    Exercise = graded.Exercise,
                    Kind = graded.Kind,
                    Answer = graded.Answer,
                    Points = graded.Points,
                    PointsMax = graded.PointsMax,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(row);
                return row.Id;
            },
            stop
        );
    }
}
