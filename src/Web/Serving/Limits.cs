namespace Weipian.Web.Serving;

/// <summary>Limits of the server itself: sizes, times and counts that no law or plan gives.</summary>
public static class Limits
{
    /// <summary>Largest request body; uploads of layers and patches go through the command line.</summary>
    public const long RequestBytesMax = 4 * 1024 * 1024;

    /// <summary>Wrong passwords of one login before it rests.</summary>
    public const int WrongPasswordsMax = 5;

    /// <summary>Wrong passwords from one address before it rests; an office behind one address shares them.</summary>
    public const int WrongPasswordsOfAddressMax = 50;

    /// <summary>Rows of one answer of the API.</summary>
    public const int PageRowsMax = 1000;

    /// <summary>How long a login rests after too many wrong passwords.</summary>
    public static readonly TimeSpan LockoutSpan = TimeSpan.FromMinutes(10);

    /// <summary>How long a signed-in seat may be idle (ASVS 5.0.0, 7.3.1); who types in an open page is not.</summary>
    public static readonly TimeSpan IdleSpan = TimeSpan.FromMinutes(30);

    /// <summary>How long a session lasts at most, however much it is used (ASVS 5.0.0, 7.3.2).</summary>
    public static readonly TimeSpan SessionSpan = TimeSpan.FromHours(12);

    /// <summary>How long a right password waits for the code of the second factor.</summary>
    public static readonly TimeSpan CodeSpan = TimeSpan.FromMinutes(5);

    /// <summary>How soon a disabled seat, or one whose password changed, loses what it has open.</summary>
    public static readonly TimeSpan SeatRecheckInterval = TimeSpan.FromSeconds(20);
}

/// <summary>How many sign-in attempts one address may make, right or wrong; an office behind one address shares them.</summary>
/// <param name="AttemptsMax">Attempts in <paramref name="Window"/>.</param>
public sealed record SignInRate(int AttemptsMax, TimeSpan Window)
{
    public static SignInRate Ordinary { get; } = new(20, TimeSpan.FromMinutes(1));
}
