using System.Collections;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Weipian.Law;

namespace Weipian.Flow.Store;

/// <summary>
/// Covers numbers of persons in every text that is read for people (<see cref="WeipianStore.ReadForPeople"/>), at the one place
/// that all of it comes through. Rows stay as they were written; acts and <c>weipian verify</c> read those.
/// </summary>
/// <remarks>Every text is looked at but those of the columns named here: a new column is covered before anybody thinks of it.</remarks>
internal sealed class PersonalTextReader : DbCommandInterceptor
{
    public static PersonalTextReader Instance { get; } = new();

    private const int CharactersMin = 11;

    /// <summary>Ends of names of columns with numbers of things, hashes, seals and names of the machine: no words of a person.</summary>
    private static readonly string[] Kept =
    [
        "id",
        "number",
        "sha256",
        "hash",
        "prev",
        "sealed",
        "blind",
        "login",
        "key",
        "seed",
        "seedhex",
        "proof",
        "series",
        "sealjson",
        "fieldsjson",
    ];

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result) =>
        eventData.Context is StoreContext { Covered: { } mask } ? new Reader(result, mask) : result;

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(ReaderExecuted(command, eventData, result));

    /// <summary>Whether texts of a column are words; an alias of a query may carry a number behind it.</summary>
    internal static bool HoldsWords(string column)
    {
        var name = column.Replace("_", "", StringComparison.Ordinal);
        var bare = name.TrimEnd("0123456789".ToCharArray());
        return !Kept.Any(kept => Ends(name, kept) || Ends(bare, kept));
    }

    private static bool Ends(string name, string with) => name.EndsWith(with, StringComparison.OrdinalIgnoreCase);

    /// <summary>A reader that hands on what another reads, texts covered.</summary>
    private sealed class Reader(DbDataReader from, PersonalMask mask) : DbDataReader
    {
        private bool?[] words = new bool?[from.FieldCount];

        public override string GetString(int ordinal)
        {
            var text = from.GetString(ordinal);
            return text.Length < CharactersMin || !(words[ordinal] ??= HoldsWords(GetName(ordinal))) ? text
                : text[0] is '{' or '[' ? mask.OfJson(text)
                : mask.Of(text);
        }

        public override T GetFieldValue<T>(int ordinal) =>
            typeof(T) == typeof(string) ? (T)(object)GetString(ordinal) : from.GetFieldValue<T>(ordinal);

        public override Task<T> GetFieldValueAsync<T>(int ordinal, CancellationToken cancellationToken) =>
            typeof(T) == typeof(string)
                ? Task.FromResult((T)(object)GetString(ordinal))
                : from.GetFieldValueAsync<T>(ordinal, cancellationToken);

        public override object GetValue(int ordinal) => from.GetValue(ordinal) is var value && value is string ? GetString(ordinal) : value;

        public override int GetValues(object[] values)
        {
            var count = Math.Min(values.Length, FieldCount);
            for (var i = 0; i < count; i++)
                values[i] = GetValue(i);
            return count;
        }

        public override bool NextResult() => Began(from.NextResult());

        public override async Task<bool> NextResultAsync(CancellationToken cancellationToken) =>
            Began(await from.NextResultAsync(cancellationToken));

        private bool Began(bool isThere)
        {
            words = new bool?[from.FieldCount];
            return isThere;
        }

        public override object this[int ordinal] => GetValue(ordinal);
        public override object this[string name] => GetValue(GetOrdinal(name));
        public override int Depth => from.Depth;
        public override int FieldCount => from.FieldCount;
        public override bool HasRows => from.HasRows;
        public override bool IsClosed => from.IsClosed;
        public override int RecordsAffected => from.RecordsAffected;

        public override bool GetBoolean(int ordinal) => from.GetBoolean(ordinal);

        public override byte GetByte(int ordinal) => from.GetByte(ordinal);

        public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
            from.GetBytes(ordinal, dataOffset, buffer, bufferOffset, length);

        public override char GetChar(int ordinal) => from.GetChar(ordinal);

        public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
            throw new NotSupportedException("texts are read whole");

        public override string GetDataTypeName(int ordinal) => from.GetDataTypeName(ordinal);

        public override DateTime GetDateTime(int ordinal) => from.GetDateTime(ordinal);

        public override decimal GetDecimal(int ordinal) => from.GetDecimal(ordinal);

        public override double GetDouble(int ordinal) => from.GetDouble(ordinal);

        public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

        public override Type GetFieldType(int ordinal) => from.GetFieldType(ordinal);

        public override float GetFloat(int ordinal) => from.GetFloat(ordinal);

        public override Guid GetGuid(int ordinal) => from.GetGuid(ordinal);

        public override short GetInt16(int ordinal) => from.GetInt16(ordinal);

        public override int GetInt32(int ordinal) => from.GetInt32(ordinal);

        public override long GetInt64(int ordinal) => from.GetInt64(ordinal);

        public override string GetName(int ordinal) => from.GetName(ordinal);

        public override int GetOrdinal(string name) => from.GetOrdinal(name);

        public override bool IsDBNull(int ordinal) => from.IsDBNull(ordinal);

        public override Task<bool> IsDBNullAsync(int ordinal, CancellationToken cancellationToken) =>
            from.IsDBNullAsync(ordinal, cancellationToken);

        public override bool Read() => from.Read();

        public override Task<bool> ReadAsync(CancellationToken cancellationToken) => from.ReadAsync(cancellationToken);

        public override void Close() => from.Close();

        public override Task CloseAsync() => from.CloseAsync();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                from.Dispose();
            base.Dispose(disposing);
        }

        public override async ValueTask DisposeAsync()
        {
            await from.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
