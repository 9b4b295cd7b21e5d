using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.GeoFiles;
using Weipian.Law;

namespace Weipian.Flow.Store;

/// <summary>An open installation: the database, the journal, the blobs and the layers of one data folder.</summary>
/// <remarks>Safe for several threads; several processes may have the same installation open. Acts are one at a time.</remarks>
public sealed class WeipianStore : IDisposable
{
    private const long SharedMemoryBytesMin = 1024 * 1024;

    private readonly Func<PersonalMask?, StoreContext> newContext;
    private readonly JournalHead head;
    private readonly SemaphoreSlim turn = new(1, 1);
    private WorkPlan? plan;
    private string? chainHash;

    private WeipianStore(DataFolder folder, string? postgres, TimeProvider clock)
    {
        Folder = folder;
        Clock = clock;
        Blobs = new BlobStore(folder.Blobs);
        Layers = new LayerStore(folder.Layers);
        head = new JournalHead(folder.JournalHead);
        if (postgres is null)
        {
            var options = SqliteStore.Options(folder.Database);
            newContext = mask => new SqliteStore(options) { Folder = folder, Covered = mask };
        }
        else
        {
            var options = PostgresStore.Options(postgres);
            newContext = mask => new PostgresStore(options) { Folder = folder, Covered = mask };
        }
        IsSqlite = postgres is null;
    }

    public DataFolder Folder { get; }

    public TimeProvider Clock { get; }

    public BlobStore Blobs { get; }

    public LayerStore Layers { get; }

    /// <summary>The database is the file in the folder.</summary>
    public bool IsSqlite { get; }

    /// <summary>Below so much free space, in bytes, no act begins: a full disk in the middle of one is worse. 0 asks nothing.</summary>
    public long DiskFreeBytesMin { get; set; }

    internal JournalHead Head => head;

    /// <summary>The work plan that the installation runs, from its own copy.</summary>
    /// <exception cref="Problem"><c>store.not-initialised</c></exception>
    public WorkPlan Plan
    {
        get
        {
            if (plan is not null)
                return plan;
            using var db = Read();
            var installed = db.Installations.SingleOrDefault() ?? throw Problem.Store.NotInitialised(Folder.Path);
            return plan = WorkPlan.Parse(Blobs.Get(installed.PlanSha256), installed.PlanFileName);
        }
    }

    /// <summary>Today where the plan counts days.</summary>
    public DateOnly Today => ChinaTime.DayOf(Clock.GetUtcNow());

    /// <summary>Opens the installation in a folder; brings its database to this version's model.</summary>
    /// <param name="postgres">Connection string of Npgsql when the database is PostgreSQL; blobs and layers stay in the folder.</param>
    /// <exception cref="Problem"><c>store.not-initialised</c></exception>
    public static WeipianStore Open(DataFolder folder, string? postgres = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (postgres is null && !folder.HasDatabase)
            throw Problem.Store.NotInitialised(folder.Path);
        var store = OpenOrCreate(folder, postgres, clock);
        using var db = store.Read();
        if (!db.Installations.Any())
            throw Problem.Store.NotInitialised(folder.Path);
        SetClock.BringAbout(folder, db);
        ClearCopies.BringAbout(store);
        return store;
    }

    /// <summary>Opens the folder, making an empty database where there is none; for <c>init</c>.</summary>
    public static WeipianStore OpenOrCreate(DataFolder folder, string? postgres = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Directory.CreateDirectory(folder.Path);
        var store = new WeipianStore(folder, postgres, clock ?? new OfficeClock(folder));
        try
        {
            store.Migrate();
            return store;
        }
        catch (Exception full) when (store.IsDiskFull(full))
        {
            throw Problem.Store.DiskLow(folder.Path, store.DiskFreeBytes, SharedMemoryBytesMin);
        }
    }

    /// <summary>A context to read with; nothing it loads is tracked. Dispose it.</summary>
    public StoreContext Read() => Untracked(null);

    /// <summary>The same for what pages show and exports hold: numbers of persons in texts are covered. Dispose it.</summary>
    /// <param name="texts">What counts as one (<c>texts</c> of <c>law/verdicts/words.yaml</c>), asked for today.</param>
    public StoreContext ReadForPeople(PersonalTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Untracked(texts.On(Today));
    }

