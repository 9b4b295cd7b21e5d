namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals about reports, packages and what comes back from above.</summary>
    public static class Reports
    {
        public static Problem TooManyRows(long rows, int most) =>
            new(
                "reports.too-many-rows",
                chinese: $"所选内容有 {rows} 行，超过一个工作簿的 {most} 行，没有生成：请缩小日期范围，或导出 CSV。",
                english: $"What was chosen has {rows} rows, more than the {most} of one workbook; nothing was made. Narrow the days, or take it as CSV."
            );

        public static Problem UnknownKind(string kind, IEnumerable<string> known) =>
            new(
                "reports.unknown-kind",
                $"没有报表或报告“{kind}”。可用：{string.Join('、', known)}。",
                $"There is no report '{kind}'. Known: {string.Join(", ", known)}."
            );

        public static Problem NoProgramme() =>
            new(
                "reports.no-programme",
                "没有选择工作批次，没有生成报告。请至少选择一个。",
                "No programme was chosen and no report was made. Choose at least one."
            );

        public static Problem PackageIncomplete(int missing, IEnumerable<string> firstZh, IEnumerable<string> firstEn) =>
            new(
                "reports.package-incomplete",
                $"上报包缺少 {missing} 项，没有生成：{string.Join('；', firstZh)}。请补齐后再生成。",
                $"The package lacks {missing} things and was not made: {string.Join("; ", firstEn)}. Complete them first."
            );

        public static Problem SheetUnreadable(string file, string zh, string en) =>
            new(
                "reports.sheet-unreadable",
                $"不能读取“{file}”：{zh}。没有写入任何内容。请按表头 图斑编号、地块编号、审核结果 另存为 XLSX 或 CSV。",
                $"'{file}' cannot be read: {en}. Nothing was written. Save it as XLSX or CSV with the heads patch, parcel, outcome."
            );

        public static Problem AnswersUnknown(string file, int count, IEnumerable<string> first) =>
            new(
                "reports.answers-unknown",
                $"“{file}”有 {count} 行对不上：{string.Join('；', first)}。整个文件没有写入。请改正后重新导入。",
                $"'{file}' has {count} rows that match nothing: {string.Join("; ", first)}. Nothing of the file was written. Correct it and import it again."
            );
    }
}
