namespace Weipian;

/// <summary>A refusal: something the product will not do, with a stable code and one full sentence in both languages.</summary>
/// <remarks>
/// Makers are grouped by subject in the partial files beside this one (<c>Problem.Files.cs</c>, <c>Problem.Intake.cs</c> …) and nowhere
/// else, so that the catalogue is one thing; <c>docs/errors.md</c> has an anchor for every code and a test keeps the two equal.
/// A refusal is not a bug (an assertion stops that) and not an outcome of law (a value says that).
/// The sentence says what was found and where, what was kept, and what to do.
/// </remarks>
public sealed partial class Problem : Exception
{
    private Problem(string code, string chinese, string english, int status = 422)
        : base(english)
    {
        Code = code;
        Chinese = chinese;
        English = english;
        Status = status;
    }

    /// <summary>Stable, lower-case, dotted: <c>files.truncated-archive</c>. Scripts may test for it.</summary>
    public string Code { get; }

    /// <summary>The sentence in Chinese (zh-CN), with its values filled in.</summary>
    public string Chinese { get; }

    /// <summary>The sentence in English, with its values filled in.</summary>
    public string English { get; }

    /// <summary>The HTTP status with which the web answers this refusal (RFC 9457).</summary>
    public int Status { get; }

    /// <summary>The sentence in the language asked for: Chinese for any <c>zh</c> culture, else English.</summary>
    public string In(System.Globalization.CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return culture.TwoLetterISOLanguageName == "zh" ? Chinese : English;
    }
}
