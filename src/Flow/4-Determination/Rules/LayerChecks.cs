using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Weipian.Flow.Intake;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>Conditions about what the reference layers say of a part.</summary>
internal static class LayerChecks
{
    /// <summary>What the silence of the layers of one role says of a part: the same for every part of a patch.</summary>
    private static readonly ConditionalWeakTable<RoleFacts, Check> Silent = [];

    private static readonly ConcurrentDictionary<string, Check> Unloaded = new(StringComparer.Ordinal);

    /// <summary>Whether a feature of the role covers the part. A role that is not loaded is unknown, never absent.</summary>
    public static Check Covers(PartFacts part, string role, out IReadOnlyList<FeatureFacts> features)
    {
        features = [];
        var held = part.Patch.Role(role);
        var zh = LayerRoles.Chinese(role);
        if (!held.Loaded)
            return NotLoaded(role);
        features = part.CoveredBy(role);
        if (features.Count == 0)
            return Silent.GetValue(
                held,
                silent =>
                    new(Outcome.No, $"{zh}图层没有要素覆盖本部分", $"no {role} feature covers the part")
                    {
                        LayerVersions = [.. silent.Layers.Select(l => l.LayerVersionId)],
                    }
            );
        return features is RoleCoverage known ? known.Covers(f => Covered(held, f)) : Covered(held, features);
    }

    private static Check Covered(RoleFacts held, IReadOnlyList<FeatureFacts> features) =>
        new(
            Outcome.Yes,
            "被" + string.Join("、", features.Select(Words.Zh)) + "覆盖",
            "covered by " + string.Join(", ", features.Select(Words.En))
        )
        {
            Features = [.. features.Select(f => f.Reference)],
            LayerVersions = [.. held.Layers.Select(l => l.LayerVersionId)],
        };

    /// <summary>That a feature of the role does not cover the part.</summary>
    public static Check Outside(PartFacts part, string role, string? defect = null)
    {
        var covers = Covers(part, role, out _);
        return covers.Outcome switch
        {
            Outcome.Yes => covers with { Outcome = Outcome.No, Defect = defect },
            Outcome.No => covers with { Outcome = Outcome.Yes },
            _ => covers,
        };
    }

    public static Check NotLoaded(string role) =>
        Unloaded.GetOrAdd(
            role,
            static role =>
            {
                var zh = LayerRoles.Chinese(role);
                return new(Outcome.Unknown, $"没有载入{zh}图层，有无不能认定", $"no {role} layer is loaded: unknown, not absent")
                {
                    Missing = [new($"layer:{role}", $"{zh}图层", $"{role} layer")],
                };
            }
        );

    public static Check AttributeMissing(FeatureFacts feature, string attribute, string zh, string en) =>
        new(Outcome.Unknown, $"{Words.Zh(feature)}没有{zh}", $"{Words.En(feature)} has no {en}")
        {
            Missing = [new($"attribute:{feature.Role}.{attribute}", $"{Words.Zh(feature)}的{zh}", $"{en} of {Words.En(feature)}")],
            Features = [feature.Reference],
        };

    /// <summary>The class of the part in the base year, before the change.</summary>
    public static Check BaseClass(PartFacts part, RuleLaw law, out IReadOnlyList<(FeatureFacts Feature, LandClass Class)> classes)
    {
        var covers = Covers(part, LayerRole.LandUse, out var features);
        if (part.Read is { } read)
            (covers, classes) = read.BaseClass(features, () => (BaseClass(covers, features, law, out var found), found));
        else
            covers = BaseClass(covers, features, law, out classes);
        return covers;
    }

    private static Check BaseClass(
        Check covers,
        IReadOnlyList<FeatureFacts> features,
        RuleLaw law,
        out IReadOnlyList<(FeatureFacts Feature, LandClass Class)> classes
    )
    {
        classes = [];
        if (covers.Outcome == Outcome.Unknown)
            return covers;
        if (features.Count == 0)
            return covers with
            {
                Outcome = Outcome.Unknown,
                Missing = [new("layer:land-use", "覆盖本部分的地类图斑", "a land-use polygon over the part")],
            };
        var known = new List<(FeatureFacts Feature, LandClass Class)>();
        foreach (var feature in features)
        {
            if (feature.Code is not { } code)
                return AttributeMissing(feature, "code", "地类编码", "land-class code");
            if (law.LandClass(feature.Standard ?? "none", code) is not { } found)
                return new(
                    Outcome.Unknown,
                    $"{Words.Zh(feature)}的地类编码“{code}”不在标准“{feature.Standard ?? "未注明"}”的代码表中",
                    $"{Words.En(feature)} has the land-class code \"{code}\", which standard \"{feature.Standard ?? "none"}\" does not hold"
                )
                {
                    Missing = [new("attribute:land-use.code", "可识别的地类编码", "a land-class code that is in the table")],
                    Features = [feature.Reference],
                };
            known.Add((feature, found));
        }
        classes = known;
        return covers with
        {
            Zh = "变化前地类：" + string.Join("、", known.Select(k => $"{k.Class.Code} {k.Class.Name}（{Words.Zh(k.Feature)}）")),
            En =
                "class before the change: "
                + string.Join(", ", known.Select(k => $"{k.Class.Code} {k.Class.Name} ({Words.En(k.Feature)})")),
        };
    }
}
