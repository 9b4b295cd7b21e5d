namespace Weipian.Law.Loading;

/// <summary>The words a law file may use for units, dates, confidence and classes.</summary>
internal static class LawVocabulary
{
    /// <summary>Units in which a length of time is written.</summary>
    public static readonly Dictionary<string, TermUnit> Terms = new(StringComparer.Ordinal)
    {
        ["day"] = TermUnit.Day,
        ["working_day"] = TermUnit.WorkingDay,
        ["month"] = TermUnit.Month,
        ["year"] = TermUnit.Year,
    };

    /// <summary>Units of areas, which are compared exactly.</summary>
    public static readonly string[] Areas = ["mu", "hectare", "square_metre"];

    /// <summary>Units of plain numbers.</summary>
    public static readonly string[] Numbers = ["metre", "degree", "ratio", "multiple", "count", "yuan", "yuan_per_square_metre"];

    public const string Switch = "switch";

    public static IEnumerable<string> Units => [.. Terms.Keys, .. Areas, .. Numbers, Switch];

    public static readonly Dictionary<string, SelectingDate> Dates = new(StringComparer.Ordinal)
    {
        ["act"] = SelectingDate.DayOfAct,
        ["image_before"] = SelectingDate.ImageBefore,
        ["image_after"] = SelectingDate.ImageAfter,
        ["visit"] = SelectingDate.Visit,
        ["filing"] = SelectingDate.Filing,
        ["decision"] = SelectingDate.Decision,
        ["event"] = SelectingDate.Event,
        ["programme"] = SelectingDate.Programme,
        ["layer_as_of"] = SelectingDate.LayerAsOf,
    };

    public static readonly Dictionary<string, Confidence> Confidences = new(StringComparer.Ordinal)
    {
        ["verified"] = Confidence.Verified,
        ["recalled"] = Confidence.Recalled,
        ["derived"] = Confidence.Derived,
        ["unset"] = Confidence.Unset,
    };

    public static readonly Dictionary<string, ThreeClass> ThreeClasses = new(StringComparer.Ordinal)
    {
        ["农用地"] = ThreeClass.Agricultural,
        ["建设用地"] = ThreeClass.Construction,
        ["未利用地"] = ThreeClass.Unused,
    };

    public static readonly Dictionary<string, VerdictParent> Parents = new(StringComparer.Ordinal)
    {
        ["legal"] = VerdictParent.Legal,
        ["other"] = VerdictParent.Other,
        ["illegal"] = VerdictParent.Illegal,
        ["doubtful"] = VerdictParent.Doubtful,
    };

    /// <summary><c>rural-road</c> → <see cref="LandUse.RuralRoad"/>.</summary>
    public static readonly Dictionary<string, LandUse> LandUses = Enum.GetValues<LandUse>().ToDictionary(Kebab, StringComparer.Ordinal);

    private static string Kebab(LandUse use)
    {
        var text = use.ToString();
        return string.Concat(text.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
    }
}
