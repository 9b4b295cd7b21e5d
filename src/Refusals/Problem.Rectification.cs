using System.Globalization;

namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals about measures, their reports, their acceptance, hand-overs.</summary>
    public static class Rectification
    {
        public static Problem Superseded(string violation, string by) =>
            new(
                "rectification.violation-superseded",
                $"违法 {violation} 已更正为 {by}，没有写入任何内容。请在现行的一宗上办理。",
                $"Violation {violation} was corrected and is now {by}; nothing was written. Act on the one in force.",
                status: 409
            );

        public static Problem AreaTooLarge(string whatZh, string whatEn, double area, double most) =>
            new(
                "rectification.area-too-large",
                $"{whatZh} {Metres(area)} 平方米，超过可以办理的 {Metres(most)} 平方米，没有写入任何内容。请核对剩余面积和未办结的措施。",
                $"{whatEn} is {Metres(area)} m², more than the {Metres(most)} m² that are open; nothing was written. Check what remains and what is under measures."
            );

        public static Problem MeasureEnded(string kind) =>
            new(
                "rectification.measure-ended",
                $"该措施（{kind}）已验收办结或已改用其他措施，没有写入任何内容。",
                $"This measure ({kind}) ended with its acceptance, or another took its place; nothing was written.",
                status: 409
            );

        public static Problem PenaltyNotExecuted(string violation) =>
            new(
                "rectification.penalty-not-executed",
                $"违法 {violation} 的处罚决定尚未执行，也没有经审签的非立案处理，不能补办手续（先处罚、后补办），没有写入任何内容。",
                $"The penalty of violation {violation} is not executed, nor is there a signed handling without case: formalities come after the penalty. Nothing was written.",
                status: 409
            );

        public static Problem ProofMissing(string fieldZh, string fieldEn) =>
            new(
                "rectification.proof-missing",
                $"缺少“{fieldZh}”，没有写入任何内容。请补齐该类措施的证明。",
                $"'{fieldEn}' is missing; nothing was written. Give the proof that this kind of measure needs."
            );

        public static Problem NoEvidence() =>
            new(
                "rectification.no-evidence",
                "没有附整改照片或材料，没有写入任何内容。请附上整改后的现场照片。",
                "No photograph or paper is attached; nothing was written. Attach photographs of the ground after the work."
            );

        public static Problem FileTooLarge(string file, long size, long most) =>
            new(
                "rectification.file-too-large",
                $"文件“{file}”为 {size} 字节，超过上限 {most} 字节，没有写入任何内容。",
                $"The file “{file}” has {size} bytes, above the limit of {most}; nothing was written."
            );

        public static Problem FileNotWhatItSays(string file, string says) =>
            new(
                "rectification.file-not-what-it-says",
                $"文件“{file}”标明为 {says}，内容却不是，或者是浏览器会执行的类型；没有写入任何内容。请上传真实的照片（JPEG、PNG、WebP）或 PDF。",
                $"The file “{file}” says it is {says} and its content is not, or is of a kind that a browser would run; nothing was written. Send a real photograph (JPEG, PNG, WebP) or PDF."
            );

        public static Problem PhotographUsedBefore(string file, string violation, DateOnly on) =>
            new(
                "rectification.photograph-used-before",
                $"文件“{file}”与 {violation} 于 {Day(on)} 提交的文件完全相同，没有写入任何内容。一处的照片不能证明另一处。",
                $"The file “{file}” is the very file handed in for {violation} on {Day(on)}; nothing was written. A photograph of one place proves nothing of another.",
                status: 409
            );

        public static Problem NoNewEvidence() =>
            new(
                "rectification.no-new-evidence",
                "所附文件都在被退回的报告中提交过，没有写入任何内容。请附上新的照片。",
                "Every attached file was in a report that was refused; nothing was written. Attach new photographs.",
                status: 409
            );

        public static Problem ChecklistOpen(string itemZh, string itemEn) =>
            new(
                "rectification.checklist-open",
                $"验收清单中“{itemZh}”没有做到，不能验收通过，没有写入任何内容。请退回，或只验收做到的部分。",
                $"'{itemEn}' of the checklist is not done, so nothing can be accepted; nothing was written. Refuse, or accept only the part where it is."
            );

        public static Problem ClassesDoNotAddUp(double sum, double area) =>
            new(
                "rectification.classes-do-not-add-up",
                $"各地类面积合计 {Metres(sum)} 平方米，与验收面积 {Metres(area)} 平方米不符，没有写入任何内容。请逐类核对。",
                $"The areas by class add up to {Metres(sum)} m², not to the accepted {Metres(area)} m²; nothing was written. Check them class by class."
            );

        public static Problem NotRestored(string whatZh, string whatEn, double found, double wanted) =>
            new(
                "rectification.not-restored",
                $"{whatZh}应恢复 {Metres(wanted)} 平方米，现场为 {Metres(found)} 平方米，没有写入任何内容。请退回，或只验收已恢复的部分。",
                $"{whatEn}: {Metres(wanted)} m² have to be restored and {Metres(found)} m² are; nothing was written. Refuse, or accept only what is restored."
            );

        public static Problem NotReceived() =>
            new(
                "rectification.not-received",
                "没收的建筑物尚无财政部门接收回执，不能验收，没有写入任何内容。",
                "The finance bureau has not given a receipt for what is confiscated, so the measure cannot be accepted; nothing was written.",
                status: 409
            );

        public static Problem OpenPointsNotNamed(int count, string first) =>
            new(
                "rectification.open-points-not-named",
                $"本批次还有 {count} 项未了事项没有在验收意见中写明（如 {first}），没有写入任何内容。请先办结，或在意见中逐项写明。",
                $"{count} open points of the programme are not named in the opinion ({first} for one); nothing was written. Settle them, or name each in the opinion.",
                status: 409
            );

        private static string Metres(double area) => area.ToString("0.00", CultureInfo.InvariantCulture);

        private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
