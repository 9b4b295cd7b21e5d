using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Tests.Web.Reading;

/// <summary>Seats of the plan, signed in, that ask what they have to do.</summary>
internal static class DueSeats
{
    public static DueSeat Of(WorkPlan plan, string login, DateOnly on)
    {
        var seat = plan.Seats.Single(s => s.Login == login);
        var row = new Seat
        {
            Id = Guid.NewGuid(),
            Login = seat.Login,
            Role = seat.Role,
            Unit = seat.Unit,
            PostZh = seat.Post.Zh,
            PostEn = seat.Post.En,
            PasswordHash = "x",
            MustChange = false,
        };
        return new(SeatClaims.PrincipalOf(row), on);
    }

    /// <summary>The lines of a seat: address, how many, and the last day.</summary>
    public static async Task<string[]> LinesAsync(this IDueSource source, OfficeBooks books, string login)
    {
        var items = await source.DueAsync(Of(books.Plan, login, books.Today));
        return [.. items.Select(i => FormattableString.Invariant($"{i.Address} {i.Count} {i.Due:yyyy-MM-dd}").TrimEnd())];
    }
}
