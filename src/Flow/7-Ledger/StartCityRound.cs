using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Ledger;

/// <summary>Opens the acceptance round of the city over all violations of a year (市级验收).</summary>
public static class StartCityRound
{
    public const string Act = "start-city-round";

    public sealed record Request(int Year, DateOnly StartedOn, string NoteZh, string Reason);

    /// <summary>Pure: after the end of the year, on a day that has come, once.</summary>
    public static void Decide(Request request, CityRound? earlier, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (earlier is not null)
            throw Problem.Chain.AlreadyDone("该年度市级验收", "The round of that year", earlier.By, earlier.At);
        if (request.StartedOn > today)
            throw Problem.Chain.InFuture("开始日期", "The start", request.StartedOn, today);
        if (request.StartedOn.Year <= request.Year)
            throw Problem.Chain.BeforeCause(
                "开始日期",
                "The start",
                request.StartedOn,
                "年度结束",
                "the end of the year",
                new DateOnly(request.Year + 1, 1, 1).AddDays(-1)
            );
    }

    /// <returns>The id of the round.</returns>
    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            $"{request.Year}",
            request.Reason,
            async act =>
            {
                Decide(request, await act.Db.CityRounds.FirstOrDefaultAsync(r => r.Year == request.Year, stop), act.Today);
                var round = new CityRound
                {
                    Id = act.NewId(),
                    Year = request.Year,
                    StartedOn = request.StartedOn,
                    NoteZh = request.NoteZh.Trim(),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(round);
                return round.Id;
            },
            stop
        );
    }
}
