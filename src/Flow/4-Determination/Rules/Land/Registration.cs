using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>A registered right covers the part and the use matches (登记发证).</summary>
/// <remarks>
/// Registration follows a permit; a certificate younger than the image before does not prove what was permitted when works started, so it
/// leads to doubt and never to a violation.
/// </remarks>
internal sealed class Registration : Rule
{
    public override string Id => "land.registration";

    public override IReadOnlyList<string> Codes => ["L3", "I6"];

    public override IReadOnlyList<string> Roles => [LayerRole.Registration];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var covers = LayerChecks.Covers(part, LayerRole.Registration, out var rights);
        if (covers.Outcome == Outcome.Yes)
            return Best([.. rights.Select(r => AskOne(part, law, r))]);
        var conditions = new Conditions();
        conditions.Add(covers);
        return Conclude(conditions, "L3");
    }

    private Step AskOne(PartFacts part, RuleLaw law, FeatureFacts right)
    {
        var conditions = new Conditions();
        conditions.Add(
            new Check(Outcome.Yes, $"被{Words.Zh(right)}覆盖", $"covered by {Words.En(right)}") { Features = [right.Reference] }
        );
        conditions.Add(Timing(part, right));
        conditions.Add(InTerm(part, right));
        conditions.Add(UseMatch.Agrees(part, law, [right], "I6"));
        return Conclude(conditions, "L3", right.Document ?? $"{right.LayerVersionId}#{right.Number}");
    }

    private static Check Timing(PartFacts part, FeatureFacts right)
    {
        var timing = PermitTiming.Precedes(
            part,
            (Words.Zh(right), Words.En(right)),
            right.Date,
            new("attribute:registration.date", $"{Words.Zh(right)}的登记时间", $"date of {Words.En(right)}"),
            defect: ""
        );
        return timing.Outcome != Outcome.No
            ? timing
            : timing with
            {
                Outcome = Outcome.Unknown,
                Defect = null,
                Zh = timing.Zh + "；登记晚于动工，不能证明动工时已取得权利",
                En = timing.En + "; a right registered after works started does not prove what was permitted then",
                Missing =
                [
                    new(
                        "answer:conversion_document",
                        "权利来源（批准、供地）文件",
                        "the document from which the right comes (approval, supply)"
                    ),
                ],
            };
    }

    private static Check InTerm(PartFacts part, FeatureFacts right)
    {
        if (right.Expiry is not { } expiry || part.Patch.After is not { } after || after <= expiry)
            return new(Outcome.Yes, $"{Words.Zh(right)}在有效期内", $"{Words.En(right)} is in its term");
        return new(
            Outcome.Unknown,
            $"{Words.Zh(right)}使用期限至 {Words.Of(expiry)}，早于后时相 {Words.Of(after)}，是否续期不明",
            $"the term of {Words.En(right)} ended on {Words.Of(expiry)}, before the image of {Words.Of(after)}; renewed or not is not known"
        )
        {
            Missing = [new("attribute:registration.expiry", "续期登记", "the renewal of the right")],
        };
    }
}
