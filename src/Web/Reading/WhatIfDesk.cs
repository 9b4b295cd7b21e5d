using System.Globalization;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Law;

namespace Weipian.Web.Reading;

/// <summary>Asks what would flip; the patches stay cut in memory until something other than a verdict is written.</summary>
public sealed class WhatIfDesk(OfficeBooks books, PatchDossiers dossiers) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private (long Structure, string Programmes, ProgrammeCuts Cuts)? kept;

    /// <summary>The key of the one value of a work plan that verdicts rest on: the year of the programmes.</summary>
    public const string PlanYear = "plan#year";

    /// <summary>Values that the rules may read for a patch, as they stand on the last day of a year.</summary>
    public IReadOnlyList<LawEntry> Entries { get; } =
    [
        .. books.Law.Entries.Where(e =>
            e.SelectedBy.Contains(SelectingDate.ImageAfter)
            && (e.Key.StartsWith("house/", StringComparison.Ordinal) || e.Periods.Any(p => p.Number is not null || p.Switch is not null))
        ),
    ];

    /// <summary>The value that holds on the day by which a programme is asked about; null where there is none.</summary>
    public LawPeriod? ValueOf(LawEntry entry, string programme) => entry.On(DayOf(programme));

    /// <param name="key">A key of the law book, or <see cref="PlanYear"/>.</param>
    /// <exception cref="Problem"><c>law.*</c>, <c>plan.no-such-value</c>, <c>web.bad-request</c>: a year that is none.</exception>
    public async Task<WhatIf.Compared> AskAsync(
        IReadOnlyList<string> programmes,
        string key,
        string value,
        CancellationToken stop = default
    )
    {
        int? year = key == PlanYear ? YearOf(value) : null;
        var then = year is null ? books.DeterminationLaw.With(key, value.Trim(), DayOf(programmes[0])) : books.DeterminationLaw;
        await turn.WaitAsync(stop);
        try
        {
            var (structure, named) = (await dossiers.StructureAsync(stop), string.Join(',', programmes));
            if (kept is not { } held || held.Structure != structure || held.Programmes != named)
                kept = held = (structure, named, await ProgrammeCuts.ReadAsync(books.Store, programmes, stop: stop));
            return WhatIf.Decide(held.Cuts, books.DeterminationLaw, then, year is null ? null : _ => year, stop);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A year whose verdict trees the law book has.</summary>
    private int YearOf(string value)
    {
        if (!int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1 or > 9999)
            throw Problem.Web.BadRequest($"value = {value}");
        foreach (var kind in new[] { PatchKind.Land, PatchKind.Mineral })
            _ = books.Law.Verdicts.For(kind, year);
        return year;
    }

    private DateOnly DayOf(string programme) => DateOnly.MinValue.AddYears(books.Plan.Programme(programme).Year).AddDays(-1);

    public void Dispose() => turn.Dispose();
}
