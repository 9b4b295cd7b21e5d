using System.Collections.Concurrent;
using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using NetTopologySuite.Geometries;

namespace Weipian.Flow.Store;

/// <summary>The seal of one row as it was written.</summary>
/// <param name="Key">Values of the primary key, joined by <c>/</c>.</param>
/// <param name="Sha256">SHA-256 of the canonical JSON of all columns by name; hexadecimal, lower case. This is the proof.</param>
/// <param name="Hints">Four hexadecimal digits per column, in the order of names: not a proof, but it tells which column differs.</param>
internal sealed record RowSeal(string Table, string Key, string Sha256, string Hints);

/// <summary>One column of a table.</summary>
/// <param name="Name">Column name.</param>
/// <param name="Type">The type without <c>?</c>.</param>
/// <param name="Get">Reads the value from an entity.</param>
/// <param name="Mapping">How the provider writes it.</param>
internal sealed record Column(string Name, Type Type, Func<object, object?> Get, RelationalTypeMapping Mapping);

/// <summary>How a row of one table is spelled, whichever database holds it, so that its hash can be taken before writing and after
/// reading.</summary>
/// <remarks>
/// The spelling follows what SQLite stores, byte for byte: ids in upper case, days and instants as text, truth as 0 and 1. A row read raw
/// from SQLite
/// is therefore spelled without interpretation, and any changed byte of it shows.
/// </remarks>
internal sealed class RowForm
{
    private static readonly ConcurrentDictionary<IEntityType, RowForm> Known = new();
    private const uint HintBasis = 2166136261;
    private const uint HintPrime = 16777619;

    private readonly int[] key;

    private RowForm(IEntityType entity)
    {
        Table = entity.GetTableName() ?? throw new InvalidOperationException($"{entity.Name} has no table");
        var properties = entity.GetProperties().OrderBy(p => p.GetColumnName(), StringComparer.Ordinal).ToArray();
        Columns = [.. properties.Select(ColumnOf)];
        key = [.. entity.FindPrimaryKey()!.Properties.Select(p => Array.IndexOf(properties, p))];
    }

    public string Table { get; }

    /// <summary>By name, ordinal.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Names of the key columns.</summary>
    public IEnumerable<string> KeyNames => key.Select(i => Columns[i].Name);

    /// <summary>Names of all columns for a statement, quoted: some are words of SQL.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(c => $"\"{c.Name}\""));

    public static RowForm Of(IEntityType entity) => Known.GetOrAdd(entity, static e => new RowForm(e));

    /// <summary>Seals an entity as it will be written.</summary>
    public RowSeal Seal(object row) => Seal(i => Spelled(Columns[i].Get(row)));

    /// <summary>Seals a row as it was read, column by column in the order of <see cref="Columns"/>.</summary>
    public RowSeal SealRead(object?[] values) => Seal(i => SpelledRead(Columns[i].Type, values[i]));

    /// <summary>The columns whose hints differ between two seals of this form.</summary>
    public IReadOnlyList<string> Differing(RowSeal one, RowSeal other)
    {
        if (one.Hints.Length != other.Hints.Length || one.Hints.Length != 4 * Columns.Count)
            return [];
        return
        [
            .. Enumerable
                .Range(0, Columns.Count)
                .Where(i => !one.Hints.AsSpan(4 * i, 4).SequenceEqual(other.Hints.AsSpan(4 * i, 4)))
                .Select(i => Columns[i].Name),
        ];
    }

    private RowSeal Seal(Func<int, string> spell)
    {
        var text = new StringBuilder("{");
        var hints = new StringBuilder(4 * Columns.Count);
        var spelled = new string[Columns.Count];
        for (var i = 0; i < Columns.Count; i++)
        {
            spelled[i] = spell(i);
            if (i > 0)
                text.Append(',');
            CanonicalJson.AppendText(text, Columns[i].Name);
            text.Append(':').Append(spelled[i]);
            hints.Append(Hint(spelled[i]).ToString("x4", CultureInfo.InvariantCulture));
        }
        text.Append('}');
        return new(Table, string.Join('/', key.Select(i => spelled[i].Trim('"'))), CanonicalJson.Sha256(text.ToString()), hints.ToString());
    }

    // FNV-1a folded to 16 bits.
    private static ushort Hint(string spelled)
    {
        var hash = HintBasis;
        foreach (var c in spelled)
            hash = (hash ^ c) * HintPrime;
        return (ushort)(hash ^ (hash >> 16));
    }

    private static string Spelled(object? value)
    {
        switch (value)
        {
            case null or DBNull:
                return "null";
            case string text:
                return Quoted(text);
            case Guid id:
                return $"\"{id.ToString("D").ToUpperInvariant()}\"";
            case DateOnly day:
                return $"\"{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\"";
            case DateTime at:
                return $"\"{Instant.Text(at)}\"";
            case bool truth:
                return truth ? "1" : "0";
            case int whole:
                return whole.ToString(CultureInfo.InvariantCulture);
            case long whole:
                return whole.ToString(CultureInfo.InvariantCulture);
            case double real:
                return CanonicalJson.Number(real);
            case MultiPolygon shape:
                return Hex(Wkb.Write(shape));
            case byte[] bytes:
                return Hex(bytes);
            default:
                throw new NotSupportedException($"a column of type {value.GetType()} has no spelling yet");
        }
    }

    private static string SpelledRead(Type type, object? value) =>
        value switch
        {
            // Npgsql gives days as instants unless it is asked by type.
            DateTime at when type == typeof(DateOnly) => Spelled(DateOnly.FromDateTime(at)),
            _ => Spelled(value),
        };

    private static string Hex(byte[] bytes) => $"{{\"hex\":\"{Convert.ToHexString(bytes)}\"}}";

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2);
        CanonicalJson.AppendText(quoted, text);
        return quoted.ToString();
    }

    private static Column ColumnOf(IProperty property)
    {
        var info =
            property.PropertyInfo
            ?? throw new InvalidOperationException($"{property.Name} has no property to read: shadow columns are not sealed");
        var row = Expression.Parameter(typeof(object));
        var read = Expression.Convert(Expression.Property(Expression.Convert(row, info.DeclaringType!), info), typeof(object));
        var get = Expression.Lambda<Func<object, object?>>(read, row).Compile();
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return new(property.GetColumnName(), type, get, property.GetRelationalTypeMapping());
    }
}
