namespace Weipian.Flow.Determinations;

/// <summary>Was it permitted before works started? The two images bound the start; evidence of the start decides in between.</summary>
internal static class PermitTiming
{
    /// <param name="permit">The feature or document that permits.</param>
    /// <param name="date">Its day; null is a gap.</param>
    /// <param name="defect">Verdict when works started before it.</param>
    public static Check Precedes(PartFacts part, (string Zh, string En) permit, DateOnly? date, Missing dateMissing, string defect)
    {
        if (date is not { } permitted)
            return new(Outcome.Unknown, $"{permit.Zh}没有批准时间", $"{permit.En} has no date") { Missing = [dateMissing] };
        if (part.Patch.Before is not { } before)
            return NoImageDate("before", "前时相", "date of the image before");
        if (part.Patch.After is not { } after)
            return NoImageDate("after", "后时相", "date of the image after");
        if (StartAfterImage(part) is { } contradiction)
            return contradiction;
        if (permitted <= before)
            return PermittedBeforeTheChange(part, permit, permitted, before);
        if (permitted > after)
            return PermittedAfterTheChange(part, permit, permitted, after, defect);
        return StartDecides(part, permit, permitted, before, after, defect);
    }

    /// <summary>Evidence that works started after the day on which the image already shows them; null when there is none.</summary>
    public static Check? StartAfterImage(PartFacts part)
    {
        if (part.Patch.After is not { } after)
            return null;
        var late = part.Site.All(FactKeys.WorksStartedOn).FirstOrDefault(a => a.Day > after);
        return late is null
            ? null
            : SiteChecks.Contradicts(
                "开工时间与后时相影像矛盾",
                "the start of works contradicts the image after",
                ($"{Words.Of(after)} 的后时相影像已见变化", $"the image of {Words.Of(after)} already shows the change"),
                (Words.Zh(late), Words.En(late)),
                late
            );
    }

    public static Check NoImageDate(string which, string zh, string en) =>
        new(Outcome.Unknown, $"图斑缺少{zh}", $"the patch has no {en}") { Missing = [new($"date:{which}", zh, en)] };

    private static Check PermittedBeforeTheChange(PartFacts part, (string Zh, string En) permit, DateOnly permitted, DateOnly before)
    {
        var earlier = part.Site.All(FactKeys.WorksStartedOn).FirstOrDefault(a => a.Day < permitted);
        return earlier is null
            ? new(
                Outcome.Yes,
                $"{permit.Zh}批准于 {Words.Of(permitted)}，不晚于前时相 {Words.Of(before)}：先批后建",
                $"{permit.En} dates from {Words.Of(permitted)}, not after the image of {Words.Of(before)}: permitted before the change"
            )
            : SiteChecks.Contradicts(
                "开工时间与前时相影像矛盾",
                "the start of works contradicts the image before",
                (
                    $"{Words.Of(before)} 的前时相影像尚未见变化，批准时间 {Words.Of(permitted)} 在前",
                    $"the image of {Words.Of(before)} shows no change yet, and the permit dates from {Words.Of(permitted)}"
                ),
                (Words.Zh(earlier), Words.En(earlier)),
                earlier
            );
    }

    private static Check PermittedAfterTheChange(
        PartFacts part,
        (string Zh, string En) permit,
        DateOnly permitted,
        DateOnly after,
        string defect
    )
    {
        var proof = part.Site.All(FactKeys.WorksStartedOn).FirstOrDefault(a => a.Day < permitted);
        return new(
            Outcome.No,
            $"{permit.Zh}批准于 {Words.Of(permitted)}，晚于后时相 {Words.Of(after)}：影像已见变化时尚未批准，补办不改变本期判定",
            $"{permit.En} dates from {Words.Of(permitted)}, after the image of {Words.Of(after)} that already shows the change; "
                + "a later permit does not change the verdict of this period"
        )
        {
            Defect = defect,
            Shortfall = new(permitted.DayNumber - after.DayNumber, "day"),
            Evidence = proof is null ? [] : SiteChecks.Files(proof),
        };
    }

    private static Check StartDecides(
        PartFacts part,
        (string Zh, string En) permit,
        DateOnly permitted,
        DateOnly before,
        DateOnly after,
        string defect
    )
    {
        var known = SiteChecks.Answered(part, FactKeys.WorksStartedOn, out var start);
        if (start?.Day is not { } started)
            return known with
            {
                Zh = $"{permit.Zh}批准于 {Words.Of(permitted)}，在前时相 {Words.Of(before)} 与后时相 {Words.Of(after)} 之间；{known.Zh}",
                En = $"{permit.En} dates from {Words.Of(permitted)}, between {Words.Of(before)} and {Words.Of(after)}; {known.En}",
            };
        var late = started < permitted;
        return known with
        {
            Outcome = late ? Outcome.No : Outcome.Yes,
            Defect = late ? defect : null,
            Shortfall = late ? new(permitted.DayNumber - started.DayNumber, "day") : null,
            Zh = $"{permit.Zh}批准于 {Words.Of(permitted)}，{Words.Zh(start)}，{(late ? "早于批准时间" : "不早于批准时间")}",
            En = $"{permit.En} dates from {Words.Of(permitted)}, {Words.En(start)}: {(late ? "" : "not ")}earlier than the permit",
        };
    }
}
