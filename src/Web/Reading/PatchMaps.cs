using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using Weipian.Flow.Intake;
using Weipian.Flow.Verification;
using Weipian.Geo;
using Weipian.GeoFiles;
using Weipian.Law;
using Weipian.Web.SignIn;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>Maps of patches: the geometry is kept in memory, states are put on it when it is asked for.</summary>
public sealed class PatchMaps(OfficeBooks books, LayerShelf shelf, PatchDossiers dossiers, ProgrammeRows rows)
{
    private const int KeptMax = 300;
    private const double DegreesPerMetreNorth = 1 / 111_000.0;

    /// <summary>How far from its middle the ground around a patch is drawn: a share of its longer side, and so many metres more.</summary>
    private const double RoomShare = 1.5;
    private const double RoomMetresMin = 90;

    /// <summary>More features than this around one patch are a layer for a smaller scale; the nearest are drawn.</summary>
    private const int FeaturesMax = 1500;

    /// <summary>Layers that speak of the time before the change; all others of the time after it.</summary>
    private static readonly string[] BeforeRoles = [LayerRole.LandUse, LayerRole.PriorDetermination];

    private readonly ConcurrentDictionary<Guid, Kept> kept = new();

    /// <summary>The map of a patch as the seat sees it.</summary>
    /// <exception cref="Problem"><c>web.no-such-patch</c></exception>
    public async Task<PatchMap> GetAsync(Guid patch, Sight sight, CancellationToken stop)
    {
        var (programme, row) = await rows.SeenAsync(patch, sight, stop);
        var ground = await GroundAsync(patch, stop);
        var near = ground.Neighbours.Select(n => n.Id).ToHashSet();
        var seen = (await rows.SeenAsync(programme, sight, stop)).Where(r => near.Contains(r.Id)).ToDictionary(r => r.Id);
        var parcels = row.Parcels.ToDictionary(p => p.Id);
        return new PatchMap(
            patch,
            row.Number,
            row.State,
            ground.Extent,
            ground.Patch,
            [
                .. ground
                    .Parcels.Where(p => parcels.ContainsKey(p.Id))
                    .Select(p => p with { State = parcels[p.Id].State, Number = parcels[p.Id].Code ?? parcels[p.Id].Proposed ?? "" }),
            ],
            [.. ground.Neighbours.Where(n => seen.ContainsKey(n.Id)).Select(n => n with { State = seen[n.Id].State })],
            [.. ground.Layers.Select(l => l with { RoleName = Say.T("role." + l.Role) })],
            ground.Pieces,
            ground.Cameras
        );
    }

    private async Task<PatchMap> GroundAsync(Guid patch, CancellationToken stop)
    {
        var now = await dossiers.StructureAsync(stop);
        if (kept.TryGetValue(patch, out var known) && known.Structure == now)
            return await known.Ground;
        if (kept.Count > KeptMax)
            kept.Clear();
        var asked = new Kept(now, Task.Run(() => LoadAsync(patch), CancellationToken.None));
        kept[patch] = asked;
        try
        {
            return await asked.Ground;
        }
        catch
        {
            kept.TryRemove(new KeyValuePair<Guid, Kept>(patch, asked));
            throw;
        }
    }

    private async Task<PatchMap> LoadAsync(Guid id)
    {
        await using var db = books.Read();
        var patch = await db.Patches.SingleAsync(p => p.Id == id);
        var box = RoomAround(patch.Geometry.EnvelopeInternal);
        var dossier = await dossiers.GetAsync(id);
        var parcels = await db.Parcels.Where(p => p.PatchId == id && p.SupersededById == null).OrderBy(p => p.Ordinal).ToListAsync();
        var near = await db.PatchesNear(box)
            .Where(p => p.ProgrammeId == patch.ProgrammeId && p.Id != id)
            .Select(p => new
            {
                p.Id,
                p.Number,
                p.Geometry,
            })
            .ToListAsync();
        var (layers, pieces) = LayersOf(patch, dossier.Comparison, box);
        var around = patch.Geometry.EnvelopeInternal;
        return new PatchMap(
            id,
            patch.Number,
            PatchState.NotVerified,
            [around.MinX, around.MinY, around.MaxX, around.MaxY],
            RingsOf(patch.Geometry),
            [.. parcels.Select(p => new MapOutline(p.Id, p.Number, PatchState.NotVerified, RingsOf(p.Geometry)))],
            [.. near.Select(n => new MapOutline(n.Id, n.Number, PatchState.NotVerified, RingsOf(n.Geometry)))],
            layers,
            pieces,
            CamerasOf(dossier)
        );
    }

    private IReadOnlyList<MapCamera> CamerasOf(PatchDossier dossier) =>
        [
            .. from file in dossier.Evidence
            let place = file.Place
            where place is { Longitude: not null, Latitude: not null }
            let visit = dossier.Visits.FirstOrDefault(v => v.Id == file.VisitId)
            let cone = visit is null || place.BearingDegrees is null ? null : ViewCone.Of(books.Law, visit.VisitedOn)
            select new MapCamera(
                file.Id,
                file.FileName,
                place.Longitude!.Value,
                place.Latitude!.Value,
                cone?.Ring(place.Longitude.Value, place.Latitude.Value, place.BearingDegrees!.Value),
                place.LooksAtPatch,
                place.DistanceMetres
            ),
        ];

