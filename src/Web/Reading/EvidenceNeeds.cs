using Weipian.Flow.Determinations;
using Weipian.Law;

namespace Weipian.Web.Reading;

/// <summary>One line of the checklist of a verdict: what must be on file, and whether it is.</summary>
/// <param name="Here">True when it is on file, false when it is not, null when no file says what it is.</param>
public sealed record EvidenceNeed(VerdictNeed Need, bool? Here);

/// <summary>The checklist of required evidence (举证要求) against what visits brought.</summary>
public static class EvidenceNeeds
{
    /// <summary>How many directions a visit photographs the patch from.</summary>
    public const string DirectionsKey = "house/determination/photographs#directions_min";

    /// <summary>The evidence that a proposed verdict asks for, in the order of the catalogue.</summary>
    public static IReadOnlyList<EvidenceNeed> Of(Verdict verdict, PatchDossier patch)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(patch);
        return [.. verdict.Evidence.Select(need => new EvidenceNeed(need, IsHere(need.Id, patch)))];
    }

    /// <summary>Photographs are told by kind; whether a document is the one that is asked for a person has to see.</summary>
    private static bool? IsHere(string need, PatchDossier patch) =>
        need switch
        {
            "site-photos" => Listed(patch, EvidenceKind.PhotoFull) || patch.Evidence.Any(e => e.IsPicture),
            "interior-photos" => Listed(patch, EvidenceKind.PhotoInterior),
            "width-photo" => Listed(patch, EvidenceKind.PhotoWidth),
            "images-before-after" => Listed(patch, EvidenceKind.BeforeAfterImage),
            "overlay-figure" or "supply-overlay" or "geometric-ratio" => patch.Comparison is not null,
            "dates" => patch.Visits.Any(v => v.Answers.Any(a => a.Key == FactKeys.WorksStartedOn.Id)),
            _ => Listed(patch, EvidenceKind.Document) || patch.Evidence.Any(e => !e.IsPicture) ? null : false,
        };

    private static bool Listed(PatchDossier patch, string kind) =>
        patch.Visits.Any(v =>
            v.Answers.Any(a =>
                a.Key == FactKeys.EvidenceKinds.Id
                && a.Value.Split(',', StringSplitOptions.TrimEntries).Contains(kind, StringComparer.Ordinal)
            )
        );

    /// <summary>The sides of the patch, N E S W, from which photographs show it: where cameras stood as seen from its middle.</summary>
    public static IReadOnlyList<string> Sides(PatchDossier patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var stretch = Math.Cos(patch.Latitude * Math.PI / 180);
        return
        [
            .. patch
                .Evidence.Select(e => e.Place)
                .Where(p => p is { Longitude: not null, Latitude: not null, LooksAtPatch: not false })
                .Select(p => ((p!.Longitude!.Value - patch.Longitude) * stretch, p.Latitude!.Value - patch.Latitude))
                .Select(at => Math.Abs(at.Item1) > Math.Abs(at.Item2) ? (at.Item1 > 0 ? "E" : "W") : (at.Item2 > 0 ? "N" : "S"))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }
}
