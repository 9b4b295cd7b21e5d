namespace Weipian.Flow.CaseFiles;

/// <summary>The step that carries a case on (下一步): what a seat has to do, beside everything that it may do.</summary>
/// <remarks>
/// Only the way that every case goes. An extension, a pause, a postponed payment, a reconsideration or a suit come when somebody asks for
/// them; they are no turn of the office.
/// </remarks>
public static class CaseTurn
{
    /// <summary>Every step that may be a turn, in the order of a case.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        CaseStepKind.Investigated,
        CaseStepKind.Reviewed,
        CaseStepKind.NoticeServed,
        CaseStepKind.HearingHeld,
        CaseStepKind.Decided,
        CaseStepKind.DecisionServed,
        CaseStepKind.Paid,
        CaseStepKind.CourtAccepted,
        CaseStepKind.Executed,
        CaseStepKind.Closed,
    ];

    /// <summary>Pure: the step whose turn it is on a day.</summary>
    /// <param name="course">Of a case whose filing was signed.</param>
    /// <param name="clocks">Its clocks on that day.</param>
    /// <returns>One of <see cref="All"/>; null when the case is closed, its time rests, or the party still has time to answer.</returns>
    public static string? Of(CaseCourse course, IReadOnlyList<CaseClock> clocks, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(clocks);
        if (course.Has(CaseStepKind.Closed) || course.IsPaused)
            return null;
        return course.Last(CaseStepKind.Decided) is { } decided ? AfterDecision(course, decided) : BeforeDecision(course, clocks, today);
    }

    private static string? BeforeDecision(CaseCourse course, IReadOnlyList<CaseClock> clocks, DateOnly today)
    {
        if (!course.Has(CaseStepKind.Investigated))
            return CaseStepKind.Investigated;
        if (!course.IsReviewed)
            return CaseStepKind.Reviewed;
        if (course.Last(CaseStepKind.NoticeServed) is not { } notice)
            return CaseStepKind.NoticeServed;
        if (course.Has(CaseStepKind.HearingRequested))
            return course.Has(CaseStepKind.HearingHeld) ? CaseStepKind.Decided : CaseStepKind.HearingHeld;
        var isOver = IsOver(CaseClocks.Statement) && (!notice.Flag(CaseDetail.Hearing) || IsOver(CaseClocks.HearingRequest));
        return isOver ? CaseStepKind.Decided : null;

        bool IsOver(string clock) => CaseClocks.Find(clocks, clock)?.Deadline is not { } last || last.LastDayInclusive < today;
    }

    private static string AfterDecision(CaseCourse course, CaseCourse.Step decided)
    {
        if (decided.Text(CaseDetail.Outcome) == CaseDetail.NoPenalty)
            return CaseStepKind.Closed;
        if (!course.Has(CaseStepKind.DecisionServed))
            return CaseStepKind.DecisionServed;
        if (course.Has(CaseStepKind.Executed) || course.Has(CaseStepKind.CourtAccepted))
            return CaseStepKind.Closed;
        if (course.Has(CaseStepKind.CourtApplied))
            return CaseStepKind.CourtAccepted;
        return decided.Whole(CaseDetail.FineFen) > 0 && !course.Has(CaseStepKind.Paid) ? CaseStepKind.Paid : CaseStepKind.Executed;
    }
}
