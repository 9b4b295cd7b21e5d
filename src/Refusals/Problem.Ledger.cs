using System.Globalization;

namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals about the ledger of remaining violations, the credit register and the city round.</summary>
    public static class Ledger
    {
        public static Problem NoSuchCutOff(string occasion, IEnumerable<string> known) =>
            new(
                "ledger.no-such-cut-off",
                $"“{occasion}”不是固化日期，也不是已验收而没有固化日期的批次，没有写入任何内容。可用：{string.Join("、", known)}。",
                $"'{occasion}' is no cut-off date, nor an accepted programme without one; nothing was written. There are: {string.Join(", ", known)}."
            );

        public static Problem CutOffNotOver(string occasion, DateOnly day) =>
            new(
                "ledger.cut-off-not-over",
                $"{occasion} 的固化日 {Day(day)} 到 24:00 才截止，现在不能挂账，没有写入任何内容。",
                $"The cut-off of {occasion}, {Day(day)}, lasts until 24:00: nothing enters the ledger before. Nothing was written.",
                status: 409
            );

        public static Problem Remains(string entry, double remaining) =>
            new(
                "ledger.remains",
                $"{entry} 还剩 {Metres(remaining)} 平方米没有消除，不能销号，没有写入任何内容。只有验收到零才能销号。",
                $"{Metres(remaining)} m² of {entry} are not removed, so it cannot be closed; nothing was written. Only acceptances down to zero close it.",
                status: 409
            );

        public static Problem NotOnAcceptances(string entry, double accepted, double area) =>
            new(
                "ledger.not-on-acceptances",
                $"所列验收合计 {Metres(accepted)} 平方米，不足以覆盖 {entry} 挂账的 {Metres(area)} 平方米，没有写入任何内容。请列出挂账后的全部验收。",
                $"The acceptances named cover {Metres(accepted)} m² of the {Metres(area)} m² with which {entry} stands on the ledger; nothing was written. Name all since it entered."
            );

        public static Problem NoSuchAcceptance(string id) =>
            new(
                "ledger.no-such-acceptance",
                $"{id} 不是该宗违法消除面积的验收，没有写入任何内容。",
                $"{id} is no acceptance that removed something of this violation; nothing was written."
            );

        public static Problem StillOpen(string entry) =>
            new(
                "ledger.still-open",
                $"{entry} 尚未销号，不存在复发，没有写入任何内容。",
                $"{entry} is not closed, so nothing can have come back; nothing was written.",
                status: 409
            );

        public static Problem NotTheSameGround(string entry, string violation) =>
            new(
                "ledger.not-the-same-ground",
                $"{violation} 与 {entry} 的地块不重叠，不是复发，没有写入任何内容。",
                $"{violation} shares no ground with {entry}, so it is not the same coming back; nothing was written."
            );

        public static Problem NotLater(string entry, string violation) =>
            new(
                "ledger.not-later",
                $"{violation} 的图斑后时相不晚于 {entry} 消除之日，不是复发，没有写入任何内容。",
                $"The images of {violation} are not later than the day on which {entry} was found removed, so nothing came back; nothing was written."
            );

        public static Problem NoSurveyLayer(int year) =>
            new(
                "ledger.no-survey-layer",
                $"没有 {year} 年度变更调查图层（survey-change），没有写入任何内容。请先导入图层。",
                $"There is no layer survey-change of the survey of {year}; nothing was written. Add the layer first.",
                status: 409
            );

        public static Problem NotAPartyOf(string violation) =>
            new(
                "ledger.not-a-party",
                $"该当事人不在 {violation} 中，没有写入任何内容。",
                $"That party is none of violation {violation}; nothing was written."
            );

        public static Problem StepNotNow(string stepZh, string stepEn, string becauseZh, string becauseEn) =>
            new(
                "ledger.step-not-now",
                $"现在不能记录“{stepZh}”：{becauseZh}。没有写入任何内容。",
                $"'{stepEn}' cannot be recorded now: {becauseEn}. Nothing was written.",
                status: 409
            );

        public static Problem CityPassedWhatRemains(string violation, double remaining) =>
            new(
                "ledger.city-passed-what-remains",
                $"{violation} 在区级账上还剩 {Metres(remaining)} 平方米，不能记为市级通过，没有写入任何内容。请先完成区级验收。",
                $"{Metres(remaining)} m² of {violation} remain by the books of the district, so it cannot have passed; nothing was written. Accept it on site first.",
                status: 409
            );

        private static string Metres(double area) => area.ToString("0.00", CultureInfo.InvariantCulture);

        private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
