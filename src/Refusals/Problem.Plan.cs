namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals of a work plan file and of what is asked of a plan.</summary>
    public static class Plan
    {
        public static Problem Unreadable(string where, string why) =>
            new(
                "plan.unreadable",
                chinese: $"{where}：工作方案文件无法读取（{why}）。未载入任何内容；请核对路径和 YAML 格式。",
                english: $"{where}: the plan file cannot be read ({why}). Nothing was loaded; check the path and the YAML."
            );

        public static Problem UnknownKey(string where, string key, IEnumerable<string> known) =>
            new(
                "plan.unknown-key",
                chinese: $"{where}：键“{key}”不在工作方案格式中，此处可用：{string.Join("、", known)}。未载入任何内容；请更正或删除该键。",
                english: $"{where}: the key '{key}' is not part of a plan; known here: {string.Join(", ", known)}. "
                    + "Nothing was loaded; correct or remove it."
            );

        public static Problem MissingKey(string where, string key) =>
            new(
                "plan.missing-key",
                chinese: $"{where}：缺少必需的键“{key}”。未载入任何内容；请补上。",
                english: $"{where}: the key '{key}' is missing. Nothing was loaded; add it."
            );

        public static Problem DuplicateKey(string where, string key) =>
            new(
                "plan.duplicate-key",
                chinese: $"{where}：键“{key}”重复出现。未载入任何内容；请只保留一个。",
                english: $"{where}: the key '{key}' occurs twice. Nothing was loaded; keep one."
            );

        public static Problem WrongType(string where, string expectedZh, string expectedEn, string found) =>
            new(
                "plan.wrong-type",
                chinese: $"{where}：应为{expectedZh}，实为“{found}”。未载入任何内容；请更正。",
                english: $"{where}: {expectedEn} is expected here, '{found}' was found. Nothing was loaded; correct it."
            );

        public static Problem BadDate(string where, string found) =>
            new(
                "plan.bad-date",
                chinese: $"{where}：“{found}”不是日历上的日期；应写作 2019-06-01 的形式。未载入任何内容；请更正。",
                english: $"{where}: '{found}' is no day of the calendar; write it like 2019-06-01. Nothing was loaded; correct it."
            );

        public static Problem BadValue(string where, string found, string allowed) =>
            new(
                "plan.bad-value",
                chinese: $"{where}：“{found}”不允许；允许：{allowed}。未载入任何内容；请更正。",
                english: $"{where}: '{found}' is not allowed here; allowed: {allowed}. Nothing was loaded; correct it."
            );

        public static Problem DuplicateId(string where, string id, string firstAt) =>
            new(
                "plan.duplicate-id",
                chinese: $"{where}：标识“{id}”已在{firstAt}使用。未载入任何内容；请改用另一标识。",
                english: $"{where}: the id '{id}' is already used at {firstAt}. Nothing was loaded; choose another id."
            );

        public static Problem UnknownReference(string where, string id, string set, IEnumerable<string> known) =>
            new(
                "plan.unknown-reference",
                chinese: $"{where}：“{id}”在“{set}”中不存在；已有：{string.Join("、", known)}。未载入任何内容；请更正或补充定义。",
                english: $"{where}: there is no '{id}' in '{set}'; there are: {string.Join(", ", known)}. "
                    + "Nothing was loaded; correct it or define it."
            );

        public static Problem AliasClash(string where, string alias, string firstAt) =>
            new(
                "plan.alias-clash",
                chinese: $"{where}：名称“{alias}”已在{firstAt}指另一单位。未载入任何内容；一个名称只能指一个单位。",
                english: $"{where}: the name '{alias}' already means another unit at {firstAt}. Nothing was loaded; one name may mean one unit only."
            );

        public static Problem SeveralFaults(string file, IReadOnlyCollection<Problem> faults) =>
            new(
                "plan.several-faults",
                chinese: $"{file}：工作方案有 {faults.Count} 处错误，未载入任何内容：\n{string.Join('\n', faults.Select(f => f.Chinese))}",
                english: $"{file}: the plan has {faults.Count} faults and nothing was loaded:\n{string.Join('\n', faults.Select(f => f.English))}"
            );

        public static Problem Unset(string id, string nameZh, string nameEn, string paragraph) =>
            new(
                "plan.unset",
                chinese: $"工作方案未设定“{nameZh}”（{id}，{paragraph}），不能据以计算。请在方案文件中填入数值及其出处后再试。",
                english: $"The plan leaves '{nameEn}' ({id}, {paragraph}) unset, so nothing can be computed from it. "
                    + "Enter the value with its source in the plan file first."
            );

        public static Problem WrongUnit(string id, string unit, string askedZh, string askedEn) =>
            new(
                "plan.wrong-unit",
                chinese: $"工作方案的“{id}”以 {unit} 计，不是{askedZh}。请核对方案文件。",
                english: $"'{id}' of the plan counts {unit}, which is not {askedEn}. Check the plan file."
            );

        public static Problem NoSuchValue(string set, string id, IEnumerable<string> known) =>
            new(
                "plan.no-such-value",
                chinese: $"工作方案的“{set}”中没有“{id}”；已有：{string.Join("、", known)}。请核对标识。",
                english: $"There is no '{id}' in '{set}' of the plan; there are: {string.Join(", ", known)}. Check the id.",
                status: 404
            );
    }
}
