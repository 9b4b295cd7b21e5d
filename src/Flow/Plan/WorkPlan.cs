using System.Text;

namespace Weipian.Flow.Plan;

/// <summary>A work plan (工作方案) as data: who is responsible for what, in which programmes, by which dates, from which lines on.</summary>
/// <remarks>
/// Read once from a YAML file under <c>plans/</c> and immutable afterwards. Next year's plan, or another district's, is another file.
/// Every value keeps the paragraph of the source document it comes from and the requirements it serves.
/// Nothing defaults: a line that the source leaves open is <em>unset</em> and refuses to be read as a number.
/// </remarks>
public sealed class WorkPlan
{
    /// <summary>A plan is some tens of kilobytes; what is a hundred times that is something else.</summary>
    private const long LargestBytes = 4 << 20;

    /// <summary>The name of the plan, as its file says it: <c>zhoucun-2019</c>.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the file as read, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The document that the plan comes from.</summary>
    public required PlanDocument Document { get; init; }

    /// <summary>Where the plan applies.</summary>
    public required Territory Territory { get; init; }

    /// <summary>Statutory and responsible units and what maps to what.</summary>
    public required PlanUnits Units { get; init; }

    /// <summary>Bodies that act or receive: governments, bureaus, courts, offices.</summary>
    public required IReadOnlyList<PlanBody> Bodies { get; init; }

    /// <summary>Who receives copies of the plan (抄送); <c>null</c> when nobody does.</summary>
    public required PlanCopies? Copies { get; init; }

    /// <summary>Posts (职务), never the names of persons: a deployment fills those in.</summary>
    public required IReadOnlyList<PlanPost> Posts { get; init; }

    /// <summary>The leading group (领导小组) with its office; <c>null</c> when the plan has none.</summary>
    public required LeadingGroup? LeadingGroup { get; init; }

    /// <summary>The seats (席位) of the installation: fixed login names, one role each.</summary>
    public required IReadOnlyList<PlanSeat> Seats { get; init; }

    /// <summary>The programmes, in the order of the file.</summary>
    public required IReadOnlyList<PlanProgramme> Programmes { get; init; }

    /// <summary>Every date of the plan.</summary>
    public required PlanCalendar Calendar { get; init; }

    /// <summary>Areas, periods and ratios from which on something happens.</summary>
    public required IReadOnlyList<PlanThreshold> Thresholds { get; init; }

    /// <summary>Grounds for interviews, accountability, supervision, listing.</summary>
    public required IReadOnlyList<PlanGround> Grounds { get; init; }

    /// <summary>What somebody has to do.</summary>
    public required IReadOnlyList<PlanDuty> Duties { get; init; }

    /// <summary>Laws, plans and documents that the source names, held or not.</summary>
    public required IReadOnlyList<PlanBasis> Bases { get; init; }

    /// <summary>Reads and checks a plan file.</summary>
    /// <param name="path">A YAML file in the form that <c>plans/plan.schema.json</c> describes.</param>
    /// <exception cref="Problem">One of <c>plan.*</c>; every fault is named with file, line, column and the path of the value.</exception>
    public static WorkPlan Load(string path) => Parse(ReadFile(path), path);

    /// <summary>The bytes of a plan file, to be parsed and kept.</summary>
    /// <exception cref="Problem"><c>plan.unreadable</c> when it is not there, may not be read, or is too large to be a plan.</exception>
    public static byte[] ReadFile(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestBytes
                ? File.ReadAllBytes(path)
                : throw Problem.Plan.Unreadable(path, $"more than {LargestBytes} bytes");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Problem.Plan.Unreadable(path, wrong.Message);
        }
    }

    /// <summary>Reads a plan from the bytes of its file: UTF-8, with or without a mark at its start.</summary>
    /// <exception cref="Problem">As <see cref="Load"/>.</exception>
    public static WorkPlan Parse(byte[] content, string fileName) => PlanLoader.Read(content, fileName);

    /// <summary>Reads a plan from text; <paramref name="fileName"/> is what faults are reported against.</summary>
    /// <exception cref="Problem">As <see cref="Load"/>.</exception>
    public static WorkPlan Parse(string text, string fileName) => Parse(Encoding.UTF8.GetBytes(text), fileName);

    /// <summary>The programme with this id, or <c>null</c>.</summary>
    public PlanProgramme? FindProgramme(string id) => Programmes.FirstOrDefault(p => p.Id == id);

    /// <summary>The programme with this id.</summary>
    /// <exception cref="Problem"><c>plan.no-such-value</c>, with the ids that exist.</exception>
    public PlanProgramme Programme(string id) =>
        FindProgramme(id) ?? throw Problem.Plan.NoSuchValue("programmes", id, Programmes.Select(p => p.Id));

    /// <summary>The threshold with this id.</summary>
    /// <exception cref="Problem"><c>plan.no-such-value</c>, with the ids that exist.</exception>
    public PlanThreshold Threshold(string id) =>
        Thresholds.FirstOrDefault(t => t.Id == id) ?? throw Problem.Plan.NoSuchValue("thresholds", id, Thresholds.Select(t => t.Id));

    /// <summary>The seat with this login, or <c>null</c>.</summary>
    public PlanSeat? FindSeat(string login) => Seats.FirstOrDefault(s => s.Login == login);

    /// <summary>Every value with its id and provenance, in the order of the file: what the plan serves, and from which paragraph.</summary>
    public IEnumerable<(string Id, Provenance Source)> Values()
    {
        yield return ("territory", Territory.Source);
        foreach (var u in Units.Statutory)
            yield return ($"units.statutory.{u.Code}", u.Source);
        foreach (var u in Units.Responsible)
            yield return ($"units.responsible.{u.Id}", u.Source);
        foreach (var b in Bodies)
            yield return ($"bodies.{b.Id}", b.Source);
        if (Copies is not null)
            yield return ("copies", Copies.Source);
        foreach (var p in Posts)
            yield return ($"posts.{p.Id}", p.Source);
        if (LeadingGroup is not null)
        {
            yield return ("leading_group", LeadingGroup.Source);
            yield return ("leading_group.office", LeadingGroup.Office.Source);
            foreach (var m in LeadingGroup.Members)
                yield return ($"leading_group.members.{m.Post}", m.Source);
        }
        foreach (var s in Seats)
            yield return ($"seats.{s.Login}", s.Source);
        foreach (var p in Programmes)
            yield return ($"programmes.{p.Id}", p.Source);
        foreach (var d in Calendar.Dates)
            yield return ($"calendar.{d.Id}", d.Source);
        foreach (var t in Thresholds)
            yield return ($"thresholds.{t.Id}", t.Source);
        foreach (var g in Grounds)
            yield return ($"grounds.{g.Id}", g.Source);
        foreach (var d in Duties)
            yield return ($"duties.{d.Id}", d.Source);
        foreach (var b in Bases)
            yield return ($"bases.{b.Id}", b.Source);
    }
}
