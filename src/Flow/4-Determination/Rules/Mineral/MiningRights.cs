namespace Weipian.Flow.Determinations;

/// <summary>Conditions shared by mining and exploration rights.</summary>
internal static class MiningRights
{
    /// <summary>That nobody proved a blemish; silence is no blemish.</summary>
    public static Check Unblemished(PartFacts part, FactKey key, string defect)
    {
        var asserted = SiteChecks.Asserted(part, key);
        return asserted.Outcome switch
        {
            Outcome.Yes => asserted with { Outcome = Outcome.No, Defect = defect },
            Outcome.No => asserted with { Outcome = Outcome.Yes },
            _ => asserted,
        };
    }

    /// <summary>Whether a right runs at the image after; true goes out when only an accepted renewal keeps it running.</summary>
    public static bool RunsAt(PartFacts part, FeatureFacts right, string expiredDefect, out Check check)
    {
        if (right.Expiry is not { } expiry)
        {
            check = LayerChecks.AttributeMissing(right, "expiry", "有效期止", "last day");
            return false;
        }
        if (part.Patch.After is not { } after)
        {
            check = PermitTiming.NoImageDate("after", "后时相", "date of the image after");
            return false;
        }
        if (after <= expiry)
        {
            check = new(
                Outcome.Yes,
                $"{Words.Zh(right)}有效期至 {Words.Of(expiry)}，后时相 {Words.Of(after)} 在期内",
                $"{Words.En(right)} runs to {Words.Of(expiry)}; the image of {Words.Of(after)} lies in its term"
            );
            return false;
        }
        var known = SiteChecks.DocumentBrought(part, FactKeys.RenewalAcceptedOn, out var renewal);
        if (known.Outcome == Outcome.Unknown)
        {
            check = known;
            return false;
        }
        var inTime = renewal?.Day <= expiry;
        check = new(
            inTime ? Outcome.Yes : Outcome.No,
            $"{Words.Zh(right)}有效期至 {Words.Of(expiry)}，早于后时相 {Words.Of(after)}；"
                + (renewal is null ? "没有延续登记受理" : Words.Zh(renewal) + (inTime ? "，在期内受理，视为有效" : "，逾期受理")),
            $"{Words.En(right)} ran to {Words.Of(expiry)}, before the image of {Words.Of(after)}; "
                + (renewal is null ? "no renewal was accepted" : Words.En(renewal) + (inTime ? ": in time, counts as valid" : ": too late"))
        )
        {
            Defect = inTime ? null : expiredDefect,
            Shortfall = inTime ? null : new(after.DayNumber - expiry.DayNumber, "day"),
            Evidence = renewal is null ? [] : SiteChecks.Files(renewal),
        };
        return inTime;
    }
}
