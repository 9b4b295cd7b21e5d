using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Escalation;
using Weipian.Flow.Reports;
using Weipian.Flow.Store;
using Weipian.Sample.Year;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>Compares the frozen tables of the played year with its truth, figure by figure: reports as they were made, evaluations as they
/// were published.</summary>
internal static class FigureComparison
{
    private const string Whole = "total";

    public static async Task<IReadOnlyList<YearDifference>> OfAsync(
        WeipianStore store,
        YearTruth truth,
        DateOnly until,
        CancellationToken stop
    )
    {
        await using var db = store.Read();
        var differences = new List<YearDifference>();
        foreach (var told in truth.Figures.Where(t => t.On <= until))
        {
            var frozen = await db.Snapshots.FirstOrDefaultAsync(
                s => s.Kind == told.Kind && s.Scope == told.Scope && s.OnDay == told.On,
                stop
            );
            if (frozen is null)
                differences.Add(new("figure", $"{told.Kind} {told.Scope} {told.On:O}", "+", "-"));
            else
                differences.AddRange(Table(told, FoundIn(store, frozen, told)));
        }
        return differences;
    }

    /// <summary>The figures of a snapshot by unit and column.</summary>
    private static Dictionary<string, Dictionary<string, double>> FoundIn(WeipianStore store, Snapshot frozen, TrueTable told)
    {
        var content = Snapshots.Read(store.Blobs, frozen);
        if (told.Kind == EvaluateTowns.SnapshotKind)
        {
            var table = EvaluationTable.FromJson(content);
            return table.Units.Append(table.District with { Unit = Whole }).ToDictionary(row => row.Unit, Shares, StringComparer.Ordinal);
        }
        var book = FigureBook.FromJson(content)[told.Table];
        return book
            .Rows.Append(book.Total! with { Key = Whole })
            .ToDictionary(
                row => row.Key,
                row =>
                    book.Columns.Select((column, i) => (column.Id, row.Cells[i].Value))
                        .Where(c => c.Value is not null)
                        .ToDictionary(c => c.Id, c => c.Value!.Value, StringComparer.Ordinal),
                StringComparer.Ordinal
            );
    }

    private static Dictionary<string, double> Shares(EvaluationRow row)
    {
        var columns = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var cell in row.Cells)
            (columns[cell.IndicatorId + "/above"], columns[cell.IndicatorId + "/below"]) = (cell.Numerator, cell.Denominator);
        return columns;
    }

    /// <summary>Every figure that is told; a unit that is there and was not told of must be empty.</summary>
    private static IEnumerable<YearDifference> Table(TrueTable told, Dictionary<string, Dictionary<string, double>> found)
    {
        YearDifference Differs(string unit, string column, double? was, double? @is) =>
            new("figure", $"{told.Kind} {told.Scope} {told.On:O} {told.Table} {unit} {column}", Text(was), Text(@is));
        foreach (var (unit, columns) in told.Rows)
        foreach (var (column, value) in columns)
        {
            var there = found.GetValueOrDefault(unit)?.GetValueOrDefault(column) ?? double.NaN;
            if (!(IsArea(column) ? YearComparison.IsNear(value, there) : Math.Abs(value - there) < 0.5))
                yield return Differs(unit, column, value, there);
        }
        foreach (var (unit, columns) in found.Where(f => !told.Rows.ContainsKey(f.Key)))
        foreach (var (column, value) in columns.Where(c => c.Value != 0))
            yield return Differs(unit, column, null, value);
    }

    private static bool IsArea(string column) =>
        column.EndsWith("area", StringComparison.Ordinal) || column.StartsWith("removed-area", StringComparison.Ordinal);

    private static string Text(double? value) => value is { } v ? FormattableString.Invariant($"{v:0.##}") : "-";
}
