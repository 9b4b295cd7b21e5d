using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Weipian.Flow.Plan;
using Weipian.Law;

namespace Weipian.Flow.Reports;

/// <summary>How a column is shown and whether it adds up.</summary>
public enum FigureKind
{
    Text,
    Day,

    /// <summary>Adds up.</summary>
    Count,

    /// <summary>Square metres, shown in 亩 with two decimals; adds up.</summary>
    Area,

    /// <summary>One column, or several, over another.</summary>
    Ratio,
}

/// <summary>A column of a table.</summary>
/// <param name="Group">Head over several columns; null for a column of its own.</param>
/// <param name="Over">Of a ratio: ids of the columns above the line; the last is the one below it.</param>
/// <param name="Width">Characters.</param>
public sealed record FigureColumn(
    string Id,
    string Zh,
    string En,
    FigureKind Kind,
    Bilingual? Group = null,
    IReadOnlyList<string>? Over = null,
    int Width = 10
)
{
    [JsonIgnore]
    public bool AddsUp => Kind is FigureKind.Count or FigureKind.Area;
}

/// <summary>One figure with the ids behind it.</summary>
/// <param name="Value">A count, square metres, or a share; null for text and for a ratio over nothing.</param>
/// <param name="Mu">The area as printed.</param>
/// <param name="Ids">Keys of <see cref="FigureItem"/>.</param>
public sealed record FigureCell(string? Text = null, double? Value = null, decimal? Mu = null, IReadOnlyList<string>? Ids = null);

/// <summary>A row; <paramref name="Key"/> is the unit or the thing it is about.</summary>
public sealed record FigureRow(string Key, IReadOnlyList<FigureCell> Cells);

/// <summary>A column that must be the sum of others, in every row and in the total.</summary>
public sealed record FigureCheck(string Zh, string En, string Whole, IReadOnlyList<string> Parts);

/// <summary>What an id stands for.</summary>
/// <param name="Kind"><c>patch</c>, <c>parcel</c> or <c>violation</c>.</param>
/// <param name="Number">Of the thing itself, as people write it.</param>
/// <param name="Patch">Number of the patch whose page tells of it; of patches and parcels.</param>
/// <param name="Programme">Of that patch.</param>
public sealed record FigureItem(string Kind, string Number, string? Patch = null, string? Programme = null);

/// <summary>A table with the ids behind every figure; as frozen, so shown and so printed.</summary>
public sealed record FigureTable(
    string Id,
    string Zh,
    string En,
    IReadOnlyList<FigureColumn> Columns,
    IReadOnlyList<FigureRow> Rows,
    FigureRow? Total,
    IReadOnlyList<FigureCheck> Checks,
    IReadOnlyList<Bilingual> Notes
)
{
    /// <summary>Two rounded terms may differ from a rounded sum by a hundredth of a 亩 for each term.</summary>
    public const decimal ClosureMuPerTerm = 0.01m;

    /// <summary>Place of a column.</summary>
    public int At(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i].Id == column)
                return i;
        throw new KeyNotFoundException($"the table {Id} has no column {column}");
    }

    /// <summary>Sum of a column, as printed.</summary>
    public FigureCell TotalOf(string column) => (Total ?? throw new InvalidOperationException($"{Id} has no total")).Cells[At(column)];

    /// <summary>Rows and columns whose parts do not add up to their whole.</summary>
    public IEnumerable<(FigureRow Row, FigureCheck Check)> Broken() =>
        from row in Total is null ? Rows : [.. Rows, Total]
        from check in Checks
        where Math.Abs(Shown(row, check.Whole) - check.Parts.Sum(p => Shown(row, p))) > ClosureMuPerTerm * check.Parts.Count
        select (row, check);

    private decimal Shown(FigureRow row, string column)
    {
        var cell = row.Cells[At(column)];
        return cell.Mu ?? (decimal)(cell.Value ?? 0);
    }
}

/// <summary>All that one report or table was made from: what a snapshot holds.</summary>
/// <param name="Programmes">Ids; empty for the whole year.</param>
/// <param name="Items">What the ids in the tables stand for.</param>
/// <param name="Facts">Further words of a narrative, by name.</param>
public sealed record FigureBook(
    string Kind,
    IReadOnlyList<string> Programmes,
    DateOnly OnDay,
    IReadOnlyList<FigureTable> Tables,
    IReadOnlyDictionary<string, FigureItem> Items,
    IReadOnlyDictionary<string, string> Facts
)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The table with this id.</summary>
    public FigureTable this[string table] =>
        Tables.FirstOrDefault(t => t.Id == table) ?? throw new KeyNotFoundException($"the snapshot of {Kind} has no table {table}");

    public JsonNode ToJson() => JsonSerializer.SerializeToNode(this, Form)!;

    public static FigureBook FromJson(JsonNode json) => json.Deserialize<FigureBook>(Form)!;
}

