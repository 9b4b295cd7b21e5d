namespace Weipian.Law;

/// <summary>In what a length of time is counted.</summary>
public enum TermUnit
{
    Day,
    WorkingDay,
    Month,
    Year,
}

/// <summary>A length of time as the law writes it.</summary>
/// <param name="Amount">How many; positive.</param>
/// <param name="Unit">Of what. Calendar days and working days are never mixed.</param>
/// <param name="RollsForward">The switch of this clock: true when a last day that is off moves to the next working day. Never true of
/// working days.</param>
public sealed record Term(int Amount, TermUnit Unit, bool RollsForward = false)
{
    /// <summary>60日, 5个工作日, 3个月, 1年.</summary>
    public string Chinese =>
        Unit switch
        {
            TermUnit.Day => $"{Amount}日",
            TermUnit.WorkingDay => $"{Amount}个工作日",
            TermUnit.Month => $"{Amount}个月",
            _ => $"{Amount}年",
        };

    /// <summary>60 days, 5 working days, 3 months, 1 year.</summary>
    public string English =>
        Unit switch
        {
            TermUnit.Day => Plural("day"),
            TermUnit.WorkingDay => Plural("working day"),
            TermUnit.Month => Plural("month"),
            _ => Plural("year"),
        };

    private string Plural(string noun) => Amount == 1 ? $"1 {noun}" : $"{Amount} {noun}s";
}
