using System.Globalization;

namespace Weipian.Flow.Plan;

/// <summary>A name or sentence in both languages of the product.</summary>
public sealed record Bilingual(string Zh, string En)
{
    /// <summary>Chinese for any <c>zh</c> culture, else English.</summary>
    public string In(CultureInfo culture) => culture.TwoLetterISOLanguageName == "zh" ? Zh : En;
}

/// <summary>Where a value comes from and what it serves.</summary>
/// <param name="Paragraph">The paragraph of the source document, e.g. <c>二（三）</c>; <c>附件</c> for the annex.</param>
/// <param name="Requirements">Ids of <c>docs/requirements.md</c>, e.g. <c>R35</c>; may be empty.</param>
public sealed record Provenance(string Paragraph, IReadOnlyList<string> Requirements);

/// <summary>The source document of a plan.</summary>
/// <param name="Number">Its document number (文号), e.g. 周政办字〔2019〕22号; <c>null</c> when it has none.</param>
/// <param name="IssuedOn">The day of issue; <c>null</c> when it has none.</param>
public sealed record PlanDocument(Bilingual Title, string? Number, Bilingual Issuer, DateOnly? IssuedOn);

/// <summary>Where a plan applies.</summary>
/// <param name="County">Six-digit code of the county (县级行政区划代码), e.g. <c>370306</c>; <c>null</c> outside China.</param>
/// <param name="China">Features outside China are refused when this is true.</param>
/// <param name="ZoneHint">The three-degree zone that plane coordinates without other proof most likely lie in (39 at Zhoucun).</param>
public sealed record Territory(string? County, Bilingual Name, bool China, int? ZoneHint, Provenance Source);

/// <summary>A body that acts or receives: a government, a bureau, a court, an office.</summary>
/// <param name="Level"><c>district</c>, <c>city</c>, <c>province</c> or <c>nation</c>.</param>
public sealed record PlanBody(string Id, Bilingual Name, string Level, IReadOnlyList<string> Aliases, Provenance Source);

/// <summary>A post (职务). Persons are no data of a plan.</summary>
/// <param name="Body">The body it belongs to, or <c>null</c> when it belongs to a unit.</param>
/// <param name="Unit">The responsible unit it belongs to, or <c>null</c>.</param>
public sealed record PlanPost(string Id, Bilingual Name, string? Body, string? Unit, Provenance Source);

/// <summary>The leading group of posts that adjusts, accepts and evaluates, and its office.</summary>
public sealed record LeadingGroup(Bilingual Name, IReadOnlyList<GroupMember> Members, GroupOffice Office, Provenance Source)
{
    /// <summary>The members on a day, both ends of a membership inclusive.</summary>
    public IEnumerable<GroupMember> On(DateOnly day) => Members.Where(m => m.From <= day && (m.To is null || day <= m.To));
}

/// <summary>One post in the group.</summary>
/// <param name="Role"><c>head</c> (组长), <c>deputy</c> (副组长) or <c>member</c> (成员).</param>
/// <param name="From">First day, inclusive.</param>
/// <param name="To">Last day, inclusive; <c>null</c> while it lasts.</param>
public sealed record GroupMember(string Post, string Role, DateOnly From, DateOnly? To, Provenance Source);

/// <summary>The office of the leading group: its own body with its own seal, hosted by another.</summary>
public sealed record GroupOffice(string Body, string Host, string Director, string DeputyDirector, Provenance Source);

/// <summary>A seat of the installation.</summary>
/// <param name="Login">Fixed and documented login name.</param>
/// <param name="Role">One of <see cref="PlanRoles"/>.</param>
/// <param name="Unit">The responsible unit of a town seat, else <c>null</c>.</param>
/// <param name="Post">What the seat is called in both languages.</param>
public sealed record PlanSeat(string Login, string Role, string? Unit, Bilingual Post, Provenance Source);

/// <summary>The roles that a seat can have.</summary>
public static class PlanRoles
{
    public const string Town = "town";
    public const string DistrictOfficer = "district-officer";
    public const string DistrictReviewer = "district-reviewer";
    public const string OfficeHead = "office-head";
    public const string Government = "government";
    public const string Finance = "finance";
    public const string Discipline = "discipline";
    public const string Administrator = "administrator";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Town, DistrictOfficer, DistrictReviewer, OfficeHead, Government, Finance, Discipline, Administrator];
}

