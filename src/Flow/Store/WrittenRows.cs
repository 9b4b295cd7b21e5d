using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>Which rows acts wrote, told by the seals that the journal keeps of them.</summary>
public static class WrittenRows
{
    /// <summary>Keys of the rows that acts wrote, by table; table names as in the database.</summary>
    /// <param name="acts">The entries of the acts.</param>
    /// <param name="actsMax">How many acts are read at most; 0 or more.</param>
    /// <returns><c>null</c> when there were more acts, or one wrote so much that its seals lie in a file: whoever asks takes everything
    /// for written.</returns>
    public static async Task<ILookup<string, Guid>?> ByAsync(IQueryable<JournalEntry> acts, int actsMax, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(acts);
        var bodies = await acts.OrderBy(j => j.Seq).Take(actsMax + 1).Select(j => j.Body).ToListAsync(stop);
        if (bodies.Count > actsMax)
            return null;
        var written = new List<(string Table, Guid Key)>();
        foreach (var body in bodies)
        {
            if (JournalChain.SealsWithin(body) is not { } seals)
                return null;
            foreach (var seal in seals)
                if (Guid.TryParse(seal.Key, out var key))
                    written.Add((seal.Table, key));
        }
        return written.ToLookup(w => w.Table, w => w.Key, StringComparer.Ordinal);
    }

    /// <summary>The name of the table of an entity.</summary>
    public static string TableOf<T>(StoreContext db)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Model.FindEntityType(typeof(T))?.GetTableName()
            ?? throw new ArgumentException($"{typeof(T).Name} is no table", nameof(db));
    }
}
