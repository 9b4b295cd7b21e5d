namespace Weipian.Sample.Year;

/// <summary>The days on which the work of one programme is done in the played year.</summary>
/// <param name="Accepted">On site, where the unit removes in time.</param>
/// <param name="LateReported">Where it does not.</param>
public sealed record ProgrammeDays(
    string Programme,
    DateOnly Decided,
    DateOnly Confirmed,
    DateOnly Formed,
    DateOnly Opened,
    DateOnly Signed,
    DateOnly Investigated,
    DateOnly Reviewed,
    DateOnly Noticed,
    DateOnly Penalised,
    DateOnly Served,
    DateOnly Paid,
    DateOnly Due,
    DateOnly Reported,
    DateOnly Accepted,
    DateOnly Closed,
    DateOnly LateReported,
    DateOnly LateAccepted,
    DateOnly LateClosed
)
{
    /// <summary>The towns get what was not visited, some days before the verdicts.</summary>
    public DateOnly Assigned => Decided.AddDays(-4);
}

/// <summary>The days of the played year, so that the plan's days are kept.</summary>
public static class PlayDates
{
    public const string Annual = "2018-annual";

    public static DateOnly First { get; } = new(2019, 5, 1);
    public static DateOnly EndOfYear { get; } = new(2019, 12, 31);
    public static DateOnly Last { get; } = new(2020, 6, 30);
    public static DateOnly BacklogAccepted { get; } = new(2019, 5, 29);

    /// <summary>The leading group accepts the annual programme: what is left on this day enters the ledger of 2018.</summary>
    public static DateOnly AnnualAccepted { get; } = new(2019, 6, 15);

    /// <summary>Ground that was built on again is put back on the ledger.</summary>
    public static DateOnly Reopened { get; } = new(2019, 11, 5);

    /// <summary>The city says what it found.</summary>
    public static DateOnly CityRound { get; } = new(2020, 6, 20);

    /// <summary>The days on which the list of every seat is compared with the truth: the day before the results of the first quarters are
    /// due, and the first working day after the year.</summary>
    public static IReadOnlyList<DateOnly> Compared { get; } = [new(2019, 7, 9), new(2020, 1, 2)];

    /// <summary>When the towns are evaluated, and over which programmes.</summary>
    public static IReadOnlyList<(DateOnly On, IReadOnlyList<string> Programmes)> Evaluations { get; } =
    [(new(2019, 7, 14), ["2019-q1", "2019-q2"]), (new(2019, 10, 15), ["2019-q3"]), (new(2020, 1, 10), ["2019-q1", "2019-q2", "2019-q3"])];

    public static IReadOnlyList<ProgrammeDays> Programmes { get; } =
    [
        new(
            Annual,
            Decided: new(2019, 5, 6),
            Confirmed: new(2019, 5, 7),
            Formed: new(2019, 5, 8),
            Opened: new(2019, 5, 9),
            Signed: new(2019, 5, 10),
            Investigated: new(2019, 5, 13),
            Reviewed: new(2019, 5, 14),
            Noticed: new(2019, 5, 15),
            Penalised: new(2019, 5, 22),
            Served: new(2019, 5, 23),
            Paid: new(2019, 5, 30),
            Due: new(2019, 6, 10),
            Reported: new(2019, 6, 5),
            Accepted: new(2019, 6, 8),
            Closed: new(2019, 6, 12),
            LateReported: new(2019, 8, 20),
            LateAccepted: new(2019, 8, 24),
            LateClosed: new(2019, 8, 27)
        ),
        new(
            "2019-q1",
            Decided: new(2019, 7, 1),
            Confirmed: new(2019, 7, 2),
            Formed: new(2019, 7, 3),
            Opened: new(2019, 7, 5),
            Signed: new(2019, 7, 8),
            Investigated: new(2019, 7, 15),
            Reviewed: new(2019, 7, 16),
            Noticed: new(2019, 7, 17),
            Penalised: new(2019, 7, 25),
            Served: new(2019, 7, 26),
            Paid: new(2019, 8, 5),
            Due: new(2019, 9, 20),
            Reported: new(2019, 9, 10),
            Accepted: new(2019, 9, 16),
            Closed: new(2019, 9, 18),
            LateReported: new(2020, 3, 10),
            LateAccepted: new(2020, 3, 12),
            LateClosed: new(2020, 3, 16)
        ),
        new(
            "2019-q2",
            Decided: new(2019, 7, 8),
            Confirmed: new(2019, 7, 9),
            Formed: new(2019, 7, 9),
            Opened: new(2019, 7, 15),
            Signed: new(2019, 7, 16),
            Investigated: new(2019, 7, 22),
            Reviewed: new(2019, 7, 23),
            Noticed: new(2019, 7, 24),
            Penalised: new(2019, 8, 1),
            Served: new(2019, 8, 2),
            Paid: new(2019, 8, 12),
            Due: new(2019, 9, 20),
            Reported: new(2019, 9, 10),
            Accepted: new(2019, 9, 16),
            Closed: new(2019, 9, 18),
            LateReported: new(2020, 3, 10),
            LateAccepted: new(2020, 3, 12),
            LateClosed: new(2020, 3, 16)
        ),
        new(
            "2019-q3",
            Decided: new(2019, 10, 8),
            Confirmed: new(2019, 10, 9),
            Formed: new(2019, 10, 9),
            Opened: new(2019, 10, 14),
            Signed: new(2019, 10, 15),
            Investigated: new(2019, 10, 21),
            Reviewed: new(2019, 10, 22),
            Noticed: new(2019, 10, 23),
            Penalised: new(2019, 11, 1),
            Served: new(2019, 11, 4),
            Paid: new(2019, 11, 12),
            Due: new(2019, 12, 20),
            Reported: new(2019, 12, 10),
            Accepted: new(2019, 12, 16),
            Closed: new(2019, 12, 18),
            LateReported: new(2020, 3, 10),
            LateAccepted: new(2020, 3, 12),
            LateClosed: new(2020, 3, 16)
        ),
    ];

    public static ProgrammeDays Of(string programme) => Programmes.Single(p => p.Programme == programme);
}
