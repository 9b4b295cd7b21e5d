using System.Net;
using Weipian.Flow.Store;
using Weipian.Web.Reading;
using Weipian.Web.Serving;

namespace Weipian.Web.SignIn;

/// <summary>Counts wrong passwords by login and by address, so that guessing costs time, whether one login is guessed or many.</summary>
/// <remarks>A login that does not exist is counted too: the answer must not tell which logins there are. A restart forgives
/// nothing.</remarks>
public sealed partial class SignInAttempts(TimeProvider clock, OfficeBooks books, ILogger<SignInAttempts> log)
{
    private const string Login = "login";
    private const string Address = "address";

    private readonly SignInWaits waits = new(books.Store.Folder, Limits.LockoutSpan);

    /// <summary>How long this login, or whoever asks from this address, still rests; zero when it may try.</summary>
    public TimeSpan Rest(string login, IPAddress? from)
    {
        var byLogin = Left(Login, login, Limits.WrongPasswordsMax);
        var byAddress = Left(Address, Text(from), Limits.WrongPasswordsOfAddressMax);
        return byLogin > byAddress ? byLogin : byAddress;
    }

    /// <summary>Counts it, and writes it into the log: what is no login may be a password in the wrong field, and is not named.</summary>
    public Task FailedAsync(string login, IPAddress? from, CancellationToken stop)
    {
        Refused(log, books.Plan.FindSeat(login)?.Login ?? "(no seat)", Text(from));
        return waits.FailedAsync([(Login, login), (Address, Text(from))], clock.GetUtcNow(), stop);
    }

    /// <summary>Forgives the login, not the address: who owns one seat could go on guessing others.</summary>
    public Task SucceededAsync(string login, CancellationToken stop) => waits.SucceededAsync(Login, login, clock.GetUtcNow(), stop);

    private TimeSpan Left(string kind, string name, int most)
    {
        var now = clock.GetUtcNow();
        var (count, last) = waits.Of(kind, name, now);
        var left = count < most ? TimeSpan.Zero : last + Limits.LockoutSpan - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    [LoggerMessage(LogLevel.Warning, "sign-in refused: seat {Seat} from {Address}")]
    private static partial void Refused(ILogger logger, string seat, string address);

    private static string Text(IPAddress? from) => from?.ToString() ?? "unknown";
}
