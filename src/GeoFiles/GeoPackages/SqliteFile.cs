using SQLitePCL;

namespace Weipian.GeoFiles;

/// <summary>SQLite said no: its result code and message. Callers turn it into a refusal that names the file.</summary>
internal sealed class SqliteFault(int code, string message) : Exception($"{message} (SQLite {code})")
{
    public int Code { get; } = code;
}

/// <summary>A thin cover over the SQLite library: blobs are read and bound as spans, without a copy per value.</summary>
/// <remarks>Layers have millions of rows; the ADO.NET provider spends more time on a row than reading it takes. Not for several
/// threads.</remarks>
internal sealed class SqliteFile : IDisposable
{
    /// <summary>No value of a foreign file may be longer: 256 MB.</summary>
    private const int ForeignValueBytesMax = 256 << 20;

    private readonly sqlite3 handle;

    static SqliteFile() => Batteries_V2.Init();

    private SqliteFile(sqlite3 handle) => this.handle = handle;

    /// <summary>Opens for reading without locks and without files beside it (<c>immutable</c>): for files of users and of the
    /// store.</summary>
    /// <remarks>Nothing in the schema of the file is trusted: no functions in views or triggers, and cells are checked.</remarks>
    public static SqliteFile OpenImmutable(string path)
    {
        var uri = $"file:{Uri.EscapeDataString(Path.GetFullPath(path)).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1";
        var file = Open(uri, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI | raw.SQLITE_OPEN_NOMUTEX);
        try
        {
            raw.sqlite3_limit(file.handle, raw.SQLITE_LIMIT_LENGTH, ForeignValueBytesMax);
            file.Execute("PRAGMA trusted_schema=OFF");
            file.Execute("PRAGMA query_only=ON");
            file.Execute("PRAGMA cell_size_check=ON");
            file.Execute("PRAGMA mmap_size=0");
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>From now on a statement that takes so many steps of the virtual machine is broken off: for tables that are small when
    /// sound.</summary>
    public void LimitSteps(int steps) => raw.sqlite3_progress_handler(handle, steps, _ => 1, null);

    /// <summary>Creates a file to be filled and then renamed: no journal, because an unfinished file is thrown away.</summary>
    public static SqliteFile Create(string path)
    {
        var file = Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX);
        file.Execute($"PRAGMA page_size={BulkTable.PageBytes}");
        return Unguarded(file);
    }

    /// <summary>Goes on with a file that <see cref="Create"/> made.</summary>
    public static SqliteFile GoOn(string path) => Unguarded(Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX));

    private static SqliteFile Unguarded(SqliteFile file)
    {
        file.Execute("PRAGMA journal_mode=OFF");
        file.Execute("PRAGMA synchronous=OFF");
        file.Execute("PRAGMA locking_mode=EXCLUSIVE");
        file.Execute("PRAGMA cache_size=-65536");
        return file;
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var statement));
        return new SqliteStatement(this, statement);
    }

    /// <summary>An identifier in quotes.</summary>
    public static string Quoted(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    internal void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw new SqliteFault(code, raw.sqlite3_errmsg(handle).utf8_to_string() ?? "");
    }

    public void Dispose() => handle.Dispose();

    private static SqliteFile Open(string name, int flags)
    {
        var code = raw.sqlite3_open_v2(name, out var handle, flags, null);
        if (code == raw.SQLITE_OK)
            return new SqliteFile(handle);
        var message = handle is null ? "cannot open" : raw.sqlite3_errmsg(handle).utf8_to_string();
        handle?.Dispose();
        throw new SqliteFault(code, message);
    }
}

/// <summary>A prepared statement: bind, step, read columns; 1-based parameters, 0-based columns.</summary>
internal sealed class SqliteStatement(SqliteFile file, sqlite3_stmt statement) : IDisposable
{
    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        file.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs a statement without rows and makes it ready for the next values.</summary>
    public void Run()
    {
        file.Check(raw.sqlite3_step(statement));
        Reset();
    }

    public void Reset() => file.Check(raw.sqlite3_reset(statement));

    public void Bind(int parameter, long value) => file.Check(raw.sqlite3_bind_int64(statement, parameter, value));

    public void Bind(int parameter, double value) => file.Check(raw.sqlite3_bind_double(statement, parameter, value));

    public void Bind(int parameter, ReadOnlySpan<byte> blob) => file.Check(raw.sqlite3_bind_blob(statement, parameter, blob));

    public void Bind(int parameter, string? text) =>
        file.Check(text is null ? raw.sqlite3_bind_null(statement, parameter) : raw.sqlite3_bind_text(statement, parameter, text));

    public void BindUtf8(int parameter, ReadOnlySpan<byte> text) => file.Check(raw.sqlite3_bind_text(statement, parameter, text));

    public void BindNull(int parameter) => file.Check(raw.sqlite3_bind_null(statement, parameter));

    /// <summary>Unbinds every parameter: all are null again until they are bound.</summary>
    public void Clear() => file.Check(raw.sqlite3_clear_bindings(statement));

    /// <summary>Binds a value of a feature: string, long, int, double, decimal, bool, DateOnly or null.</summary>
    public void BindValue(int parameter, object? value)
    {
        switch (value)
        {
            case null:
                BindNull(parameter);
                break;
            case long or int or short or byte:
                Bind(parameter, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case bool truth:
                Bind(parameter, truth ? 1L : 0L);
                break;
            case double or float or decimal:
                Bind(parameter, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            default:
                Bind(parameter, ValueText.Of(value));
                break;
        }
    }

    public int ColumnCount => raw.sqlite3_column_count(statement);

    public int TypeOf(int column) => raw.sqlite3_column_type(statement, column);

    public bool IsNull(int column) => TypeOf(column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(statement, column);

    public double Double(int column) => raw.sqlite3_column_double(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The bytes of a blob or text; valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    public void Dispose() => statement.Dispose();
}