/// <summary>Builds rows, totals and printed areas the same way for every table.</summary>
public static class FigureTables
{
    /// <param name="closes">The rows are shares of the total: the residual of rounding goes to the largest, so that they add up to the
    /// rounded total. Otherwise every row is rounded by itself and the total is the sum of what is printed.</param>
    public static FigureTable Of(
        string id,
        string zh,
        string en,
        IReadOnlyList<FigureColumn> columns,
        IReadOnlyList<FigureRow> rows,
        bool closes,
        IReadOnlyList<FigureCheck>? checks = null,
        IReadOnlyList<Bilingual>? notes = null
    )
    {
        var printed = Enumerable.Range(0, columns.Count).Select(c => Printed(columns, rows, c, closes)).ToList();
        var shown = rows.Select((row, r) => row with { Cells = [.. printed.Select(column => column.Cells[r])] }).ToList();
        FigureRow? total = columns.Any(c => c.AddsUp) ? new("total", [.. printed.Select(c => c.Total)]) : null;
        var table = new FigureTable(id, zh, en, columns, shown, total, checks ?? [], notes ?? []);
        return table with { Rows = [.. shown.Select(row => Ratios(table, row))], Total = total is null ? null : Ratios(table, total) };
    }

    public static FigureCell Text(string? text) => new(Text: text ?? "");

    public static FigureCell Day(DateOnly? day) =>
        new(Text: day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "");

    public static FigureCell Count(IEnumerable<string> ids)
    {
        string[] all = [.. ids.Distinct(StringComparer.Ordinal)];
        return new(Value: all.Length, Ids: all);
    }

    public static FigureCell Area(double squareMetres, IEnumerable<string> ids) =>
        new(Value: squareMetres, Ids: [.. ids.Distinct(StringComparer.Ordinal)]);

    /// <summary>No data, which is not zero.</summary>
    public static FigureCell Area(double? squareMetres, string id) => squareMetres is { } area ? Area(area, [id]) : Text("无数据");

    private static (IReadOnlyList<FigureCell> Cells, FigureCell Total) Printed(
        IReadOnlyList<FigureColumn> columns,
        IReadOnlyList<FigureRow> rows,
        int c,
        bool closes
    )
    {
        var cells = rows.Select(r => r.Cells[c]).ToList();
        if (!columns[c].AddsUp)
            return (cells, Text(c == 0 ? "合计" : ""));
        string[] ids = [.. cells.SelectMany(x => x.Ids ?? []).Distinct(StringComparer.Ordinal)];
        var sum = cells.Sum(x => x.Value ?? 0);
        if (columns[c].Kind == FigureKind.Count)
            return (cells, new(Value: sum, Ids: ids));
        List<SquareMetres> areas = [.. cells.Select(x => new SquareMetres(x.Value ?? 0))];
        IReadOnlyList<Mu> mu = closes ? SumPreservingRounding.ToMu(areas, new(sum)) : [.. areas.Select(a => a.ToMu())];
        IReadOnlyList<FigureCell> shown = [.. cells.Select((x, i) => x.Value is null ? x : x with { Mu = mu[i].Value })];
        return (shown, new(Value: sum, Mu: mu.Sum(m => m.Value), Ids: ids));
    }

    private static FigureRow Ratios(FigureTable table, FigureRow row) =>
        row with
        {
            Cells =
            [
                .. row.Cells.Select(
                    (cell, c) =>
                    {
                        if (table.Columns[c] is not { Kind: FigureKind.Ratio, Over: { } over })
                            return cell;
                        var below = row.Cells[table.At(over[^1])].Value ?? 0;
                        var above = over.Take(over.Count - 1).Sum(o => row.Cells[table.At(o)].Value ?? 0);
                        string[] ids =
                        [
                            .. over.SkipLast(1).SelectMany(o => row.Cells[table.At(o)].Ids ?? []).Distinct(StringComparer.Ordinal),
                        ];
                        return below == 0 ? Text("—") : new FigureCell(Value: above / below, Ids: ids);
                    }
                ),
            ],
        };
}
