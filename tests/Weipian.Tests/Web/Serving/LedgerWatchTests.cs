using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Weipian.Flow.Ledger;
using Weipian.Flow.Store;
using Weipian.Web.Reading;
using Weipian.Web.Serving;
using D = Weipian.Tests.Flow.Rectification.DistrictOfViolations;

namespace Weipian.Tests.Web.Serving;

/// <summary>The machine enters what is left at a cut-off, so that nobody has to remember it.</summary>
[Requirement("R50")]
public sealed class LedgerWatchTests : IAsyncLifetime
{
    private static readonly DateOnly CutOff = new(2019, 12, 31);
    private static readonly DateOnly NewYear = new(2020, 1, 1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private D district = null!;

    public async ValueTask InitializeAsync() => district = await D.StartAsync();

    public ValueTask DisposeAsync()
    {
        district.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task While_the_day_of_the_cut_off_runs_nothing_is_written()
    {
        await district.ViolationAsync(5);
        district.Clock.Set(CutOff);
        var entries = await district.EntriesAsync();
        Assert.Empty(await LedgerWatch.EnterAsync(district.Store));
        Assert.Equal(entries, await district.EntriesAsync());
    }

    [Fact]
    public async Task On_the_day_after_the_machine_enters_what_is_left_and_looking_again_writes_nothing()
    {
        await district.ViolationAsync(5);
        await district.RemoveAsync(await district.ViolationAsync(2), 2);
        district.Clock.Set(NewYear);
        Assert.Equal(["GZ-2019-1"], await LedgerWatch.EnterAsync(district.Store));
        await using (var db = district.Store.Read())
        {
            var entry = await db.LedgerEntries.SingleAsync();
            Assert.Equal((Actor.Machine.Login, CutOff), (entry.By, entry.EnteredOn));
            Assert.Equal(5 * D.Mu, entry.AreaSquareMetres, 6);
        }
        var entries = await district.EntriesAsync();
        Assert.Empty(await LedgerWatch.EnterAsync(district.Store));
        Assert.Equal(entries, await district.EntriesAsync());
        await district.ViolationAsync(3);
        Assert.Equal(["GZ-2019-2"], await LedgerWatch.EnterAsync(district.Store));
    }

    /// <summary>The head of the office presses its button in the second in which the machine looks.</summary>
    [Fact]
    public async Task Machine_and_head_at_once_enter_once_and_leave_one_act()
    {
        await district.ViolationAsync(5);
        district.Clock.Set(NewYear);
        var entries = await district.EntriesAsync();
        var both = await Task.WhenAll(
            Task.Run(() => LedgerWatch.EnterAsync(district.Store)),
            Task.Run(async () => (await EnterLedger.Handle(district.Store, D.Head, new("2019-cut-off", "挂账"))).Entered)
        );
        Assert.Equal(["GZ-2019-1"], both.SelectMany(made => made));
        Assert.Equal(entries + 1, await district.EntriesAsync());
    }

    [Fact]
    public async Task It_looks_as_soon_as_the_server_stands()
    {
        await district.ViolationAsync(5);
        district.Clock.Set(NewYear);
        using var books = new OfficeBooks(district.Store.Folder, district.Clock);
        var said = new Said();
        using var watch = new LedgerWatch(books, said);
        await watch.StartAsync(CancellationToken.None);
        await UntilAsync(async () =>
        {
            await using var db = district.Store.Read();
            return await db.LedgerEntries.AnyAsync();
        });
        await watch.StopAsync(CancellationToken.None);
        Assert.Empty(said.Wrongs);
    }

    [Fact]
    public async Task What_it_cannot_enter_it_says_and_the_office_goes_on()
    {
        await district.ViolationAsync(5);
        district.Clock.Set(NewYear);
        using var books = new OfficeBooks(district.Store.Folder, district.Clock);
        File.Delete(district.Store.Folder.JournalHead);
        var said = new Said();
        using var watch = new LedgerWatch(books, said);
        await watch.StartAsync(CancellationToken.None);
        await UntilAsync(() => Task.FromResult(said.Wrongs.Count > 0));
        Assert.False(watch.ExecuteTask!.IsCompleted);
        await watch.StopAsync(CancellationToken.None);
        Assert.Equal("store.journal-head-missing", Assert.IsType<Problem>(Assert.Single(said.Wrongs)).Code);
        await using var db = district.Store.Read();
        Assert.False(await db.LedgerEntries.AnyAsync());
    }

    private static async Task UntilAsync(Func<Task<bool>> came)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await came())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "it did not come");
            await Task.Delay(20);
        }
    }

    /// <summary>Keeps what was logged as wrong.</summary>
    private sealed class Said : ILogger<LedgerWatch>
    {
        private readonly List<Exception> wrongs = [];

        public IReadOnlyList<Exception> Wrongs
        {
            get
            {
                lock (wrongs)
                    return [.. wrongs];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (exception is null)
                return;
            lock (wrongs)
                wrongs.Add(exception);
        }
    }
}
