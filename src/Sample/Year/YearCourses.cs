namespace Weipian.Sample.Year;

/// <summary>Chooses the violations on which things out of the ordinary are played.</summary>
internal static class YearCourses
{
    /// <param name="rebuilt">The violation that is cleared and the later one on its ground; null where the sample has none.</param>
    /// <param name="whole">Patches with one verdict: they may be divided by hand.</param>
    public static SortedDictionary<string, string> Of(
        IReadOnlyList<TrueViolation> violations,
        IReadOnlyDictionary<string, string> tempers,
        (string Cleared, string Again)? rebuilt,
        IReadOnlySet<string> whole
    )
    {
        var courses = new SortedDictionary<string, string>(StringComparer.Ordinal);
        void Choose(string course, Func<TrueViolation, bool> fits)
        {
            var free = violations.FirstOrDefault(v => fits(v) && !courses.ContainsValue(v.Patch));
            if (free is not null)
                courses[course] = free.Patch;
        }
        if (rebuilt is { } both)
            (courses[YearCourse.InTwoParts], courses[YearCourse.Rebuilt]) = both;
        Choose(YearCourse.Contested, v => v.Fate == ViolationFate.Court);
        // The annual programme decides a week after its notices: too soon for a hearing.
        Choose(YearCourse.Hearing, v => IsFined(v) && v.Programme != PlayDates.Annual);
        Choose(YearCourse.Postponed, IsFined);
        Choose(YearCourse.Paused, v => v.IsCase && v.Programme != PlayDates.Annual);
        Choose(
            YearCourse.CityFails,
            v => v.Programme != PlayDates.Annual && v.RemovedOn <= PlayDates.EndOfYear && tempers[v.Unit] == UnitTemper.Prompt
        );
        Choose(
            YearCourse.CityFails,
            v => v.Programme != PlayDates.Annual && v.RemovedOn is not null && !courses.ContainsKey(YearCourse.CityFails)
        );
        Choose(YearCourse.Split, v => v.Kind == "land" && v.Programme == PlayDates.Annual && whole.Contains(v.Patch));
        Choose(YearCourse.Crime, v => v.IsCase && v.Kind == "land" && v.Programme != PlayDates.Annual);
        return courses;
    }

    private static bool IsFined(TrueViolation violation) =>
        violation.Fate is ViolationFate.Confiscated or ViolationFate.Formalities or ViolationFate.Records;
}
