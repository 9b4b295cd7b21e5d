namespace Weipian;

public sealed partial class Problem
{
    /// <summary>What comes into the installation: plans, programmes, patches.</summary>
    public static class Intake
    {
        public static Problem PlanWithoutAdministrator(string plan) =>
            new(
                "intake.plan-without-administrator",
                chinese: $"方案 {plan} 没有系统管理员席位，无人能够设置口令，未建立系统；请在方案的 seats 中加入 role: administrator 的席位。",
                english: $"Plan {plan} has no seat with the role administrator, so nobody could set passwords; nothing was initialised. Add one under seats."
            );

        public static Problem NoSuchProgramme(string id, IEnumerable<string> known) =>
            new(
                "intake.no-such-programme",
                chinese: $"没有批次“{id}”，未作任何操作；现有批次：{string.Join("、", known)}。",
                english: $"There is no programme '{id}'; nothing was done. The programmes are {string.Join(", ", known)}.",
                status: 404
            );

        public static Problem PlanNamesTheUnit(string code, string unitZh, string unitEn) =>
            new(
                "intake.plan-names-the-unit",
                chinese: $"方案已明确 {code} 由{unitZh}负责，未作分派；只有方案未明确责任单位的才由办公室分派。",
                english: $"The plan makes {unitEn} responsible for {code}; nothing was assigned. The office assigns only where the plan names nobody.",
                status: 409
            );

        public static Problem NoShareToAssign(string code, string programme) =>
            new(
                "intake.no-share-to-assign",
                chinese: $"批次 {programme} 中没有位于“{code}”且待分派责任单位的图斑，未作分派。",
                english: $"No patch of {programme} in '{code}' waits for a responsible unit; nothing was assigned.",
                status: 409
            );

        public static Problem NumberColumnMissing(string layer, IEnumerable<string> columns) =>
            new(
                "intake.number-column-missing",
                chinese: $"图层“{layer}”中没有可识别的图斑编号字段，未接收任何内容；请用 --map number=字段名 指明，现有字段：{string.Join("、", columns)}。",
                english: $"Layer '{layer}' has no column that is known to hold the number of a patch; nothing was taken. Name it with --map number=COLUMN; the columns are {string.Join(", ", columns)}."
            );

        public static Problem AreaUnitUnknown(string column) =>
            new(
                "intake.area-unit-unknown",
                chinese: $"面积字段 {column} 的单位不明，不作猜测，未接收任何内容；请用 --area-unit mu、m2 或 ha 指明。",
                english: $"The unit of the area column {column} is not known and is not guessed; nothing was taken. Say it with --area-unit mu, m2 or ha."
            );

        public static Problem AreaUnitWrong(string unit) =>
            new(
                "intake.area-unit-wrong",
                chinese: $"没有“{unit}”这种面积单位，未接收任何内容；--area-unit 可用 mu（亩）、m2（平方米）、ha（公顷）。",
                english: $"There is no area unit '{unit}'; nothing was taken. --area-unit takes mu (亩), m2 or ha."
            );

        public static Problem NoRecords(string file, string layer) =>
            new(
                "intake.no-records",
                chinese: $"文件 {file} 的图层“{layer}”中没有任何记录，未写入任何内容。",
                english: $"Layer '{layer}' of {file} holds no records; nothing was written."
            );

        public static Problem AlreadyImported(string file, string programme, DateOnly on, int taken) =>
            new(
                "intake.already-imported",
                chinese: $"同一文件 {file} 已于 {on:yyyy-MM-dd} 导入批次 {programme}（接收 {taken} 个图斑），未再写入任何内容。",
                english: $"The same file {file} was imported into programme {programme} on {on:yyyy-MM-dd} ({taken} patches taken); nothing was written again.",
                status: 409
            );

        public static Problem ImportedMeanwhile(string programme) =>
            new(
                "intake.imported-meanwhile",
                chinese: $"检查期间另有图斑导入，批次 {programme} 的检查结果可能已过时，未写入任何内容；请重试。",
                english: $"Other patches were imported while this file for programme {programme} was being checked, so the checks may be out of date; nothing was written. Try again.",
                status: 409
            );
    }
}
