using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Web.Reading;

namespace Weipian.Web.Pages.Determination;

/// <summary>Verdicts that waited in a browser for the network: whether one arrived before it broke is told by what stands, so that each is
/// written once, on whatever node and after whatever restart it is sent again.</summary>
public sealed partial class VerdictDesk
{
    /// <summary>Gives a verdict that was given before what is on the screen, unless it is there already.</summary>
    public async Task DecideOnceAsync(
        Actor by,
        ParcelRow parcel,
        string code,
        string basis,
        string? correction,
        VerdictSeen seen,
        CancellationToken stop = default
    )
    {
        var request = new DecideVerdict.Request(parcel.Id, code, Plain(basis), seen.Proposal, seen.Verdict, correction);
        if (await IsDecidedAsync(by, request, stop))
            return;
        try
        {
            await DecideVerdict.Handle(books.Store, by, request, books.DeterminationLaw, stop);
        }
        catch (Problem)
        {
            // The first sending may have been written between the question and the act.
            if (!await IsDecidedAsync(by, request, CancellationToken.None))
                throw;
        }
    }

    /// <summary>Puts a second signature that was given before the network broke, unless it is there already.</summary>
    public async Task SignOnceAsync(
        Actor by,
        ParcelRow parcel,
        string outcome,
        string reasonCode,
        string remark,
        VerdictSeen seen,
        CancellationToken stop = default
    )
    {
        var verdict = seen.Verdict ?? Guid.Empty;
        if (await IsSignedAsync(by, verdict, outcome, seen.TakenBack, stop))
            return;
        var then = parcel with { DeterminationId = verdict };
        try
        {
            await (
                outcome == ConfirmationOutcome.Confirmed
                    ? ConfirmAsync(by, then, reasonCode, remark, stop)
                    : ReturnAsync(by, then, reasonCode, remark, stop)
            );
        }
        catch (Problem)
        {
            if (!await IsSignedAsync(by, verdict, outcome, seen.TakenBack, CancellationToken.None))
                throw;
        }
    }

    private async Task<bool> IsDecidedAsync(Actor by, DecideVerdict.Request asked, CancellationToken stop)
    {
        await using var db = books.Read();
        var basis = asked.BasisZh.Trim();
        return await db.Determinations.AnyAsync(
            d =>
                d.ParcelId == asked.ParcelId
                && d.SupersedesId == asked.VerdictSeen
                && d.Code == asked.Code
                && d.DecidedBy == by.Login
                && d.BasisZh == basis,
            stop
        );
    }

    /// <summary>The signature that followed those that had been taken back when this one was given; one that was taken back since is not
    /// given anew.</summary>
    private async Task<bool> IsSignedAsync(Actor by, Guid verdict, string outcome, int takenBack, CancellationToken stop)
    {
        await using var db = books.Read();
        var given = await db
            .Confirmations.IgnoreQueryFilters()
            .Where(c => c.DeterminationId == verdict)
            .OrderBy(c => c.At)
            .Skip(Math.Max(0, takenBack))
            .FirstOrDefaultAsync(stop);
        return given is not null && given.By == by.Login && given.Outcome == outcome;
    }
}
