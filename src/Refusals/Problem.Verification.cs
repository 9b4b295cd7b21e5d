namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Visits on site.</summary>
    public static class Verification
    {
        public static Problem NotAVisitor(string login) =>
            new(
                "verification.not-a-visitor",
                $"席位 {login} 不承担实地核查，没有记录。请由镇（街道）或区级核查人员填报。",
                $"The seat {login} does not make visits on site; nothing was recorded. A town officer or a district officer has to.",
                403
            );

        public static Problem NotYourPatch(string login) =>
            new(
                "verification.not-your-patch",
                $"该图斑不在席位 {login} 的责任区内，没有记录。请由责任单位填报，或请区级人员调整责任单位。",
                $"The patch does not lie in the area of the seat {login}; nothing was recorded. Its responsible unit has to visit it.",
                403
            );

        public static Problem VisitInFuture(DateOnly visitedOn, DateOnly today) =>
            new(
                "verification.visit-in-future",
                $"核查日期 {visitedOn:yyyy-MM-dd} 晚于今天 {today:yyyy-MM-dd}，没有记录。请改正日期。",
                $"The day of the visit {visitedOn:yyyy-MM-dd} is after today {today:yyyy-MM-dd}; nothing was recorded. Correct the day."
            );

        public static Problem FormUnreadable() =>
            new(
                "verification.form-unreadable",
                "核查表不是由字段和值组成的一个 JSON 对象，没有记录。请检查所填内容后重新提交。",
                "The form is not one JSON object of fields and values; nothing was recorded. Check what was filled in and send it again."
            );
    }
}
