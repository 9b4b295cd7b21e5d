using Weipian.Flow.Ledger;
using Weipian.Flow.Store;
using Weipian.Web.Reading;

namespace Weipian.Web.Serving;

/// <summary>Enters what is not removed into the ledger once a cut-off is over, so that nobody has to remember it.</summary>
/// <remarks>Looks at once and then again and again: a violation that is found after the cut-off enters too. Where nothing is to be entered
/// nothing is written.</remarks>
public sealed partial class LedgerWatch(OfficeBooks books, ILogger<LedgerWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                await EnterAsync(books.Store, stoppingToken);
            }
            catch (Exception wrong) when (wrong is Problem or System.Data.Common.DbException or IOException)
            {
                // The office goes on without it; the button of the office head does the same.
                CouldNotEnter(log, wrong);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Goes through every cut-off that is over. Returns the numbers of the entries that were made.</summary>
    public static async Task<IReadOnlyList<string>> EnterAsync(WeipianStore store, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var made = new List<string>();
        IReadOnlyList<EnterLedger.Occasion> over;
        await using (var db = store.Read())
            over = await EnterLedger.OverAsync(store.Plan, db, store.Today, stop);
        foreach (var occasion in over)
        {
            var request = new EnterLedger.Request(occasion.Id, "固化日已过，自动挂账 entered after the cut-off");
            made.AddRange((await EnterLedger.Handle(store, Actor.Machine, request, stop)).Entered);
        }
        return made;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "what is left at a cut-off could not be entered into the ledger")]
    private static partial void CouldNotEnter(ILogger log, Exception wrong);
}
