using Microsoft.Data.Sqlite;

namespace Weipian.Tests.GeoFiles;

/// <summary>Changes a GeoPackage behind everybody's back.</summary>
internal static class Tampering
{
    /// <summary>Runs statements, after dropping the triggers (they call functions that plain SQLite does not have).</summary>
    public static void Sql(string path, params string[] statements)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 'DROP TRIGGER \"' || name || '\"' FROM sqlite_master WHERE type = 'trigger'";
        var drops = new List<string>();
        using (var reader = command.ExecuteReader())
            while (reader.Read())
                drops.Add(reader.GetString(0));
        foreach (var statement in drops.Concat(statements))
        {
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }
}
