using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Escalation;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Web.Serving;
using Weipian.Web.Texts;
using Weipian.Web.Verbs;

namespace Weipian.Web.Reading;

/// <summary>
/// What the office works by: the store that is open, its plan, the law book, and the names of things in the person's language.
/// </summary>
public sealed class OfficeBooks : IDisposable
{
    private readonly Lazy<DeterminationLaw> law = new(() => DeterminationLaw.Load(Path.Combine(AppContext.BaseDirectory, "law")));

    private readonly Lazy<IndicatorBook> indicators = new(() => IndicatorBook.Load(Path.Combine(AppContext.BaseDirectory, "law")));

    private readonly ConcurrentDictionary<string, Bilingual> seats = new(StringComparer.Ordinal);

    public OfficeBooks(DataFolder data, TimeProvider clock)
        : this(data, clock, Installed.Postgres) { }

    private OfficeBooks(DataFolder data, TimeProvider clock, string? postgres)
    {
        Store = WeipianStore.Open(data, postgres, clock);
        Store.DiskFreeBytesMin = ServerSettings.Read(data).DiskFreeBytesMin;
        IsSynthetic = File.Exists(data.SampleSeats);
    }

    /// <summary>The books of another folder beside the installation: a file of its own, whatever database the installation has.</summary>
    public static OfficeBooks Apart(DataFolder data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data, new OfficeClock(data), postgres: null);
    }

    public WeipianStore Store { get; }

    /// <summary>What pages and answers are made of: numbers of persons in texts are covered, whoever asks. Dispose it.</summary>
    public StoreContext Read() => Store.ReadForPeople(Law.Verdicts.PersonalTexts);

    /// <summary>Covers numbers of persons that count as personal today.</summary>
    public PersonalMask Mask => Law.Verdicts.PersonalTexts.On(Today);

    /// <summary>The work plan as it was installed, byte by byte.</summary>
    public async Task<byte[]> PlanFileAsync(CancellationToken stop = default)
    {
        await using var db = Store.Read();
        return Store.Blobs.Get((await db.Installations.SingleAsync(stop)).PlanSha256);
    }

    public WorkPlan Plan => Store.Plan;

    public LawBook Law => law.Value.Book;

    /// <summary>The law with the tables that verdicts are sealed with.</summary>
    public DeterminationLaw DeterminationLaw => law.Value;

    /// <summary>The frozen definitions of the indicators.</summary>
    public IndicatorBook Indicators => indicators.Value;

    /// <summary>The data is the sample district: said on every page.</summary>
    public bool IsSynthetic { get; }

    public string Territory => Name(Plan.Territory.Name);

    public string PlanTitle => Name(Plan.Document.Title);

    public DateOnly Today => Store.Today;

    /// <summary>The journal only grows: its last number tells whether anything changed. Who signs in or reads changes nothing.</summary>
    public async Task<long> SequenceAsync(CancellationToken stop = default)
    {
        await using var db = Store.Read();
        return await db
            .Journal.Where(j => !PeopleActs.ChangingNothing.Contains(j.Act))
            .OrderByDescending(j => j.Seq)
            .Select(j => j.Seq)
            .FirstOrDefaultAsync(stop);
    }

    public async Task<bool> CanReadAsync(CancellationToken stop)
    {
        try
        {
            return await SequenceAsync(stop) > 0;
        }
        catch (System.Data.Common.DbException)
        {
            return false;
        }
    }

    /// <summary>The name of a responsible unit, or the id when the plan no longer has it; the queue of the office when none.</summary>
    public string UnitName(string? id) =>
        id is null ? Say.T("unit.unassigned")
        : Plan.Units.FindResponsible(id) is { } unit ? Name(unit.Name)
        : id;

    public string StatutoryUnitName(string code) =>
        code.Length == 0 ? Say.T("unit.unknown")
        : Plan.Units.FindStatutory(code) is { } unit ? Name(unit.Name)
        : code;

    public string ProgrammeName(string id) => Plan.FindProgramme(id) is { } programme ? Name(programme.Name) : id;

    /// <summary>The name of a post of the plan, or the words themselves where somebody wrote it out.</summary>
    public string PostName(string post) => Plan.Posts.FirstOrDefault(p => p.Id == post) is { } found ? Name(found.Name) : post;

    /// <summary>The post of a seat by its login; the login itself for the command line and for a seat that is gone.</summary>
    public string SeatName(string? login)
    {
        if (string.IsNullOrEmpty(login))
            return "";
        if (login == Actor.Machine.Login || login == Actor.CommandLine.Login)
            return Say.T("seat.command-line");
        if (!seats.TryGetValue(login, out var post))
        {
            using var db = Store.Read();
            post = db.Seats.Where(s => s.Login == login).Select(s => new Bilingual(s.PostZh, s.PostEn)).FirstOrDefault();
            if (post is null)
                return login;
            seats[login] = post;
        }
        return Name(post);
    }

    /// <summary>The verdict with a code in any tree; <c>null</c> for a code that no tree has.</summary>
    public Verdict? FindVerdict(string code) => Law.Verdicts.All.FirstOrDefault(v => v.Code == code);

    public string VerdictName(string code) => FindVerdict(code) is { } verdict ? Say.Either(verdict.Chinese, verdict.English) : code;

    /// <summary>The name of a rule, or its id when the law book does not name it.</summary>
    public string RuleName(string id) => Say.Has("rule." + id) ? Say.T("rule." + id) : id;

    /// <summary>Where a value of the law stands, or its key when the book does not hold it.</summary>
    public string Cite(string key) =>
        Law.Entries.FirstOrDefault(e => e.Key == key)?.Periods[^1].Citation is { } citation
            ? Say.Either(citation.Chinese, citation.English)
            : key;

    /// <summary>The day of an instant where the plan counts days, and its time.</summary>
    public static string Moment(DateTime utc) =>
        TimeZoneInfo.ConvertTimeFromUtc(utc, ChinaTime.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Name(Bilingual name) => Say.Either(name.Zh, name.En);

    public void Dispose() => Store.Dispose();
}
