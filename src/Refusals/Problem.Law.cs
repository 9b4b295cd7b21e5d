using System.Globalization;

namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals of the law book: a file that cannot be taken, and a question that has no answer.</summary>
    public static class Law
    {
        private const string NotLoaded = "整个法规库未载入；请改正后重试。";
        private const string NotLoadedEnglish = "The law book was not loaded; correct the file and try again.";

        public static Problem FolderMissing(string folder) =>
            new(
                "law.folder-missing",
                chinese: $"没有找到法规库文件夹“{folder}”，或其中没有 book.yaml。未读取任何内容。请指明含有 book.yaml 的法规库文件夹。",
                english: $"There is no law book in '{folder}' (no book.yaml). Nothing was read. Name the folder that holds book.yaml."
            );

        public static Problem Malformed(string file, long line, long column, string chinese, string english) =>
            new(
                "law.malformed",
                chinese: $"{At(file, line, column)}内容有误，{chinese}。{NotLoaded}",
                english: $"{AtEnglish(file, line, column)}malformed: {english}. {NotLoadedEnglish}"
            );

        public static Problem UnknownField(string file, long line, long column, string field, string allowed) =>
            new(
                "law.unknown-field",
                chinese: $"{At(file, line, column)}不认识字段“{field}”；此处可用：{allowed}。{NotLoaded}",
                english: $"{AtEnglish(file, line, column)}the field '{field}' is not known; allowed here: {allowed}. {NotLoadedEnglish}"
            );

        public static Problem UnknownUnit(string file, long line, long column, string unit, string allowed) =>
            new(
                "law.unknown-unit",
                chinese: $"{At(file, line, column)}不认识单位“{unit}”；可用单位：{allowed}。{NotLoaded}",
                english: $"{AtEnglish(file, line, column)}the unit '{unit}' is not known; units are: {allowed}. {NotLoadedEnglish}"
            );

        public static Problem UnknownReference(string file, long line, long column, string what, string name) =>
            new(
                "law.unknown-reference",
                chinese: $"{At(file, line, column)}“{name}”未在法规库中登记（{what}）。{NotLoaded}",
                english: $"{AtEnglish(file, line, column)}'{name}' is not listed in the law book ({what}). {NotLoadedEnglish}"
            );

        public static Problem MissingCitation(string file, long line, long column, string value) =>
            new(
                "law.missing-citation",
                chinese: $"{At(file, line, column)}“{value}”缺少出处：已核实的数值须写明来源。{NotLoaded}",
                english: $"{AtEnglish(file, line, column)}'{value}' has no citation: a verified value names its source. {NotLoadedEnglish}"
            );

        public static Problem Gap(string file, long line, long column, string value, DateOnly from, DateOnly through) =>
            new(
                "law.gap",
                chinese: $"{At(file, line, column)}“{value}”在{Day(from)}至{Day(through)}之间没有规定；法律确有空白的，须以 gap 写明。{NotLoaded}",
                english: $"{AtEnglish(file, line, column)}'{value}' says nothing from {Day(from)} to {Day(through)}; a gap of the law is declared with 'gap'. {NotLoadedEnglish}"
            );

        public static Problem Overlap(string file, long line, long column, string value, DateOnly from, DateOnly through) =>
            new(
                "law.overlap",
                chinese: $"{At(file, line, column)}“{value}”在{Day(from)}至{Day(through)}之间有两个值。{NotLoaded}",
                english: $"{AtEnglish(file, line, column)}'{value}' has two values from {Day(from)} to {Day(through)}. {NotLoadedEnglish}"
            );

        public static Problem UnknownKey(string key, string nearest) =>
            new(
                "law.unknown-key",
                chinese: $"法规库中没有“{key}”。最接近的是：{nearest}。不作推定；请更正名称或在法规库中补充。",
                english: $"The law book has no '{key}'. Nearest: {nearest}. Nothing is assumed; correct the name or add it to the law book."
            );

        public static Problem NotInForce(string key, DateOnly day, string chineseSpan, string englishSpan) =>
            new(
                "law.not-in-force",
                chinese: $"法规库对“{key}”在{Day(day)}没有规定（{chineseSpan}）。不沿用其他日期的规定；请核对日期或补充法规库。",
                english: $"The law book states nothing for '{key}' on {Day(day)} ({englishSpan}). No other day's rule is used; check the date or add to the law book."
            );

        public static Problem Unset(string key, DateOnly day, string chinese, string english) =>
            new(
                "law.unset",
                chinese: $"“{key}”在{Day(day)}尚未设定：{chinese}。没有数值，也不作推定；查到依据后写入法规库。",
                english: $"'{key}' is not set on {Day(day)}: {english}. There is no number and none is assumed; enter it in the law book once its source is found."
            );

        public static Problem WrongSelectingDate(string key, string asked, string allowed) =>
            new(
                "law.wrong-selecting-date",
                chinese: $"“{key}”不能按“{asked}”选取适用的规定，只能按：{allowed}。",
                english: $"'{key}' is not selected by '{asked}'; it is selected by: {allowed}."
            );

        public static Problem WrongUnit(string key, string unit, string asked) =>
            new(
                "law.wrong-unit",
                chinese: $"“{key}”的单位是“{unit}”，不能按“{asked}”读取。",
                english: $"'{key}' is in '{unit}' and cannot be read as '{asked}'."
            );

        public static Problem CalendarNotCovered(DateOnly day, DateOnly from, DateOnly through) =>
            new(
                "law.calendar-not-covered",
                chinese: $"工作日历只到{Day(from)}至{Day(through)}，不含{Day(day)}。国务院办公厅公布放假安排后写入法规库再算。",
                english: $"The working-day calendar covers {Day(from)} to {Day(through)}, not {Day(day)}. Add the year once its days off are published."
            );

        public static Problem UnknownLandClassStandard(string standard, string known) =>
            new(
                "law.unknown-land-class-standard",
                chinese: $"不认识地类标准“{standard}”；可用：{known}。同一代码在不同标准中含义不同，未作推定。",
                english: $"The land-class standard '{standard}' is not known; known: {known}. The same code means different things in different standards; nothing was assumed."
            );

        public static Problem UnknownVerdict(string code) =>
            new(
                "law.unknown-verdict",
                chinese: $"判定目录中没有“{code}”。请从目录中选择。",
                english: $"The verdict catalogue has no '{code}'. Choose one of the catalogue."
            );

        private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        private static string At(string file, long line, long column) =>
            string.Create(CultureInfo.InvariantCulture, $"法规库文件 {file}第 {line} 行第 {column} 列：");

        private static string AtEnglish(string file, long line, long column) =>
            string.Create(CultureInfo.InvariantCulture, $"Law file {file}:{line}:{column}: ");
    }
}
