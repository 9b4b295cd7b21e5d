using System.Globalization;
using System.Text.Json.Nodes;
using Weipian.Law;

namespace Weipian.Flow.Store;

/// <summary>Puts the clock of a sample installation on a day and hour, so that anyone can see what is due then.</summary>
public static class SetClock
{
    public const string Act = "set-clock";

    private const string OffsetFact = "offset";

    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <param name="Moment">Day, or day and time, in Asia/Shanghai: <c>2019-07-09</c>, <c>2019-07-09T09:00</c>.</param>
    public sealed record Request(string Moment, string Reason);

    /// <summary>Pure: the instant that is meant.</summary>
    /// <exception cref="Problem"><c>store.clock-is-real</c>, <c>chain.bad-value</c></exception>
    public static DateTimeOffset Decide(Request request, bool mayBeSet)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!mayBeSet)
            throw Problem.Store.ClockIsReal();
        if (!DateTime.TryParseExact(request.Moment.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            throw Problem.Chain.BadValue("Moment", request.Moment, "如 2019-07-09T09:00", "like 2019-07-09T09:00");
        return new(local, ChinaTime.Zone.GetUtcOffset(local));
    }

    /// <returns>The instant that the clock shows from now on.</returns>
    /// <exception cref="Problem"><c>store.clock-is-real</c>, <c>chain.bad-value</c></exception>
    public static Task<DateTimeOffset> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.Moment,
            request.Reason,
            act =>
            {
                var moment = Decide(request, new OfficeClock(store.Folder).MayBeSet);
                var offset = (moment - TimeProvider.System.GetUtcNow()).ToString("c", CultureInfo.InvariantCulture);
                act.Fact("moment", moment.ToString("O", CultureInfo.InvariantCulture));
                act.Fact(OffsetFact, offset);
                act.Afterwards(() => Durable.Replace(store.Folder.Clock, offset));
                return Task.FromResult(moment);
            },
            stop
        );
    }

    /// <summary>A process that ended between the commit of the last setting and its file leaves the clock behind: the journal says how far
    /// it stands.</summary>
    internal static void BringAbout(DataFolder folder, StoreContext db)
    {
        if (!new OfficeClock(folder).MayBeSet)
            return;
        var written = File.Exists(folder.Clock) ? File.ReadAllText(folder.Clock) : null;
        var last = db.Journal.Where(j => j.Act == Act).OrderByDescending(j => j.Seq).Select(j => j.Body).FirstOrDefault();
        if (last is not null && JsonNode.Parse(last)?["facts"]?[OffsetFact]?.GetValue<string>() is { } offset && offset != written)
            Durable.Replace(folder.Clock, offset);
    }
}