/// <summary>A programme (工作批次): one year or quarter of issued patches.</summary>
/// <param name="Id">As users type it: <c>2018-annual</c>, <c>2019-q1</c>.</param>
/// <param name="Quarter">1 to 4, or <c>null</c> for a whole year.</param>
/// <param name="Kinds"><c>land</c> and/or <c>mineral</c>.</param>
/// <param name="CodeStandards">Land-class standards that its base layers may come in; never empty. Only a single one may be assumed.</param>
public sealed record PlanProgramme(
    string Id,
    Bilingual Name,
    int Year,
    int? Quarter,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> CodeStandards,
    Provenance Source
)
{
    /// <summary>The standard that may be assumed for a base layer that names none, or <c>null</c> when there is a choice.</summary>
    public string? OnlyCodeStandard => CodeStandards.Count == 1 ? CodeStandards[0] : null;
}

/// <summary>A line from which on something happens: an area, a period, a ratio.</summary>
/// <param name="Amount">Exact; <c>null</c> when the source leaves it open.</param>
/// <param name="Land">For areas: the land it is measured on (<c>permanent-farmland</c>, <c>nature-reserve</c>, <c>cultivated</c>).</param>
/// <param name="IsExample">The source gives it as an example: other serious cases can be raised by a signed reason.</param>
public sealed record PlanThreshold(
    string Id,
    Bilingual Name,
    decimal? Amount,
    PlanUnitOfMeasure Unit,
    IReadOnlyList<string> Land,
    bool IsExample,
    Provenance Source
)
{
    /// <summary>False when the source leaves the number open: show 'line not set', never a number.</summary>
    public bool IsSet => Amount is not null;

    /// <summary>The exact area in 亩 (one 亩 is 2000/3 m²); at or above the line counts.</summary>
    /// <exception cref="Problem"><c>plan.unset</c> when open, <c>plan.wrong-unit</c> when it is no area.</exception>
    public decimal Mu => throw new NotImplementedException();

    /// <summary>The last day of the period, inclusive until 24:00: the day of the event is not counted.</summary>
    /// <remarks>A natural year is the 1 January to 31 December that follow the event.</remarks>
    /// <exception cref="Problem"><c>plan.unset</c> when open, <c>plan.wrong-unit</c> when it is no period.</exception>
    public DateOnly LastDayInclusive(DateOnly eventOn) => throw new NotImplementedException();
}

/// <summary>What a <see cref="PlanThreshold"/> counts.</summary>
public enum PlanUnitOfMeasure
{
    /// <summary>亩.</summary>
    Mu,

    /// <summary>Calendar days.</summary>
    Day,

    /// <summary>Whole calendar years from 1 January.</summary>
    NaturalYear,

    /// <summary>A number without unit; 0.15 is 15 %.</summary>
    Ratio,
}

/// <summary>A ground on which a measure is proposed.</summary>
/// <param name="Measures">What may follow: <c>warning-interview</c>, <c>accountability</c>, <c>joint-enforcement</c> …</param>
/// <param name="Found"><c>computed</c> from the data, <c>raised</c> by a signed reason, or <c>both</c>.</param>
/// <param name="Thresholds">Ids of lines that belong to it; empty: 'line not set'.</param>
public sealed record PlanGround(
    string Id,
    Bilingual Name,
    IReadOnlyList<string> Measures,
    string Found,
    IReadOnlyList<string> Thresholds,
    Provenance Source
);

/// <summary>What somebody has to do.</summary>
/// <param name="By">Ids of bodies, or <c>responsible-units</c> for every town and sub-district.</param>
public sealed record PlanDuty(string Id, Bilingual Text, IReadOnlyList<string> By, Provenance Source);

/// <summary>A law, plan or document that the source names.</summary>
/// <param name="IsSet">False when its text is not held: nothing is taken from it.</param>
public sealed record PlanBasis(string Id, Bilingual Name, bool IsSet, Bilingual? Note, Provenance Source);
