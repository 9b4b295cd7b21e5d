using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Store;

/// <summary>Wrong sign-ins are counted in a file: a restart forgives none, and what was typed does not stand there.</summary>
public sealed class SignInWaitsTests : IDisposable
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset Noon = new(2019, 5, 8, 4, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Another process, or the same after a restart.</summary>
    private SignInWaits Another() => new(new DataFolder(folder.Path), Span);

    [Fact]
    public async Task A_restart_forgives_nothing_and_time_and_a_right_password_do()
    {
        for (var i = 0; i < 3; i++)
            await Another().FailedAsync([("login", "town-wangcun"), ("address", "10.0.0.1")], Noon.AddMinutes(i), CancellationToken.None);
        Assert.Equal((3, Noon.AddMinutes(2)), Another().Of("login", "TOWN-wangcun", Noon.AddMinutes(3)));
        Assert.Equal(3, Another().Of("address", "10.0.0.1", Noon.AddMinutes(3)).Count);
        Assert.Equal(0, Another().Of("address", "10.0.0.2", Noon.AddMinutes(3)).Count);
        Assert.Equal(0, Another().Of("login", "town-wangcun", Noon.AddMinutes(13)).Count);
        await Another().SucceededAsync("login", "town-wangcun", Noon.AddMinutes(4), CancellationToken.None);
        Assert.Equal(0, Another().Of("login", "town-wangcun", Noon.AddMinutes(4)).Count);
        Assert.Equal(3, Another().Of("address", "10.0.0.1", Noon.AddMinutes(4)).Count);
    }

    [Fact]
    public async Task What_was_typed_does_not_stand_in_the_file_and_a_damaged_file_keeps_nobody_out()
    {
        await Another().FailedAsync([("login", "my-secret-password")], Noon, CancellationToken.None);
        var file = folder.File("sign-in-waits");
        Assert.DoesNotContain("my-secret-password", await File.ReadAllTextAsync(file), StringComparison.OrdinalIgnoreCase);
        await File.WriteAllTextAsync(file, "{");
        Assert.Equal(0, Another().Of("login", "my-secret-password", Noon).Count);
        await Another().FailedAsync([("login", "x")], Noon, CancellationToken.None);
        Assert.Equal(1, Another().Of("login", "x", Noon).Count);
    }

    [Fact]
    public async Task Several_at_once_are_all_counted()
    {
        await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => Another().FailedAsync([("login", "x")], Noon, CancellationToken.None)))
        );
        Assert.Equal(16, Another().Of("login", "x", Noon).Count);
    }

    [Fact]
    public async Task Names_without_end_do_not_fill_the_disk()
    {
        var names = Enumerable.Range(0, SignInWaits.EntriesMax + 50).Select(i => ("login", $"guess-{i}")).ToList();
        await Another().FailedAsync(names, Noon, CancellationToken.None);
        await Another().FailedAsync([("login", "last")], Noon.AddSeconds(1), CancellationToken.None);
        Assert.Equal(1, Another().Of("login", "last", Noon.AddSeconds(1)).Count);
        Assert.InRange(new FileInfo(folder.File("sign-in-waits")).Length, 1, SignInWaits.EntriesMax * 150L);
    }
}
