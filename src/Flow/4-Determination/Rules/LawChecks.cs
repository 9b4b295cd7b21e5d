using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>Conditions that compare a measured number with a number of the law.</summary>
internal static class LawChecks
{
    /// <summary>The county of the patch is in no region of the table.</summary>
    public static Check NoRegion() =>
        new(Outcome.Unknown, "本县属北方还是南方未设定", "whether the county is north or south is not set")
        {
            Missing = [new("law:rules/regions", "南北方分区", "the region of the county")],
        };

    /// <summary>The law book has nothing under a key for the day.</summary>
    public static Check NoValue(string key) =>
        new(Outcome.Unknown, $"法规参数“{key}”未设定或当日无效", $"the law value {key} is unset or not in force on the day")
        {
            Missing = [new($"law:{key}", $"法规参数 {key}", $"law value {key}")],
        };

    /// <summary>The number under a key; the check is unknown when the law has none on the day.</summary>
    public static LawNumber? Read(RuleLaw law, string key, out Check check)
    {
        var number = law.Number(key);
        check = number is null
            ? NoValue(key)
            : new(Outcome.Yes, $"{key} = {Words.Of(number.Value)} {number.Use.Unit}", $"{key} = {Words.Of(number.Value)} {number.Use.Unit}")
            {
                Law = [number.Use],
            };
        return number;
    }

    /// <summary>At most: equality passes.</summary>
    public static Check AtMost(RuleLaw law, string key, decimal measured, string zh, string en, string? defect = null)
    {
        if (Read(law, key, out var check) is not { } limit)
            return check;
        var over = measured - limit.Value;
        return new(
            over <= 0 ? Outcome.Yes : Outcome.No,
            $"{zh} {Words.Of(measured)}，{(over <= 0 ? "不超过" : "超过")} {Words.Of(limit.Value)}",
            $"{en} {Words.Of(measured)}: {(over <= 0 ? "not above" : "above")} {Words.Of(limit.Value)}"
        )
        {
            Law = [limit.Use],
            Defect = over <= 0 ? null : defect,
            Shortfall = over <= 0 ? null : new(over, limit.Use.Unit),
        };
    }

    /// <summary>At least: equality passes.</summary>
    public static Check AtLeast(RuleLaw law, string key, decimal measured, string zh, string en, string? defect = null)
    {
        if (Read(law, key, out var check) is not { } limit)
            return check;
        var under = limit.Value - measured;
        return new(
            under <= 0 ? Outcome.Yes : Outcome.No,
            $"{zh} {Words.Of(measured)}，{(under <= 0 ? "不低于" : "低于")} {Words.Of(limit.Value)}",
            $"{en} {Words.Of(measured)}: {(under <= 0 ? "not below" : "below")} {Words.Of(limit.Value)}"
        )
        {
            Law = [limit.Use],
            Defect = under <= 0 ? null : defect,
            Shortfall = under <= 0 ? null : new(under, limit.Use.Unit),
        };
    }

    /// <summary>The area line under a key; the check is unknown when the law has none on the day.</summary>
    public static LawArea? ReadArea(RuleLaw law, string key, out Check check)
    {
        var line = law.Area(key);
        check = line is null
            ? NoValue(key)
            : new(Outcome.Yes, $"{key} = {line.Use.Value} {line.Use.Unit}", $"{key} = {line.Use.Value} {line.Use.Unit}")
            {
                Law = [line.Use],
            };
        return line;
    }

    /// <summary>Below an area line: equality fails.</summary>
    public static Check Below(RuleLaw law, string key, SquareMetres measured, string zh, string en)
    {
        if (ReadArea(law, key, out var check) is not { } line)
            return check;
        var holds = !line.Line.IsReachedBy(measured);
        return new(
            holds ? Outcome.Yes : Outcome.No,
            $"{zh} {measured.Rounded} 平方米，{(holds ? "小于" : "不小于")} {line.Use.Value} {line.Use.Unit}",
            $"{en} {measured.Rounded} m²: {(holds ? "below" : "not below")} {line.Use.Value} {line.Use.Unit}"
        )
        {
            Law = [line.Use],
            Shortfall = holds ? null : new(Math.Round((decimal)line.Line.Over(measured).Value, SquareMetres.ComparedDecimals), "m2"),
        };
    }
}
