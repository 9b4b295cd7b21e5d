using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Weipian.Flow.Determinations;

/// <summary>What is drawn for a guard: a function of the seed and of what it is about, so that anybody with the store can draw again.
/// </summary>
/// <remarks>
/// The first eight bytes of SHA-256 over the seed and the words, as a number below 2^64, against the share of 2^64. Each thing is drawn by
/// itself: no list has to be kept, and what is added later changes no earlier draw.
/// </remarks>
public static class GuardDraw
{
    private const int MillePerWhole = 1000;
    private const int BinaryDigits = 64;

    /// <param name="kind">What for: one seed serves all guards.</param>
    /// <param name="login">The seat for which it is drawn; empty where it is drawn for everybody.</param>
    /// <param name="subject">Programme and number of the parcel.</param>
    /// <param name="perMille">0 draws nothing, 1000 everything.</param>
    public static bool IsDrawn(string seedHex, string kind, string login, string subject, int perMille)
    {
        ArgumentNullException.ThrowIfNull(seedHex);
        ArgumentOutOfRangeException.ThrowIfNegative(perMille);
        if (perMille == 0)
            return false;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seedHex}\n{kind}\n{login}\n{subject}"));
        var number = BinaryPrimitives.ReadUInt64BigEndian(hash);
        return (ulong)(((UInt128)number * MillePerWhole) >> BinaryDigits) < (ulong)perMille;
    }

    /// <summary>What a parcel is called in a draw.</summary>
    public static string Subject(string programme, string parcelNumber) => $"{programme}/{parcelNumber}";

    /// <summary>The shares in force at a moment; null when nobody had set any.</summary>
    public static ReviewGuard? At(IReadOnlyList<ReviewGuard> guards, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(guards);
        return guards.Where(g => g.At <= at).OrderBy(g => g.At).LastOrDefault();
    }

    /// <summary>Whether a first verdict is read again by somebody who has not seen it.</summary>
    public static bool IsSecond(IReadOnlyList<ReviewGuard> guards, DateTime decidedAt, string subject) =>
        At(guards, decidedAt) is { } guard && IsDrawn(guard.SeedHex, ReadingKind.Second, "", subject, guard.SecondPerMille);

    /// <summary>Whether a finally decided parcel is a known case for a reader.</summary>
    public static bool IsKnown(ReviewGuard guard, string login, string subject)
    {
        ArgumentNullException.ThrowIfNull(guard);
        return IsDrawn(guard.SeedHex, ReadingKind.Known, login, subject, guard.KnownPerMille);
    }

    /// <summary>Whether the proposal of a parcel is hidden from a seat until it has looked at both images.</summary>
    public static bool IsHidden(ReviewGuard guard, string login, string subject)
    {
        ArgumentNullException.ThrowIfNull(guard);
        return IsDrawn(guard.SeedHex, "hidden", login, subject, guard.HiddenPerMille);
    }

    /// <summary>Whether a reader is shown the proposal.</summary>
    internal static bool IsShown(ReviewGuard guard, string login, string subject, int perMille) =>
        IsDrawn(guard.SeedHex, "shown", login, subject, perMille);
}
