namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals of determination: rules, parcels, verdicts, seals.</summary>
    public static class Determination
    {
        public static Problem LawTableMissing(string path) =>
            new(
                "determination.law-table-missing",
                $"法规库中没有 {path}，规则没有载入。请补上该文件。",
                $"The law book has no {path}, so no rule was loaded. Put the file back."
            );

        public static Problem UsesTableBroken(string file, int line, string text) =>
            new(
                "determination.uses-table-broken",
                $"用途对照表 {file} 第 {line} 行“{text}”不是六列，或标识重复。规则没有载入；请改正该行。",
                $"Line {line} of the table of uses {file} (\"{text}\") does not have six columns, or repeats an id. No rule was loaded; correct the line."
            );
    }
}
