using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>Opens a session of a seat that has proved who it is; a code of the second factor is used up in the same act.</summary>
public static class OpenSession
{
    public const string Act = "open-session";

    private const int DeviceCharactersMax = 200;

    /// <param name="Code">Six digits of the phone, or a recovery code; null where the seat has no second factor.</param>
    /// <param name="Proof">What was proved before: <c>password</c> or <c>openid</c>.</param>
    /// <param name="MayLackFactor">The second factor is asked for elsewhere: by the provider of OpenID.</param>
    public sealed record Request(
        string Login,
        string? Code,
        string Proof,
        string Device,
        string Address,
        DateTimeOffset Now,
        bool MayLackFactor = false
    );

    public sealed record Opened(Guid Id, string Proof);

    /// <summary>The mark of a right code that was not used, <c>null</c> for a wrong one or one that was.</summary>
    public static string? Decide(
        string secret,
        string code,
        DateTimeOffset now,
        Guid factor,
        IReadOnlySet<string> recovery,
        IReadOnlySet<string> used
    )
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(recovery);
        ArgumentNullException.ThrowIfNull(used);
        var mark =
            Totp.StepOf(secret, code, now) is { } step ? $"step:{step}"
            : EnrolSecondFactor.HashOf(factor, code) is var hash && recovery.Contains(hash) ? $"recovery:{hash}"
            : null;
        return mark is null || used.Contains(mark) ? null : mark;
    }

    /// <exception cref="Problem"><c>store.second-factor-wrong</c>, <c>store.no-such-seat</c></exception>
    public static Task<Opened> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.Login,
            "登录 sign in",
            async act =>
            {
                if (actor.Login != request.Login)
                    throw Problem.Store.NotYourSeat(request.Login);
                var session = act.NewId();
                var proof = request.Proof;
                var factor = await SeatSecurity.FactorOfAsync(act.Db, request.Login, stop);
                if (factor is not null && !request.MayLackFactor)
                    proof += await UseAsync(act, factor, request, session, stop);
                act.Db.Add(
                    new SeatSession
                    {
                        Id = session,
                        SeatLogin = request.Login,
                        Proof = proof,
                        Device = Short(request.Device),
                        Address = Short(request.Address),
                        OpenedAt = Instant.Of(request.Now),
                        At = act.At,
                    }
                );
                act.Fact("proof", proof);
                return new Opened(session, proof);
            },
            stop
        );
    }

    private static async Task<string> UseAsync(ActScope act, SecondFactor factor, Request request, Guid session, CancellationToken stop)
    {
        var recovery = await act.Db.RecoveryCodes.Where(c => c.FactorId == factor.Id).Select(c => c.CodeSha256).ToHashSetAsync(stop);
        var used = await act.Db.SecondFactorUses.Where(u => u.FactorId == factor.Id).Select(u => u.Mark).ToHashSetAsync(stop);
        var secret = await SealedRows.OpenAsync(act.Db, new SealedRow(SealedRows.Factor, factor.Id, factor.SecretSealed), stop);
        var mark =
            Decide(secret, request.Code ?? "", request.Now, factor.Id, recovery, used)
            ?? throw Problem.Store.SecondFactorWrong(request.Login);
        act.Db.Add(
            new SecondFactorUse
            {
                Id = act.NewId(),
                FactorId = factor.Id,
                Mark = mark,
                SessionId = session,
                At = act.At,
            }
        );
        return mark.StartsWith("step:", StringComparison.Ordinal) ? "+code" : "+recovery";
    }

    private static string Short(string text)
    {
        var seen = string.Concat(text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)));
        return seen.Length > DeviceCharactersMax ? seen[..DeviceCharactersMax] : seen;
    }
}
