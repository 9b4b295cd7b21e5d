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

        public static Problem NotAPaper(string kind, IEnumerable<string> known) =>
            new(
                "verification.not-a-paper",
                $"“{kind}”不是可以以文件举证的材料种类，没有记录。可用：{string.Join("、", known)}。",
                $"\"{kind}\" is no kind of evidence that a paper can be; nothing was recorded. There are: {string.Join(", ", known)}."
            );

        public static Problem PatchesOfPaper(int count, int most) =>
            new(
                "verification.patches-of-paper",
                $"一份材料须对应 1 至 {most} 个图斑，给出了 {count} 个，没有记录。请写明图斑号。",
                $"A paper belongs to 1 to {most} patches, {count} were named; nothing was recorded. Name the patches."
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

        public static Problem MilitaryNoteOnly() =>
            new(
                "verification.military-note-only",
                "特殊用地只作注记，不录属性、不附照片和文件，没有记录。请清空其他内容后重新提交。",
                "Special use (military) carries the note alone: no attribute, photograph or file; nothing was recorded. Clear the rest and send it again."
            );

        public static Problem FileNotTaken(string file) =>
            new(
                "verification.file-not-taken",
                $"文件 {file} 的内容不是 JPEG、PNG、WebP 图片或 PDF，没有记录。请换成照片或 PDF 后重新提交。",
                $"The content of the file {file} is no JPEG, PNG or WebP picture and no PDF; nothing was recorded. Send a photograph or a PDF."
            );

        public static Problem FileTooLarge(string file, long bytes, long most) =>
            new(
                "verification.file-too-large",
                $"文件 {file} 有 {bytes} 字节，每个文件最多 {most} 字节，没有记录。请降低照片尺寸后重新提交。",
                $"The file {file} has {bytes} bytes, the most is {most}; nothing was recorded. Take the photograph at a smaller size.",
                413
            );

        public static Problem TooManyFiles(int count, int most) =>
            new(
                "verification.too-many-files",
                $"一次核查带了 {count} 个文件，最多 {most} 个，没有记录。请分两次核查填报。",
                $"The visit brings {count} files, the most is {most}; nothing was recorded. Record a second visit with the rest.",
                413
            );

        public static Problem PhotosDoNotMatch(int files, int described) =>
            new(
                "verification.photos-do-not-match",
                $"收到 {files} 个文件，表单描述了 {described} 个，没有记录。请重新提交全部文件。",
                $"{files} files arrived and the form describes {described}; nothing was recorded. Send all of them again."
            );

        public static Problem DueDayPast(DateOnly dueOn, DateOnly today) =>
            new(
                "verification.due-day-past",
                $"核查期限 {dueOn:yyyy-MM-dd} 早于今天 {today:yyyy-MM-dd}，没有分派。请改正期限。",
                $"The last day {dueOn:yyyy-MM-dd} is before today {today:yyyy-MM-dd}; nothing was assigned. Correct the day."
            );

        public static Problem NothingToAssign(string unit, string programme) =>
            new(
                "verification.nothing-to-assign",
                $"批次 {programme} 中责任单位 {unit} 没有待核查的图斑，没有分派。已核查的图斑请选择“全部图斑”重新分派。",
                $"Unit {unit} has no patch of {programme} that waits for a visit; nothing was assigned. Choose every patch to have them visited anew.",
                409
            );
    }
}
