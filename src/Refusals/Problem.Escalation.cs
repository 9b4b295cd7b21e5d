namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals about due dates, spot checks, findings, proposals, interviews, accountability and evaluation.</summary>
    public static class Escalation
    {
        public static Problem NothingToSend(string date, string nameZh, string nameEn) =>
            new(
                "escalation.nothing-to-send",
                $"“{nameZh}”（{date}）没有要求本区报送材料，没有登记任何报送。",
                $"'{nameEn}' ({date}) asks this district to send nothing; no submission was recorded."
            );

        public static Problem WrongRecipient(string recipient, string nameZh, string nameEn, string wanted) =>
            new(
                "escalation.wrong-recipient",
                $"“{nameZh}”不报送给 {recipient}，应报送给：{wanted}。没有登记。",
                $"'{nameEn}' does not go to {recipient} but to {wanted}; nothing was recorded."
            );

        public static Problem ConcernedUnit(string login, string unit) =>
            new(
                "escalation.concerned-unit",
                $"席位 {login} 属于被检查的责任单位 {unit}，不能自己认定。没有写入任何内容。",
                $"Seat {login} belongs to {unit}, the unit concerned, and cannot find about itself; nothing was written.",
                status: 403
            );

        public static Problem NoSuchMeasure(string groundZh, string groundEn, string measure, string allowed) =>
            new(
                "escalation.no-such-measure",
                $"依据“{groundZh}”不能提出 {measure}，可以提出：{allowed}。没有写入任何内容。",
                $"The ground '{groundEn}' does not lead to {measure}, but to {allowed}; nothing was written."
            );

        public static Problem FindingNeeded(string groundZh, string groundEn) =>
            new(
                "escalation.finding-needed",
                $"依据“{groundZh}”提出，须先有对该单位的弄虚作假、瞒案不报或压案不查认定。没有写入任何内容。",
                $"The ground '{groundEn}' rests on a finding of fraud, concealment or sitting on a case of that unit; nothing was written."
            );

        public static Problem SignedReasonNeeded(string groundZh, string groundEn) =>
            new(
                "escalation.signed-reason-needed",
                $"“{groundZh}”没有由数据达到的数值线，须由提出人写明为何情形严重。没有写入任何内容。",
                $"No line that the data reach stands behind '{groundEn}': whoever proposes says why it is serious. Nothing was written."
            );

        public static Problem PopulationTooSmall(int there, int wanted) =>
            new(
                "escalation.population-too-small",
                $"可抽查的只有 {there} 件，不能抽取 {wanted} 件。没有写入任何内容。",
                $"Only {there} items can be drawn from and {wanted} were asked for; nothing was written."
            );

        public static Problem SeedLost(string path) =>
            new(
                "escalation.seed-lost",
                $"封存的抽查种子无法打开：密钥文件 {path} 缺失或不是封存时的那一个。抽查作废，请重新公布一次抽查。",
                $"The sealed seed cannot be opened: the key {path} is missing or not the one it was sealed with. The draw is void; commit another."
            );
    }
}
