using System.Collections.Concurrent;
using Weipian.Web.Serving;

namespace Weipian.Web.SignIn;

/// <summary>Counts wrong passwords per login, so that guessing costs time. In memory: a restart forgives.</summary>
/// <remarks>A login that does not exist is counted too: the answer must not tell which logins there are.</remarks>
public sealed class SignInAttempts(TimeProvider clock)
{
    private const int LoginsMax = 10_000;
    private readonly ConcurrentDictionary<string, Wrong> wrong = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long this login still rests; zero when it may try.</summary>
    public TimeSpan Rest(string login)
    {
        if (!wrong.TryGetValue(login, out var seen) || seen.Count < Limits.WrongPasswordsMax)
            return TimeSpan.Zero;
        var left = seen.Last + Limits.LockoutSpan - clock.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public void Failed(string login)
    {
        var now = clock.GetUtcNow();
        if (wrong.Count > LoginsMax)
            Forget(now);
        wrong.AddOrUpdate(
            login,
            _ => new Wrong(1, now),
            (_, seen) => now - seen.Last > Limits.LockoutSpan ? new Wrong(1, now) : new Wrong(seen.Count + 1, now)
        );
    }

    public void Succeeded(string login) => wrong.TryRemove(login, out _);

    private void Forget(DateTimeOffset now)
    {
        foreach (var (login, seen) in wrong)
            if (now - seen.Last > Limits.LockoutSpan)
                wrong.TryRemove(login, out _);
    }

    private sealed record Wrong(int Count, DateTimeOffset Last);
}
