using Weipian.Law;

namespace Weipian.Web.Reading;

/// <summary>A patch as lists and counts need it: without geometry and without the seals of its verdicts.</summary>
public sealed record PatchRow(
    Guid Id,
    string Number,
    string Kind,
    DateOnly? Before,
    DateOnly? After,
    double AreaSquareMetres,
    string? Change,
    string? IssuedUnit,
    IReadOnlyList<string?> Units,
    IReadOnlyList<ParcelRow> Parcels
)
{
    public string State { get; } = PatchState.Of(Parcels.Select(p => p.State));

    /// <summary>The same patch with other parcels: everything that follows from them is told anew.</summary>
    public PatchRow With(IReadOnlyList<ParcelRow> parcels) =>
        new(Id, Number, Kind, Before, After, AreaSquareMetres, Change, IssuedUnit, Units, parcels);

    /// <summary>Nothing that a row tells is told otherwise by the other one.</summary>
    public bool IsLike(PatchRow other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Units = other.Units, Parcels = other.Parcels } == other
            && Units.SequenceEqual(other.Units)
            && Parcels.SequenceEqual(other.Parcels);
    }

    /// <summary>The machine has proposed something for every parcel.</summary>
    public bool IsProposed => Parcels.Count > 0 && Parcels.All(p => p.Proposed is not null);

    /// <summary>Something is left for the first signature.</summary>
    public bool IsToJudge => Parcels.Count == 0 || Parcels.Any(p => p.Stage is ParcelStage.Open or ParcelStage.Returned);

    /// <summary>Something waits for the second signature.</summary>
    public bool IsToConfirm => Parcels.Any(p => p.Stage == ParcelStage.Decided);

    public bool IsReturned => Parcels.Any(p => p.Stage == ParcelStage.Returned);

    public bool IsConfirmed => Parcels.Count > 0 && Parcels.All(p => p.Stage == ParcelStage.Confirmed);

    /// <summary>The proposal is doubtful, or the verdict is.</summary>
    public bool IsDoubtful =>
        Parcels.Any(p => p.State == PatchState.Doubtful || (p.Code is null && p.ProposedState == PatchState.Doubtful));

    /// <summary>The area of a parcel in 亩 as it is shown: the parcels add up to the patch, and what rounding leaves is on the largest
    /// (平差).</summary>
    public Mu ShownOf(ParcelRow parcel)
    {
        ArgumentNullException.ThrowIfNull(parcel);
        var at = Parcels.ToList().FindIndex(p => p.Id == parcel.Id);
        return at < 0
            ? new SquareMetres(parcel.AreaSquareMetres).ToMu()
            : SumPreservingRounding.ToMu([.. Parcels.Select(p => new SquareMetres(p.AreaSquareMetres))], new(AreaSquareMetres))[at];
    }

    public double IllegalSquareMetres => Parcels.Where(p => p.State == PatchState.Illegal).Sum(p => p.AreaSquareMetres);

    public double IllegalCultivatedSquareMetres => Parcels.Where(p => p.State == PatchState.Illegal).Sum(p => p.CultivatedSquareMetres);
}

/// <summary>How far a parcel is on its way to two signatures.</summary>
public enum ParcelStage
{
    /// <summary>Nobody has judged it, or the verdict was withdrawn.</summary>
    Open,

    /// <summary>One person has signed.</summary>
    Decided,

    /// <summary>The second person sent it back.</summary>
    Returned,

    /// <summary>Two people have signed.</summary>
    Confirmed,
}

/// <summary>A parcel in force with the newest proposal, verdict and confirmation.</summary>
/// <param name="DeterminationId">The newest version, also when it takes a verdict back: the acts ask which one was on the screen.</param>
/// <param name="Code">The verdict; <c>null</c> when there is none or it was taken back.</param>
public sealed record ParcelRow(
    Guid Id,
    string Number,
    int Ordinal,
    double AreaSquareMetres,
    double CultivatedSquareMetres,
    double PermanentFarmlandSquareMetres,
    Guid? ProposalId,
    string? Proposed,
    string? ProposedState,
    Guid? DeterminationId,
    string? Code,
    string? CodeState,
    string? DecidedBy,
    DateTime? DecidedAt,
    string? BasisZh,
    ParcelStage Stage,
    string? ConfirmedBy,
    string? ReasonCode,
    string? Reason
)
{
    /// <summary>How many second signatures under the verdict were taken back.</summary>
    public int SignaturesTakenBack { get; init; }

    /// <summary>The law book has changed since the proposal: a verdict on it is refused until the rules have run again.</summary>
    public bool IsProposalOld { get; init; }

    /// <summary>There is a proposal, which this seat sees once it has looked at both images.</summary>
    public bool IsProposalHidden { get; init; }

    /// <summary>The verdict waits for a blind reading and is not shown to those who may give it.</summary>
    public bool IsReadingDue { get; init; }

    /// <summary>A verdict that was sent back leaves the parcel not verified.</summary>
    public string State =>
        Stage is ParcelStage.Decided or ParcelStage.Confirmed ? CodeState ?? PatchState.NotVerified : PatchState.NotVerified;
}
