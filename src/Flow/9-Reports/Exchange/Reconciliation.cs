using Weipian.Flow.Determinations;

namespace Weipian.Flow.Reports;

/// <summary>The district's verdict on a parcel beside the answer of a higher level.</summary>
/// <param name="State"><c>agree</c>, <c>differ</c> or <c>missing</c>: no answer yet.</param>
public sealed record ReconciliationLine(FigurePatch Patch, FigureParcel Parcel, string? OurCode, ReceivedVerdict? Theirs, string State)
{
    public const string Agree = "agree";
    public const string Differ = "differ";
    public const string Missing = "missing";
}

/// <summary>Holds the verdicts that were confirmed here against those that came back (校核比对). Pure.</summary>
public static class Reconciliation
{
    /// <param name="level"><c>city</c> or <c>province</c>.</param>
    /// <returns>Every confirmed parcel and every parcel answered, differences first.</returns>
    public static IReadOnlyList<ReconciliationLine> Of(FigureFacts facts, string level)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var lines =
            from patch in facts.Patches
            from parcel in patch.Parcels
            let theirs = level == "city" ? parcel.City : parcel.Province
            let ours = parcel.Stage == VerdictStage.Confirmed ? parcel.Verdict!.Code : null
            where ours is not null || theirs is not null
            select new ReconciliationLine(patch, parcel, ours, theirs, StateOf(ours, theirs));
        return [.. lines.OrderBy(l => Array.IndexOf(Order, l.State)).ThenBy(l => l.Parcel.Row.Number, StringComparer.Ordinal)];
    }

    private static readonly string[] Order = [ReconciliationLine.Differ, ReconciliationLine.Missing, ReconciliationLine.Agree];

    private static string StateOf(string? ours, ReceivedVerdict? theirs) =>
        theirs is null ? ReconciliationLine.Missing
        : ours is not null && theirs.Outcome == "passed" && (theirs.Code is null || theirs.Code == ours) ? ReconciliationLine.Agree
        : ReconciliationLine.Differ;
}
