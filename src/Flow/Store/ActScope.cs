using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Law;

namespace Weipian.Flow.Store;

/// <summary>One act while it is being done: the context to load and add with, the clock as it stood, and what the journal will
/// say.</summary>
public sealed class ActScope
{
    /// <summary>Up to so many row seals stand in the body itself; more go as one file among the blobs, and the body carries its
    /// hash.</summary>
    internal const int SealsInBodyMax = 200;

    private readonly Dictionary<(string Table, string Key), RowSeal> seals = [];
    private readonly JsonObject facts = [];
    private readonly List<Action> afterwards = [];

    internal ActScope(WeipianStore store, StoreContext db, Actor actor)
    {
        Store = store;
        Db = db;
        By = actor;
        At = Instant.Now(store.Clock);
        db.BeginAct(this);
    }

    public WeipianStore Store { get; }

    /// <summary>Tracks what it loads. Add rows, or change the few values that may change; never remove. Saving is done for you.</summary>
    public StoreContext Db { get; }

    public Actor By { get; }

    /// <summary>The instant of the act: UTC, whole microseconds.</summary>
    public DateTime At { get; }

    /// <summary>The day of the act in Asia/Shanghai.</summary>
    public DateOnly Today => ChinaTime.DayOf(At);

    /// <summary>A new id, rising with time.</summary>
    public Guid NewId() => Guid.CreateVersion7(new DateTimeOffset(At));

    /// <summary>Adds a fact to the body of the entry, for people who read the journal: counts, outcomes, file names.</summary>
    public void Fact(string name, JsonNode? value) => facts[name] = value;

    /// <summary>What is to happen outside the database once the act is durable. The process may end before it happens: opening the
    /// installation must bring about the same from the journal.</summary>
    public void Afterwards(Action work) => afterwards.Add(work);

    /// <summary>Writes many rows of one table at once, past the change tracker; pending rows are saved first, so that they may be referred
    /// to.</summary>
    public async Task AddManyAsync<T>(IReadOnlyCollection<T> rows, CancellationToken stop = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(rows);
        await Db.SaveChangesAsync(stop);
        var form = RowForm.Of(Db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is no table"));
        await RowWriter.WriteAsync(Db, form, rows, stop);
        foreach (var row in rows)
            Keep(form.Seal(row));
    }

    /// <summary>There was nothing to do: no row, no entry; the caller gets the answer that says so.</summary>
    public void LeaveNoTrace() => IsWithoutTrace = true;

    internal bool IsWithoutTrace { get; private set; }

    /// <summary>Files that this act sealed, by the hashes of their plain bytes.</summary>
    internal HashSet<string> SealedNow { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether there were sealed files before; asked once, because an act may bring thousands of files.</summary>
    internal bool? WereSealed { get; set; }

    internal void BringAboutAfterwards() => afterwards.ForEach(work => work());

    internal void Keep(RowSeal seal) => seals[(seal.Table, seal.Key)] = seal;

    /// <summary>Seals what is about to be saved.</summary>
    internal void KeepChanges()
    {
        foreach (var entry in Db.ChangeTracker.Entries())
        {
            if (entry.State == EntityState.Deleted)
                throw new InvalidOperationException($"a row of {entry.Metadata.GetTableName()} was to be removed: nothing is");
            if (entry.State is EntityState.Added or EntityState.Modified && entry.Entity is not JournalEntry)
                Keep(RowForm.Of(entry.Metadata).Seal(entry.Entity));
        }
    }

    /// <summary>Begins a chain with another hash than SHA-256; the first entry says so, and only the first can.</summary>
    internal void ChainWith(string algorithm)
    {
        if (algorithm != ChainHash.Sha256)
            Fact(ChainHash.Fact, algorithm);
    }

    internal JournalEntry Entry(string? chained, JournalHead.Link last, string act, string subject, string reason)
    {
        var body = Body();
        return JournalChain.Next(chained ?? ChainHash.NamedIn(body), last, At, By.Login, act, subject, reason, body);
    }

    private string Body()
    {
        var body = new JsonObject
        {
            ["by"] = new JsonObject { ["role"] = By.Role, ["unit"] = By.Unit },
        };
        if (facts.Count > 0)
            body["facts"] = facts;
        var ordered = seals.Values.OrderBy(s => s.Table, StringComparer.Ordinal).ThenBy(s => s.Key, StringComparer.Ordinal).ToList();
        if (ordered.Count <= SealsInBodyMax)
            body["rows"] = new JsonArray([.. ordered.Select(s => new JsonArray(s.Table, s.Key, s.Sha256, s.Hints))]);
        else
            body["rowsFile"] = new JsonObject { ["count"] = ordered.Count, ["sha256"] = Store.Blobs.Put(Lines(ordered)) };
        return CanonicalJson.Of(body);
    }

    private static byte[] Lines(IEnumerable<RowSeal> ordered)
    {
        var lines = new StringBuilder();
        foreach (var seal in ordered)
            lines
                .Append(seal.Table)
                .Append('\t')
                .Append(seal.Key)
                .Append('\t')
                .Append(seal.Sha256)
                .Append('\t')
                .Append(seal.Hints)
                .Append('\n');
        return Encoding.UTF8.GetBytes(lines.ToString());
    }
}
