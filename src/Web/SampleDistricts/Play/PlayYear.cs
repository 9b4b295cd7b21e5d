using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Sample.Year;
using Weipian.Web.Reading;
using Weipian.Web.Serving;
using Weipian.Web.Training;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>Plays the year of a sample (演练一年): the ordinary server on the loopback, every seat signed in over HTTP, every act through its
/// door, on the day that the script gives it.</summary>
/// <remarks>
/// What must have happened is written before anything is acted (<see cref="YearTruth"/>) and compared at the end. Nothing remembers how far
/// it came: each task looks at the data and does what is left, so that a year that was stopped goes on from there.
/// </remarks>
public static class PlayYear
{
    private const int SignInsMax = 10_000;

    /// <summary>How far the year is.</summary>
    public sealed record Step(int Done, int Total, DateOnly On, string Zh, string En);

    /// <param name="Until">The last day that was played.</param>
    /// <param name="Requests">Requests over HTTP that were answered.</param>
    /// <param name="Lines">Lines in the lists of seats that were compared with the truth.</param>
    /// <param name="Differences">What came out otherwise than the truth says; empty when all is as told.</param>
    public sealed record Played(DateOnly Until, int Requests, int Lines, IReadOnlyList<YearDifference> Differences);

    /// <param name="until">The last day to play, inclusive; null for the whole year.</param>
    /// <param name="wire">What lies between the seats and the server, for who wants to listen or to disturb; nothing where it is not
    /// given.</param>
    /// <exception cref="Problem"><c>store.not-initialised</c>, <c>store.clock-is-real</c></exception>
    public static async Task<Played> PlayAsync(
        DataFolder data,
        DateOnly? until,
        IProgress<Step>? progress,
        CancellationToken stop,
        Func<HttpMessageHandler, HttpMessageHandler>? wire = null
    )
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!File.Exists(data.SampleSeats))
            throw Problem.Store.ClockIsReal();
        var last = until ?? PlayDates.Last;
        // Every seat signs in from this machine, and so do its re-runs.
        await using var app = WebServer.Build(
            "http://127.0.0.1:0",
            data,
            services => services.AddSingleton(new SignInRate(SignInsMax, TimeSpan.FromMinutes(1)))
        );
        await app.StartAsync(stop);
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var books = app.Services.GetRequiredService<OfficeBooks>();
        var truth = TruthOf(data, books.Plan);
        using var seats = new PlaySeats(address, PlaySeats.Passwords(data.SampleSeats), wire, stop);
        // On the first day every seat signs in once; a year that goes on has those sign in who act.
        if (!File.Exists(data.Clock))
            foreach (var seat in books.Plan.Seats)
                await seats.SignedInAsync(seat.Login);
        var office = new PlayOffice(
            seats,
            books,
            app.Services.GetRequiredService<ProgrammeRows>(),
            app.Services.GetRequiredService<TrainingDesk>(),
            truth,
            stop
        );
        var lists = new PlayLists(office, app.Services.GetRequiredService<DueList>());
        await WalkAsync(office, data, lists, last, progress);
        var differences = await YearComparison.OfAsync(books.Store, truth, last, stop);
        await app.StopAsync(stop);
        return new(last, seats.Done, lists.Lines, [.. lists.Differences, .. differences]);
    }

    /// <summary>The truth of a sample, told before the first act.</summary>
    public static YearTruth TruthOf(DataFolder data, WorkPlan plan)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(plan);
        return YearTruth.OfSample(Path.Combine(data.Path, "sample-files"), code => plan.Units.ResponsibleFor(code)?.Id);
    }

    private static async Task WalkAsync(PlayOffice office, DataFolder data, PlayLists lists, DateOnly last, IProgress<Step>? progress)
    {
        var tasks = new PlayScript(office, lists).Tasks().Where(t => t.On <= last).ToList();
        for (var i = 0; i < tasks.Count; i++)
        {
            office.Stop.ThrowIfCancellationRequested();
            var task = tasks[i];
            progress?.Report(new Step(i, tasks.Count, task.On, task.Zh, task.En));
            await MoveClockAsync(office, data, task.On);
            await task.DoAsync();
        }
        await MoveClockAsync(office, data, last);
        progress?.Report(new Step(tasks.Count, tasks.Count, last, "完成", "done"));
    }

    /// <summary>The administrator sets the clock on; a clock that was set further already is left there.</summary>
    private static async Task MoveClockAsync(PlayOffice office, DataFolder data, DateOnly on)
    {
        if (File.Exists(data.Clock) && office.Books.Today >= on)
            return;
        await office.DoAsync("administrator", SetClock.Act, new { moment = $"{PlayOffice.Day(on)}T09:00", reason = PlayOffice.Reason });
    }
}
