using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>
/// A real farming facility, recorded with the county before it was built, within the scale of its kind, off permanent basic farmland, and
/// farmed inside (设施农用地); the version of the years 2014 to 2019.
/// </summary>
internal sealed class Facility : Rule
{
    private const string Lawful = "O2";
    private const string Unlawful = "I8";

    /// <summary>Uses that turn recorded farming land to something else; any other use means that the rule does not apply.</summary>
    private static readonly string[] Converted = [Ground.Construction, Ground.Hardened, Ground.Storage, Ground.Mining, Ground.Lake];

    public override string Id => "land.facility";

    public override IReadOnlyList<string> Codes => [Lawful, Unlawful];

    public override IReadOnlyList<string> Roles => [LayerRole.FacilityAgriculture, LayerRole.PermanentFarmland];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var covers = LayerChecks.Covers(part, LayerRole.FacilityAgriculture, out var records);
        if (covers.Outcome == Outcome.Yes)
            return Best([.. records.Select(r => AskRecorded(part, law, r))]);
        var conditions = new Conditions();
        if (!conditions.Holds(SiteChecks.GroundIs(part, Ground.Facility)))
            return Conclude(conditions, Lawful);
        if (covers.Outcome == Outcome.Unknown)
            conditions.Add(covers);
        else
            conditions.Add(WithoutRecord(part, covers));
        return Conclude(conditions, Lawful);
    }

    private static Check WithoutRecord(PartFacts part, Check covers)
    {
        var known = SiteChecks.Answered(part, FactKeys.RecordNumber, out var paper);
        if (paper is null)
            return known.Contradiction is not null
                ? known
                : covers with
                {
                    Defect = Unlawful,
                    Zh = covers.Zh + "，也没有备案号：未备案",
                    En = covers.En + " and no record number was shown: not recorded",
                };
        return SiteChecks.Contradicts(
            "备案与图层矛盾",
            "the record and the layer contradict each other",
            (covers.Zh, covers.En),
            (Words.Zh(paper), Words.En(paper)),
            paper
        );
    }

    private Step AskRecorded(PartFacts part, RuleLaw law, FeatureFacts record)
    {
        var conditions = new Conditions();
        conditions.Add(
            new Check(Outcome.Yes, $"被{Words.Zh(record)}覆盖", $"covered by {Words.En(record)}") { Features = [record.Reference] }
        );
        var ground = SiteChecks.Answered(part, FactKeys.UseOnGround, out var use);
        if (use is not null && use.Written != Ground.Facility)
        {
            conditions.Add(
                ground with
                {
                    Outcome = Outcome.No,
                    Defect = Converted.Contains(use.Written) ? Unlawful : null,
                    Zh = ground.Zh + "，不是农业设施",
                    En = ground.En + ": no farming facility",
                }
            );
            return Conclude(conditions, Lawful, record.Document);
        }
        conditions.Add(ground);
        var recordedOn = record.Date ?? part.Site.Of(FactKeys.RecordedOn)?.Day;
        conditions.Add(
            PermitTiming.Precedes(
                part,
                (Words.Zh(record), Words.En(record)),
                recordedOn,
                new("attribute:facility-agriculture.date", $"{Words.Zh(record)}的备案时间", $"date of {Words.En(record)}"),
                Unlawful
            ),
            AllowedOnThisLand(part, law),
            SiteChecks.Brought(part, FactKeys.InteriorUse, EvidenceKind.PhotoInterior, "内部照片", "photos of the inside"),
            FarmedInside(part)
        );
        conditions.Add(FacilityScale.Within(part, law, Unlawful));
        return Conclude(conditions, Lawful, record.Document ?? $"{record.LayerVersionId}#{record.Number}");
    }

    /// <summary>Off permanent basic farmland, or of a kind that may stand there without destroying the plough layer.</summary>
    private static Check AllowedOnThisLand(PartFacts part, RuleLaw law)
    {
        var outside = LayerChecks.Outside(part, LayerRole.PermanentFarmland, Unlawful);
        if (outside.Outcome != Outcome.No)
            return outside;
        var kind = SiteChecks.Answered(part, FactKeys.FacilityKind, out var answer);
        if (answer is null)
            return kind;
        var key = answer.Written is "crops" or "grain_support" ? LawKeys.PlantingOnPermanentFarmland : LawKeys.LivestockOnPermanentFarmland;
        if (law.Switch(key) is not { } allowed)
            return LawChecks.NoValue(key);
        if (!allowed.Value)
            return outside with { Law = [allowed.Use] };
        return SiteChecks.FlagIs(part, FactKeys.PloughLayerDestroyed, expected: false, Unlawful) with
        {
            Law = [allowed.Use],
            Features = outside.Features,
        };
    }

    private static Check FarmedInside(PartFacts part)
    {
        var known = SiteChecks.Answered(part, FactKeys.InteriorUse, out var inside);
        return inside is null || inside.Written == "farming"
            ? known
            : known with
            {
                Outcome = Outcome.No,
                Defect = Unlawful,
                Zh = known.Zh + "，不是农业用途",
                En = known.En + ": not farming",
            };
    }
}
