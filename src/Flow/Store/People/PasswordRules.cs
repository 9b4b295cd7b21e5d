namespace Weipian.Flow.Store;

/// <summary>Which passwords are refused besides those that are too short: what somebody else would try first.</summary>
/// <remarks>No kinds of characters are asked for and no password ages: both make people choose worse ones (NIST SP 800-63B). The words
/// are those at the head of every published list, and what an office here would think of; each counts with digits and signs around
/// it.</remarks>
public static class PasswordRules
{
    private const int LoginCharactersMin = 4;
    private const int DifferentMin = 5;
    private const int RestMax = 4;

    private static readonly string[] Common =
    [
        "password",
        "passw0rd",
        "p@ssword",
        "p@ssw0rd",
        "qwerty",
        "qwertyuiop",
        "asdfghjkl",
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "qazwsxedc",
        "zxcvbnm",
        "abc",
        "abcd",
        "abcdef",
        "letmein",
        "welcome",
        "iloveyou",
        "monkey",
        "dragon",
        "sunshine",
        "princess",
        "football",
        "administrator",
        "admin",
        "root",
        "changeme",
        "default",
        "guest",
        "test",
        "woaini",
        "woaiwojia",
        "zhoucun",
        "shandong",
        "zibo",
        "weipian",
        "ziranziyuan",
        "guotu",
    ];

    /// <summary>Why a password is easily guessed: <c>common</c>, <c>login</c> or <c>repeated</c>; <c>null</c> when it is not.</summary>
    public static string? Fault(string password, string login)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(login);
        var lower = password.ToLowerInvariant();
        if (login.Length >= LoginCharactersMin && lower.Contains(login.ToLowerInvariant(), StringComparison.Ordinal))
            return "login";
        if (lower.Distinct().Count() < DifferentMin || IsRun(lower))
            return "repeated";
        var word = lower.Trim([.. "0123456789!@#$%^&*()-_=+.,?~ "]);
        var isCommon = Common.Contains(word) || Common.Contains(lower) || word.Length == 0;
        return
            isCommon || Common.Any(c => c.Length > 5 && lower.Contains(c, StringComparison.Ordinal) && lower.Length - c.Length <= RestMax)
            ? "common"
            : null;
    }

    /// <summary>Every character is the one before it, plus or minus one: 1234567890, abcdefghij.</summary>
    private static bool IsRun(string text) => text.Zip(text.Skip(1)).All(p => Math.Abs(p.First - p.Second) <= 1);
}
