namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals about violations, cases and documents.</summary>
    public static class CaseFile
    {
        public static Problem DocumentFieldMissing(string kindZh, string kindEn, string fieldZh, string fieldEn) =>
            new(
                "case-file.document-field-missing",
                $"《{kindZh}》缺少“{fieldZh}”，没有出具。请补填。",
                $"The {kindEn} lacks '{fieldEn}' and was not issued. Fill it in."
            );

        public static Problem DocumentFieldUnknown(string kindZh, string kindEn, string field) =>
            new(
                "case-file.document-field-unknown",
                $"《{kindZh}》没有要素“{field}”，没有出具。",
                $"The {kindEn} has no field '{field}' and was not issued."
            );

        public static Problem ParcelNotFree(string parcel) =>
            new(
                "case-file.parcel-not-free",
                $"地块 {parcel} 没有经复核的违法结论，或者已属于一宗违法，没有写入任何内容。请刷新后再选。",
                $"Parcel {parcel} has no confirmed illegal verdict, or belongs to a violation already; nothing was written. Reload and choose again.",
                status: 409
            );

        public static Problem TwoKinds() =>
            new(
                "case-file.two-kinds",
                "所选地块既有土地又有矿产，不是一宗违法，没有写入任何内容。请分别立宗。",
                "The parcels are of land and of minerals: that is not one violation. Nothing was written; form one for each."
            );

        public static Problem NoCommonUnit(string patch) =>
            new(
                "case-file.no-common-unit",
                $"没有一个责任单位对所选的全部图斑负责（如 {patch}），没有写入任何内容。请先由办公室分派，或者分宗。",
                $"No responsible unit answers for all of these patches ({patch} among them); nothing was written. Have the office assign them, or divide."
            );

        public static Problem ViolationReplaced(string number, string later) =>
            new(
                "case-file.violation-replaced",
                $"{number} 已更正为 {later}，没有写入任何内容。请在 {later} 上办理。",
                $"{number} was corrected to {later}; nothing was written. Work on {later}.",
                status: 409
            );

        public static Problem StillIllegal(string number, IEnumerable<string> parcels) =>
            new(
                "case-file.still-illegal",
                $"{number} 的地块 {string.Join("、", parcels)} 仍是违法结论，不能撤去整宗违法。没有写入任何内容。",
                $"Parcels {string.Join(", ", parcels)} of {number} are illegal still: the violation cannot be ended. Nothing was written.",
                status: 409
            );

        public static Problem IdentityNotTransferred(string violation) =>
            new(
                "case-file.identity-not-transferred",
                chinese: $"违法 {violation} 没有移送本机关，其当事人的个人信息没有显示。",
                english: $"Violation {violation} was not transferred to this body; what identifies its party was not shown.",
                status: 403
            );

        public static Problem SecondActor(string by, DateTime at) =>
            new(
                "case-file.second-actor",
                $"违法主体已由 {by} 于 {at:yyyy-MM-dd HH:mm}（UTC）登记；一宗违法只有一个主体。另有主体的，请分宗。",
                $"The actor was named by {by} at {at:yyyy-MM-dd HH:mm} UTC; a violation has one. For another actor form another violation.",
                status: 409
            );

        public static Problem BacklogRow(int line, string column, string value) =>
            new(
                "case-file.backlog-row",
                $"第 {line} 行的 {column}（{value}）不能用，没有导入任何一行。请改正后重新导入。",
                $"Line {line}: {column} ({value}) cannot be used; no line was taken. Correct it and import again."
            );

        public static Problem NoActor(string violation) =>
            new(
                "case-file.no-actor",
                $"{violation} 还没有登记违法主体，不能立案。没有写入任何内容。请先登记当事人。",
                $"No actor of {violation} is named: a case needs one. Nothing was written; name the party first.",
                status: 409
            );

        public static Problem OneOfficer(string officer) =>
            new(
                "case-file.one-officer",
                $"两名执法人员都填了“{officer}”；办案人员不得少于两人。没有写入任何内容。",
                $"Both officers are '{officer}'; a case is handled by two. Nothing was written."
            );

        public static Problem TooEarly(string whatZh, string whatEn, DateOnly on, DateOnly after, string basisZh, string basisEn) =>
            new(
                "case-file.too-early",
                $"{Day(on)} 不能{whatZh}：按{basisZh}，须在 {Day(after)} 之后。没有写入任何内容。",
                $"To {whatEn} on {Day(on)} is too early: by {basisEn} it comes after {Day(after)}. Nothing was written.",
                status: 409
            );

        public static Problem ClosingConditionNotMet(string number, string ground) =>
            new(
                "case-file.closing-condition-not-met",
                $"{number} 没有达到结案条件“{ground}”，没有写入任何内容。请先完成相应环节，或者选择实际具备的条件。",
                $"{number} does not meet the condition '{ground}' and stays open; nothing was written. Finish the step it names first.",
                status: 409
            );

        public static Problem CrimeLineReached(string number, string basisZh, string basisEn) =>
            new(
                "case-file.crime-line-reached",
                $"{number} 达到{basisZh}的追诉标准，既未移送也未写明不移送的理由，不能结案。没有写入任何内容。",
                $"{number} reaches the line of {basisEn}: transfer it, or write why not, before it is closed. Nothing was written.",
                status: 409
            );

        public static Problem OtherBody(string login, string body) =>
            new(
                "case-file.other-body",
                $"席位 {login} 不是 {body} 的席位，没有写入任何内容。",
                $"Seat {login} does not speak for {body}; nothing was written.",
                status: 403
            );

        private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }
}
