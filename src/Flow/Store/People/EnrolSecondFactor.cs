using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>Takes up a second factor for one's own seat: the first code of the phone proves that both have the same secret.</summary>
public static class EnrolSecondFactor
{
    public const string Act = "enrol-second-factor";

    private const int CodesMade = 10;
    private const int CodeBytes = 10;

    /// <param name="Secret">Base 32, drawn by the server; at least <see cref="Totp.SecretBytes"/> bytes.</param>
    /// <param name="Code">What the phone shows now.</param>
    public sealed record Request(string Secret, string Code, string Reason);

    /// <param name="RecoveryCodes">Shown once, kept only as hashes; each opens one session without the phone.</param>
    public sealed record Enrolled(Guid Id, IReadOnlyList<string> RecoveryCodes);

    /// <summary>Pure: long enough, new, and the code is its code.</summary>
    public static long Decide(Request request, bool isThere, bool wasUsed, DateTimeOffset now, string login)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (isThere)
            throw Problem.Store.SecondFactorThere(login);
        if (Totp.Bytes(request.Secret).Length < Totp.SecretBytes || wasUsed)
            throw Problem.Chain.BadValue("Secret", "…", "由系统新生成的密钥", "a secret newly drawn by the system");
        return Totp.StepOf(request.Secret, request.Code, now) ?? throw Problem.Store.SecondFactorWrong(login);
    }

    /// <exception cref="Problem"><c>store.second-factor-there</c>, <c>store.second-factor-wrong</c>, <c>chain.bad-value</c></exception>
    public static Task<Enrolled> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        TimeProvider? machine = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            actor.Login,
            request.Reason,
            async act =>
            {
                var there = await SeatSecurity.FactorOfAsync(act.Db, actor.Login, stop);
                var hash = Convert.ToHexStringLower(SHA256.HashData(Totp.Bytes(request.Secret)));
                var was = await act.Db.SecondFactors.AnyAsync(f => f.SecretSha256 == hash, stop);
                var step = Decide(request, there is not null, was, (machine ?? TimeProvider.System).GetUtcNow(), actor.Login);
                var id = act.NewId();
                act.Db.Add(
                    new SecondFactor
                    {
                        Id = id,
                        SeatLogin = actor.Login,
                        SecretSealed = SealedRows.Seal(act, SealedRows.Factor, id, request.Secret),
                        SecretSha256 = hash,
                        By = act.By.Login,
                        At = act.At,
                    }
                );
                act.Db.Add(UseOf(act, id, $"step:{step}"));
                var codes = Enumerable.Range(0, CodesMade).Select(_ => NewCode()).ToList();
                foreach (var code in codes)
                    act.Db.Add(
                        new RecoveryCode
                        {
                            Id = act.NewId(),
                            FactorId = id,
                            CodeSha256 = HashOf(id, code),
                            At = act.At,
                        }
                    );
                return new Enrolled(id, codes);
            },
            stop
        );
    }

    /// <summary>What is kept of a recovery code; signs between its groups do not count.</summary>
    internal static string HashOf(Guid factor, string code)
    {
        var letters = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{factor:D}\n{letters}")));
    }

    private static SecondFactorUse UseOf(ActScope act, Guid factor, string mark) =>
        new()
        {
            Id = act.NewId(),
            FactorId = factor,
            Mark = mark,
            SessionId = null,
            At = act.At,
        };

    private static string NewCode()
    {
        var text = Convert.ToHexString(RandomNumberGenerator.GetBytes(CodeBytes));
        return string.Join('-', text.Chunk(5).Select(c => new string(c)));
    }
}
