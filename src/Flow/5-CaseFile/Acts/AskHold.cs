using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>The permit desk asks whether a violation stands in the way of a permit. It sees the answer and nothing of the case; the
/// question is kept sealed.</summary>
public static class AskHold
{
    public const string Act = "ask-hold";

    private const int AskedMin = 2;

    /// <param name="Asked">A name, an identity number, a number of a violation, or a place; of a name or number the whole.</param>
    public sealed record Request(string Asked, string Reason);

    /// <param name="Since">Since when the oldest of them stands; null for none.</param>
    public sealed record Answer(Guid InquiryId, bool Held, int Holds, DateOnly? Since);

    /// <summary>Pure: something that can be looked for.</summary>
    public static string Decide(Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asked = request.Asked?.Trim() ?? "";
        return asked.Length >= AskedMin
            ? asked
            : throw Problem.Chain.BadValue("Asked", asked, "单位或个人名称、证号、坐落，至少两个字", "a name, a number or a place");
    }

    /// <exception cref="Problem"><c>chain.bad-value</c></exception>
    public static Task<Answer> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        var asked = Decide(request);
        // The journal names the question by its id: what was asked may be a name.
        var id = Guid.CreateVersion7(store.Clock.GetUtcNow());
        return store.ActAsync(
            actor,
            Act,
            id.ToString(),
            request.Reason,
            async act =>
            {
                var held = await HeldAsync(act.Db, asked, stop);
                DateOnly? since = held.Count == 0 ? null : held.Min(h => h.SetOn);
                var inquiry = new HoldInquiry
                {
                    Id = id,
                    Asked = SealedRows.Seal(act, SealedRows.Inquiry, id, asked),
                    Held = held.Count > 0,
                    AnswerJson = CanonicalJson.Of(
                        new JsonObject
                        {
                            ["holds"] = new JsonArray([.. held.Select(h => (JsonNode)h.Id.ToString())]),
                            ["since"] = since?.ToString("O", CultureInfo.InvariantCulture),
                        }
                    ),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(inquiry);
                act.Fact("held", inquiry.Held);
                return new Answer(inquiry.Id, inquiry.Held, held.Count, since);
            },
            stop
        );
    }

    private static async Task<List<Hold>> HeldAsync(StoreContext db, string asked, CancellationToken stop)
    {
        var parties = await Identities.FindAsync(db, asked, asked, stop);
        var theirs = db.ViolationParties.Where(p => parties.Contains(p.PartyId)).Select(p => p.ViolationId);
        var meant = db
            .Violations.Where(v => v.Number == asked || v.NameZh.Contains(asked) || v.LocationZh.Contains(asked) || theirs.Contains(v.Id))
            .Select(v => v.Id);
        return await Holds.InForce(db).Where(h => meant.Contains(h.ViolationId)).OrderBy(h => h.SetOn).ToListAsync(stop);
    }
}
