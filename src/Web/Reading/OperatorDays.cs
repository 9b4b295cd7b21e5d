using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Web.Reading;

/// <summary>A day of somebody who judges or signs: how many, how fast, how often taken back or sent back.</summary>
/// <param name="On">The day in China.</param>
/// <param name="Given">First verdicts, second signatures and readings of the day.</param>
/// <param name="Withdrawn">Verdicts and second signatures taken back on the day, by whoever gave them.</param>
/// <param name="Returned">Verdicts of the seat that were sent back on the day.</param>
/// <param name="Steps">Times per patch that were measured.</param>
/// <param name="Median">Half the patches took no longer; null below <see cref="ReviewFigures.PaceStepsMin"/> steps.</param>
/// <param name="P90">Nine of ten took no longer; null where the median is.</param>
public sealed record OperatorDay(DateOnly On, int Given, int Withdrawn, int Returned, int Steps, TimeSpan? Median, TimeSpan? P90);

/// <summary>The days of a seat, newest first.</summary>
/// <remarks>
/// The time of a patch is from one act of the seat to its next on the same day. What is longer than <see cref="ReviewFigures.Pause"/> is a
/// pause and counts for no patch; so is the time before the first act of a day, which nobody measured. Quantiles are nearest-rank.
/// </remarks>
public static class OperatorDays
{
    /// <summary>Something that was done: at what moment, and what.</summary>
    public sealed record Moment(string By, DateTime At, DayAct Act);

    /// <summary>What counts in a day.</summary>
    public enum DayAct
    {
        /// <summary>A verdict, a signature or a reading was given.</summary>
        Given,

        /// <summary>A verdict was taken back.</summary>
        Withdrawn,

        /// <summary>A verdict of the seat was sent back by another.</summary>
        Returned,
    }

    /// <summary>Pure: from moments of one seat to its days, newest first.</summary>
    public static IReadOnlyList<OperatorDay> Of(IReadOnlyCollection<Moment> moments)
    {
        ArgumentNullException.ThrowIfNull(moments);
        return
        [
            .. moments
                .GroupBy(m => ChinaTime.DayOf(m.At))
                .OrderByDescending(g => g.Key)
                .Select(day =>
                {
                    var own = day.Where(m => m.Act != DayAct.Returned).Select(m => m.At).Order().ToList();
                    var steps = own.Zip(own.Skip(1), (a, b) => b - a).Where(s => s <= ReviewFigures.Pause).Order().ToList();
                    var enough = steps.Count >= ReviewFigures.PaceStepsMin;
                    return new OperatorDay(
                        day.Key,
                        day.Count(m => m.Act == DayAct.Given),
                        day.Count(m => m.Act == DayAct.Withdrawn),
                        day.Count(m => m.Act == DayAct.Returned),
                        steps.Count,
                        enough ? Rank(steps, 50) : null,
                        enough ? Rank(steps, 90) : null
                    );
                }),
        ];
    }

    /// <summary>The days of a seat over all programmes.</summary>
    public static async Task<IReadOnlyList<OperatorDay>> OfSeatAsync(StoreContext db, string login, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return Of([.. (await MomentsAsync(db, stop)).Where(m => m.By == login)]);
    }

    /// <summary>The days of all seats as one, where so many acted on a day that nobody is seen in the sum.</summary>
    /// <remarks>A time per patch is measured within each seat; the middle seat is shown.</remarks>
    public static async Task<IReadOnlyList<OperatorDay>> TogetherAsync(StoreContext db, int seatsMin, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return Together(await MomentsAsync(db, stop), seatsMin);
    }

    /// <summary>Pure: what several seats did on the days on which at least so many acted.</summary>
    public static IReadOnlyList<OperatorDay> Together(IReadOnlyCollection<Moment> moments, int seatsMin)
    {
        ArgumentNullException.ThrowIfNull(moments);
        return
        [
            .. moments
                .GroupBy(m => ChinaTime.DayOf(m.At))
                .Where(day => day.Select(m => m.By).Distinct(StringComparer.Ordinal).Count() >= seatsMin)
                .OrderByDescending(day => day.Key)
                .Select(day =>
                {
                    var seats = day.GroupBy(m => m.By).SelectMany(seat => Of([.. seat])).ToList();
                    var medians = seats.Select(s => s.Median).OfType<TimeSpan>().Order().ToList();
                    return new OperatorDay(
                        day.Key,
                        seats.Sum(s => s.Given),
                        seats.Sum(s => s.Withdrawn),
                        seats.Sum(s => s.Returned),
                        seats.Sum(s => s.Steps),
                        medians.Count < seatsMin ? null : Rank(medians, 50),
                        null
                    );
                }),
        ];
    }

    private static TimeSpan Rank(List<TimeSpan> sorted, int percent) => sorted[Math.Max(0, ((sorted.Count * percent) + 99) / 100 - 1)];

    private static async Task<List<Moment>> MomentsAsync(StoreContext db, CancellationToken stop)
    {
        var verdicts = await db
            .Determinations.Select(d => new
            {
                d.Id,
                d.DecidedBy,
                d.DecidedAt,
                d.Code,
            })
            .ToListAsync(stop);
        var by = verdicts.ToDictionary(v => v.Id, v => v.DecidedBy);
        var signatures = await db
            .Confirmations.IgnoreQueryFilters()
            .Select(c => new
            {
                c.DeterminationId,
                c.By,
                c.At,
                c.Outcome,
                Stands = !db.ConfirmationWithdrawals.Any(w => w.ConfirmationId == c.Id),
            })
            .ToListAsync(stop);
        var takenBack = await db.ConfirmationWithdrawals.Select(w => new { w.By, w.At }).ToListAsync(stop);
        var readings = await db.BlindReadings.Select(r => new { r.By, r.At }).ToListAsync(stop);
        return
        [
            .. verdicts.Select(v => new Moment(
                v.DecidedBy,
                v.DecidedAt,
                v.Code == VerdictState.Withdrawn ? DayAct.Withdrawn : DayAct.Given
            )),
            .. signatures.Select(s => new Moment(s.By, s.At, DayAct.Given)),
            .. signatures
                .Where(s => s.Outcome == ConfirmationOutcome.Returned && s.Stands)
                .Select(s => new Moment(by[s.DeterminationId], s.At, DayAct.Returned)),
            .. takenBack.Select(w => new Moment(w.By, w.At, DayAct.Withdrawn)),
            .. readings.Select(r => new Moment(r.By, r.At, DayAct.Given)),
        ];
    }
}
