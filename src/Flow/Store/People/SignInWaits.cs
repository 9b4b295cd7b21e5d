using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Weipian.Flow.Store;

/// <summary>Wrong sign-ins, counted by login and by address in a file of the data folder, so that neither a restart nor another process
/// forgives them.</summary>
/// <remarks>
/// They are no acts and stand in no row: a stranger must not be able to make the journal grow. What was typed as a login may be a password,
/// so names stand as salted hashes. The file holds at most <see cref="EntriesMax"/> entries; those that rest longest ago leave first.
/// </remarks>
public sealed class SignInWaits(DataFolder folder, TimeSpan span)
{
    public const int EntriesMax = 10_000;

    private readonly Lock door = new();

    private string File => Path.Combine(folder.Path, "sign-in-waits");

    /// <summary>How many wrong sign-ins in a row there were, none of them longer ago than the span before the next; and the last of
    /// them.</summary>
    public (int Count, DateTimeOffset Last) Of(string kind, string name, DateTimeOffset now)
    {
        lock (door)
        {
            var kept = Read();
            return kept.Entries.TryGetValue(Hash(kept, kind, name), out var seen) && now - seen.Last <= span
                ? (seen.Count, seen.Last)
                : (0, now);
        }
    }

    /// <summary>Counts one more of each.</summary>
    public Task FailedAsync(IReadOnlyList<(string Kind, string Name)> names, DateTimeOffset now, CancellationToken stop) =>
        ChangeAsync(
            kept =>
            {
                foreach (var (kind, name) in names)
                {
                    var key = Hash(kept, kind, name);
                    var before = kept.Entries.TryGetValue(key, out var seen) && now - seen.Last <= span ? seen.Count : 0;
                    kept.Entries[key] = new(before + 1, now);
                }
            },
            now,
            stop
        );

    /// <summary>Forgets a name: it came in.</summary>
    public async Task SucceededAsync(string kind, string name, DateTimeOffset now, CancellationToken stop)
    {
        if (Of(kind, name, now).Count > 0)
            await ChangeAsync(kept => kept.Entries.Remove(Hash(kept, kind, name)), now, stop);
    }

    private async Task ChangeAsync(Action<Kept> change, DateTimeOffset now, CancellationToken stop)
    {
        await using var alone = await Durable.LockAsync(File + ".lock", stop);
        lock (door)
        {
            var kept = Read();
            change(kept);
            var over = kept
                .Entries.Where(e => now - e.Value.Last > span)
                .Select(e => e.Key)
                .Concat(kept.Entries.OrderByDescending(e => e.Value.Last).Skip(EntriesMax).Select(e => e.Key))
                .ToList();
            over.ForEach(key => kept.Entries.Remove(key));
            Durable.Replace(File, JsonSerializer.Serialize(kept));
        }
    }

    /// <summary>A file that cannot be read counts nobody: it is no reason to keep everybody out.</summary>
    private Kept Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Kept>(System.IO.File.ReadAllText(File)) ?? New();
        }
        catch (Exception unread) when (unread is IOException or JsonException)
        {
            return New();
        }
    }

    private static Kept New() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), []);

    private static string Hash(Kept kept, string kind, string name) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{kept.Salt}\n{kind}\n{name.ToUpper(CultureInfo.InvariantCulture)}"))
        );

    private sealed record Wrong(int Count, DateTimeOffset Last);

    private sealed record Kept(string Salt, Dictionary<string, Wrong> Entries);
}
