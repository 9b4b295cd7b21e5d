using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Tests.Web.SampleDistricts;
using Weipian.Web.Acts;

namespace Weipian.Tests.Web.Acts;

/// <summary>Every act of the matrix by every seat that may not do it, and by nobody: refused with its sentence, and nothing is
/// written.</summary>
[Collection("played village")]
public sealed class SeatsOfActsTests(PlayedOffice played) : IClassFixture<PlayedOffice>
{
    private readonly YearOffice office = played.Office;
    private static readonly string Parcel = $"/api/patches/{Guid.NewGuid()}/parcels/{Guid.NewGuid()}";

    /// <summary>Acts with an endpoint of their own.</summary>
    private static readonly Dictionary<string, string> Endpoints = new(StringComparer.Ordinal)
    {
        ["record-visit"] = "/api/visits",
        ["decide-verdict"] = Parcel + "/determination",
        ["confirm-verdict"] = Parcel + "/confirmation",
        ["return-verdict"] = Parcel + "/confirmation",
        ["withdraw-verdict"] = Parcel + "/withdrawal",
        ["take-back-signature"] = Parcel + "/confirmation-withdrawal",
    };

    /// <summary>Acts that come in by verbs, by forms that are no acts of a door, or from the program itself.</summary>
    private static readonly string[] WithoutEndpoint =
    [
        "add-image",
        "add-layer-version",
        "compare-programme",
        "import-patches",
        "initialise-district",
        "open-session",
        "read-document",
        "read-file",
        "propose-verdicts",
        "record-visits",
        "set-seat-password",
        "split-parcel",
    ];

    public static TheoryData<string> Acts => [.. ActMatrix.Acts.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> ActsOverHttp => [.. ActMatrix.Acts.Keys.Except(WithoutEndpoint).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(ActsOverHttp))]
    public async Task Over_http_an_act_is_refused_to_nobody_and_to_every_seat_that_may_not_do_it(string act)
    {
        var before = await office.CountsAsync();
        var path = ActDoors.All.Any(d => d.Name == act) ? "/api/acts/" + act : Endpoints[act];
        Assert.Equal((401, "web.not-signed-in"), await office.PostAsync(null, path, null));
        foreach (var seat in OneSeatOfEachRole().Where(s => !ActMatrix.Allows(act, s.Role)))
            Assert.Equal((seat.Login, 403, "web.not-allowed"), Named(seat.Login, await office.PostAsync(seat.Login, path, null)));
        Assert.Equal(before, await office.CountsAsync());
    }

    [Fact]
    public async Task An_act_without_a_door_has_no_endpoint()
    {
        foreach (var act in WithoutEndpoint)
            Assert.Contains((await office.PostAsync("office-head", "/api/acts/" + act, null)).Status, new[] { 404, 405 });
    }

    /// <summary>Pages and programs come to the store with an actor: the store asks the matrix before anything is done.</summary>
    [Theory]
    [MemberData(nameof(Acts))]
    public async Task At_the_store_an_act_does_not_begin_for_a_role_that_may_not_do_it(string act)
    {
        var before = await office.CountsAsync();
        foreach (var role in PlanRoles.All.Append(Actor.MachineRole).Where(r => !ActMatrix.Allows(act, r)))
        {
            var refusal = await Assert.ThrowsAsync<Problem>(() =>
                office.Store.ActAsync<int>(
                    new Actor("some-" + role, role, role == PlanRoles.Town ? "wangcun" : null),
                    act,
                    "x",
                    "wrong seat",
                    _ => throw new InvalidOperationException($"{act} began for {role}")
                )
            );
            Assert.Equal("store.act-not-allowed", refusal.Code);
        }
        Assert.Equal(before, await office.CountsAsync());
    }

    /// <summary>Only what is about the own sign-in and the own training is every seat's, and only its own.</summary>
    [Fact]
    public async Task Every_act_but_those_about_the_own_sign_in_and_training_is_closed_to_some_role()
    {
        Assert.Equal(
            [
                "answer-exercise",
                "end-session",
                "enrol-second-factor",
                "open-session",
                "remove-second-factor",
                "set-seat-password",
                "tick-first-hour",
            ],
            ActMatrix.Acts.Where(a => PlanRoles.All.All(r => a.Value.Contains(r, StringComparer.Ordinal))).Select(a => a.Key).Order()
        );
        var before = await office.CountsAsync();
        foreach (var seat in OneSeatOfEachRole().Where(s => s.Role != PlanRoles.Administrator))
        {
            var actor = new Actor(seat.Login, seat.Role, seat.Unit);
            foreach (var login in new[] { "administrator", seat.Login == "finance" ? "discipline" : "finance" })
            {
                var request = new SetSeatPassword.Request(login, "a-long-password", MustChange: false, "takeover");
                var refusal = await Assert.ThrowsAsync<Problem>(() => SetSeatPassword.Handle(office.Store, actor, request));
                Assert.Equal("store.not-your-seat", refusal.Code);
            }
        }
        Assert.Equal(before, await office.CountsAsync());
    }

    private IEnumerable<PlanSeat> OneSeatOfEachRole() => PlanRoles.All.Select(role => office.Store.Plan.Seats.First(s => s.Role == role));

    private static (string Login, int Status, string Code) Named(string login, (int Status, string Code) answer) =>
        (login, answer.Status, answer.Code);
}
