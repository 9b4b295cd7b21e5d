using Weipian.Geo;
using Weipian.Law;

namespace Weipian.Flow.Intake;

/// <summary>Which layer versions speak about a patch, by its two image dates.</summary>
/// <remarks>
/// Land use: the latest as-of not after the earlier image. Control lines: the latest not after the later image. Permits and rights: all,
/// with their
/// own dates. Several versions of one role and as-of stand side by side; a version that another one replaces is out of force. A date that
/// is
/// missing selects nothing: the verdict is doubtful then.
/// </remarks>
public static class LayersInForce
{
    /// <summary>The versions in force, ordered by role and id (ordinal).</summary>
    public static IReadOnlyList<LayerVersion> For(IReadOnlyCollection<LayerVersion> versions, DateOnly? before, DateOnly? after)
    {
        ArgumentNullException.ThrowIfNull(versions);
        var replaced = versions.Select(v => v.ReplacesId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. versions
                .Where(v => !replaced.Contains(v.Id))
                .GroupBy(v => v.Role, StringComparer.Ordinal)
                .SelectMany(role => OfRole(role, before, after))
                .OrderBy(v => v.Role, StringComparer.Ordinal)
                .ThenBy(v => v.Id, StringComparer.Ordinal),
        ];
    }

    /// <inheritdoc cref="For(IReadOnlyCollection{LayerVersion}, DateOnly?, DateOnly?)"/>
    public static IReadOnlyList<LayerVersion> For(IReadOnlyCollection<LayerVersion> versions, Patch patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return For(versions, patch.Before, patch.After);
    }

    private static IEnumerable<LayerVersion> OfRole(IGrouping<string, LayerVersion> role, DateOnly? before, DateOnly? after) =>
        LayerRole.ForceOf(role.Key) switch
        {
            LayerForce.LatestNotAfterBefore => Latest(role, before),
            LayerForce.LatestNotAfterAfter => Latest(role, after),
            LayerForce.LatestElseEarliest => Latest(role, after) is { Count: > 0 } latest ? latest : Earliest(role),
            _ => role,
        };

    private static List<LayerVersion> Latest(IEnumerable<LayerVersion> versions, DateOnly? day)
    {
        var known = versions.Where(v => v.AsOf <= day).ToList();
        return [.. known.Where(v => v.AsOf == known.Max(k => k.AsOf))];
    }

    // Outlines of units change rarely; a patch older than the first of them is still at home somewhere.
    private static IEnumerable<LayerVersion> Earliest(IEnumerable<LayerVersion> versions) =>
        versions.GroupBy(v => v.AsOf).MinBy(g => g.Key)!;
}

/// <summary>What must be said beside every figure that rests on a layer version.</summary>
public static class LayerCaveats
{
    /// <summary>Sentences in both languages; empty when nothing needs saying.</summary>
    public static IReadOnlyList<(string Zh, string En)> Of(LayerVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        var caveats = new List<(string, string)>();
        if (version.Assumed)
            caveats.Add(
                (
                    $"图层“{version.Name}”按 CGCS2000 同带坐标直接采用，未作基准转换（--crs assume），位置可能偏差数十米。",
                    $"Layer '{version.Name}' was taken as if it were CGCS2000 of the same zone (--crs assume), without a change of datum: places may be tens of metres off."
                )
            );
        if (version.CrsStatementEn.Contains(CoordinateSystem.TransformationMark, StringComparison.Ordinal))
            caveats.Add(($"图层“{version.Name}”：{version.CrsStatementZh}", $"Layer '{version.Name}': {version.CrsStatementEn}"));
        if (version.Role == LayerRole.LandUse && version.CodeStandard == LandClassStandard.Gbt2007)
            caveats.Add(
                (
                    $"图层“{version.Name}”为 GB/T 21010-2007 标准，线状地物、零星地物未扣除。",
                    $"Layer '{version.Name}' follows GB/T 21010-2007: its line and point features (XZDW, LXDW) are not deducted."
                )
            );
        return caveats;
    }
}
