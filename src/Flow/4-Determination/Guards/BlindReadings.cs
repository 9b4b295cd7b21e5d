using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>How far the blind reading of a first verdict is.</summary>
public enum ReadingStage
{
    /// <summary>The verdict was not drawn.</summary>
    NotDrawn,

    /// <summary>Nobody has read it yet.</summary>
    Due,

    /// <summary>The second reader says the same.</summary>
    Agreed,

    /// <summary>The second reader says something else: a third has to read.</summary>
    Disputed,

    /// <summary>The third says what the first said.</summary>
    Upheld,

    /// <summary>The third does not: the verdict goes back.</summary>
    Overturned,
}

/// <summary>What blind readings mean for the verdict they are about: they never change it, they say whether it may be signed.</summary>
public static class BlindReadings
{
    /// <summary>Pure: the stage of a drawn or undrawn verdict.</summary>
    public static ReadingStage StageOf(string code, bool isDrawn, IReadOnlyCollection<BlindReading> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var second = readings.FirstOrDefault(r => r.Kind == ReadingKind.Second);
        var third = readings.FirstOrDefault(r => r.Kind == ReadingKind.Third);
        return (second, third) switch
        {
            (null, _) => isDrawn ? ReadingStage.Due : ReadingStage.NotDrawn,
            _ when second.Code == code => ReadingStage.Agreed,
            (_, null) => ReadingStage.Disputed,
            _ when third.Code == code => ReadingStage.Upheld,
            _ => ReadingStage.Overturned,
        };
    }

    /// <summary>Pure: may the second signature be given, as far as readings go?</summary>
    /// <exception cref="Problem"><c>determination.reading-due</c>, <c>determination.readings-differ</c></exception>
    public static void RequireSignable(ReadingStage stage, string parcel, string outcome)
    {
        if (stage == ReadingStage.Due)
            throw Problem.Determination.ReadingDue(parcel);
        if (outcome == ConfirmationOutcome.Confirmed && stage is ReadingStage.Disputed or ReadingStage.Overturned)
            throw Problem.Determination.ReadingsDiffer(parcel);
    }

    internal static async Task<ReadingStage> StageOfAsync(StoreContext db, Determination verdict, Parcel parcel, CancellationToken stop)
    {
        var guards = await db.ReviewGuards.ToListAsync(stop);
        if (guards.Count == 0)
            return ReadingStage.NotDrawn;
        var programme = await db.Patches.Where(p => p.Id == parcel.PatchId).Select(p => p.ProgrammeId).SingleAsync(stop);
        var readings = await db.BlindReadings.Where(r => r.DeterminationId == verdict.Id).ToListAsync(stop);
        var drawn = GuardDraw.IsSecond(guards, verdict.DecidedAt, GuardDraw.Subject(programme, parcel.Number));
        return StageOf(verdict.Code, drawn, readings);
    }

    /// <summary>The first verdicts of a programme that a reader must not see yet: parcel to the stage of its reading.</summary>
    /// <remarks>Due ones, and disputed ones, whose third reader must not see them either.</remarks>
    public static async Task<IReadOnlyDictionary<Guid, ReadingStage>> VeiledAsync(
        StoreContext db,
        string programme,
        IReadOnlyCollection<(Guid Parcel, string Number, Guid Determination, string Code, DateTime DecidedAt)> decided,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(decided);
        var guards = await db.ReviewGuards.ToListAsync(stop);
        if (guards.Count == 0 || decided.Count == 0)
            return new Dictionary<Guid, ReadingStage>();
        var drawn = decided.Where(d => GuardDraw.IsSecond(guards, d.DecidedAt, GuardDraw.Subject(programme, d.Number))).ToList();
        var ids = drawn.Select(d => d.Determination).ToList();
        var readings = (await db.BlindReadings.Where(r => ids.Contains(r.DeterminationId)).ToListAsync(stop)).ToLookup(r =>
            r.DeterminationId
        );
        return drawn
            .Select(d => (d.Parcel, Stage: StageOf(d.Code, isDrawn: true, [.. readings[d.Determination]])))
            .Where(d => d.Stage is ReadingStage.Due or ReadingStage.Disputed)
            .ToDictionary(d => d.Parcel, d => d.Stage);
    }
}
