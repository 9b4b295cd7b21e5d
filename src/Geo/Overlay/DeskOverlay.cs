namespace Weipian.Geo;

/// <param name="Patch">Index into the patch layer.</param>
/// <param name="Feature">Index into the reference layer.</param>
public readonly record struct Overlap(int Patch, int Feature, double AreaSquareMetres);

public static class DeskOverlay
{
    public static IReadOnlyList<Overlap> Measure(
        PackedLayer patches,
        PackedLayer layer,
        int threads = 0,
        CancellationToken stop = default
    ) => throw new NotImplementedException();
}