    private StoreContext Untracked(PersonalMask? mask)
    {
        var db = newContext(mask);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>Does one act: everything it writes, and the journal entry that tells of it, in one transaction.</summary>
    /// <param name="act">Name of the act, a verb first: <c>import-patches</c>.</param>
    /// <param name="subject">What it is done to: the id of a programme, a patch, a seat.</param>
    /// <param name="reason">Why; never blank.</param>
    /// <param name="work">Loads, decides, adds rows to <see cref="ActScope.Db"/>. Saving is done here. Throwing leaves nothing
    /// behind.</param>
    /// <returns>What <paramref name="work"/> returned, once the act is durable.</returns>
    /// <exception cref="Problem">What <paramref name="work"/> refuses; <c>store.act-not-allowed</c>, <c>store.reason-missing</c>,
    /// <c>store.disk-low</c>, <c>store.journal-*</c></exception>
    public async Task<T> ActAsync<T>(
        Actor actor,
        string act,
        string subject,
        string reason,
        Func<ActScope, Task<T>> work,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(work);
        ActMatrix.Require(act, actor);
        if (string.IsNullOrWhiteSpace(reason))
            throw Problem.Store.ReasonMissing(act);
        var begun = Stopwatch.GetTimestamp();
        using var trace = StoreMeters.Source.StartActivity(act);
        var outcome = "failed";
        try
        {
            RequireDisk(act);
            var result = await ActOnceAsync(actor, act, subject, reason, work, stop);
            outcome = "done";
            return result;
        }
        catch (Problem)
        {
            outcome = "refused";
            throw;
        }
        catch (Exception full) when (IsDiskFull(full))
        {
            throw Problem.Store.DiskLow(Folder.Path, 0, DiskFreeBytesMin);
        }
        finally
        {
            StoreMeters.Count(act, outcome, begun);
            trace?.SetTag("outcome", outcome);
        }
    }

    /// <summary>True when the database takes a write now: begins one and takes it back.</summary>
    public async Task<bool> CanWriteAsync(CancellationToken stop = default)
    {
        try
        {
            await using var db = newContext(null);
            db.Database.SetCommandTimeout(TimeSpan.FromSeconds(5));
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await transaction.RollbackAsync(stop);
            return true;
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode is 5 or 6)
        {
            return true; // Somebody is writing: so it can be written.
        }
        catch (Exception closed) when (closed is DbException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Free space where the data folder is, in bytes.</summary>
    public long DiskFreeBytes => new DriveInfo(Folder.Path).AvailableFreeSpace;

    /// <summary>Signing in and out is let through while the database itself takes it: whoever cannot sign in cannot read either.</summary>
    private void RequireDisk(string act)
    {
        if (act is OpenSession.Act or EndSession.Act)
            return;
        if (DiskFreeBytesMin > 0 && DiskFreeBytes is var free && free < DiskFreeBytesMin)
            throw Problem.Store.DiskLow(Folder.Path, free, DiskFreeBytesMin);
    }

    /// <summary>SQLite says FULL (13); the system says that no space is left (ENOSPC 28, on Windows ERROR_DISK_FULL).</summary>
    private bool IsDiskFull(Exception fault) =>
        fault switch
        {
            SqliteException { SqliteErrorCode: 13 } => true,
            // What SQLite keeps in shared memory is a file too: without room for it, it says IOERR (10).
            SqliteException { SqliteErrorCode: 10 } => DiskFreeBytes < SharedMemoryBytesMin,
            IOException io => (io.HResult & 0xFFFF) is 28 or 112,
            DbUpdateException { InnerException: { } inner } => IsDiskFull(inner),
            _ => false,
        };

    private async Task<T> ActOnceAsync<T>(
        Actor actor,
        string act,
        string subject,
        string reason,
        Func<ActScope, Task<T>> work,
        CancellationToken stop
    )
    {
        await turn.WaitAsync(stop);
        try
        {
            await using var db = newContext(null);
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await db.LockJournalAsync(stop);
            var last = await LastLinkAsync(db, stop);
            await RequireHeadAsync(db, last, stop);

            var scope = new ActScope(this, db, actor);
            var result = await work(scope);
            if (scope.IsWithoutTrace)
                return db.ChangeTracker.HasChanges() ? throw new InvalidOperationException($"{act} wrote and says it did nothing") : result;
            await db.SaveChangesAsync(stop);
            var entry = scope.Entry(last.Seq == 0 ? null : chainHash ??= await ChainHashAsync(db, stop), last, act, subject, reason.Trim());
            db.Journal.Add(entry);
            await db.SaveChangesAsync(stop);

            // From here on the act must run to its end: a caller who goes away must not leave it committed but unnamed.
            await transaction.CommitAsync(CancellationToken.None);
            await head.AdvanceAsync(new(entry.Seq, entry.Hash), CancellationToken.None);
            scope.BringAboutAfterwards();
            return result;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>The hash of the chain, as its first entry names it.</summary>
    internal static async Task<string> ChainHashAsync(StoreContext db, CancellationToken stop)
    {
        var first = await db.Journal.AsNoTracking().Where(j => j.Seq == 1).Select(j => j.Body).SingleOrDefaultAsync(stop);
        return first is null ? ChainHash.Sha256 : ChainHash.NamedIn(first);
    }

    internal static async Task<JournalHead.Link> LastLinkAsync(StoreContext db, CancellationToken stop)
    {
        var last = await db
            .Journal.AsNoTracking()
            .OrderByDescending(j => j.Seq)
            .Select(j => new { j.Seq, j.Hash })
            .FirstOrDefaultAsync(stop);
        return last is null ? new(0, JournalHead.Zero) : new(last.Seq, last.Hash);
    }

    /// <summary>Refuses to write on when the journal no longer holds what was acknowledged: the next entry would cover the
    /// traces.</summary>
    private Task RequireHeadAsync(StoreContext db, JournalHead.Link last, CancellationToken stop) =>
        RequireHeadAsync(db, head.Read() ?? throw Problem.Store.JournalHeadMissing(Folder.JournalHead), last, stop);

    /// <exception cref="Problem"><c>store.journal-cut</c>, <c>store.journal-rewritten</c></exception>
    internal static async Task RequireHeadAsync(StoreContext db, JournalHead.Link named, JournalHead.Link last, CancellationToken stop)
    {
        if (named.Seq > last.Seq)
            throw Problem.Store.JournalCut(named.Seq, last.Seq);
        var there =
            named.Seq == 0 ? JournalHead.Zero
            : named.Seq == last.Seq ? last.Hash
            : await db.Journal.AsNoTracking().Where(j => j.Seq == named.Seq).Select(j => j.Hash).SingleOrDefaultAsync(stop);
        if (there != named.Hash)
            throw Problem.Store.JournalRewritten(named.Seq);
    }

    private void Migrate()
    {
        using var db = newContext(null);
        if (IsSqlite ? !Folder.HasDatabase || db.Database.GetPendingMigrations().Any() : true)
        {
            // EF's own lock on SQLite is a row, which outlives a killed process and then blocks for ever: ours ends with the process.
            using var alone = Durable
                .LockAsync(Path.Combine(Folder.Path, "migration.lock"), CancellationToken.None)
                .GetAwaiter()
                .GetResult();
            if (IsSqlite && Folder.HasDatabase)
                db.Database.ExecuteSqlRaw("DROP TABLE IF EXISTS __EFMigrationsLock");
            db.Database.Migrate();
        }
        if (head.Read() is null)
            StartHead(db);
    }

    /// <summary>Writes the first head. A database that has entries already needs the file it had; only a further node of PostgreSQL starts
    /// with what it finds.</summary>
    private void StartHead(StoreContext db)
    {
        var last = LastLinkAsync(db, CancellationToken.None).GetAwaiter().GetResult();
        if (last.Seq > 0 && (IsSqlite || File.Exists(Folder.JournalHead)))
            return;
        head.AdvanceAsync(last, CancellationToken.None).GetAwaiter().GetResult();
    }
}
