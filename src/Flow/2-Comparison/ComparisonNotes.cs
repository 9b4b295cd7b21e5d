using System.Globalization;
using Weipian.Flow.Intake;
using Weipian.Geo;

namespace Weipian.Flow.Comparison;

/// <summary>Something a reader of the figures must know.</summary>
/// <param name="Kind">Stable word: <c>no-version-in-force</c>, <c>layer-overlaps-itself</c>, <c>caveat</c>.</param>
/// <param name="Role">The layer role it concerns.</param>
/// <param name="PatchNumber">The patch, when it concerns one.</param>
public sealed record ComparisonNote(string Kind, string Role, string? PatchNumber, string Zh, string En);

internal static class ComparisonNotes
{
    // Areas are stated with two decimals; less is noise.
    private const double ExcessSquareMetresMin = 0.005;

    public static IReadOnlyList<ComparisonNote> Of(Cut cut, IReadOnlyList<LayerVersion> versions, IEnumerable<ImportBatch> batches) =>
        [.. NotInForce(cut, versions), .. batches.SelectMany(Caveats), .. cut.Versions.SelectMany(Caveats), .. Overlapping(cut)];

    /// <summary>Patches of an older datum, assumed or transformed: said beside every figure that rests on them.</summary>
    private static IEnumerable<ComparisonNote> Caveats(ImportBatch batch)
    {
        if (batch.Assumed || batch.CrsStatementEn.Contains(CoordinateSystem.TransformationMark, StringComparison.Ordinal))
            yield return new(
                "caveat",
                "patch",
                null,
                $"图斑文件“{batch.FileName}”：{batch.CrsStatementZh}",
                $"Patch file '{batch.FileName}': {batch.CrsStatementEn}"
            );
    }

    private static IEnumerable<ComparisonNote> NotInForce(Cut cut, IReadOnlyList<LayerVersion> versions)
    {
        foreach (var role in versions.Select(v => v.Role).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var without = cut.InForce.Count(v => v.All(version => version.Role != role));
            if (without == 0)
                continue;
            var first = versions.Where(v => v.Role == role).Min(v => v.AsOf).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            yield return new(
                "no-version-in-force",
                role,
                null,
                $"{without} 个图斑没有现行的 {role} 图层（最早的时点是 {first}，应不晚于图斑时相，或图斑缺时相），未作比对",
                $"{without} patches have no {role} layer in force (the earliest is as of {first}; it must not be later than their image date, or they lack one) and were not compared with it"
            );
        }
    }

    private static IEnumerable<ComparisonNote> Caveats(LayerVersion version) =>
        LayerCaveats.Of(version).Select(c => new ComparisonNote("caveat", version.Role, null, c.Zh, c.En));

    /// <summary>Where the features of one version cover more than the patch itself, the layer overlaps itself; verdicts use the
    /// union.</summary>
    private static IEnumerable<ComparisonNote> Overlapping(Cut cut)
    {
        foreach (var group in cut.Areas.GroupBy(a => (a.Patch, a.Version.Id)))
        {
            var excess = group.Sum(a => a.SquareMetres) - cut.OwnAreas[group.Key.Patch];
            if (excess < ExcessSquareMetresMin)
                continue;
            var (role, number) = (group.First().Version.Role, cut.Patches[group.Key.Patch].Number);
            var shown = excess.ToString("0.00", CultureInfo.InvariantCulture);
            yield return new(
                "layer-overlaps-itself",
                role,
                number,
                $"图斑 {number} 内 {role} 图层自身重叠，合计超出图斑 {shown} 平方米；判定按并集计算",
                $"Inside patch {number} the {role} layer overlaps itself: its features exceed the patch by {shown} m²; verdicts use the union"
            );
        }
    }
}
