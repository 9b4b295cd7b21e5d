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
    }
}
