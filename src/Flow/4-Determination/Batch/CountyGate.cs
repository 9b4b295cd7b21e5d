using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>What has to be done before a county reports (县级上报条件), as the law book has it for a day.</summary>
/// <param name="ProcessedShareMin">Share of the patches that must be processed, 0 to 1.</param>
/// <param name="KeptBackCounts">A doubtful parcel that is named and kept back counts as processed (reading 0026).</param>
public sealed record CountyGate(LawValue<decimal> ProcessedShareMin, LawValue<bool> KeptBackCounts)
{
    public const string ProcessedShareKey = "practice/county-gates/reporting#patches_processed_share_min";
    public const string KeptBackKey = "practice/county-gates/reporting#kept_back_counts_as_processed";
    public const string FillingKey = "practice/county-gates/reporting#data_filling_needs_batch";
    public const string ReportKey = "practice/county-gates/reporting#report_needs_batch";

    /// <exception cref="Problem"><c>law.*</c>: nothing is stated for the day.</exception>
    public static CountyGate Of(LawBook law, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(law);
        var on = law.AsOf(day, SelectingDate.Event);
        return new(on.Number(ProcessedShareKey), on.Switch(KeptBackKey));
    }

    /// <summary>Whether what the plan wants sent on a date needs a signed batch first.</summary>
    /// <param name="dateKind">Kind of the date of the plan.</param>
    /// <exception cref="Problem"><c>law.*</c>: nothing is stated for the day.</exception>
    public static bool IsAskedFor(string dateKind, LawBook law, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(law);
        var key = dateKind switch
        {
            "data-filling" => FillingKey,
            "report" => ReportKey,
            _ => null,
        };
        return key is not null && law.AsOf(day, SelectingDate.Event).Switch(key).Value;
    }
}
