using System.Collections.Concurrent;

namespace Weipian.Web.Api;

/// <summary>A writing request that is sent again with its key is answered again and done once.</summary>
/// <remarks>
/// Kept in memory for a day. After a restart the act itself still refuses what was done already, so that nothing is written twice; only
/// the first answer is no longer known.
/// </remarks>
public sealed class Idempotency(TimeProvider clock)
{
    private const int KeyCharactersMin = 8;
    private const int KeyCharactersMax = 100;
    private const int KeptMax = 100_000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<(string Login, string Key), Answer> answers = new();

    /// <summary>Does <paramref name="act"/> once for a seat and a key; a refused act may be tried again with the same key.</summary>
    /// <param name="content">What was asked: the same key with other content is refused.</param>
    /// <exception cref="Problem"><c>web.no-idempotency-key</c>, <c>web.key-used-otherwise</c></exception>
    public async Task<T> OnceAsync<T>(string login, string? key, string content, Func<Task<T>> act)
    {
        if (key is null || key.Length is < KeyCharactersMin or > KeyCharactersMax || key.Any(c => c is <= ' ' or > '~'))
            throw Problem.Web.NoIdempotencyKey();
        Forget();
        var mine = new Answer(content, clock.GetUtcNow(), new Lazy<Task<object>>(async () => (await act())!));
        var kept = answers.GetOrAdd((login, key), mine);
        if (kept.Content != content)
            throw Problem.Web.KeyUsedOtherwise(key);
        try
        {
            return (T)await kept.Done.Value;
        }
        catch
        {
            answers.TryRemove(new KeyValuePair<(string, string), Answer>((login, key), kept));
            throw;
        }
    }

    private void Forget()
    {
        if (answers.Count < KeptMax)
            return;
        var before = clock.GetUtcNow() - Kept;
        foreach (var answer in answers.Where(a => a.Value.At < before))
            answers.TryRemove(answer);
    }

    private sealed record Answer(string Content, DateTimeOffset At, Lazy<Task<object>> Done);
}
