using NetTopologySuite.Geometries;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Flow.Comparison;

/// <summary>The pieces of a comparison as a GeoPackage or what else its name asks for, one feature per patch × feature that meet, for
/// maps and other programs.</summary>
internal static class PieceFile
{
    private static readonly IReadOnlyList<WrittenField> Fields =
    [
        new("patch", "text"),
        new("role", "text"),
        new("code", "text"),
        new("layer", "text"),
        new("feature", "integer"),
        new("area_m2", "real"),
    ];

    /// <summary>Writes to <paramref name="path"/>; what is there is replaced.</summary>
    public static void Write(string path, LayerStore layers, Cut cut, IProgress<string>? progress, CancellationToken stop)
    {
        progress?.Report("图形 pieces");
        LayerFile.Write(path, "pieces", Fields, Features(layers, cut, stop));
    }

    private static IEnumerable<(Geometry, IReadOnlyList<object?>)> Features(LayerStore layers, Cut cut, CancellationToken stop)
    {
        foreach (var version in cut.Areas.GroupBy(a => a.Version.Id, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var wanted = version.Select(a => a.Feature).ToHashSet();
            var features = layers.Features(layers.Get(version.Key)).Where(f => wanted.Contains(f.Number)).ToDictionary(f => f.Number);
            var pieces = version
                .AsParallel()
                .AsOrdered()
                .WithCancellation(stop)
                .Select(area => (Area: area, Piece: Piece(cut, area, features[area.Feature])));
            foreach (var (area, piece) in pieces)
                if (!piece.IsEmpty)
                    yield return Feature(cut, area, piece);
        }
    }

    private static Geometry Piece(Cut cut, CutArea area, StoredFeature feature) =>
        Pieces.Measured(
            cut.Patches[area.Patch].Geometry,
            cut.OwnAreas[area.Patch],
            feature.Geometry,
            feature.AreaSquareMetres,
            area.SquareMetres
        );

    private static (Geometry, IReadOnlyList<object?>) Feature(Cut cut, CutArea area, Geometry piece) =>
        (
            piece,
            [
                cut.Patches[area.Patch].Number,
                area.Version.Role,
                area.Code.Length > 0 ? area.Code : null,
                area.Version.Id,
                area.Feature,
                area.SquareMetres,
            ]
        );
}
