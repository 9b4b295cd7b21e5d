using System.Globalization;
using Weipian.Law;

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

/// <summary>The bodies that receive copies of the plan (抄送).</summary>
public sealed record PlanCopies(IReadOnlyList<string> To, Provenance Source);

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
/// <param name="Body">The body of a department seat, else <c>null</c>.</param>
/// <param name="Post">What the seat is called in both languages.</param>
public sealed record PlanSeat(string Login, string Role, string? Unit, string? Body, Bilingual Post, Provenance Source);

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

    /// <summary>A member department of the leading group (成员单位): its copy notices, tasks, transfers, replies.</summary>
    public const string Department = "department";

    /// <summary>The desk that grants permits: asks for holds, sees only the answer.</summary>
    public const string PermitDesk = "permit-desk";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Town, DistrictOfficer, DistrictReviewer, OfficeHead, Government, Finance, Discipline, Administrator, Department, PermitDesk];
}

/// <summary>A programme (工作批次): one year or quarter of issued patches.</summary>
/// <param name="Id">As users type it: <c>2018-annual</c>, <c>2019-q1</c>.</param>
/// <param name="Quarter">1 to 4, or <c>null</c> for a whole year.</param>
/// <param name="Kinds"><c>land</c> and/or <c>mineral</c>.</param>
/// <param name="CodeStandards">Land-class standards that its base layers may come in; never empty. Only a single one may be
/// assumed.</param>
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
    /// <summary>The kinds of patch that exist.</summary>
    public static IReadOnlyList<string> AllKinds { get; } = ["land", "mineral"];

    /// <summary>The land-class standards that exist; <c>none</c> for a layer whose codes are no Chinese land classes.</summary>
    public static IReadOnlyList<string> AllCodeStandards { get; } = ["gbt21010-2007", "gbt21010-2017", "tdt1055-2019", "none"];

    /// <summary>The standard that may be assumed for a base layer that names none, or <c>null</c> when there is a choice.</summary>
    public string? OnlyCodeStandard => CodeStandards.Count == 1 ? CodeStandards[0] : null;
}

/// <summary>A line from which on something happens: an area, a period, a ratio, a count.</summary>
/// <param name="Amount">Exact; <c>null</c> when the source leaves it open.</param>
/// <param name="Land">For areas, the land they are measured on: one of <see cref="AllLand"/>; else <c>null</c>.</param>
/// <param name="IsExample">The source gives it as an example: other serious cases can be raised by a signed reason.</param>
/// <param name="Note">Why it is open, or how it was read; <c>null</c> when there is nothing to say.</param>
/// <param name="Readings">Ids of <c>law/readings</c> by which it counts.</param>
public sealed record PlanThreshold(
    string Id,
    Bilingual Name,
    decimal? Amount,
    PlanUnitOfMeasure Unit,
    string? Land,
    bool IsExample,
    Bilingual? Note,
    IReadOnlyList<string> Readings,
    Provenance Source
)
{
    /// <summary>The land that an area can be measured on.</summary>
    public static IReadOnlyList<string> AllLand { get; } = ["permanent-farmland", "nature-reserve", "ordinary-cultivated", "cultivated"];

    /// <summary>The words for <see cref="PlanUnitOfMeasure"/> in a plan file, in its order.</summary>
    internal static IReadOnlyList<string> UnitWords { get; } = ["mu", "day", "natural-year", "ratio", "case"];

    /// <summary>False when the source leaves the number open: show 'line not set', never a number.</summary>
    public bool IsSet => Amount is not null;

    /// <summary>The exact area in 亩 (one 亩 is 2000/3 m²); an area at or above it counts.</summary>
    /// <exception cref="Problem"><c>plan.unset</c> when open, <c>plan.wrong-unit</c> when it is no area.</exception>
    public decimal Mu => Counted(PlanUnitOfMeasure.Mu, "面积", "an area");

    /// <summary>The area as a line that compares exactly.</summary>
    /// <exception cref="Problem">As <see cref="Mu"/>.</exception>
    public AreaThreshold Area => AreaThreshold.OfMu(Mu);

    internal bool CountsWhole => Unit is PlanUnitOfMeasure.Day or PlanUnitOfMeasure.NaturalYear or PlanUnitOfMeasure.Case;

    /// <summary>The last day of the period, inclusive until 24:00: the day of the event is not counted.</summary>
    /// <remarks>A natural year is the 1 January to 31 December that follow the event.</remarks>
    /// <exception cref="Problem"><c>plan.unset</c> when open, <c>plan.wrong-unit</c> when it is no period.</exception>
    public DateOnly LastDayInclusive(DateOnly eventOn) =>
        Unit == PlanUnitOfMeasure.NaturalYear
            ? new DateOnly(eventOn.Year + (int)Counted(PlanUnitOfMeasure.NaturalYear, "期限", "a period") + 1, 1, 1).AddDays(-1)
            : eventOn.AddDays((int)Counted(PlanUnitOfMeasure.Day, "期限", "a period"));

    /// <summary>The unit that a word of a plan file means; the first one for a word that is none (the loader has refused it).</summary>
    internal static PlanUnitOfMeasure UnitOf(string word) => (PlanUnitOfMeasure)Math.Max(0, UnitWords.ToList().IndexOf(word));

    private decimal Counted(PlanUnitOfMeasure unit, string askedZh, string askedEn)
    {
        if (Unit != unit)
            throw Problem.Plan.WrongUnit(Id, UnitWords[(int)Unit], askedZh, askedEn);
        return Amount ?? throw Problem.Plan.Unset(Id, Name.Zh, Name.En, Source.Paragraph);
    }
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

    /// <summary>Violations (宗).</summary>
    Case,
}

/// <summary>A ground on which a measure is proposed.</summary>
/// <param name="Measures">What may follow: some of <see cref="AllMeasures"/>.</param>
/// <param name="Found"><c>computed</c> from the data, <c>raised</c> by a signed reason, or <c>both</c>.</param>
/// <param name="Thresholds">Ids of lines that belong to it; empty when the source names none.</param>
public sealed record PlanGround(
    string Id,
    Bilingual Name,
    IReadOnlyList<string> Measures,
    string Found,
    IReadOnlyList<string> Thresholds,
    Provenance Source
)
{
    /// <summary>The measures that a ground can lead to.</summary>
    public static IReadOnlyList<string> AllMeasures { get; } =
    [
        "warning-interview",
        "accountability",
        "discipline-transfer",
        "report-to-government",
        "joint-enforcement",
        "listed-supervision",
        "public-circular",
        "joint-investigation",
        "permit-hold",
        "transfer",
        "ledger-entry",
        "target-deduction",
        "credit-record",
        "blacklist",
        "survey-mark",
        "survey-return",
    ];
}

/// <summary>What somebody has to do.</summary>
/// <param name="By">Ids of bodies, or <c>responsible-units</c> for every town and sub-district.</param>
public sealed record PlanDuty(string Id, Bilingual Text, IReadOnlyList<string> By, Provenance Source);

/// <summary>A law, plan or document that the source names.</summary>
/// <param name="Law">Folder of the law book that holds its values, e.g. <c>cn/land-administration-law</c>; <c>null</c> when it is not
/// held.</param>
/// <param name="Note">Why it is not held.</param>
public sealed record PlanBasis(string Id, Bilingual Name, string? Law, Bilingual? Note, Provenance Source)
{
    /// <summary>False when its text is not held: nothing is taken from it.</summary>
    public bool IsSet => Law is not null;
}
