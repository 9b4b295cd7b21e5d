using System.Text.Json.Nodes;
using Weipian.Law;

namespace Weipian.Flow.Escalation;

/// <summary>One indicator of one unit, as it was published.</summary>
/// <param name="Percent">Null: not applicable.</param>
public sealed record EvaluationCell(
    string IndicatorId,
    double Numerator,
    double Denominator,
    decimal? Percent,
    IReadOnlyList<FigureItem> NumeratorItems,
    IReadOnlyList<FigureItem> DenominatorItems
);

/// <summary>The line of one unit; empty id for the whole district.</summary>
public sealed record EvaluationRow(string Unit, IReadOnlyList<EvaluationCell> Cells)
{
    public EvaluationCell? Cell(string indicatorId) => Cells.FirstOrDefault(c => c.IndicatorId == indicatorId);
}

/// <summary>A definition as a published table names it.</summary>
/// <param name="Target">Share of one; null where none is set for the day.</param>
public sealed record EvaluatedIndicator(string Id, string Sha256, string Zh, string En, string Counts, string Better, decimal? Target);

/// <summary>The evaluation of the towns: every indicator of every unit with the lists behind it.</summary>
/// <remarks>
/// The plan gives no formula for a total, so there is none: units stand in the order of the outcome of rectification, which the plan makes
/// the first measure of the work; where that is equal or not applicable, in the order of the plan.
/// </remarks>
public sealed record EvaluationTable(
    string Period,
    DateOnly On,
    IReadOnlyList<EvaluatedIndicator> Indicators,
    IReadOnlyList<EvaluationRow> Units,
    EvaluationRow District
)
{
    /// <summary>The indicator that decides the order.</summary>
    public const string First = "rectification-rate";

    /// <summary>Pure: the table of the facts.</summary>
    /// <param name="units">Responsible units in the order of the plan.</param>
    public static EvaluationTable Of(FigureFacts facts, IEnumerable<string> units, IndicatorBook book, LawBook law)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(book);
        EvaluationRow Row(string unit, FigureFacts part) =>
            new(unit, [.. book.All.Select(d => CellOf(Escalation.Indicators.Of(d, part, law)))]);
        var rows = units.Select(u => Row(u, facts.Of(u)));
        return new(
            facts.Scope.Period,
            facts.On,
            [.. book.All.Select(d => new EvaluatedIndicator(d.Id, d.Sha256, d.Zh, d.En, d.Counts, d.Better, d.TargetOn(law, facts.On)))],
            // The sort is stable: the order of the plan stands among equals.
            [.. rows.OrderByDescending(r => r.Cell(First)?.Percent ?? -1)],
            Row("", facts)
        );
    }

    public JsonObject ToJson() =>
        new()
        {
            ["period"] = Period,
            ["on"] = $"{On:yyyy-MM-dd}",
            ["indicators"] = new JsonArray([
                .. Indicators.Select(i => new JsonObject
                {
                    ["id"] = i.Id,
                    ["sha256"] = i.Sha256,
                    ["zh"] = i.Zh,
                    ["en"] = i.En,
                    ["counts"] = i.Counts,
                    ["better"] = i.Better,
                    ["target"] = i.Target is { } t ? (double)t : null,
                }),
            ]),
            ["units"] = new JsonArray([.. Units.Select(RowJson)]),
            ["district"] = RowJson(District),
        };

    public static EvaluationTable FromJson(JsonNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return new(
            node["period"]!.GetValue<string>(),
            DateOnly.ParseExact(node["on"]!.GetValue<string>(), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            [
                .. node["indicators"]!
                    .AsArray()
                    .Select(i => new EvaluatedIndicator(
                        Text(i, "id"),
                        Text(i, "sha256"),
                        Text(i, "zh"),
                        Text(i, "en"),
                        Text(i, "counts"),
                        Text(i, "better"),
                        (decimal?)i!["target"]?.GetValue<double>()
                    )),
            ],
            [.. node["units"]!.AsArray().Select(RowFrom)],
            RowFrom(node["district"])
        );
    }

    private static string Text(JsonNode? node, string name) => node![name]!.GetValue<string>();

    private static EvaluationCell CellOf(Figure figure) =>
        new(figure.IndicatorId, figure.NumeratorValue, figure.DenominatorValue, figure.Ratio.Percent, figure.Numerator, figure.Denominator);

    private static JsonNode RowJson(EvaluationRow row) =>
        new JsonObject
        {
            ["unit"] = row.Unit,
            ["cells"] = new JsonArray([
                .. row.Cells.Select(c => new JsonObject
                {
                    ["id"] = c.IndicatorId,
                    ["numerator"] = c.Numerator,
                    ["denominator"] = c.Denominator,
                    ["percent"] = c.Percent is { } p ? (double)p : null,
                    ["numeratorItems"] = ItemsJson(c.NumeratorItems),
                    ["denominatorItems"] = ItemsJson(c.DenominatorItems),
                }),
            ]),
        };

    private static JsonArray ItemsJson(IEnumerable<FigureItem> items) =>
        new([.. items.Select(i => new JsonArray(i.Kind, i.Id.ToString(), i.Label, i.Value))]);

    private static EvaluationRow RowFrom(JsonNode? node) =>
        new(
            Text(node, "unit"),
            [
                .. node!["cells"]!
                    .AsArray()
                    .Select(c => new EvaluationCell(
                        Text(c, "id"),
                        c!["numerator"]!.GetValue<double>(),
                        c["denominator"]!.GetValue<double>(),
                        (decimal?)c["percent"]?.GetValue<double>(),
                        ItemsFrom(c["numeratorItems"]!),
                        ItemsFrom(c["denominatorItems"]!)
                    )),
            ]
        );

    private static List<FigureItem> ItemsFrom(JsonNode items) =>
        [
            .. items
                .AsArray()
                .Select(i => new FigureItem(
                    i![0]!.GetValue<string>(),
                    Guid.Parse(i[1]!.GetValue<string>()),
                    i[2]!.GetValue<string>(),
                    i[3]!.GetValue<double>()
                )),
        ];
}
