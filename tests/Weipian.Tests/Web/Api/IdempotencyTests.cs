using Weipian.Web.Api;

namespace Weipian.Tests.Web.Api;

/// <summary>A request sent twice with its key is done once.</summary>
public sealed class IdempotencyTests
{
    private readonly Idempotency keys = new(TimeProvider.System);
    private int done;

    [Theory]
    [InlineData(null)]
    [InlineData("short")]
    [InlineData("with space")]
    public async Task A_request_without_a_proper_key_is_refused(string? key)
    {
        var refused = await Assert.ThrowsAsync<Problem>(() => keys.OnceAsync("a", key, "x", Act));
        Assert.Equal("web.no-idempotency-key", refused.Code);
        Assert.Equal(0, done);
    }

    [Fact]
    public async Task The_same_key_and_content_is_done_once_and_answered_twice()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => keys.OnceAsync("a", "key-00001", "x", Act)));
        Assert.Equal(1, done);
        Assert.All(answers, a => Assert.Equal(1, a));
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_refused()
    {
        await keys.OnceAsync("a", "key-00001", "x", Act);
        var refused = await Assert.ThrowsAsync<Problem>(() => keys.OnceAsync("a", "key-00001", "y", Act));
        Assert.Equal("web.key-used-otherwise", refused.Code);
        Assert.Equal(1, done);
    }

    [Fact]
    public async Task Another_seat_may_use_the_same_key()
    {
        await keys.OnceAsync("a", "key-00001", "x", Act);
        await keys.OnceAsync("b", "key-00001", "x", Act);
        Assert.Equal(2, done);
    }

    [Fact]
    public async Task What_was_refused_may_be_tried_again_with_the_same_key()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            keys.OnceAsync<int>("a", "key-00001", "x", () => throw new InvalidOperationException())
        );
        Assert.Equal(1, await keys.OnceAsync("a", "key-00001", "x", Act));
    }

    private async Task<int> Act()
    {
        await Task.Yield();
        return Interlocked.Increment(ref done);
    }
}
