using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>Sets the password of a seat: by the administrator, for one sign-in, or by the seat itself.</summary>
public static class SetSeatPassword
{
    /// <param name="MustChange">True when the next sign-in must choose another.</param>
    public sealed record Request(string Login, string Password, bool MustChange, string Reason);

    /// <summary>Pure: refuses what is too short or not the actor's to change.</summary>
    public static void Decide(Actor actor, Seat? seat, Request request)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        if (seat is null)
            throw Problem.Store.NoSuchSeat(request.Login);
        var own = actor.Login == seat.Login;
        if (!own && actor.Role is not (Plan.PlanRoles.Administrator or Actor.MachineRole))
            throw Problem.Store.NotYourSeat(request.Login);
        if (request.Password.Length < SeatPasswords.LengthMin)
            throw Problem.Store.PasswordTooShort(SeatPasswords.LengthMin);
        if (PasswordRules.Fault(request.Password, seat.Login) is { } why)
            throw Problem.Store.PasswordGuessable(why);
    }

    /// <exception cref="Problem"><c>store.no-such-seat</c>, <c>store.not-your-seat</c>, <c>store.password-too-short</c>,
    /// <c>store.password-guessable</c></exception>
    public static Task Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            "set-seat-password",
            request.Login,
            request.Reason,
            async act =>
            {
                var seat = await act.Db.Seats.SingleOrDefaultAsync(s => s.Login == request.Login, stop);
                Decide(actor, seat, request);
                seat!.PasswordHash = SeatPasswords.Hash(request.Password);
                seat.MustChange = request.MustChange;
                return 0;
            },
            stop
        );
    }
}
