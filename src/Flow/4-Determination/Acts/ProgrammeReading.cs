using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;

namespace Weipian.Flow.Determinations;

/// <summary>All that is needed to judge the patches of a programme, read once.</summary>
internal sealed class ProgrammeReading
{
    private readonly FactsReader reader;
    private readonly Programme programme;
    private readonly IReadOnlyList<LayerVersion> versions;
    private readonly ILookup<Guid, Visit> visits;
    private readonly ILookup<Guid, Evidence> evidence;
    private readonly ILookup<Guid, Parcel> parcels;

    private ProgrammeReading(
        FactsReader reader,
        Programme programme,
        IReadOnlyList<Patch> patches,
        IReadOnlyList<LayerVersion> versions,
        ILookup<Guid, Visit> visits,
        ILookup<Guid, Evidence> evidence,
        ILookup<Guid, Parcel> parcels
    )
    {
        (this.reader, this.programme, Patches, this.versions) = (reader, programme, patches, versions);
        (this.visits, this.evidence, this.parcels) = (visits, evidence, parcels);
    }

    /// <summary>In order of number.</summary>
    public IReadOnlyList<Patch> Patches { get; }

    /// <param name="only">Ids of the patches to read; null for all of the programme.</param>
    /// <exception cref="Problem"><c>plan.no-such-value</c></exception>
    public static async Task<ProgrammeReading> ReadAsync(
        WeipianStore store,
        StoreContext db,
        string programmeId,
        IReadOnlyCollection<Guid>? only,
        CancellationToken stop
    )
    {
        var found =
            await db.Programmes.SingleOrDefaultAsync(p => p.Id == programmeId, stop)
            ?? throw Problem.Plan.NoSuchValue("programmes", programmeId, await db.Programmes.Select(p => p.Id).ToListAsync(stop));
        var inProgramme = db.Patches.Where(p => p.ProgrammeId == programmeId);
        if (only is not null)
            inProgramme = inProgramme.Where(p => only.Contains(p.Id));
        var patches = await inProgramme.OrderBy(p => p.Number).ToListAsync(stop);
        var ids = inProgramme.Select(p => p.Id);
        var records = await db.Visits.Where(v => ids.Contains(v.PatchId)).ToListAsync(stop);
        var corrected = records.Select(v => v.SupersedesId).OfType<Guid>().ToHashSet();
        return new(
            new FactsReader(store),
            found,
            patches,
            await db.LayerVersions.ToListAsync(stop),
            records.Where(v => !corrected.Contains(v.Id)).ToLookup(v => v.PatchId),
            (await db.Evidence.Where(e => ids.Contains(e.PatchId)).ToListAsync(stop)).ToLookup(e => e.PatchId),
            (await db.Parcels.Where(p => ids.Contains(p.PatchId)).ToListAsync(stop)).ToLookup(p => p.PatchId)
        );
    }

    public PatchFacts FactsOf(Patch patch) => FactsOf(patch, versions);

    /// <param name="held">Layer versions as they were at another time.</param>
    /// <param name="like">Facts of the same patch whose roles are taken over where they rest on the same layers.</param>
    public PatchFacts FactsOf(Patch patch, IReadOnlyList<LayerVersion> held, PatchFacts? like = null) =>
        reader.Read(patch, programme.Year, LayersInForce.For([.. held], patch), [.. visits[patch.Id]], [.. evidence[patch.Id]], like);

    /// <summary>Parcels in force, by ordinal.</summary>
    public IReadOnlyList<Parcel> ParcelsOf(Patch patch) =>
        [.. parcels[patch.Id].Where(p => p.SupersededById is null).OrderBy(p => p.Ordinal)];

    /// <summary>The highest number a part of the patch ever had; 0 where it was never divided.</summary>
    public int LastOrdinalOf(Patch patch) => ParcelNumber.Last(patch, parcels[patch.Id]);

    /// <summary>Every parcel that the patch ever had.</summary>
    public ParcelFamily FamilyOf(Patch patch) => new([.. parcels[patch.Id]]);
}
