using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>Whether what a party did reaches a line of criminal law (达到追诉标准). A flag for people, never a transfer by itself.</summary>
/// <param name="Line">Key of the value that is compared.</param>
/// <param name="SquareMetres">What was added up: this violation and those of the same party inside the period that were not dealt
/// with.</param>
/// <param name="Numbers">The violations that were added up.</param>
public sealed record CrimeLine(
    string Line,
    double SquareMetres,
    AreaThreshold Threshold,
    bool IsReached,
    IReadOnlyList<string> Numbers,
    Citation Basis
);

/// <summary>The lines of criminal law that areas can reach. Values and damage are known to nobody here: such lines are raised by
/// people.</summary>
public static class CrimeLines
{
    private const string Farmland = "cn/judicial-interpretation-2000-14/3#permanent_farmland_min";
    private const string Cultivated = "cn/judicial-interpretation-2000-14/3#other_farmland_min";
    private const string Accumulation = "cn/judicial-interpretation-2000-14/9#accumulation_years";

    /// <summary>Cultivated land that is no permanent basic farmland (一般耕地).</summary>
    public static SquareMetres OrdinaryCultivated(Violation violation)
    {
        ArgumentNullException.ThrowIfNull(violation);
        return new(Math.Max(0, violation.CultivatedSquareMetres - violation.PermanentFarmlandSquareMetres));
    }

    /// <summary>Pure: the lines for one violation, with the undealt ones of the same party within the period of the law.</summary>
    /// <param name="others">Violations of the same actor that were not dealt with.</param>
    /// <param name="actOn">The day of each act.</param>
    public static IReadOnlyList<CrimeLine> Of(
        Violation violation,
        IReadOnlyList<Violation> others,
        Func<Violation, DateOnly> actOn,
        LawBook law
    )
    {
        ArgumentNullException.ThrowIfNull(violation);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(actOn);
        ArgumentNullException.ThrowIfNull(law);
        if (violation.Kind != PatchKind.Land)
            return [];
        var day = actOn(violation);
        var on = law.AsOf(day, SelectingDate.DayOfAct);
        if (!on.IsSet(Farmland) || !on.IsSet(Cultivated) || !on.IsSet(Accumulation))
            return [];
        var years = on.Term(Accumulation).Value.Amount;
        var together = others
            .Where(o => o.Id != violation.Id && o.Kind == violation.Kind)
            .Where(o => actOn(o) >= day.AddYears(-years) && actOn(o) <= day.AddYears(years))
            .Prepend(violation)
            .ToList();
        return
        [
            Line(Farmland, together, v => v.PermanentFarmlandSquareMetres, on),
            Line(Cultivated, together, v => OrdinaryCultivated(v).Value, on),
        ];
    }

    /// <summary>The same from the store: what the same actor did and nobody has decided yet.</summary>
    public static async Task<IReadOnlyList<CrimeLine>> OfAsync(
        StoreContext db,
        Violation violation,
        LawBook law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(violation);
        var actors = db.ViolationParties.Where(p => p.ViolationId == violation.Id && p.Role == PartyRole.Actor).Select(p => p.PartyId);
        var dealtWith = db
            .CaseSteps.Where(s => s.Kind == CaseStepKind.Decided)
            .Join(db.CaseFiles, s => s.CaseFileId, c => c.Id, (s, c) => c.ViolationId);
        var same = db.ViolationParties.Where(p => p.Role == PartyRole.Actor && actors.Contains(p.PartyId)).Select(p => p.ViolationId);
        var others = await db.ViolationsInForce()
            .Where(v => same.Contains(v.Id) && v.Id != violation.Id && !dealtWith.Contains(v.Id))
            .OrderBy(v => v.Number)
            .ToListAsync(stop);
        var ids = others.Select(o => o.Id).Append(violation.Id).ToList();
        var seen = await db
            .ViolationParcels.Where(p => ids.Contains(p.ViolationId))
            .Join(db.Patches, p => p.PatchId, p => p.Id, (p, patch) => new { p.ViolationId, patch.After })
            .ToListAsync(stop);
        var shown = seen.Where(s => s.After is not null)
            .GroupBy(s => s.ViolationId)
            .ToDictionary(g => g.Key, g => g.Max(s => s.After!.Value));
        return Of(
            violation,
            others,
            v => v.StartedOn ?? (shown.TryGetValue(v.Id, out var after) ? after : ChinaTime.DayOf(new DateTimeOffset(v.At, TimeSpan.Zero))),
            law
        );
    }

    private static CrimeLine Line(string key, IReadOnlyList<Violation> together, Func<Violation, double> area, LawAsOf law)
    {
        var line = law.Area(key);
        var sum = together.Sum(area);
        return new(
            key,
            sum,
            line.Value,
            line.Value.IsReachedBy(new(sum)),
            [.. together.Where(v => area(v) > 0).Select(v => v.Number)],
            line.Citation
        );
    }
}
