using Weipian.Flow.Plan;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>Counts of one set of patches, as the board shows them.</summary>
/// <param name="States">How many patches are in each state; every state is there.</param>
public sealed record Tally(
    int Patches,
    IReadOnlyDictionary<string, int> States,
    int ToJudge,
    int ToConfirm,
    int Returned,
    int Confirmed,
    double IllegalSquareMetres,
    double IllegalCultivatedSquareMetres,
    double IllegalFarmlandSquareMetres
)
{
    public static Tally Of(IReadOnlyCollection<PatchRow> rows)
    {
        var illegal = rows.SelectMany(r => r.Parcels).Where(p => p.State == PatchState.Illegal).ToList();
        return new Tally(
            rows.Count,
            PatchState.All.ToDictionary(s => s, s => rows.Count(r => r.State == s), StringComparer.Ordinal),
            rows.Count(r => r.IsToJudge),
            rows.Count(r => r.IsToConfirm),
            rows.Count(r => r.IsReturned),
            rows.Count(r => r.IsConfirmed),
            illegal.Sum(p => p.AreaSquareMetres),
            illegal.Sum(p => p.CultivatedSquareMetres),
            illegal.Sum(p => p.PermanentFarmlandSquareMetres)
        );
    }
}

/// <summary>One programme on the board.</summary>
public sealed record ProgrammeFigures(PlanProgramme Programme, Tally Tally, IReadOnlyList<PlanDate> Next);

/// <summary>One responsible unit on the board; <c>null</c> is the queue of the office.</summary>
public sealed record UnitFigures(string? Unit, Tally Tally);

/// <summary>A date of the plan against a day.</summary>
/// <param name="Days">Days left when positive, days past when negative; 0 on the day itself.</param>
/// <param name="Open">Something of its programmes is not confirmed yet.</param>
public sealed record DueDate(PlanDate Date, int Days, bool Open)
{
    /// <summary>A start is over once it was; nobody is late with it.</summary>
    public bool IsLate => Days < 0 && Open && Date.Kind != PlanDateKinds.Start;
}

/// <summary>What the board shows a seat.</summary>
public sealed record BoardSheet(
    Tally All,
    IReadOnlyList<ProgrammeFigures> Programmes,
    IReadOnlyList<UnitFigures> Units,
    IReadOnlyList<DueDate> Dates
);

/// <summary>Counts the rows a seat sees.</summary>
public sealed class BoardFigures(OfficeBooks books, ProgrammeRows rows)
{
    /// <param name="programme">Only this one in the table of units and the first figures; <c>null</c> for all.</param>
    /// <param name="on">The day against which plan dates are held.</param>
    public async Task<BoardSheet> GetAsync(Sight sight, string? programme, DateOnly on, CancellationToken stop = default)
    {
        var byProgramme = new Dictionary<string, IReadOnlyList<PatchRow>>(StringComparer.Ordinal);
        foreach (var p in books.Plan.Programmes)
            byProgramme[p.Id] = await rows.SeenAsync(p.Id, sight, stop);
        var chosen = programme is null ? [.. byProgramme.Values.SelectMany(r => r)] : byProgramme[programme];
        return new BoardSheet(
            Tally.Of(chosen),
            [
                .. books.Plan.Programmes.Select(p => new ProgrammeFigures(
                    p,
                    Tally.Of(byProgramme[p.Id]),
                    [.. books.Plan.Calendar.Next(p.Id, on)]
                )),
            ],
            UnitsOf(chosen, sight),
            DatesOf(byProgramme, programme, on)
        );
    }

    private List<UnitFigures> UnitsOf(IReadOnlyList<PatchRow> chosen, Sight sight)
    {
        var units = books
            .Plan.Units.Responsible.Select(u => (string?)u.Id)
            .Where(u => sight.Covers([u]))
            .Select(u => new UnitFigures(u, Tally.Of([.. chosen.Where(r => r.Units.Contains(u))])))
            .ToList();
        var queue = chosen.Where(r => r.Units.Count == 0 || r.Units.Contains(null)).ToList();
        if (sight.All && queue.Count > 0)
            units.Add(new UnitFigures(null, Tally.Of(queue)));
        return units;
    }

    private List<DueDate> DatesOf(Dictionary<string, IReadOnlyList<PatchRow>> byProgramme, string? programme, DateOnly on) =>
        [
            .. books
                .Plan.Calendar.Dates.Where(d => programme is null || d.Programmes.Contains(programme))
                .Select(d => new DueDate(
                    d,
                    d.Due.DayNumber - on.DayNumber,
                    d.Programmes.Any(p => byProgramme.TryGetValue(p, out var r) && r.Any(x => !x.IsConfirmed))
                )),
        ];
}
