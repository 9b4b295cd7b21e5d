using System.Globalization;

namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals that every stage after the verdict shares: order, persons, days, what is not there.</summary>
    public static class Chain
    {
        public static Problem NotThere(string whatZh, string whatEn, string id) =>
            new(
                "chain.not-there",
                $"没有{whatZh} {id}，没有写入任何内容。请刷新后再选。",
                $"There is no {whatEn} {id}; nothing was written. Reload and choose again.",
                status: 404
            );

        public static Problem SamePerson(string login, string actZh, string actEn) =>
            new(
                "chain.same-person",
                $"{login} 办理了前一步，不能再由本人{actZh}，没有写入任何内容。请由另一席位办理。",
                $"{login} did the step before and cannot {actEn} too; nothing was written. Another seat has to.",
                status: 409
            );

        public static Problem OtherUnit(string login, string unit) =>
            new(
                "chain.other-unit",
                $"席位 {login} 不属于责任单位 {unit}，没有写入任何内容。",
                $"Seat {login} does not belong to unit {unit}; nothing was written.",
                status: 403
            );

        public static Problem InFuture(string whatZh, string whatEn, DateOnly day, DateOnly today) =>
            new(
                "chain.in-future",
                $"{whatZh} {Day(day)} 在今天（{Day(today)}）之后，没有写入任何内容。请改正日期。",
                $"{whatEn} {Day(day)} lies after today ({Day(today)}); nothing was written. Correct the date."
            );

        public static Problem BeforeCause(string whatZh, string whatEn, DateOnly day, string causeZh, string causeEn, DateOnly cause) =>
            new(
                "chain.before-cause",
                $"{whatZh} {Day(day)} 早于{causeZh} {Day(cause)}，没有写入任何内容。请改正日期。",
                $"{whatEn} {Day(day)} is before {causeEn} {Day(cause)}; nothing was written. Correct the date."
            );

        public static Problem OutOfOrder(string whatZh, string whatEn, string becauseZh, string becauseEn) =>
            new(
                "chain.out-of-order",
                $"现在不能{whatZh}：{becauseZh}。没有写入任何内容。",
                $"This is not the time to {whatEn}: {becauseEn}. Nothing was written.",
                status: 409
            );

        public static Problem AlreadyDone(string whatZh, string whatEn, string by, DateTime at) =>
            new(
                "chain.already-done",
                $"{whatZh}已由 {by} 于 {at:yyyy-MM-dd HH:mm}（UTC）办理，没有再次写入。",
                $"{whatEn} was done by {by} at {at:yyyy-MM-dd HH:mm} UTC already; nothing was written again.",
                status: 409
            );

        public static Problem BadValue(string field, string value, string wantedZh, string wantedEn) =>
            new(
                "chain.bad-value",
                $"{field} 的值“{value}”不能用，应为：{wantedZh}。没有写入任何内容。",
                $"The value '{value}' of {field} cannot be used; wanted: {wantedEn}. Nothing was written."
            );

        public static Problem LateWithoutReason(string whatZh, string whatEn, DateOnly due, int daysLate) =>
            new(
                "chain.late-without-reason",
                $"{whatZh}的最后期限是 {Day(due)}，已逾期 {daysLate} 天，必须写明原因。没有写入任何内容。",
                $"{whatEn} was due on {Day(due)} and is {daysLate} days late: say why. Nothing was written."
            );

        private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
