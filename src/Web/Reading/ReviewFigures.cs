using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

namespace Weipian.Web.Reading;

/// <summary>How somebody judged in a programme: how fast, how often taken back or sent back, how often as the machine proposed.</summary>
/// <param name="Given">Verdicts given; those taken back are among them.</param>
/// <param name="Withdrawn">Of these taken back by whoever gave them, before anybody signed.</param>
/// <param name="LookedAt">Second signatures given about these verdicts, passing or returning.</param>
/// <param name="Returned">Of these the returning ones.</param>
/// <param name="Proposed">Verdicts for which the machine had a proposal when they were given.</param>
/// <param name="AsProposed">Of these the ones that say what it proposed.</param>
/// <param name="Confirmed">Second signatures of one's own that passed a verdict of others.</param>
/// <param name="SentBack">Second signatures of one's own that returned it.</param>
/// <param name="Pace">Median time from one verdict or signature to the next, pauses left out; null below
/// <see cref="PaceStepsMin"/> steps.</param>
public sealed record ReviewFigures(
    int Given,
    int Withdrawn,
    int LookedAt,
    int Returned,
    int Proposed,
    int AsProposed,
    int Confirmed,
    int SentBack,
    TimeSpan? Pace
)
{
    /// <summary>Longer is a pause and not the time of a patch.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Of fewer steps a median says nothing.</summary>
    public const int PaceStepsMin = 5;

    /// <summary>The figures of each seat that judged or signed in a programme, by login.</summary>
    public static async Task<IReadOnlyDictionary<string, ReviewFigures>> OfAsync(
        StoreContext db,
        string programme,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        var patches = db.Patches.Where(p => p.ProgrammeId == programme).Select(p => p.Id);
        var verdicts = await db
            .Determinations.Where(d => patches.Contains(d.PatchId))
            .Select(d => new VerdictGiven(d.Id, d.ParcelId, d.Code, d.DecidedBy, d.DecidedAt))
            .ToListAsync(stop);
        var ids = db.Determinations.Where(d => patches.Contains(d.PatchId)).Select(d => d.Id);
        var signatures = await db
            .Confirmations.Where(c => ids.Contains(c.DeterminationId))
            .Select(c => new SignatureGiven(c.DeterminationId, c.By, c.At, c.Outcome == ConfirmationOutcome.Returned))
            .ToListAsync(stop);
        var proposals = await db
            .Proposals.Where(p => p.ProgrammeId == programme)
            .Select(p => new ProposalMade(p.ParcelId, p.Code, p.ProposedAt))
            .ToListAsync(stop);
        return Of(verdicts, signatures, proposals);
    }

    /// <summary>Several seats as one; null when there are too few of them to be added up.</summary>
    /// <param name="seatsMin">What seats did together must not show what one of them did, also not to one who takes his own away.</param>
    public static ReviewFigures? Together(IReadOnlyCollection<ReviewFigures> seats, int seatsMin)
    {
        ArgumentNullException.ThrowIfNull(seats);
        if (seats.Count < seatsMin)
            return null;
        var paces = seats.Select(s => s.Pace).OfType<TimeSpan>().Order().ToList();
        return new ReviewFigures(
            seats.Sum(s => s.Given),
            seats.Sum(s => s.Withdrawn),
            seats.Sum(s => s.LookedAt),
            seats.Sum(s => s.Returned),
            seats.Sum(s => s.Proposed),
            seats.Sum(s => s.AsProposed),
            seats.Sum(s => s.Confirmed),
            seats.Sum(s => s.SentBack),
            paces.Count < seatsMin ? null : paces[paces.Count / 2]
        );
    }

    public sealed record VerdictGiven(Guid Id, Guid ParcelId, string Code, string By, DateTime At);

    public sealed record SignatureGiven(Guid VerdictId, string By, DateTime At, bool Returned);

    public sealed record ProposalMade(Guid ParcelId, string Code, DateTime At);

    /// <summary>Pure: from rows to figures.</summary>
    public static IReadOnlyDictionary<string, ReviewFigures> Of(
        IReadOnlyCollection<VerdictGiven> verdicts,
        IReadOnlyCollection<SignatureGiven> signatures,
        IReadOnlyCollection<ProposalMade> proposals
    )
    {
        var byParcel = proposals.OrderBy(p => p.At).ToLookup(p => p.ParcelId);
        var byVerdict = signatures.ToLookup(s => s.VerdictId);
        return verdicts
            .Select(v => v.By)
            .Concat(signatures.Select(s => s.By))
            .Distinct()
            .ToDictionary(by => by, by => OfSeat(by), StringComparer.Ordinal);

        ReviewFigures OfSeat(string by)
        {
            var given = verdicts.Where(v => v.By == by && v.Code != VerdictState.Withdrawn).ToList();
            var about = given.SelectMany(v => byVerdict[v.Id]).ToList();
            var told = given
                .Select(v => (v.Code, Proposal: byParcel[v.ParcelId].LastOrDefault(p => p.At <= v.At)?.Code))
                .Where(v => v.Proposal is not null)
                .ToList();
            var own = signatures.Where(s => s.By == by).ToList();
            return new ReviewFigures(
                given.Count,
                verdicts.Count(v => v.By == by && v.Code == VerdictState.Withdrawn),
                about.Count,
                about.Count(s => s.Returned),
                told.Count,
                told.Count(v => v.Code == v.Proposal),
                own.Count(s => !s.Returned),
                own.Count(s => s.Returned),
                PaceOf(given.Select(v => v.At).Concat(own.Select(s => s.At)))
            );
        }
    }

    private static TimeSpan? PaceOf(IEnumerable<DateTime> moments)
    {
        var sorted = moments.Order().ToList();
        var steps = sorted.Zip(sorted.Skip(1), (a, b) => b - a).Where(step => step <= Pause).Order().ToList();
        return steps.Count < PaceStepsMin ? null : steps[steps.Count / 2];
    }
}
