using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Weipian.Flow.Store;

/// <summary>Brings the database of an unpacked and verified backup into an empty PostgreSQL, and verifies it there again.</summary>
internal static class PostgresRestore
{
    /// <exception cref="Problem"><c>backup.database-not-empty</c></exception>
    public static async Task RequireEmptyAsync(string postgres, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'spatial_ref_sys'";
        if (await command.ExecuteScalarAsync(stop) is not 0L)
            throw Problem.Backup.DatabaseNotEmpty(connection.Database);
    }

    /// <summary>All rows in one transaction. Afterwards the unpacked folder has no database of its own.</summary>
    /// <exception cref="Problem"><c>backup.not-sound</c>: then the database is to be dropped</exception>
    public static async Task<VerificationReport> MoveAsync(
        DataFolder scratch,
        string postgres,
        string name,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        await using (var from = new SqliteStore(SqliteStore.Options(scratch.Database)))
        await using (var to = new PostgresStore(PostgresStore.Options(postgres)))
        {
            await to.Database.MigrateAsync(stop);
            await DatabaseCopy.CopyAsync(from, to, progress, stop);
        }
        RestoreBackup.ReleaseDatabase(scratch);
        foreach (var file in Directory.EnumerateFiles(scratch.Path, BackupContents.Database + "*"))
            File.Delete(file);
        using var store = WeipianStore.Open(scratch, postgres);
        var report = await VerifyStore.Handle(store, progress: progress, stop: stop);
        return report.IsSound
            ? report
            : throw Problem.Backup.NotSound(name, report.Findings.Count, $"{report.Findings[0].Kind} {report.Findings[0].Where}");
    }
}
