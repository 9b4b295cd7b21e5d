using System.Collections.Concurrent;
using System.Globalization;
using Weipian.Flow.Intake;
using Weipian.Geo;
using Weipian.GeoFiles;
using Weipian.Web.Reading;

namespace Weipian.Web.Tiles;

/// <summary>Reference layers as vector tiles. A layer is immutable, and so is every tile of it.</summary>
public sealed class LayerTiles(LayerShelf shelf)
{
    /// <summary>A level at which a tile holds more features than this on the average shows a layer that nobody can read.</summary>
    private const double FeaturesMean = 2500;

    /// <summary>What is smaller than a pixel is not drawn.</summary>
    private const double DrawnUnitsMin = 8;
    private const double ToleranceUnits = 3;
    private const int KeptMax = 3000;
    private static readonly string[] Labels = ["document", "number", "use", "unit", "party"];

    private readonly ConcurrentDictionary<(string Version, TileAddress At), TileAnswer> kept = new();

    /// <exception cref="Problem"><c>files.no-such-stored-layer</c></exception>
    public async Task<TileAnswer> TileAsync(string version, TileAddress at, CancellationToken stop)
    {
        if (kept.TryGetValue((version, at), out var known))
            return known;
        var layer = await shelf.VersionAsync(version, stop) ?? throw Problem.Files.NoSuchStoredLayer(version);
        var drawn = TileAnswer.Of(at.Level < LevelMin(layer) ? [] : Draw(layer, at), TileAnswer.VectorType);
        if (kept.Count >= KeptMax)
            kept.Clear();
        return kept[(version, at)] = drawn;
    }

    /// <summary>The first level at which a layer is drawn: a few thousand features to a tile.</summary>
    public int LevelMin(LayerVersion layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var box = shelf.Stored(layer.Id).Extent;
        var (width, height) = (Math.Max(1e-6, box.MaxX - box.MinX), Math.Max(1e-6, box.MaxY - box.MinY));
        for (var level = TileAddress.LevelMin; level < TileAddress.LevelMax; level++)
        {
            var side = new TileAddress(level, 0, 0).SideDegrees;
            if (layer.FeatureCount * Math.Min(1, side / width) * Math.Min(1, side / height) <= FeaturesMean)
                return level;
        }
        return TileAddress.LevelMax;
    }

    private byte[] Draw(LayerVersion version, TileAddress at)
    {
        var (box, rim) = (at.Box, at.SideDegrees * TileShape.Rim / TileShape.Units);
        var reach = new Extent(box.MinX - rim, box.MinY - rim, box.MaxX + rim, box.MaxY + rim);
        var perDegree = TileShape.Units / at.SideDegrees;
        var layer = new VectorTileLayer("layer");
        foreach (var feature in shelf.Features(version.Id, reach))
        {
            var around = feature.Geometry.EnvelopeInternal;
            if (Math.Max(around.Width, around.Height) * perDegree < DrawnUnitsMin)
                continue;
            var rings = feature
                .Geometry.Geometries.OfType<NetTopologySuite.Geometries.Polygon>()
                .SelectMany(p =>
                    TileShape.Fit(
                        [PatchTileItem.Ring(p.Shell), .. p.Holes.Select(PatchTileItem.Ring)],
                        at,
                        at.Level >= TileAddress.LevelMax - 2 ? 0 : ToleranceUnits
                    )
                )
                .ToList();
            if (rings.Count == 0)
                continue;
            var code = Field(feature, "code");
            var land = shelf.ClassOf(version, code);
            var label = land?.Name ?? Labels.Select(l => Field(feature, l)).FirstOrDefault(t => t.Length > 0) ?? "";
            layer.AddPolygon(feature.Number, rings, ("c", code), ("t", LayerShelf.TintOf(land)), ("l", label));
        }
        return new VectorTile().Add(layer).ToBytes();
    }

    private static string Field(StoredFeature feature, string name) =>
        Convert.ToString(feature.Fields.Get(name), CultureInfo.InvariantCulture) ?? "";
}
