using System.Collections.Concurrent;
using NetTopologySuite.Geometries;

namespace Weipian.Flow.Determinations;

/// <summary>A patch cut into its faces, with their areas: what a change of the law leaves as it is.</summary>
internal sealed class CutPatch
{
    private readonly ConcurrentDictionary<FeatureReference, Geometry> shapes = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<FeatureFacts>> touching = new(StringComparer.Ordinal);

    private CutPatch(PatchFacts facts, PatchPlane plane, IReadOnlyList<Face> faces)
    {
        (Facts, Plane, Faces) = (facts, plane, faces);
        Neighbours = new(faces);
    }

    public PatchFacts Facts { get; }

    public PatchPlane Plane { get; }

    public IReadOnlyList<Face> Faces { get; }

    public FaceNeighbours Neighbours { get; }

    /// <param name="facts">The patch.</param>
    /// <param name="parcel">A further outline to cut by: a parcel that a person drew.</param>
    public static CutPatch Of(PatchFacts facts, MultiPolygon? parcel = null)
    {
        var plane = new PatchPlane(facts.Geometry);
        return new(facts, plane, PatchCut.Into(facts, plane, parcel));
    }

    /// <summary>Of some features those that a block of faces comes near to; asked of the ground once.</summary>
    /// <param name="outline">The outline of the block.</param>
    public IReadOnlyList<FeatureFacts> Touching(
        IReadOnlyList<int> block,
        IReadOnlyList<FeatureFacts> features,
        double reach,
        Func<Geometry> outline
    )
    {
        if (features.Count == 0)
            return [];
        return touching.GetOrAdd(
            FormattableString.Invariant($"{reach:R}|{string.Join(',', block)}"),
            _ =>
            {
                var ground = outline();
                return [.. features.Where(f => ground.IsWithinDistance(ShapeOf(f), reach))];
            }
        );
    }

    /// <summary>The shape of a feature in the plane of the patch.</summary>
    public Geometry ShapeOf(FeatureFacts feature) => shapes.GetOrAdd(feature.Reference, _ => Plane.ToPlane(feature.Geometry));
}
