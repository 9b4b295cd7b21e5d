using Weipian.Law;

namespace Weipian.Flow.Escalation;

/// <summary>The day of a stored instant where the plan counts days.</summary>
internal static class EscalationDays
{
    public static DateOnly Of(DateTime utc) => ChinaTime.DayOf(new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)));
}
