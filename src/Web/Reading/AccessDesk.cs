using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>Why a seat may, or may not, see a page or do an act.</summary>
/// <param name="Row">The line of the matrix that decides.</param>
/// <param name="Region">What the seat has of it; <c>null</c> when its role is not in the line.</param>
/// <param name="Inside">Whether the matter that was asked about lies in that region; <c>null</c> when none was asked about, or there is no
/// such matter.</param>
/// <param name="NoSuchMatter">A number was given that nothing has.</param>
/// <param name="Holders">Who sits on the seat today, as memberships say.</param>
public sealed record AccessReason(Seat Seat, AccessRow Row, Region? Region, bool? Inside, bool NoSuchMatter, IReadOnlyList<Held> Holders)
{
    /// <summary>The answer: the role is in the line, somebody can sign in, and the matter is not elsewhere.</summary>
    public bool Yes =>
        Region is not null && !NoSuchMatter && Inside != false && (Row.Gate == AccessMatrix.Open || (IsOpen && !IsHeldByPassword));

    /// <summary>Somebody can sign in on the seat.</summary>
    public bool IsOpen => !Seat.Disabled && Seat.PasswordHash.Length > 0;

    /// <summary>The one-time password has to be changed first.</summary>
    public bool IsHeldByPassword => Seat.MustChange && Row.Gate != Permission.SignedIn;
}

/// <summary>Answers the administrator's question from the matrix that everything else asks.</summary>
public sealed class AccessDesk(OfficeBooks books, PostDesk posts)
{
    /// <summary>The answer; <c>null</c> when there is no such seat or no such line.</summary>
    /// <param name="subject">Kind and name of a line: <c>page /cases</c>, <c>act open-case-file</c>.</param>
    /// <param name="number">Number of a patch or a violation; blank for none.</param>
    public async Task<AccessReason?> AskAsync(string login, string subject, string? number, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var parts = subject.Split(' ', 2);
        if (parts.Length != 2 || AccessMatrix.Find(parts[0], parts[1]) is not { } row)
            return null;
        await using var db = books.Read();
        if (await db.Seats.SingleOrDefaultAsync(s => s.Login == login, stop) is not { } seat)
            return null;
        Region? region = row.Roles.TryGetValue(seat.Role, out var found) ? found : null;
        var holders = (await posts.HoldersOnAsync(books.Today, stop)).Where(h => h.Row.Kind == "seat" && h.Row.Subject == login).ToList();
        var asked = number?.Trim();
        if (string.IsNullOrEmpty(asked) || region is null)
            return new(seat, row, region, Inside: null, NoSuchMatter: false, holders);
        var units = await UnitsAsync(db, asked, stop);
        bool? inside = units is null ? null : await IsInsideAsync(db, seat, region.Value, asked, units, stop);
        return new(seat, row, region, inside, units is null, holders);
    }

    /// <summary>The responsible units of a patch or a violation; <c>null</c> when there is none with this number.</summary>
    private static async Task<IReadOnlyList<string?>?> UnitsAsync(StoreContext db, string number, CancellationToken stop)
    {
        var patch = await db.Patches.Where(p => p.Number == number).Select(p => p.Id).ToListAsync(stop);
        var violation = await db.Violations.Where(v => v.Number == number).Select(v => v.Unit).ToListAsync(stop);
        if (patch.Count == 0 && violation.Count == 0)
            return null;
        var shares = await db
            .PatchUnits.Where(u => patch.Contains(u.PatchId) && !db.PatchUnits.Any(later => later.SupersedesId == u.Id))
            .Select(u => u.ResponsibleUnit)
            .ToListAsync(stop);
        return [.. shares, .. violation];
    }

    private static async Task<bool?> IsInsideAsync(
        StoreContext db,
        Seat seat,
        Region region,
        string number,
        IReadOnlyList<string?> units,
        CancellationToken stop
    ) =>
        region switch
        {
            Region.District => true,
            Region.OwnUnit => units.Contains(seat.Unit, StringComparer.Ordinal),
            Region.Transferred => await TransferredAsync(db, number, stop),
            Region.Counts or Region.Installation or Region.OwnQuestions => false,
            _ => null,
        };

    private static Task<bool> TransferredAsync(StoreContext db, string number, CancellationToken stop) =>
        CaseShelf.TransferredTo(db, "discipline-inspection").AnyAsync(v => v.Number == number, stop);
}
