namespace Weipian.Law.Loading;

/// <summary>Reads the working days: what the calendar covers, and its exceptions from plain weeks.</summary>
internal static class CalendarFiles
{
    public static WorkingCalendar Read(LawContext context, LawFile statement, LawFile table)
    {
        var root = LawYaml
            .Parse(statement)
            .OnlyFields("zh", "en", "from", "through", "confidence", "source", "compared_on", "compared_with", "readings", "note");
        context.NoteOf(root);
        var citation = CitationFields.OfTable(root, context);
        var (from, through) = (root.Require("from").Date, root.Require("through").Date);
        if (through < from)
            throw root.Malformed("截止日早于起始日", "the last day is before the first");
        var exceptions = new Dictionary<DateOnly, (bool Worked, string Name)>();
        foreach (var row in LawCsv.Parse(table, "date", "kind", "holiday", "year").Rows)
        {
            var day = row.Date("date");
            var worked = row["kind"] switch
            {
                "work" => true,
                "off" => false,
                var other => throw row.Malformed("kind", $"“{other}”应为 off 或 work", $"'{other}' must be off or work"),
            };
            // A row that repeats what the week says anyway is a slip: Saturdays are off and Mondays worked without it.
            var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            if (worked != weekend)
                throw row.Malformed("date", "只列与平常周历不同的日子", "only days that differ from the plain week are listed");
            if (day < from || day > through)
                throw row.Malformed("date", "日期超出日历范围", "the day lies outside the calendar");
            if (!exceptions.TryAdd(day, (worked, row.Required("holiday"))))
                throw row.Malformed("date", "日期重复", "the day occurs twice");
        }
        return new(from, through, exceptions, citation);
    }
}
