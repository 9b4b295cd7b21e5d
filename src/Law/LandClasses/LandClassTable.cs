namespace Weipian.Law;

/// <summary>The land-class tables of every standard, dated. Codes are matched whole: never by prefix, suffix or substring.</summary>
public sealed class LandClassTable
{
    internal LandClassTable() { }

    /// <summary>The standards whose codes land-use layers may carry.</summary>
    public IReadOnlyList<string> Standards { get; } = [];

    /// <summary>The class of a code on a day; null when the standard has no such code, and always null for <see cref="LandClassStandard.None"/>.</summary>
    /// <remarks>Refuses a standard it does not know and a day outside what the table states for the code.</remarks>
    public LandClass? Find(string standard, string code, DateOnly on) => throw new NotImplementedException(standard + code + on);

    /// <summary>Every row of a standard, dated rows of one code one after the other.</summary>
    public IReadOnlyList<LandClass> Rows(string standard) => throw new NotImplementedException(standard);

    /// <summary>A code of the spatial-planning classification; null when unknown.</summary>
    public PlanningClass? FindPlanning(string code) => throw new NotImplementedException(code);

    /// <summary>A code of a survey attribute (CZCSXM …); null when unknown.</summary>
    public SurveyAttributeCode? FindAttribute(string attribute, string code) => throw new NotImplementedException(attribute + code);
}
