using System.CommandLine;
using Weipian.Flow.Store;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian set-seat-password</c>: a new one-time password for a seat, from the console of the machine.</summary>
/// <remarks>
/// The password of <c>init</c> is shown once and kept nowhere: whoever lost it, or whose process died before it was printed, gets another
/// here. Who has a shell on the machine has the database too, so nothing is given away; the journal says that it was done, and why.
/// </remarks>
public static class SetSeatPasswordVerb
{
    public static Command Make(CommonOptions common)
    {
        var login = new Argument<string>("login") { Description = "login of the seat, e.g. that of the administrator" };
        var reason = new Option<string>("--reason") { Required = true, Description = "why, for the journal" };
        var verb = new Command("set-seat-password", "give a seat a new one-time password and print it") { login, reason };
        VerbRun.Bind(verb, common, run => SetAsync(run, run.Value(login), run.Value(reason)));
        return verb;
    }

    private static async Task<int> SetAsync(VerbRun run, string login, string reason)
    {
        using var store = Installed.Open(run);
        var password = SeatPasswords.OneTime();
        await SetSeatPassword.Handle(store, Actor.Machine, new(login, password, MustChange: true, reason), run.Stop);
        run.Answer(
            new { login, oneTimePassword = password },
            [$"一次性口令，首次登录后须更改 one-time password, to be changed at the first sign-in: {login} {password}"]
        );
        return CommandLine.Done;
    }
}
