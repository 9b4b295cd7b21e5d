using Weipian.Tests.Flow.Store;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Reading;

/// <summary>Chips on the disk: within their limit, the longest not asked for first.</summary>
public sealed class ChipCacheTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HandClock clock = new();

    public void Dispose() => folder.Dispose();

    private string Folder => folder.File("chips");

    private static string Tag(int i) => i.ToString("x2") + new string('0', 62);

    private long Held() => new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    [Fact]
    public async Task What_is_not_kept_is_not_found_and_a_deleted_folder_is_no_fault()
    {
        var cache = new ChipCache(Folder, 1000, clock);
        Assert.Null(await cache.FindAsync(Tag(1)));
        cache.Keep(Tag(1), new byte[100]);
        Directory.Delete(Folder, recursive: true);
        Assert.Null(await cache.FindAsync(Tag(1)));
        cache.Keep(Tag(1), new byte[100]);
        Assert.Equal(100, (await cache.FindAsync(Tag(1)))!.Length);
    }

    [Fact]
    public async Task Beyond_the_limit_those_go_that_were_longest_not_asked_for()
    {
        var cache = new ChipCache(Folder, 1000, clock);
        for (var i = 0; i < 10; i++)
        {
            cache.Keep(Tag(i), new byte[100]);
            clock.Forward(TimeSpan.FromMinutes(1));
        }
        clock.Forward(TimeSpan.FromMinutes(30));
        Assert.NotNull(await cache.FindAsync(Tag(0)));
        cache.Keep(Tag(10), new byte[100]);
        Assert.InRange(Held(), 1, 1000);
        Assert.NotNull(await cache.FindAsync(Tag(0)));
        Assert.NotNull(await cache.FindAsync(Tag(10)));
        Assert.Null(await cache.FindAsync(Tag(1)));
        Assert.NotNull(await cache.FindAsync(Tag(9)));
    }

    [Fact]
    public async Task A_new_process_knows_what_lies_there_and_when_it_was_asked_for()
    {
        var first = new ChipCache(Folder, 1000, clock);
        for (var i = 0; i < 9; i++)
            first.Keep(Tag(i), new byte[100]);
        clock.Forward(TimeSpan.FromHours(1));
        Assert.NotNull(await first.FindAsync(Tag(4)));
        clock.Forward(TimeSpan.FromHours(1));
        var second = new ChipCache(Folder, 1000, clock);
        second.Keep(Tag(20), new byte[100]);
        second.Keep(Tag(21), new byte[100]);
        Assert.InRange(Held(), 1, 1000);
        Assert.NotNull(await second.FindAsync(Tag(4)));
        Assert.NotNull(await second.FindAsync(Tag(21)));
    }

    private sealed class HandClock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

        public void Forward(TimeSpan by) => now += by;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
