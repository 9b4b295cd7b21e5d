namespace Weipian.Flow.Store;

/// <summary>The folder of an installation and the places inside it. Creates nothing by itself.</summary>
public sealed class DataFolder(string path)
{
    /// <summary>Full path of the folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The SQLite database.</summary>
    public string Database => System.IO.Path.Combine(Path, "weipian.db");

    /// <summary>Content-addressed files: <c>blobs/ab/cd/&lt;sha256&gt;</c>.</summary>
    public string Blobs => System.IO.Path.Combine(Path, "blobs");

    /// <summary>The store of reference layers.</summary>
    public string Layers => System.IO.Path.Combine(Path, "layers");

    /// <summary>The last acknowledged journal entry, kept outside the database.</summary>
    public string JournalHead => System.IO.Path.Combine(Path, "journal-head");

    /// <summary>Backups that the server makes by itself, where no other place is set.</summary>
    public string Backups => System.IO.Path.Combine(Path, "backups");

    /// <summary>Logins and passwords of the sample district, mode 600.</summary>
    public string SampleSeats => System.IO.Path.Combine(Path, "sample-seats.txt");

    /// <summary>How far the clock of the sample stands from the system's; only the sample has one.</summary>
    public string Clock => System.IO.Path.Combine(Path, "sample-clock");

    /// <summary>The key under which seeds of spot checks are sealed; mode 600, outside the database.</summary>
    public string SpotCheckKey => System.IO.Path.Combine(Path, "spot-check-key");

    /// <summary>True when an installation lives here already.</summary>
    public bool HasDatabase => File.Exists(Database);
}
