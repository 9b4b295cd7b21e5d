using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weipian.Law;

namespace Weipian.Flow.Store;

/// <summary>The root of a day (日根): the last entry of the journal at its end, which stands for everything before it.</summary>
/// <remarks>
/// Printed or kept by somebody outside, it proves the past: whoever rewrites the journal, head and all, cannot make the hash come out. One
/// line of text, so that it fits a code that a telephone reads.
/// </remarks>
/// <param name="Plan">The plan of the installation.</param>
/// <param name="Day">In Asia/Shanghai, until 24:00.</param>
/// <param name="Seq">The last entry, and so how many there are.</param>
/// <param name="Algorithm">Of <see cref="ChainHash"/>.</param>
/// <param name="Hash">Of that entry; 64 hexadecimal digits.</param>
public sealed record JournalRoot(string Plan, DateOnly Day, long Seq, string Algorithm, string Hash)
{
    private const string Mark = "WEIPIAN-ROOT";
    private const string Version = "1";

    /// <summary>As it is printed and kept.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Mark} {Version} {Plan} {Day:yyyy-MM-dd} {Seq} {Algorithm} {Hash}");

    /// <summary>The root at the end of a day, or of what there is of it; <c>null</c> when the journal begins later.</summary>
    public static async Task<JournalRoot?> OfAsync(WeipianStore store, DateOnly day, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var end = ChinaTime.EndOf(day).UtcDateTime;
        await using var db = store.Read();
        var last = await db
            .Journal.Where(j => j.At < end)
            .OrderByDescending(j => j.Seq)
            .Select(j => new { j.Seq, j.Hash })
            .FirstOrDefaultAsync(stop);
        if (last is null)
            return null;
        return new(store.Plan.Id, day, last.Seq, await WeipianStore.ChainHashAsync(db, stop), last.Hash);
    }

    /// <summary>The roots in a text: every line that begins as one. Other lines are the letter around it.</summary>
    /// <exception cref="Problem"><c>store.root-unreadable</c>: no root, or a line that begins as one and is none.</exception>
    public static IReadOnlyList<JournalRoot> Parse(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var roots = text.Split('\n')
            .Select(line => line.Trim().TrimStart('\uFEFF'))
            .Where(line => line.StartsWith(Mark, StringComparison.Ordinal))
            .Select(line => ParseLine(line) ?? throw Problem.Store.RootUnreadable(file, line.Length > 200 ? line[..200] : line))
            .ToList();
        return roots.Count > 0 ? roots : throw Problem.Store.RootUnreadable(file, "");
    }

    private static JournalRoot? ParseLine(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
            parts.Length == 7
            && parts[1] == Version
            && DateOnly.TryParseExact(parts[3], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && long.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            && ChainHash.All.Contains(parts[5], StringComparer.Ordinal)
            && parts[6].Length == 64
            && parts[6].All(char.IsAsciiHexDigitLower)
            ? new(parts[2], day, seq, parts[5], parts[6])
            : null;
    }
}

/// <summary>Holds roots that were kept outside against the chain as it stands.</summary>
public sealed class CompareRoots(IReadOnlyList<JournalRoot> roots) : IVerification
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<VerificationFinding>> CheckAsync(
        WeipianStore store,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        progress?.Report("外部日根 roots kept outside");
        var findings = new List<VerificationFinding>();
        await using var db = store.Read();
        var algorithm = await WeipianStore.ChainHashAsync(db, stop);
        foreach (var root in roots)
            if (await FaultAsync(store, db, root, algorithm, stop) is { } fault)
                findings.Add(fault);
        return findings;
    }

    private static async Task<VerificationFinding?> FaultAsync(
        WeipianStore store,
        StoreContext db,
        JournalRoot root,
        string algorithm,
        CancellationToken stop
    )
    {
        if (root.Plan != store.Plan.Id)
            return new(
                "root-of-another",
                root.Text,
                $"日根属于方案 {root.Plan}，本系统运行 {store.Plan.Id}",
                $"The root is of plan {root.Plan}; this installation runs {store.Plan.Id}"
            );
        var at = $"journal/{root.Seq}";
        var entry = await db.Journal.Where(j => j.Seq == root.Seq).Select(j => new { j.Hash, j.At }).SingleOrDefaultAsync(stop);
        if (entry is null)
            return new(
                "root-cut",
                at,
                $"{root.Day:yyyy-MM-dd} 的日根有 {root.Seq} 条日志，现在的日志没有第 {root.Seq} 条：尾部被截去",
                $"The root of {root.Day:yyyy-MM-dd} counts {root.Seq} entries; the journal has no entry {root.Seq}: its tail was cut"
            );
        if (entry.Hash != root.Hash || algorithm != root.Algorithm)
            return new(
                "root-differs",
                at,
                $"日志第 {root.Seq} 条与 {root.Day:yyyy-MM-dd} 的日根不一致：该日以前的日志被改写",
                $"Entry {root.Seq} of the journal is not the one in the root of {root.Day:yyyy-MM-dd}: what was written until then was rewritten"
            );
        return null;
    }
}
