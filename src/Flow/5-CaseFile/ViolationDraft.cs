using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>A violation before it has its number: its parcels and what the officer says about it.</summary>
internal sealed record ViolationDraft(
    IReadOnlyList<IllegalParcel> Parcels,
    string Unit,
    string NameZh,
    string LocationZh,
    string UseZh,
    DateOnly? StartedOn,
    bool IsNew,
    bool KeyProject
);

/// <summary>Writes violations with their parcels and the hold that comes with each.</summary>
internal static class ViolationRows
{
    /// <summary>Why a permit waits (ground <c>permit-hold</c> of a plan, in its words).</summary>
    private const string HoldGroundZh = "违法行为未依法处理到位，不得办理许可";

    /// <summary>Adds a violation; its areas are the sums of its parcels.</summary>
    public static async Task<Violation> WriteAsync(ActScope act, ViolationDraft draft, Violation? supersedes, CancellationToken stop)
    {
        var parcels = draft.Parcels;
        var first = parcels[0];
        var year = act.Store.Plan.FindProgramme(first.ProgrammeId)?.Year ?? act.Today.Year;
        var violation = new Violation
        {
            Id = act.NewId(),
            Number = await NextNumberAsync(act, year, stop),
            Unit = draft.Unit,
            Kind = first.PatchKind,
            Source = ViolationSource.Patch,
            ProgrammeId = first.ProgrammeId,
            Year = year,
            NameZh = draft.NameZh.Trim(),
            LocationZh = draft.LocationZh.Trim(),
            UseZh = draft.UseZh.Trim(),
            TypeCode = parcels.MaxBy(p => p.AreaSquareMetres)!.Code,
            StartedOn = draft.StartedOn,
            IsNew = draft.IsNew,
            KeyProject = draft.KeyProject,
            AreaSquareMetres = parcels.Sum(p => p.AreaSquareMetres),
            CultivatedSquareMetres = parcels.Sum(p => p.CultivatedSquareMetres),
            PermanentFarmlandSquareMetres = parcels.Sum(p => p.PermanentFarmlandSquareMetres),
            ReserveSquareMetres = Sum(parcels, a => a.NatureReserve),
            RedLineSquareMetres = Sum(parcels, a => a.EcologicalRedline),
            OutsideUrbanSquareMetres = Sum(parcels, a => a.OutsideUrbanBoundary),
            AgriculturalSquareMetres = Sum(parcels, a => a.Agricultural),
            SupersedesId = supersedes?.Id,
            By = act.By.Login,
            At = act.At,
        };
        Add(act, violation);
        act.Db.AddRange(parcels.Select(p => ParcelOf(violation, p, act.At)));
        act.Fact("parcels", parcels.Count);
        return violation;
    }

    /// <summary>Adds a violation with its hold: until it is dealt with, no permit.</summary>
    public static void Add(ActScope act, Violation violation)
    {
        act.Db.Add(violation);
        act.Db.Add(
            new Hold
            {
                Id = act.NewId(),
                ViolationId = violation.Id,
                SetOn = act.Today,
                GroundZh = HoldGroundZh,
                By = act.By.Login,
                At = act.At,
            }
        );
    }

    /// <summary>The next number of the year, also among those that this act has added already.</summary>
    private static async Task<string> NextNumberAsync(ActScope act, int year, CancellationToken stop)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"WF-{year}-");
        var saved = await act.Db.Violations.CountAsync(v => v.Number.StartsWith(prefix), stop);
        var pending = act
            .Db.ChangeTracker.Entries<Violation>()
            .Count(e => e.State == EntityState.Added && e.Entity.Number.StartsWith(prefix, StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{saved + pending + 1:0000}");
    }

    private static ViolationParcel ParcelOf(Violation violation, IllegalParcel parcel, DateTime at) =>
        new()
        {
            ViolationId = violation.Id,
            ParcelId = parcel.ParcelId,
            PatchId = parcel.PatchId,
            DeterminationId = parcel.DeterminationId,
            Code = parcel.Code,
            AreaSquareMetres = parcel.AreaSquareMetres,
            CultivatedSquareMetres = parcel.CultivatedSquareMetres,
            PermanentFarmlandSquareMetres = parcel.PermanentFarmlandSquareMetres,
            At = at,
        };

    /// <summary>An area whose layer is not loaded adds nothing: the parcel keeps saying that it is not known.</summary>
    private static double Sum(IEnumerable<IllegalParcel> parcels, Func<ParcelAreas, double?> area) =>
        parcels.Sum(p => p.Areas is { } areas ? area(areas) ?? 0 : 0);
}
