namespace Weipian.Flow.Intake;

/// <summary>Which images show a patch before and after, by the days it was issued with (QSX, HSX). Pure.</summary>
/// <remarks>
/// Among images that hold the patch: before is the one nearest to QSX, after the one nearest to HSX, each at most
/// <see cref="DaysMax"/> days away; before must be the earlier of the two. Of two equally near the earlier is before, the later after:
/// the pair then spans the whole time of the change. A patch without that day has no image on that side. The day of the image, not the day
/// that was asked for, is printed on it.
/// </remarks>
public static class ImageChoice
{
    /// <summary>A quarter: farther away an image speaks of another season.</summary>
    public const int DaysMax = 92;

    /// <param name="images">Images that hold the patch, in any order.</param>
    /// <param name="on">The day of an image.</param>
    public static (T? Before, T? After) Of<T>(IEnumerable<T> images, Func<T, DateOnly> on, DateOnly? before, DateOnly? after)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(on);
        var all = images.OrderBy(on).ToList();
        var first = Nearest(all, on, before, earlier: true);
        var left = first is null ? all : all.Where(i => on(i) > on(first));
        return (first, Nearest(left, on, after, earlier: false));
    }

    private static T? Nearest<T>(IEnumerable<T> images, Func<T, DateOnly> on, DateOnly? day, bool earlier)
        where T : class
    {
        if (day is not { } wanted)
            return null;
        int Away(T image) => Math.Abs(on(image).DayNumber - wanted.DayNumber);
        var near = images.Where(i => Away(i) <= DaysMax).OrderBy(Away);
        return (earlier ? near.ThenBy(on) : near.ThenByDescending(on)).FirstOrDefault();
    }
}
