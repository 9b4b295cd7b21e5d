using Weipian.Law;

namespace Weipian.Flow.Plan;

/// <summary>One date of the plan.</summary>
/// <param name="Programmes">The programmes it belongs to; never empty.</param>
/// <param name="Kind">One of <see cref="PlanDateKinds"/>.</param>
/// <param name="From">First day of a span, inclusive; <c>null</c> for a single date.</param>
/// <param name="Due">Last day, inclusive until 24:00 in Asia/Shanghai.</param>
/// <param name="By">Ids of bodies that act, or <c>responsible-units</c>; empty when the source does not say who.</param>
/// <param name="Recipients">Ids of bodies that receive; empty when nobody does.</param>
/// <param name="Report">The report that is due, or <c>null</c>.</param>
/// <param name="Note">How the source was read where it leaves a choice; else <c>null</c>.</param>
/// <param name="Readings">Ids of <c>law/readings</c> by which it was read.</param>
public sealed record PlanDate(
    string Id,
    Bilingual Name,
    IReadOnlyList<string> Programmes,
    string Kind,
    DateOnly? From,
    DateOnly Due,
    IReadOnlyList<string> By,
    IReadOnlyList<string> Recipients,
    string? Report,
    Bilingual? Note,
    IReadOnlyList<string> Readings,
    Provenance Source
)
{
    /// <summary>Whole days that an act at this instant is late, 0 when in time: the due day counts until 24:00 in Asia/Shanghai.</summary>
    public int DaysLate(DateTimeOffset at) => DaysLate(ChinaTime.DayOf(at));

    /// <summary>Whole days that an act on this day is late, 0 when in time.</summary>
    public int DaysLate(DateOnly on) => Math.Max(0, on.DayNumber - Due.DayNumber);
}

/// <summary>What kind of event a <see cref="PlanDate"/> is.</summary>
public static class PlanDateKinds
{
    public const string Start = "start";
    public const string DataFilling = "data-filling";
    public const string Report = "report";
    public const string Evaluation = "evaluation";
    public const string Rectification = "rectification";
    public const string Acceptance = "acceptance";
    public const string CutOff = "cut-off";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Start, DataFilling, Report, Evaluation, Rectification, Acceptance, CutOff];
}

/// <summary>The dates of a plan, ordered by due day and then id.</summary>
public sealed class PlanCalendar(IEnumerable<PlanDate> dates)
{
    /// <summary>All dates in order.</summary>
    public IReadOnlyList<PlanDate> Dates { get; } = [.. dates.OrderBy(d => d.Due).ThenBy(d => d.Id, StringComparer.Ordinal)];

    /// <summary>The dates of one programme in order.</summary>
    public IEnumerable<PlanDate> For(string programme) => Dates.Where(d => d.Programmes.Contains(programme, StringComparer.Ordinal));

    /// <summary>The date with this id, or <c>null</c>.</summary>
    public PlanDate? Find(string id) => Dates.FirstOrDefault(d => d.Id == id);

    /// <summary>The first dates of a programme that are not over on a day: those with the earliest due day on or after it.</summary>
    public IEnumerable<PlanDate> Next(string programme, DateOnly today)
    {
        var open = For(programme).Where(d => d.Due >= today).ToList();
        return open.TakeWhile(d => d.Due == open[0].Due);
    }
}
