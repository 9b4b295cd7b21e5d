using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>How a seat likes its screens: the keys of the workbench. Kept with the installation, so that it follows the seat.</summary>
/// <remarks>A preference is passing state and no fact: it is overwritten and stands outside the journal (decision record 0100).</remarks>
public static class SeatSettings
{
    /// <summary>What is kept under a name; <c>null</c> when nothing is.</summary>
    public static async Task<string?> ReadAsync(WeipianStore store, string login, string name, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        await using var db = store.Read();
        var rows = await db
            .Database.SqlQuery<string>($"""SELECT value AS "Value" FROM seat_setting WHERE login = {login} AND name = {name}""")
            .ToListAsync(stop);
        return rows.SingleOrDefault();
    }

    /// <summary>Keeps a value in place of the one before.</summary>
    public static async Task KeepAsync(WeipianStore store, string login, string name, string value, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        await using var db = store.Read();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO seat_setting (login, name, value) VALUES ({login}, {name}, {value})
            ON CONFLICT (login, name) DO UPDATE SET value = excluded.value
            """,
            stop
        );
    }

    /// <summary>Brings every setting into another database: a person's keys are work, although no act tells of them.</summary>
    internal static async Task CopyAsync(StoreContext from, StoreContext to, CancellationToken stop)
    {
        var all = await from
            .Database.SqlQuery<Setting>($"""SELECT login AS "Login", name AS "Name", value AS "Value" FROM seat_setting""")
            .ToListAsync(stop);
        foreach (var (login, name, value) in all)
            await to.Database.ExecuteSqlAsync($"INSERT INTO seat_setting (login, name, value) VALUES ({login}, {name}, {value})", stop);
    }

    /// <summary>Back to what everybody has.</summary>
    public static async Task ForgetAsync(WeipianStore store, string login, string name, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        await using var db = store.Read();
        await db.Database.ExecuteSqlAsync($"DELETE FROM seat_setting WHERE login = {login} AND name = {name}", stop);
    }

    private sealed record Setting(string Login, string Name, string Value);
}
