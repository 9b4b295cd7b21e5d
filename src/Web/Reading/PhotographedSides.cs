namespace Weipian.Web.Reading;

/// <summary>From where the photographs of a patch show it.</summary>
public static class PhotographedSides
{
    /// <summary>How many directions a visit photographs the patch from.</summary>
    public const string DirectionsKey = "house/determination/photographs#directions_min";

    /// <summary>The sides of the patch, N E S W, from which photographs show it: where cameras stood as seen from its middle.</summary>
    public static IReadOnlyList<string> Of(PatchDossier patch)
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
