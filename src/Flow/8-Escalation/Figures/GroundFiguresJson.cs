using System.Text.Json.Nodes;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>The figures of a proposal as they are frozen in it, with every id behind them.</summary>
public static class GroundFiguresJson
{
    /// <param name="scope">The programmes that were counted, joined by <c>+</c>.</param>
    public static string Of(
        DateOnly on,
        string scope,
        GroundSheet? sheet,
        ImmediateTrigger? trigger,
        IntegrityFinding? finding,
        string? serious
    ) =>
        CanonicalJson.Of(
            new JsonObject
            {
                ["on"] = $"{on:yyyy-MM-dd}",
                ["scope"] = scope,
                ["lines"] = new JsonArray([.. (sheet?.Lines ?? []).Select(Line)]),
                ["finding"] = finding is null
                    ? null
                    : new JsonObject
                    {
                        ["id"] = finding.Id.ToString(),
                        ["kind"] = finding.Kind,
                        ["foundOn"] = $"{finding.FoundOn:yyyy-MM-dd}",
                        ["facts"] = finding.FactsZh,
                    },
                ["trigger"] = trigger is null ? null : Trigger(trigger),
                ["serious"] = serious,
            }
        );

    /// <summary>Ids of one kind behind the figures of a proposal, in the order first named.</summary>
    public static IReadOnlyList<Guid> Ids(string figuresJson, string kind)
    {
        var root = JsonNode.Parse(figuresJson)!;
        var items = root["lines"]!.AsArray().SelectMany(l => l!["items"]!.AsArray());
        var ids = items.Where(i => i![0]!.GetValue<string>() == kind).Select(i => Guid.Parse(i![1]!.GetValue<string>()));
        if (kind == "violation" && root["trigger"]?["violation"]?.GetValue<string>() is { } violation)
            ids = ids.Prepend(Guid.Parse(violation));
        return [.. ids.Distinct()];
    }

    /// <summary>The figures in one Chinese sentence, for documents.</summary>
    public static string SummaryZh(string figuresJson)
    {
        var root = JsonNode.Parse(figuresJson)!;
        var lines = root["lines"]!
            .AsArray()
            .Where(l => l!["measured"] is not null && l["items"]!.AsArray().Count > 0)
            .Select(l => $"{l!["zh"]}{l["measured"]}{UnitZh(l["unit"]!.GetValue<string>())}{LineZh(l)}");
        IEnumerable<string> parts = lines;
        if (root["finding"]?["facts"]?.GetValue<string>() is { } facts)
            parts = parts.Prepend(facts);
        if (root["serious"]?.GetValue<string>() is { } serious)
            parts = parts.Append(serious);
        return string.Join("；", parts.Select(p => p.TrimEnd('。', '；')));
    }

    private static string LineZh(JsonNode line) =>
        line["line"] is { } at ? $"（线为{at}{UnitZh(line["unit"]!.GetValue<string>())}）" : "（未设数值线）";

    private static string UnitZh(string unit) =>
        unit switch
        {
            "mu" => "亩",
            "percent" => "%",
            _ => "项",
        };

    private static JsonNode Line(GroundLine line) =>
        new JsonObject
        {
            ["id"] = line.Id,
            ["zh"] = line.Name.Zh,
            ["en"] = line.Name.En,
            ["measured"] = line.Measured is { } m ? (double)m : null,
            ["unit"] = line.Unit,
            ["line"] = line.Line is { } l ? (double)l : null,
            ["reached"] = line.Reached,
            ["items"] = new JsonArray([.. line.Items.Select(i => new JsonArray(i.Kind, i.Id.ToString(), i.Label, i.Value))]),
        };

    private static JsonObject Trigger(ImmediateTrigger trigger) =>
        new()
        {
            ["violation"] = trigger.Violation.Id.ToString(),
            ["number"] = trigger.Violation.Number,
            ["met"] = trigger.IsMet,
            ["lines"] = new JsonArray([
                .. trigger.Lines.Select(l => new JsonObject
                {
                    ["id"] = l.Threshold.Id,
                    ["squareMetres"] = l.Measured.Compared.ToDouble(),
                    ["lineSquareMetres"] = l.Threshold.Area.ExactSquareMetres.ToString(),
                    ["reached"] = l.Reached,
                }),
            ]),
        };
}
