using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>Takes the historic violations (历史遗留) that were known before the programmes began, so that their deadline has something to
/// count.</summary>
/// <remarks>All rows or none: a list with one wrong row is corrected and taken again.</remarks>
public static class ImportBacklog
{
    public const string Act = "import-backlog";

    /// <summary>The columns, in this order; the first line may name them.</summary>
    public const string Columns = "number,unit,kind,name,location,type,area_m2,cultivated_m2,pbf_m2,started_on";

    /// <param name="RowsZh">One violation on each line, separated by commas: <see cref="Columns"/>.</param>
    public sealed record Request(string RowsZh, string Reason);

    /// <summary>One row as it was read. The day may be missing.</summary>
    public sealed record Row(
        string Number,
        string Unit,
        string Kind,
        string Name,
        string Location,
        string Type,
        double AreaSquareMetres,
        double CultivatedSquareMetres,
        double PermanentFarmlandSquareMetres,
        DateOnly? StartedOn
    );

    /// <summary>Pure: every row can be read, its unit and type are known, its areas fit into each other, its number is new.</summary>
    /// <param name="unitOf">The id of a unit by id, name or alias; null where the plan has none.</param>
    /// <param name="taken">Numbers that exist.</param>
    public static IReadOnlyList<Row> Decide(
        Request request,
        Func<string, string?> unitOf,
        LawBook law,
        IReadOnlySet<string> taken,
        DateOnly today
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(unitOf);
        ArgumentNullException.ThrowIfNull(law);
        var seen = new HashSet<string>(taken, StringComparer.Ordinal);
        var types = law.Verdicts.All.Where(v => v.Parent == VerdictParent.Illegal).Select(v => v.Code).ToHashSet(StringComparer.Ordinal);
        var rows = new List<Row>();
        var lines = request.RowsZh.Split('\n').Select((text, i) => (Text: text.Trim('\r', '\uFEFF', ' '), Line: i + 1));
        foreach (var (text, line) in lines.Where(l => l.Text.Length > 0 && l.Text != Columns))
        {
            var row = Read(text, line);
            var unit = unitOf(row.Unit) ?? throw Problem.CaseFile.BacklogRow(line, "unit", row.Unit);
            Check(row, line, types, today);
            if (!seen.Add(row.Number))
                throw Problem.CaseFile.BacklogRow(line, "number", row.Number);
            rows.Add(row with { Unit = unit });
        }
        return rows.Count > 0 ? rows : throw Problem.Chain.BadValue("RowsZh", "", Columns, Columns);
    }

    /// <returns>How many were taken.</returns>
    /// <exception cref="Problem"><c>case-file.backlog-row</c>, <c>chain.bad-value</c></exception>
    public static Task<int> Handle(WeipianStore store, Actor actor, Request request, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            ViolationSource.Backlog,
            request.Reason,
            async act =>
            {
                var taken = await act.Db.Violations.Select(v => v.Number).ToListAsync(stop);
                var rows = Decide(
                    request,
                    unit => act.Store.Plan.Units.FindResponsible(unit)?.Id,
                    law,
                    taken.ToHashSet(StringComparer.Ordinal),
                    act.Today
                );
                foreach (var row in rows)
                    ViolationRows.Add(act, ViolationOf(act, row));
                act.Fact("taken", rows.Count);
                return rows.Count;
            },
            stop
        );
    }

    private static Row Read(string text, int line)
    {
        var cells = text.Split(',', StringSplitOptions.TrimEntries);
        if (cells.Length != Columns.Split(',').Length)
            throw Problem.CaseFile.BacklogRow(line, Columns, text);
        DateOnly? started = null;
        if (cells[^1].Length > 0)
            started = DateOnly.TryParseExact(cells[^1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : throw Problem.CaseFile.BacklogRow(line, "started_on", cells[^1]);
        return new(
            cells[0],
            cells[1],
            cells[2],
            cells[3],
            cells[4],
            cells[5],
            Area(cells[6], "area_m2", line),
            Area(cells[7], "cultivated_m2", line),
            Area(cells[8], "pbf_m2", line),
            started
        );
    }

    private static void Check(Row row, int line, HashSet<string> types, DateOnly today)
    {
        if (row.Number.Length == 0 || row.Number.StartsWith("WF-", StringComparison.Ordinal))
            throw Problem.CaseFile.BacklogRow(line, "number", row.Number);
        if (row.Kind is not (PatchKind.Land or PatchKind.Mineral))
            throw Problem.CaseFile.BacklogRow(line, "kind", row.Kind);
        if (row.Name.Length == 0 || row.Location.Length == 0)
            throw Problem.CaseFile.BacklogRow(line, "name, location", row.Name);
        if (!types.Contains(row.Type))
            throw Problem.CaseFile.BacklogRow(line, "type", row.Type);
        if (row.AreaSquareMetres <= 0)
            throw Problem.CaseFile.BacklogRow(line, "area_m2", $"{row.AreaSquareMetres}");
        if (row.CultivatedSquareMetres > row.AreaSquareMetres)
            throw Problem.CaseFile.BacklogRow(line, "cultivated_m2", $"{row.CultivatedSquareMetres}");
        if (row.PermanentFarmlandSquareMetres > row.AreaSquareMetres)
            throw Problem.CaseFile.BacklogRow(line, "pbf_m2", $"{row.PermanentFarmlandSquareMetres}");
        if (row.StartedOn > today)
            throw Problem.CaseFile.BacklogRow(line, "started_on", $"{row.StartedOn:yyyy-MM-dd}");
    }

    private static double Area(string text, string column, int line) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var area) && double.IsFinite(area)
            ? area
            : throw Problem.CaseFile.BacklogRow(line, column, text);

    private static Violation ViolationOf(ActScope act, Row row) =>
        new()
        {
            Id = act.NewId(),
            Number = row.Number,
            Unit = row.Unit,
            Kind = row.Kind,
            Source = ViolationSource.Backlog,
            Year = act.Today.Year,
            NameZh = row.Name,
            LocationZh = row.Location,
            UseZh = row.Name,
            TypeCode = row.Type,
            StartedOn = row.StartedOn,
            IsNew = false,
            KeyProject = false,
            AreaSquareMetres = row.AreaSquareMetres,
            CultivatedSquareMetres = row.CultivatedSquareMetres,
            PermanentFarmlandSquareMetres = row.PermanentFarmlandSquareMetres,
            // A list says nothing of protected areas and boundaries.
            ReserveSquareMetres = 0,
            RedLineSquareMetres = 0,
            OutsideUrbanSquareMetres = 0,
            AgriculturalSquareMetres = row.CultivatedSquareMetres,
            By = act.By.Login,
            At = act.At,
        };
}
