using System.Text.Json.Nodes;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>Names what differs between a seal and its replay, in words of the office.</summary>
internal static class SealDifferences
{
    private const string Absent = "∅";

    /// <summary>The differences that are causes come first; what only follows from them (areas, proposal) is named last.</summary>
    public static IEnumerable<VerificationFinding> Between(string where, JsonNode before, JsonNode again)
    {
        var all = new List<(string Path, string Old, string New)>();
        Walk("", before, again, all);
        return all.OrderBy(d => Follows(d.Path) ? 1 : 0).Select(d => Name(where, d.Path, d.Old, d.New));
    }

    private static bool Follows(string path) =>
        path.StartsWith("/proposal", StringComparison.Ordinal)
        || path.StartsWith("/parcel/areas", StringComparison.Ordinal)
        || path == "/patch/areaSquareMetres";

    private static void Walk(string path, JsonNode? a, JsonNode? b, List<(string, string, string)> found)
    {
        switch (a, b)
        {
            case (JsonObject left, JsonObject right):
                foreach (var key in left.Select(p => p.Key).Union(right.Select(p => p.Key)).Order(StringComparer.Ordinal))
                    Walk($"{path}/{key}", left[key], right[key], found);
                break;
            case (JsonArray left, JsonArray right):
                for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
                    Walk($"{path}/{i}", i < left.Count ? left[i] : null, i < right.Count ? right[i] : null, found);
                break;
            default:
                var (old, now) = (CanonicalJson.Of(a), CanonicalJson.Of(b));
                if (old != now)
                    found.Add((path, a is null ? Absent : old, b is null ? Absent : now));
                break;
        }
    }

    private static VerificationFinding Name(string where, string path, string old, string now)
    {
        var (zh, en) = Words(path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        return new(
            "replay-differs",
            $"{where}{path}",
            $"重算与封存不一致：{zh}，封存为 {old}，重算为 {now}",
            $"The replay differs from the seal: {en}; sealed {old}, recomputed {now}"
        );
    }

    private static (string Zh, string En) Words(string[] path) =>
        path switch
        {
            ["patch", "geometrySha256"] => ("图斑坐标", "coordinates of the patch"),
            ["patch", "areaSquareMetres"] => ("图斑面积", "area of the patch"),
            ["patch", var field] => ($"图斑字段 {field}", $"patch field {field}"),
            ["parcel", "geometrySha256"] => ("地块坐标", "coordinates of the parcel"),
            ["parcel", "areas", var area] => ($"地块面积 {area}", $"area {area} of the parcel"),
            ["parcel", var field] => ($"地块字段 {field}", $"parcel field {field}"),
            ["layers", _, "features", ..] => ("所用图层要素", "a layer feature that was used"),
            ["layers", ..] => ("所用图层版本", "the layer versions used"),
            ["site", _, "form", var key] => ($"核查表“{Label(key).Zh}”（{key}）", $"form field {key} ({Label(key).En})"),
            ["site", _, "evidence", ..] => ("举证文件", "an evidence file"),
            ["site", ..] => ("实地核查", "a visit"),
            ["law", ..] => ("法规库", "the law book"),
            ["engine", ..] => ("计算引擎", "the engine"),
            ["verdict", var field] => ($"判定字段 {field}", $"verdict field {field}"),
            _ => ("判定推导", "the derivation"),
        };

    private static (string Zh, string En) Label(string key) =>
        FactKeys.ById.TryGetValue(key, out var known) ? (known.Zh, known.En) : (key, key);
}
