using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Web.Reading;

/// <summary>A membership as it stood on a day.</summary>
/// <param name="LastDay">Inclusive; <c>null</c> while it goes on.</param>
public sealed record Held(Membership Row, DateOnly? LastDay);

/// <summary>Who held which post, who sat on which seat, and who was in the leading group on a day.</summary>
public sealed class PostDesk(OfficeBooks books)
{
    /// <summary>Memberships that cover a day, by subject and first day.</summary>
    public async Task<IReadOnlyList<Held>> HoldersOnAsync(DateOnly day, CancellationToken stop = default) =>
        [.. (await AllAsync(stop)).Where(h => h.Row.From <= day && (h.LastDay is null || h.LastDay >= day))];

    /// <summary>Every membership there ever was.</summary>
    public async Task<IReadOnlyList<Held>> AllAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var ends = await db.MembershipEnds.ToDictionaryAsync(e => e.MembershipId, e => e.LastDay, stop);
        var rows = await db.Memberships.ToListAsync(stop);
        return
        [
            .. rows.OrderBy(m => m.Kind, StringComparer.Ordinal)
                .ThenBy(m => m.Subject, StringComparer.Ordinal)
                .ThenBy(m => m.From)
                .Select(m => new Held(m, ends.TryGetValue(m.Id, out var last) ? last : null)),
        ];
    }

    /// <summary>The leading group on a day, with the changes up to it.</summary>
    public async Task<IReadOnlyList<(string Post, string Role, DateOnly From, string Basis)>> GroupOnAsync(
        DateOnly day,
        CancellationToken stop = default
    )
    {
        await using var db = books.Read();
        return ChangeLeadingGroup.MembersOn(books.Plan, await db.GroupChanges.ToListAsync(stop), day);
    }
}
