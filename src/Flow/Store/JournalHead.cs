using System.Globalization;

namespace Weipian.Flow.Store;

/// <summary>The last acknowledged link of the journal, kept in a file outside the database.</summary>
/// <remarks>
/// An act is acknowledged only after its entry was committed <em>and</em> named here. So the file is at most one entry behind (a crash
/// between the
/// two), and never ahead: a journal that ends before the entry named here, or holds another hash at its place, was cut or rewritten.
/// </remarks>
internal sealed class JournalHead(string path)
{
    /// <summary>What the first entry continues.</summary>
    public static readonly string Zero = new('0', 64);

    private readonly string lockPath = path + ".lock";

    internal readonly record struct Link(long Seq, string Hash);

    /// <summary>The link, or <c>null</c> when there is no file or it is not one of ours.</summary>
    public Link? Read()
    {
        if (!File.Exists(path))
            return null;
        var parts = File.ReadAllText(path).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return
            parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            && parts[1].Length == 64
            ? new Link(seq, parts[1])
            : null;
    }

    /// <summary>Names a link, unless a later one is named already (another process was faster).</summary>
    public async Task AdvanceAsync(Link link, CancellationToken stop)
    {
        await using var turn = await Durable.LockAsync(lockPath, stop);
        if (Read() is { } named && named.Seq >= link.Seq)
            return;
        Durable.Replace(path, $"{link.Seq.ToString(CultureInfo.InvariantCulture)} {link.Hash}\n");
    }
}
