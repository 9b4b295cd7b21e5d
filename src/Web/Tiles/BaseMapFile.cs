using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Weipian.Flow.Store;

namespace Weipian.Web.Tiles;

/// <summary>The file of base maps: <c>base-maps.json</c> in the data folder, or what <c>WEIPIAN_BASE_MAPS</c> names.</summary>
/// <remarks>None is needed.</remarks>
public static partial class BaseMapFile
{
    public const string Setting = "WEIPIAN_BASE_MAPS";
    private const string OrdinaryName = "base-maps.json";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Every base map of an installation, in the order of the file.</summary>
    /// <exception cref="Problem"><c>map.bad-base-file</c></exception>
    public static IReadOnlyList<BaseMap> Of(DataFolder data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } named)
            return File.Exists(named) ? Read(named) : throw Problem.Map.BadBaseFile(named, "没有这个文件", "there is no such file");
        var ordinary = Path.Combine(data.Path, OrdinaryName);
        return File.Exists(ordinary) ? Read(ordinary) : [];
    }

    /// <exception cref="Problem"><c>map.bad-base-file</c></exception>
    public static IReadOnlyList<BaseMap> Read(string path)
    {
        BaseMap[] all;
        try
        {
            all = JsonSerializer.Deserialize<BaseMap[]>(File.ReadAllText(path), Form) ?? [];
        }
        catch (JsonException wrong)
        {
            throw Problem.Map.BadBaseFile(
                path,
                $"不是所要求的 JSON（{wrong.Message}）",
                $"it is not the JSON that is expected ({wrong.Message})"
            );
        }
        foreach (var map in all)
            if (Fault(map) is var (zh, en) && zh.Length > 0)
                throw Problem.Map.BadBaseFile(path, $"底图“{map.Id}”{zh}", $"“{map.Id}” {en}");
        if (all.GroupBy(m => m.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Problem.Map.BadBaseFile(path, $"底图“{twice.Key}”出现两次", $"“{twice.Key}” stands in it twice");
        return all;
    }

    private static (string Zh, string En) Fault(BaseMap map)
    {
        if (!Id().IsMatch(map.Id))
            return ("的 id 只能用小写字母、数字和连字符", "has an id of other than lower-case letters, digits and hyphens");
        if (map.Grid is not (BaseMapGrid.Degrees or BaseMapGrid.Mercator))
            return ("的 grid 应为 degrees 或 mercator", "has a grid that is neither degrees nor mercator");
        if (map.KeyFrom is not null && string.IsNullOrEmpty(map.KeyNow))
            return ($"的密钥应在环境变量 {map.KeyFrom} 中，但没有设置", $"has its key in the variable {map.KeyFrom}, which is not set");
        return map.Kind switch
        {
            BaseMapKind.Wmts => FaultOfAddress(map, []),
            BaseMapKind.Xyz => FaultOfAddress(map, ["{z}", "{x}", "{y}"]),
            BaseMapKind.MbTiles or BaseMapKind.Cog => File.Exists(map.File)
                ? ("", "")
                : ($"的文件“{map.File}”不存在", $"has a file “{map.File}” that does not exist"),
            _ => ("的 kind 应为 wmts、xyz、mbtiles 或 cog", "has a kind that is none of wmts, xyz, mbtiles, cog"),
        };
    }

    /// <summary>The host is written out: no part of a request can choose it.</summary>
    private static (string Zh, string En) FaultOfAddress(BaseMap map, string[] places)
    {
        var url = map.Url ?? "";
        if (!HostWrittenOut().IsMatch(url) || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.UserInfo.Length > 0)
            return (
                "的 url 应为 http(s) 地址，主机名写明，不含账号",
                "has a url that is no http(s) address with its host written out and no account"
            );
        return places.All(url.Contains) ? ("", "") : ("的 url 应含 {z}、{x}、{y}", "has a url without {z}, {x}, {y}");
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,30}$", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"^https?://[A-Za-z0-9.\-\[\]:]+(?:/|\?|$)", RegexOptions.CultureInvariant)]
    private static partial Regex HostWrittenOut();
}
