namespace Weipian.Law;

/// <summary>
/// Which date of a matter picks the law that applies. Every value states the dates that may pick it; any other is refused.
/// </summary>
public enum SelectingDate
{
    /// <summary>The day of the act (行为发生日); of a continuing act, such as unlawful occupation, the day it ended.</summary>
    DayOfAct,

    /// <summary>Date of the image before the change (前时相).</summary>
    ImageBefore,

    /// <summary>Date of the image after the change (后时相).</summary>
    ImageAfter,

    /// <summary>Day of the visit on site (实地核查日).</summary>
    Visit,

    /// <summary>Day the case was opened (立案日).</summary>
    Filing,

    /// <summary>Day of the decision (决定日).</summary>
    Decision,

    /// <summary>Day the event happened that starts a clock: served, requested, verified, accepted.</summary>
    Event,

    /// <summary>A day of the programme year to which the patch belongs (任务年度).</summary>
    Programme,

    /// <summary>Day on which a land-use layer or a figure states the ground (数据时点).</summary>
    LayerAsOf,
}
