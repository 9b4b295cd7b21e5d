using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>A newcomer has done a step of the guided first hour at the workbench (新人第一小时).</summary>
public static class TickFirstHour
{
    public const string Act = "tick-first-hour";

    /// <param name="Step">A step of <see cref="Steps"/>.</param>
    public sealed record Request(string Step);

    /// <summary>The steps in their order, each with the key that does it at the workbench.</summary>
    public static IReadOnlyList<(string Step, string Key)> Steps { get; } =
    [
        ("next", "j"),
        ("previous", "k"),
        ("flicker", " "),
        ("swipe", "s"),
        ("layers", "l"),
        ("walk", "e"),
        ("photo", "p"),
        ("class", "1"),
        ("letter", "a"),
        ("commit", "Enter"),
        ("undo", "u"),
        ("search", "/"),
        ("sheet", "?"),
    ];

    /// <exception cref="Problem"><c>chain.bad-value</c>, <c>chain.already-done</c>, <c>store.act-not-allowed</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        OneOfAttribute.Check("Step", request.Step, [.. Steps.Select(s => s.Step)]);
        return store.ActAsync(
            actor,
            Act,
            request.Step,
            "新人第一小时 the first hour",
            async act =>
            {
                if (await act.Db.TrainingSteps.SingleOrDefaultAsync(s => s.Step == request.Step && s.By == act.By.Login, stop) is { } done)
                    throw Problem.Chain.AlreadyDone("这一步", "This step", done.By, done.At);
                var row = new TrainingStep
                {
                    Id = act.NewId(),
                    Step = request.Step,
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
