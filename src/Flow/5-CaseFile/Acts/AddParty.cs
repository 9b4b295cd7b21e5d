using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>Names a party of a violation: who did it, who answers for it, who decided it (既查事也查人).</summary>
/// <remarks>
/// What identifies a person is kept apart from what everybody sees. The same unit, or the same identity number, is the same party in every
/// violation, so that what it did elsewhere can be added up.
/// </remarks>
public static class AddParty
{
    public const string Act = "add-party";

    public sealed record Request(
        Guid ViolationId,
        [OneOf("actor", "responsible-person", "decision-maker")] string Role,
        [OneOf("unit", "person")] string Kind,
        [OneOf("government", "enterprise", "village", "person")] string NatureCode,
        string PartyName,
        string? IdentityNumber,
        string? Address,
        string? Phone,
        string? Representative,
        string? PostZh,
        string Reason
    );

    public sealed record Added(Guid PartyId, bool Known);

    /// <summary>Pure: known words, a name, one actor only.</summary>
    public static void Decide(Request request, ViolationParty? actor)
    {
        ArgumentNullException.ThrowIfNull(request);
        OneOfAttribute.Check("Role", request.Role, PartyRole.All);
        OneOfAttribute.Check("Kind", request.Kind, [PartyRows.Unit, PartyRows.Person]);
        OneOfAttribute.Check("NatureCode", request.NatureCode, ["government", "enterprise", "village", "person"]);
        if (string.IsNullOrWhiteSpace(request.PartyName))
            throw Problem.Chain.BadValue("PartyName", "", "姓名或名称", "a name");
        if (request.Role == PartyRole.Actor && actor is not null)
            throw Problem.CaseFile.SecondActor(actor.By, actor.At);
    }

    /// <exception cref="Problem"><c>case-file.second-actor</c>, <c>chain.*</c></exception>
    public static Task<Added> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.ViolationId.ToString(),
            request.Reason,
            async act =>
            {
                var violation = await act.Db.ViolationAsync(request.ViolationId, stop);
                var first = await act.Db.ViolationParties.FirstOrDefaultAsync(
                    p => p.ViolationId == violation.Id && p.Role == PartyRole.Actor,
                    stop
                );
                Decide(request, first);
                var known = await KnownAsync(act.Db, request, stop);
                var party = known ?? NewParty(act, request);
                if (known is null || !await IsSameAsync(act.Db, known.Id, request, stop))
                    act.Db.Add(Identities.Seal(act, IdentityOf(act, party.Id, request)));
                act.Db.Add(PartyRows.Link(act, violation.Id, party.Id, request.Role, request.PostZh));
                act.Fact("party", party.LabelZh);
                act.Fact("role", request.Role);
                return new Added(party.Id, known is not null);
            },
            stop
        );
    }

    /// <summary>A person is known by the identity number only: two persons may have one name.</summary>
    private static async Task<Party?> KnownAsync(StoreContext db, Request request, CancellationToken stop)
    {
        var number = Text(request.IdentityNumber);
        var name = request.PartyName.Trim();
        var isUnit = request.Kind == PartyRows.Unit;
        var found = await Identities.FindAsync(db, number is null && isUnit ? name : null, number, stop);
        return found.Count == 0 ? null : await db.Parties.FirstOrDefaultAsync(p => found.Contains(p.Id) && p.Kind == request.Kind, stop);
    }

    private static async Task<bool> IsSameAsync(StoreContext db, Guid party, Request request, CancellationToken stop)
    {
        var last = (await Identities.NewestAsync(db, [party], stop))[party];
        return (last.NameZh, last.IdentityNumber, last.AddressZh, last.Phone, last.RepresentativeZh)
            == (
                request.PartyName.Trim(),
                Text(request.IdentityNumber),
                Text(request.Address),
                Text(request.Phone),
                Text(request.Representative)
            );
    }

    private static Party NewParty(ActScope act, Request request)
    {
        var party = new Party
        {
            Id = act.NewId(),
            Kind = request.Kind,
            NatureCode = request.NatureCode,
            LabelZh = PartyRows.Label(request.Kind, request.PartyName.Trim()),
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(party);
        return party;
    }

    private static PartyIdentity IdentityOf(ActScope act, Guid party, Request request) =>
        new()
        {
            Id = act.NewId(),
            PartyId = party,
            NameZh = request.PartyName.Trim(),
            IdentityNumber = Text(request.IdentityNumber),
            AddressZh = Text(request.Address),
            Phone = Text(request.Phone),
            RepresentativeZh = Text(request.Representative),
            By = act.By.Login,
            At = act.At,
        };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
