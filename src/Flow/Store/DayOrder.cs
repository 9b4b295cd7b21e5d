namespace Weipian.Flow.Store;

/// <summary>Something without which an act could not be done: the document, the step or the fact that it answers.</summary>
/// <param name="Zh">What its day is called in a sentence.</param>
/// <param name="On">Null where nobody knows the day: then it bounds nothing.</param>
public readonly record struct Cause(string Zh, string En, DateOnly? On)
{
    /// <summary>Nothing is found on a patch before the image that shows it.</summary>
    public static Cause Images(DateOnly? on) => new("图斑影像日期", "the images of its patches", on);

    /// <summary>A ground, a duty or a measure of a plan begins with the plan.</summary>
    public static Cause Plan(Plan.WorkPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new("方案印发日期", "the day the plan was issued", plan.Document.IssuedOn);
    }
}

/// <summary>The days of an act in their order: none after today, none before what it answers.</summary>
/// <remarks>Days, not instants: what answers on the same day comes after its cause by the order of the journal.</remarks>
public static class DayOrder
{
    /// <summary>The day of something that was done: it has come, and its causes came before or on the same day.</summary>
    /// <exception cref="Problem"><c>chain.in-future</c>, <c>chain.before-cause</c></exception>
    public static void Require(string whatZh, string whatEn, DateOnly day, DateOnly today, params ReadOnlySpan<Cause> causes)
    {
        if (day > today)
            throw Problem.Chain.InFuture(whatZh, whatEn, day, today);
        RequireNotBefore(whatZh, whatEn, day, causes);
    }

    /// <summary>A day that may lie ahead, a last day for others above all: not before its causes.</summary>
    /// <exception cref="Problem"><c>chain.before-cause</c>, by the latest of them</exception>
    public static void RequireNotBefore(string whatZh, string whatEn, DateOnly day, params ReadOnlySpan<Cause> causes)
    {
        Cause latest = default;
        foreach (var cause in causes)
            if (cause.On is { } on && !(latest.On >= on))
                latest = cause;
        if (day < latest.On)
            throw Problem.Chain.BeforeCause(whatZh, whatEn, day, latest.Zh, latest.En, latest.On.Value);
    }
}
