using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Weipian.Tests.Flow.Store;

/// <summary>A PostgreSQL of its own for the tests of one class, on the loopback, gone afterwards. Skips with a reason where there is
/// none.</summary>
public sealed class PostgresCluster : IDisposable
{
    private const string Owner = "postgres";

    private readonly string? binaries = FindBinaries();
    private string? folder;
    private int port;
    private int databases;

    /// <summary>The connection string of a new, empty database.</summary>
    public string NewDatabase()
    {
        if (binaries is null)
            Assert.Skip("needs PostgreSQL with PostGIS (Debian: postgresql-15-postgis-3); ./check installs it when it may");
        Start();
        var name = $"weipian_{Interlocked.Increment(ref databases)}";
        using var admin = new NpgsqlConnection(Connection(Owner));
        admin.Open();
        using var create = new NpgsqlCommand($"CREATE DATABASE {name}", admin);
        create.ExecuteNonQuery();
        return Connection(name);
    }

    public void Dispose()
    {
        if (folder is null)
            return;
        NpgsqlConnection.ClearAllPools();
        Run("pg_ctl", "-D", Path.Combine(folder, "data"), "-m", "immediate", "-w", "stop");
        Directory.Delete(folder, recursive: true);
    }

    private void Start()
    {
        if (folder is not null)
            return;
        folder = Directory.CreateTempSubdirectory("weipian-pg-").FullName;
        if (IsRoot)
            Check(Process.Start("chown", [Owner, folder]), "chown");
        port = FreePort();
        var data = Path.Combine(folder, "data");
        Run("initdb", "-D", data, "-A", "trust", "-U", Owner, "-E", "UTF8", "--no-sync");
        Run(
            "pg_ctl",
            "-D",
            data,
            "-l",
            Path.Combine(folder, "log"),
            "-o",
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}",
            "-w",
            "start"
        );
    }

    private string Connection(string database) => $"Host=127.0.0.1;Port={port};Username={Owner};Database={database}";

    /// <summary>PostgreSQL refuses to run as root: then its own user runs it.</summary>
    private void Run(string program, params string[] arguments)
    {
        var path = Path.Combine(binaries!, program);
        var (file, before) = IsRoot ? ("runuser", new[] { "-u", Owner, "--", path }) : (path, Array.Empty<string>());
        var start = new ProcessStartInfo(file, [.. before, .. arguments])
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = program != "pg_ctl",
            RedirectStandardError = program != "pg_ctl",
        };
        Check(Process.Start(start), program);
    }

    private static void Check(Process? process, string what)
    {
        using (process)
        {
            Assert.NotNull(process);
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), $"{what} did not end");
            Assert.True(process.ExitCode == 0, $"{what} ended with {process.ExitCode}");
        }
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static string? FindBinaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .Where(version => File.Exists($"/usr/share/postgresql/{Path.GetFileName(version)}/extension/postgis.control"))
                .Select(version => Path.Combine(version, "bin"))
                .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
