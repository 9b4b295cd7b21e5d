using System.Collections.Concurrent;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Web.SignIn;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>Blind readings that wait for this seat. How many they are tells nothing of which are settled.</summary>
public sealed class ReadingsDue(OfficeBooks books, ReadingDesk desk) : IDueSource
{
    /// <summary>The stable word of the line.</summary>
    public const string What = "readings";

    /// <summary>Counted once for a state of the journal: the draw is made over every verdict that stands.</summary>
    private readonly ConcurrentDictionary<string, (long Sequence, int Count)> counted = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(seat);
        if (!seat.May(Permission.Precedents) || !VerdictRoles.MayRead.Contains(seat.Role, StringComparer.Ordinal))
            return [];
        var sequence = await books.SequenceAsync(stop);
        if (!counted.TryGetValue(seat.Login, out var known) || known.Sequence != sequence)
            counted[seat.Login] = known = (sequence, (await desk.DueAsync(new Actor(seat.Login, seat.Role), stop)).Count);
        return known.Count == 0 ? [] : [new DueItem(WorkStage.Determination, What, Say.T("due.readings"), known.Count, "/readings")];
    }
}