    private (IReadOnlyList<MapLayer> Layers, IReadOnlyList<MapPiece> Pieces) LayersOf(Patch patch, ComparisonSheet? sheet, Envelope box)
    {
        if (sheet is null)
            return ([], []);
        var layers = new List<MapLayer>();
        var pieces = new List<MapPiece>();
        var extent = new Extent(box.MinX, box.MinY, box.MaxX, box.MaxY);
        var window = patch.Geometry.Factory.ToGeometry(box);
        foreach (var role in sheet.Roles)
        foreach (var line in role.Layers)
        {
            var version = shelf.VersionAsync(line.Id).GetAwaiter().GetResult();
            if (version is null)
                continue;
            var features = shelf.Features(line.Id, extent).Take(FeaturesMax).ToList();
            layers.Add(
                new MapLayer(
                    role.Role,
                    role.Role,
                    line.Id,
                    line.Name,
                    line.AsOf,
                    BeforeRoles.Contains(role.Role) ? "before" : "after",
                    [.. features.Select(f => FeatureOf(f, version, box, window)).Where(f => f.Rings.Length > 0)]
                )
            );
            pieces.AddRange(PiecesOf(patch, role, line, features));
        }
        return (layers, pieces);
    }

    private MapFeature FeatureOf(StoredFeature feature, LayerVersion version, Envelope box, Geometry window)
    {
        var code = Field(feature, "code");
        var land = shelf.ClassOf(version, code);
        var label = land is null ? FirstOf(feature, "document", "number", "use", "unit", "party") : land.Name;
        return new MapFeature(
            feature.Number,
            code,
            LayerShelf.TintOf(land),
            string.Join(' ', new[] { code, label }.Where(t => t.Length > 0)),
            RingsOf(Cut(feature.Geometry, box, window))
        );
    }

    private static IEnumerable<MapPiece> PiecesOf(Patch patch, ComparisonRole role, LayerLine line, List<StoredFeature> features)
    {
        var byNumber = features.ToDictionary(f => f.Number);
        foreach (var found in role.Classes)
        foreach (var piece in found.Pieces.Where(p => p.LayerVersion == line.Id))
        {
            if (!byNumber.TryGetValue(piece.Feature, out var feature))
                continue;
            yield return new MapPiece(
                piece.Key,
                role.Role,
                line.Id,
                piece.Feature,
                found.Code,
                new SquareMetres(piece.AreaSquareMetres).ToMu().ToString(),
                RingsOf(Pieces.Intersection(patch.Geometry, feature.Geometry))
            );
        }
    }

    /// <summary>A feature as far as it lies in the box; what lies inside as a whole is not touched.</summary>
    private static Geometry Cut(Geometry shape, Envelope box, Geometry window)
    {
        if (box.Contains(shape.EnvelopeInternal))
            return shape;
        return OverlayNGRobust.Overlay(shape, window, NetTopologySuite.Operation.Overlay.SpatialFunction.Intersection);
    }

    /// <summary>A square around the patch, so that a tall or a wide pane is filled, however thin the patch is.</summary>
    private static Envelope RoomAround(Envelope patch)
    {
        var metresPerDegreeEast = Math.Cos(patch.Centre.Y * Math.PI / 180) / DegreesPerMetreNorth;
        var longest = Math.Max(patch.Width * metresPerDegreeEast, patch.Height / DegreesPerMetreNorth);
        var reach = (longest * RoomShare) + RoomMetresMin;
        var (east, north) = (reach / metresPerDegreeEast, reach * DegreesPerMetreNorth);
        var at = patch.Centre;
        return new Envelope(at.X - east, at.X + east, at.Y - north, at.Y + north);
    }

    private static string Field(StoredFeature feature, string name) =>
        Convert.ToString(feature.Fields.Get(name), CultureInfo.InvariantCulture) ?? "";

    private static string FirstOf(StoredFeature feature, params string[] names) =>
        names.Select(n => Field(feature, n)).FirstOrDefault(t => t.Length > 0) ?? "";

    /// <summary>Polygons of a geometry as nested arrays; points and lines that an intersection left are no ground.</summary>
    public static double[][][][] RingsOf(Geometry shape)
    {
        var polygons = new List<double[][][]>();
        for (var i = 0; i < shape.NumGeometries; i++)
            if (shape.GetGeometryN(i) is Polygon { IsEmpty: false } polygon)
                polygons.Add([Ring(polygon.Shell), .. polygon.Holes.Select(Ring)]);
        return [.. polygons];
    }

    private static double[][] Ring(LinearRing ring)
    {
        var positions = new double[ring.NumPoints][];
        for (var i = 0; i < positions.Length; i++)
        {
            var at = ring.GetCoordinateN(i);
            positions[i] = [Math.Round(at.X, 7), Math.Round(at.Y, 7)];
        }
        return positions;
    }

    private sealed record Kept(long Structure, Task<PatchMap> Ground);
}
