using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Weipian.Flow.Store;

/// <summary>Copies every row of one database into another that is empty, whichever of the two kinds they are.</summary>
/// <remarks>Rows are spelled the same in both (<see cref="RowForm"/>), so the journal of the copy proves the copy.</remarks>
internal static class DatabaseCopy
{
    private const int RowsAtOnce = 1000;

    /// <summary>A new SQLite file with what another database holds at one instant; people go on writing meanwhile.</summary>
    public static async Task ToSqliteAsync(StoreContext from, string path, IProgress<string>? progress, CancellationToken stop)
    {
        await using var to = new SqliteStore(
            new DbContextOptionsBuilder<SqliteStore>()
                .UseSqlite(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString)
                .Options
        );
        await to.Database.MigrateAsync(stop);
        // One snapshot for all tables: what commits later is in none of them.
        await using var snapshot = await from.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        await CopyAsync(from, to, progress, stop);
        await snapshot.RollbackAsync(stop);
    }

    /// <summary>All rows in one transaction: all of them arrive or none.</summary>
    public static async Task CopyAsync(StoreContext from, StoreContext to, IProgress<string>? progress, CancellationToken stop)
    {
        from.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        await using var transaction = await to.Database.BeginTransactionAsync(stop);
        foreach (var entity in Ordered(to.Model))
        {
            progress?.Report($"数据库 database: {entity.GetTableName()}");
            var copy = typeof(DatabaseCopy).GetMethod(
                nameof(CopyTableAsync),
                System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic
            )!;
            await (Task)copy.MakeGenericMethod(entity.ClrType).Invoke(null, [from, to, entity, stop])!;
        }
        await SeatSettings.CopyAsync(from, to, stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>Tables in an order in which every reference finds what it names.</summary>
    internal static IReadOnlyList<IEntityType> Ordered(IModel model)
    {
        var left = model.GetEntityTypes().OrderBy(e => e.GetTableName(), StringComparer.Ordinal).ToList();
        var ordered = new List<IEntityType>();
        while (left.Count > 0)
        {
            var next = left.FindAll(e =>
                e.GetForeignKeys().All(k => k.PrincipalEntityType == e || ordered.Contains(k.PrincipalEntityType))
            );
            if (next.Count == 0)
                throw new InvalidOperationException($"the references of {left[0].GetTableName()} go in a circle");
            ordered.AddRange(next);
            left.RemoveAll(next.Contains);
        }
        return ordered;
    }

    private static async Task CopyTableAsync<T>(StoreContext from, StoreContext to, IEntityType entity, CancellationToken stop)
        where T : class
    {
        var form = RowForm.Of(entity);
        var own = entity.GetForeignKeys().Where(k => k.PrincipalEntityType == entity).Select(k => k.Properties[0].PropertyInfo!).ToList();
        if (own.Count > 0)
        {
            var key = entity.FindPrimaryKey()!.Properties[0].PropertyInfo!;
            var rows = await from.Set<T>().IgnoreQueryFilters().ToListAsync(stop);
            await RowWriter.WriteAsync(
                to,
                form,
                TargetsFirst(rows, key.GetValue, [.. own.Select(o => (Func<object, object?>)o.GetValue)]),
                stop
            );
            return;
        }
        var some = new List<T>(RowsAtOnce);
        await foreach (var row in InOrder(from.Set<T>().IgnoreQueryFilters()).AsAsyncEnumerable().WithCancellation(stop))
        {
            some.Add(row);
            if (some.Count < RowsAtOnce)
                continue;
            await RowWriter.WriteAsync(to, form, some, stop);
            some.Clear();
        }
        await RowWriter.WriteAsync(to, form, some, stop);
    }

    /// <summary>An entry of the journal continues the last one.</summary>
    private static IQueryable<T> InOrder<T>(IQueryable<T> rows) =>
        rows is IQueryable<JournalEntry> journal ? (IQueryable<T>)journal.OrderBy(j => j.Seq) : rows;

    /// <summary>Rows that name others of their table come after those.</summary>
    private static List<T> TargetsFirst<T>(List<T> rows, Func<object, object?> key, IReadOnlyList<Func<object, object?>> references)
        where T : class
    {
        var (done, ordered) = (new HashSet<object>(), new List<T>(rows.Count));
        for (var left = rows; left.Count > 0; )
        {
            var next = left.FindAll(r => references.All(o => o(r) is not { } target || done.Contains(target)));
            if (next.Count == 0)
                throw new InvalidDataException($"rows of {typeof(T).Name} name rows that are not there");
            ordered.AddRange(next);
            done.UnionWith(next.Select(r => key(r)!));
            left = left.FindAll(r => !done.Contains(key(r)!));
        }
        return ordered;
    }
}
