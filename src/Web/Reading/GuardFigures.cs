using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Law;

namespace Weipian.Web.Reading;

/// <summary>Agreement of a reader with the verdicts of others, and how far proposals lead where they are wrong.</summary>
/// <param name="Agreement">By branch of the catalogue: legal, illegal, other, doubtful.</param>
public sealed record GuardFigures(CohenKappa Agreement, AutomationBias Bias)
{
    /// <summary>The branches in the order of the catalogue.</summary>
    public static IReadOnlyList<string> Classes { get; } = [.. Enum.GetNames<VerdictParent>()];
}

/// <summary>Reads the figures of the guards: one's own, and those of all seats where there are enough.</summary>
public sealed class GuardDesk(OfficeBooks books)
{
    private sealed record Told(string By, AutomationBias.Judgement Judgement);

    /// <summary>The figures of one seat over all programmes.</summary>
    public async Task<GuardFigures> OfAsync(string login, CancellationToken stop = default) => (await ReadAsync(login, stop)).Figures;

    /// <summary>The agreement of one seat alone, for a head line.</summary>
    public async Task<CohenKappa> AgreementAsync(string login, CancellationToken stop = default)
    {
        await using var db = books.Read();
        return AgreementOf(await db.BlindReadings.Where(r => r.By == login).ToListAsync(stop));
    }

    /// <summary>The figures of all seats as one; null where fewer seats gave readings or verdicts than may be added up.</summary>
    public async Task<GuardFigures?> TogetherAsync(CancellationToken stop = default)
    {
        var (figures, seats) = await ReadAsync(login: null, stop);
        return seats < GuardRates.Of(books.Law).SeatsMin ? null : figures;
    }

    private async Task<(GuardFigures Figures, int Seats)> ReadAsync(string? login, CancellationToken stop)
    {
        await using var db = books.Read();
        var readings = await db.BlindReadings.Where(r => login == null || r.By == login).ToListAsync(stop);
        var agreement = AgreementOf(readings);
        // Only what two others have signed says whether a proposal was wrong.
        var read = readings
            .Where(r => r is { Kind: ReadingKind.Known, ProposedCode: not null })
            .Select(r => new Told(r.By, new(r.Code, r.ProposedCode!, r.ReferenceCode, r.ProposalShown)));
        var judged = await JudgedAsync(db, login, stop);
        List<Told> all = [.. read, .. judged];
        var seats = readings.Select(r => r.By).Concat(all.Select(t => t.By)).Distinct(StringComparer.Ordinal).Count();
        return (new(agreement, AutomationBias.Of([.. all.Select(t => t.Judgement)])), seats);
    }

    private CohenKappa AgreementOf(IReadOnlyCollection<BlindReading> readings) =>
        CohenKappa.Of(
            GuardFigures.Classes,
            readings.Select(r => (Class(r.Code), Class(r.ReferenceCode))),
            GuardRates.Of(books.Law).ReadingsMin
        );

    /// <summary>First verdicts on parcels whose final verdict is signed, with the proposal of their time and whether it was
    /// shown.</summary>
    private static async Task<IReadOnlyList<Told>> JudgedAsync(Flow.Store.StoreContext db, string? login, CancellationToken stop)
    {
        var verdicts = await db
            .Determinations.Where(d => d.Code != VerdictState.Withdrawn)
            .Select(d => new
            {
                d.Id,
                d.ParcelId,
                d.Code,
                d.DecidedBy,
                d.DecidedAt,
            })
            .ToListAsync(stop);
        var signed = await db
            .Confirmations.Where(c => c.Outcome == ConfirmationOutcome.Confirmed)
            .Select(c => c.DeterminationId)
            .ToHashSetAsync(stop);
        var final = verdicts
            .Where(v => signed.Contains(v.Id))
            .GroupBy(v => v.ParcelId)
            .ToDictionary(g => g.Key, g => g.MaxBy(v => v.DecidedAt)!.Code);
        var mine = verdicts.Where(v => (login is null || v.DecidedBy == login) && final.ContainsKey(v.ParcelId)).ToList();
        if (mine.Count == 0)
            return [];
        var proposals = (
            await db
                .Proposals.Select(p => new
                {
                    p.ParcelId,
                    p.Code,
                    p.ProposedAt,
                })
                .ToListAsync(stop)
        ).ToLookup(p => p.ParcelId);
        var names = await db
            .Parcels.Join(db.Patches, p => p.PatchId, q => q.Id, (p, q) => new { p.Id, Name = q.ProgrammeId + "/" + p.Number })
            .ToDictionaryAsync(p => p.Id, p => p.Name, stop);
        var guards = await db.ReviewGuards.OrderBy(g => g.At).ToListAsync(stop);
        var looks = (await db.ProposalLooks.ToListAsync(stop)).ToLookup(l => (l.ParcelId, l.By));
        var told = new List<Told>();
        foreach (var verdict in mine)
        {
            var proposed = proposals[verdict.ParcelId].Where(p => p.ProposedAt <= verdict.DecidedAt).MaxBy(p => p.ProposedAt)?.Code;
            var guard = guards.LastOrDefault(g => g.At <= verdict.DecidedAt);
            var hidden =
                guard is not null
                && GuardDraw.IsHidden(guard, verdict.DecidedBy, names[verdict.ParcelId])
                && looks[(verdict.ParcelId, verdict.DecidedBy)].All(l => l.At > verdict.DecidedAt);
            if (proposed is not null)
                told.Add(new(verdict.DecidedBy, new(verdict.Code, proposed, final[verdict.ParcelId], !hidden)));
        }
        return told;
    }

    private string Class(string code) => (books.FindVerdict(code)?.Parent ?? VerdictParent.Doubtful).ToString();
}
