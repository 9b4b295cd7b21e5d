using System.Globalization;

namespace Weipian.Web.Serving;

/// <summary>How the workbench is set up here.</summary>
/// <param name="LockSpan">How long a patch stays locked for whoever has it open and does nothing.</param>
/// <param name="BatchMax">So many parcels at most get their verdict with one keystroke.</param>
/// <param name="DayTarget">So many patches a reviewer is to look at in a day; shown beside how many it were.</param>
public sealed record WorkbenchLimits(TimeSpan LockSpan, int BatchMax, int DayTarget)
{
    private const int LockMinutes = 10;
    private const int LockMinutesMax = 60;
    private const int Batch = 96;
    private const int BatchMost = 500;
    private const int Target = 500;
    private const int TargetMost = 10_000;

    /// <summary>Where nothing is set.</summary>
    public static WorkbenchLimits Ordinary { get; } = new(TimeSpan.FromMinutes(LockMinutes), Batch, Target);

    /// <exception cref="Problem"><c>web.bad-setting</c></exception>
    public static WorkbenchLimits Read(Func<string, string?> get)
    {
        ArgumentNullException.ThrowIfNull(get);
        return new(
            TimeSpan.FromMinutes(Whole(get, "WEIPIAN_LOCK_MINUTES", LockMinutes, LockMinutesMax)),
            Whole(get, "WEIPIAN_BATCH_VERDICTS_MAX", Batch, BatchMost),
            Whole(get, "WEIPIAN_DAY_TARGET", Target, TargetMost)
        );
    }

    private static int Whole(Func<string, string?> get, string name, int otherwise, int max) =>
        get(name) is not { Length: > 0 } value ? otherwise
        : int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max
            ? number
        : throw Problem.Web.BadSetting(name, value, $"1 至 {max} 的整数", $"a whole number from 1 to {max}");
}
