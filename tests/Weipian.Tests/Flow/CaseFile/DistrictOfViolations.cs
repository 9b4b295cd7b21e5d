using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Determinations;

namespace Weipian.Tests.Flow.CaseFiles;

/// <summary>A clock that stands where a test puts it, and moves a hundredth of a second each time somebody looks, so that acts have an
/// order.</summary>
public sealed class SetClock(DateOnly day) : TimeProvider
{
    private const int StepMilliseconds = 10;
    private long looks;
    private DateOnly day = day;

    /// <summary>From ten in the morning at Zhoucun.</summary>
    public override DateTimeOffset GetUtcNow() =>
        new DateTimeOffset(day.Year, day.Month, day.Day, 10, 0, 0, TimeSpan.FromHours(8))
            .ToUniversalTime()
            .AddMilliseconds(StepMilliseconds * Interlocked.Increment(ref looks));

    public void Stand(DateOnly on) => day = on;
}

/// <summary>A real installation in April 2019 whose illegal verdicts were confirmed on Friday the 26th, in the town of Wangcun.</summary>
public sealed class DistrictOfViolations : IDisposable
{
    public static readonly Actor Officer = DistrictOfCases.Officer;
    public static readonly Actor Reviewer = DistrictOfCases.Reviewer;
    public static readonly Actor Head = DistrictOfCases.Head;
    public static readonly Actor Government = new("government", "government");
    public static readonly Actor Wangcun = new("town-wangcun", "town", "wangcun");
    public static readonly Actor Nanjiao = new("town-nanjiao", "town", "nanjiao");
    public static readonly Actor Police = new("dept-public-security", "department");
    public static readonly Actor Transport = new("dept-transport", "department");
    public static readonly Actor PermitDesk = new("permit-desk", "permit-desk");

    /// <summary>The cases behind the patches: TC4 with a legal and an illegal part, then illegal ones, then a mine.</summary>
    private static readonly string[] Cases =
    [
        "TC4 part inside",
        "TC5 converted",
        "supplied, conversion not proved",
        "facility partly on permanent basic farmland",
        "mining without a licence",
    ];

    private readonly DistrictOfCases district;

    private DistrictOfViolations(DistrictOfCases district, SetClock clock) => (this.district, Clock) = (district, clock);

    public WeipianStore Store => district.Store;

    public SetClock Clock { get; }

    public DataFolder Data => district.Data;

    public static CaseLaw Books { get; } = new(DistrictOfCases.Law.Book, DocumentBook.Load(Path.Combine(Repository.Root, "law")));

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The patches with proposals, in Wangcun, on the day of the machine.</summary>
    public static async Task<DistrictOfCases> TemplateAsync()
    {
        var template = await DistrictOfCases.OfAsync(Cases);
        await template.ProposeAsync();
        await template.Store.ActAsync(
            Officer,
            "import-patches",
            DistrictOfCases.Programme,
            "分派",
            async act =>
            {
                foreach (var patch in await act.Db.Patches.ToListAsync())
                    act.Db.Add(
                        new PatchUnit
                        {
                            Id = act.NewId(),
                            PatchId = patch.Id,
                            StatutoryUnit = "370306102",
                            ResponsibleUnit = "wangcun",
                            AreaSquareMetres = patch.AreaSquareMetres,
                        }
                    );
                return 0;
            }
        );
        return template;
    }

    /// <summary>A copy in which every illegal proposal was decided and confirmed on 2019-04-26.</summary>
    public static async Task<DistrictOfViolations> ConfirmedAsync(DistrictOfCases template)
    {
        var clock = new SetClock(new(2019, 4, 26));
        var copy = new DistrictOfViolations(template.Copy(clock), clock);
        for (var patch = 0; patch < Cases.Length; patch++)
            foreach (var parcel in await copy.district.ParcelsAsync(patch))
                await copy.ConfirmAsync(parcel, (await copy.district.ProposalAsync(parcel)).Code);
        return copy;
    }

    /// <summary>A copy of what <see cref="ConfirmedAsync"/> made.</summary>
    public DistrictOfViolations Copy()
    {
        var clock = new SetClock(new(2019, 4, 26));
        return new(district.Copy(clock), clock);
    }

    public async Task ConfirmAsync(Parcel parcel, string code)
    {
        var decided = await district.DecideAsync(parcel, code, "现场核查属实");
        await ConfirmVerdict.Handle(Store, Reviewer, new(decided.DeterminationId, null, "同意"), DistrictOfCases.Law);
    }

    public Task<IReadOnlyList<Parcel>> ParcelsAsync(int patch) => district.ParcelsAsync(patch);

    /// <summary>The illegal parcel of a patch; every patch of the district has one.</summary>
    public async Task<Parcel> IllegalAsync(int patch)
    {
        await using var db = Store.Read();
        var ids = (await ParcelsAsync(patch)).Select(p => p.Id).ToList();
        var found = await IllegalParcels.OfAsync(db, db.Parcels.Where(p => ids.Contains(p.Id)), Books.Book);
        return await db.Parcels.SingleAsync(p => p.Id == found.Single().ParcelId);
    }

    public async Task<FormViolation.Formed> FormAsync(params int[] patches)
    {
        var parcels = new List<string>();
        foreach (var patch in patches)
            parcels.Add((await IllegalAsync(patch)).Id.ToString());
        return await FormViolation.Handle(Store, Officer, FormOf(parcels), Books.Book);
    }

    public static FormViolation.Request FormOf(IReadOnlyList<string> parcels) =>
        new(parcels, "机械厂违法占地", "王村镇王村村南", "工业", new(2018, 12, 5), true, false, null, "现场核查属实");

    public Task<AddParty.Added> AddActorAsync(Guid violation, string name = "周村某机械厂") =>
        AddParty.Handle(
            Store,
            Officer,
            new(violation, "actor", "unit", "enterprise", name, "91370306MA3TEST001", "王村镇", null, null, null, "询问笔录")
        );

    public async Task<int> EntriesAsync()
    {
        await using var db = Store.Read();
        return await db.Journal.CountAsync();
    }

    /// <summary>The act is refused with this code, and nothing was written.</summary>
    public async Task RefusedAsync(string code, Func<Task> act)
    {
        var before = await EntriesAsync();
        var problem = await Assert.ThrowsAsync<Problem>(act);
        Assert.Equal(code, problem.Code);
        Assert.Equal(before, await EntriesAsync());
    }

    public void Dispose() => district.Dispose();
}

/// <summary>One district with confirmed verdicts, built once; every test works on a copy.</summary>
public sealed class ViolationsTemplate : IAsyncLifetime
{
    private DistrictOfViolations? confirmed;

    public async ValueTask InitializeAsync()
    {
        using var template = await DistrictOfViolations.TemplateAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        confirmed = await DistrictOfViolations.ConfirmedAsync(template);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    public DistrictOfViolations Copy() => confirmed!.Copy();

    public ValueTask DisposeAsync()
    {
        confirmed?.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Tests that share the template.</summary>
[CollectionDefinition("district of violations")]
public sealed class DistrictOfViolationsCollection : ICollectionFixture<ViolationsTemplate>;
