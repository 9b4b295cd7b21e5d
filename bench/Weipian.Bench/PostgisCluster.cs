using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Weipian.Bench;

/// <summary>A PostgreSQL with PostGIS of its own, on the loopback, tuned for one machine that does nothing else; gone afterwards.</summary>
internal sealed class PostgisCluster : IDisposable
{
    private const string Owner = "postgres";
    private const string Settings =
        "-c shared_buffers=3GB -c work_mem=512MB -c maintenance_work_mem=1GB -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
        + "-c max_wal_size=16GB -c jit=off -c autovacuum=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1";

    private readonly string folder = Directory.CreateTempSubdirectory("weipian-bench-pg-").FullName;
    private readonly string binaries;

    public PostgisCluster()
    {
        binaries = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin";
        if (IsRoot)
            Check("chown", Process.Start("chown", [Owner, folder]));
        var port = FreePort();
        Run("initdb", "-D", Data, "-A", "trust", "-U", Owner, "-E", "UTF8", "--no-sync");
        Run(
            "pg_ctl",
            "-D",
            Data,
            "-l",
            folder + "/log",
            "-o",
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} {Settings}",
            "-w",
            "start"
        );
        Connection = $"Host=127.0.0.1;Port={port};Username={Owner};Database=postgres;Command Timeout=0";
    }

    public string Connection { get; }

    private string Data => folder + "/data";

    private static bool IsRoot => Environment.UserName == "root";

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Run("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>PostgreSQL refuses to run as root: then its own user runs it.</summary>
    private void Run(string program, params string[] arguments)
    {
        string[] command = IsRoot ? ["runuser", "-u", Owner, "--", $"{binaries}/{program}"] : [$"{binaries}/{program}"];
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments]) { WorkingDirectory = "/", UseShellExecute = false };
        if (program == "initdb")
            start.RedirectStandardOutput = true;
        Check(program, Process.Start(start));
    }

    private static void Check(string what, Process? process)
    {
        using (process)
            if (process is null || !process.WaitForExit(TimeSpan.FromMinutes(2)) || process.ExitCode != 0)
                throw new InvalidOperationException($"{what} failed");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
