using System.Text;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Store;

/// <summary>Codes that change with time, against the table of RFC 6238, and what of passwords is refused.</summary>
public sealed class TotpTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    [Fact]
    public void A_code_of_another_time_or_another_secret_is_wrong()
    {
        var (secret, at) = (Totp.NewSecret(), new DateTimeOffset(2019, 6, 3, 9, 0, 0, TimeSpan.Zero));
        var code = Totp.CodeAt(secret, at);
        Assert.Null(Totp.StepOf(secret, code, at.AddMinutes(2)));
        Assert.Null(Totp.StepOf(secret, code, at.AddMinutes(-2)));
        Assert.Null(Totp.StepOf(Totp.NewSecret(), code, at));
        Assert.Null(Totp.StepOf(secret, "", at));
        Assert.Null(Totp.StepOf(secret, "12345", at));
        Assert.Throws<Problem>(() => Totp.CodeAt("not base 32 !", at));
    }

    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void The_codes_are_those_of_rfc_6238(long seconds, string code) => Assert.Equal(code, Totp.Code(Key, seconds / 30, 8));

    [Fact]
    public void A_phone_may_be_half_a_minute_off()
    {
        var (secret, at) = (Totp.NewSecret(), new DateTimeOffset(2019, 6, 3, 9, 0, 0, TimeSpan.Zero));
        Assert.NotNull(Totp.StepOf(secret, Totp.CodeAt(secret, at.AddSeconds(-30)), at));
        Assert.NotNull(Totp.StepOf(secret, Totp.CodeAt(secret, at.AddSeconds(30)), at));
        Assert.Equal(Totp.SecretBytes, Totp.Bytes(secret).Length);
        Assert.Contains($"secret={secret}", Totp.Uri("周村区 Weipian", "district-officer", secret), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Password2019!", "common")]
    [InlineData("qwertyuiop12", "common")]
    [InlineData("20190501000000", "common")]
    [InlineData("zhoucun-2019", "common")]
    [InlineData("my-office-head-key", "login")]
    [InlineData("aaaaaaaaaaaa", "repeated")]
    [InlineData("abcdefghijklm", "repeated")]
    [InlineData("1234567890", "common")]
    public void A_password_that_somebody_else_would_try_first_is_refused(string password, string why) =>
        Assert.Equal(why, PasswordRules.Fault(password, "office-head"));

    [Theory]
    [InlineData("Wangcun-2019-spring")]
    [InlineData("七月十五去南郊镇看了三块地")]
    [InlineData("correct horse battery staple")]
    public void Long_words_of_ones_own_are_taken(string password) => Assert.Null(PasswordRules.Fault(password, "office-head"));

    [Fact]
    public void A_password_is_kept_as_a_slow_salted_hash()
    {
        var kept = Convert.FromBase64String(SeatPasswords.Hash("Wangcun-2019-spring"));
        Assert.NotEqual(SeatPasswords.Hash("Wangcun-2019-spring"), Convert.ToBase64String(kept));
        // Version 3 of Identity's form: 1 is HMAC-SHA-256, 2 is HMAC-SHA-512; then the rounds.
        Assert.Equal(1, kept[0]);
        var rounds = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(kept.AsSpan(5));
        Assert.True(rounds >= SeatPasswords.RoundsMin, $"{rounds}");
    }
}
