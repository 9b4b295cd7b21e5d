using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>How one parcel stands before a batch.</summary>
public enum BatchStanding
{
    /// <summary>Two persons signed: it leaves, when its evidence is on file.</summary>
    Ready,

    /// <summary>Doubtful: it stays, and what is missing is named.</summary>
    KeptBack,

    /// <summary>Nobody has decided.</summary>
    Undecided,

    /// <summary>One person decided, the second signature is missing.</summary>
    Unconfirmed,

    /// <summary>Sent back by the second person.</summary>
    Returned,
}

/// <summary>One parcel before a batch.</summary>
/// <param name="ProposedCode">What the rules propose; null when they were not run.</param>
/// <param name="Missing">For what is kept back: what would have to be known.</param>
/// <param name="SealedIn">The batch that holds this very verdict already.</param>
public sealed record BatchParcel(
    ParcelOnFile File,
    VerdictState State,
    string? ProposedCode,
    IReadOnlyList<Missing> Missing,
    VerdictBatch? SealedIn
)
{
    public string Number => File.Parcel.Number;

    public IReadOnlyList<EvidenceItem> Checklist { get; } = RequiredEvidence.Of(File);

    /// <summary>What its verdict asks for and is not on file.</summary>
    public IReadOnlyList<VerdictNeed> Blocking => [.. Checklist.Where(i => i.Blocks).Select(i => i.Need)];

    public BatchStanding Standing =>
        State.Stage switch
        {
            VerdictStage.Confirmed => BatchStanding.Ready,
            VerdictStage.Decided when IsDoubtful(State.Standing!.Code) => BatchStanding.KeptBack,
            VerdictStage.Decided => BatchStanding.Unconfirmed,
            _ when ProposedCode is not null && IsDoubtful(ProposedCode) => BatchStanding.KeptBack,
            VerdictStage.Returned => BatchStanding.Returned,
            _ => BatchStanding.Undecided,
        };

    private static bool IsDoubtful(string code) => VerdictOutcomes.Of(code) == VerdictOutcome.Doubtful;
}

/// <summary>A programme before a batch is signed: every patch, every parcel in force, and what stands in the way.</summary>
/// <param name="Unparcelled">Numbers of patches on which the rules were never run.</param>
public sealed record BatchState(
    string ProgrammeId,
    int Patches,
    IReadOnlyList<string> Unparcelled,
    IReadOnlyList<BatchParcel> Parcels,
    VerdictBatch? Last
)
{
    public IReadOnlyList<BatchParcel> Ready => [.. Parcels.Where(p => p.Standing == BatchStanding.Ready)];

    public IReadOnlyList<BatchParcel> KeptBack => [.. Parcels.Where(p => p.Standing == BatchStanding.KeptBack)];

    /// <summary>Ready parcels whose evidence is not whole.</summary>
    public IReadOnlyList<BatchParcel> Lacking => [.. Ready.Where(p => p.Blocking.Count > 0)];

    /// <summary>Parcels that nobody has finished with.</summary>
    public IReadOnlyList<BatchParcel> Open(CountyGate gate) =>
        [.. Parcels.Where(p => p.Standing != BatchStanding.Ready && (p.Standing != BatchStanding.KeptBack || !gate.KeptBackCounts.Value))];

    /// <summary>Patches with nothing open, over all patches.</summary>
    public Ratio Processed(CountyGate gate)
    {
        var open = Open(gate).Select(p => p.File.Patch.Id).Distinct().Count() + Unparcelled.Count;
        return Ratio.Of((decimal)(Patches - open), Patches);
    }

    /// <summary>Something is ready that no batch holds.</summary>
    public bool HasNews => Ready.Any(p => p.SealedIn is null);
}
