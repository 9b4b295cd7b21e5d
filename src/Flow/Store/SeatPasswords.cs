using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Weipian.Flow.Store;

/// <summary>Passwords of seats: made at random, kept only as a salted hash (PBKDF2, as ASP.NET Core Identity makes it).</summary>
public static class SeatPasswords
{
    /// <summary>The least that a person may choose.</summary>
    public const int LengthMin = 10;

    // Without letters and digits that are read as one another: 0 O 1 l I.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int GroupLength = 4;
    private const int GroupCount = 4;

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512: at least the 210,000 that OWASP's cheat sheet on storing passwords names.</summary>
    public const int RoundsMin = 210_000;

    private static readonly PasswordHasher<Seat> Hasher = new(
        Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = RoundsMin })
    );

    /// <summary>A password to be handed over once: about 92 bits, in four groups.</summary>
    public static string OneTime() =>
        string.Join('-', Enumerable.Range(0, GroupCount).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));

    /// <summary>What is kept of a password.</summary>
    public static string Hash(string password) => Hasher.HashPassword(null!, password);

    /// <summary>True when the password is that of the seat; always false for a seat that is disabled or has none.</summary>
    public static bool IsRight(Seat seat, string password)
    {
        ArgumentNullException.ThrowIfNull(seat);
        ArgumentNullException.ThrowIfNull(password);
        if (seat.Disabled || seat.PasswordHash.Length == 0)
            return false;
        return Hasher.VerifyHashedPassword(seat, seat.PasswordHash, password) != PasswordVerificationResult.Failed;
    }
}
