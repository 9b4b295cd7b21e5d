namespace Weipian.Sample.Sites;

/// <summary>
/// A programme of the plan as the sample issues it: when its images were taken and when its patches were visited. Ends inclusive.
/// </summary>
internal sealed record Programme(
    string Id,
    int Year,
    int Quarter,
    DateOnly BeforeFrom,
    DateOnly BeforeTo,
    DateOnly AfterFrom,
    DateOnly AfterTo,
    DateOnly VisitFrom,
    DateOnly VisitTo
)
{
    public static Programme Annual2018 { get; } =
        new(
            "2018-annual",
            2018,
            0,
            new(2018, 1, 8),
            new(2018, 3, 20),
            new(2018, 9, 10),
            new(2018, 12, 20),
            new(2019, 4, 15),
            new(2019, 5, 6)
        );

    public static Programme FirstQuarter { get; } =
        new(
            "2019-q1",
            2019,
            1,
            new(2018, 9, 20),
            new(2018, 12, 15),
            new(2019, 1, 12),
            new(2019, 3, 20),
            new(2019, 5, 10),
            new(2019, 6, 28)
        );

    public static Programme SecondQuarter { get; } =
        new("2019-q2", 2019, 2, new(2019, 1, 8), new(2019, 3, 25), new(2019, 4, 10), new(2019, 6, 15), new(2019, 6, 22), new(2019, 7, 8));

    public static Programme ThirdQuarter { get; } =
        new("2019-q3", 2019, 3, new(2019, 4, 5), new(2019, 6, 20), new(2019, 7, 10), new(2019, 9, 5), new(2019, 9, 16), new(2019, 10, 8));

    public static IReadOnlyList<Programme> All { get; } = [Annual2018, FirstQuarter, SecondQuarter, ThirdQuarter];
}
