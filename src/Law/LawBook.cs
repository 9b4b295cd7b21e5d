using System.Security.Cryptography;
using System.Text;
using Weipian.Law.Loading;

namespace Weipian.Law;

/// <summary>
/// The law as data: dated values, land-class tables, working days, verdict trees and readings. Immutable; holds no clock.
/// </summary>
public sealed class LawBook
{
    private readonly Dictionary<string, LawEntry> entries;

    private LawBook(LawContext context, string sha256, IEnumerable<LawEntry> entries, LawTables tables)
    {
        (From, Through, Sha256) = (context.From, context.Through, sha256);
        this.entries = entries.ToDictionary(e => e.Key, StringComparer.Ordinal);
        Entries = [.. this.entries.Values.OrderBy(e => e.Key, StringComparer.Ordinal)];
        (LandClasses, Calendar, Verdicts) = (tables.LandClasses, tables.Calendar, tables.Verdicts);
        Sources = [.. context.Sources.Values.OrderBy(s => s.Key, StringComparer.Ordinal)];
        Readings = [.. context.Readings.Values.OrderBy(r => r.Id, StringComparer.Ordinal)];
    }

    /// <summary>First and last day, inclusive, of what the book says anything about. Each value states its own span within it.</summary>
    public DateOnly From { get; }

    /// <inheritdoc cref="From"/>
    public DateOnly Through { get; }

    /// <summary>
    /// SHA-256 over every file of the folder in ordinal order of path, line ends taken as LF: lower-case hex. Seals a determination.
    /// </summary>
    public string Sha256 { get; }

    public LandClassTable LandClasses { get; }

    public WorkingCalendar Calendar { get; }

    public VerdictCatalogue Verdicts { get; }

    /// <summary>
    /// Every key with all it states over time, in ordinal order: for pages that show the law, and for the sweep over every month.
    /// </summary>
    public IReadOnlyList<LawEntry> Entries { get; }

    /// <summary>What was read for the book.</summary>
    public IReadOnlyList<LawSource> Sources { get; }

    /// <summary>Our interpretations where the texts are silent.</summary>
    public IReadOnlyList<Reading> Readings { get; }

    /// <summary>Loads a folder <c>law/</c>. Refuses, with file, line and column, whatever is malformed, has a gap or an overlap.</summary>
    public static LawBook Load(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "book.yaml")))
            throw Problem.Law.FolderMissing(folder);
        return Read(
            Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(f => new LawFile(Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllBytes(f)))
        );
    }

    /// <summary>Loads files that were read elsewhere (an archive, a browser). Paths are relative to <c>law/</c>, with <c>/</c>.</summary>
    /// <param name="isKept">They were kept with sealed verdicts: texts that stood there in one language alone are taken for both.</param>
    public static LawBook Read(IEnumerable<LawFile> files, bool isKept = false)
    {
        var all = files.OrderBy(f => f.Path, StringComparer.Ordinal).ToArray();
        var folder = new LawFolder(all);
        var context = folder.Context(isKept);
        var values = new ValueFiles(context).Read([.. all.Where(f => LawFolder.IsValueFile(f.Path))]).ToArray();
        return new(context, Hash(all), values, folder.Tables(context));
    }

    /// <summary>The law on <paramref name="day"/>; <paramref name="by"/> says which date of the matter that is.</summary>
    public LawAsOf AsOf(DateOnly day, SelectingDate by) => new(this, day, by);

    /// <summary>All that a key states over time. Refuses a key that does not exist.</summary>
    public LawEntry Entry(string key) => entries.GetValueOrDefault(key) ?? throw Problem.Law.UnknownKey(key, Nearest(key));

    private string Nearest(string key) =>
        string.Join(", ", entries.Keys.OrderBy(k => Distance(k, key)).ThenBy(k => k, StringComparer.Ordinal).Take(3));

    /// <summary>Edits between two keys (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }

    /// <remarks>
    /// For each file in ordinal order of its path: the path, its length in bytes after LF normalisation, and the bytes. A checkout with
    /// CRLF line ends is the same law.
    /// </remarks>
    private static string Hash(IEnumerable<LawFile> ordered)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in ordered)
        {
            var bytes = WithoutCarriageReturns(file.Content.Span);
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Path}\0{bytes.Length}\0"));
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] WithoutCarriageReturns(ReadOnlySpan<byte> content)
    {
        var kept = new byte[content.Length];
        var count = 0;
        for (var i = 0; i < content.Length; i++)
            if (content[i] != '\r' || i + 1 >= content.Length || content[i + 1] != '\n')
                kept[count++] = content[i];
        return kept[..count];
    }
}

/// <summary>One file of the law book.</summary>
/// <param name="Path">Relative to <c>law/</c>, with <c>/</c>: <c>cn/administrative-penalty-law/60.yaml</c>.</param>
public sealed record LawFile(string Path, ReadOnlyMemory<byte> Content);
