using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Geo;
using Weipian.Sample.Files;
using Weipian.Sample.Land;
using Weipian.Sample.Sites;
using District = Weipian.Sample.Land.District;

namespace Weipian.Tests.Sample;

/// <summary>What the layers and visits of a drawn district say about one patch, handed to the rules directly: no file, no database
/// between.</summary>
internal sealed class FactsOfCast
{
    private const string Standard = "gbt21010-2007";
    private static readonly CoordinateSystem Ground = CoordinateSystem.FromEpsg(4548);
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4490);

    // Day on which each layer is as of; land use of 2018 is left out, its classes under patches are those of 2017.
    private static readonly DateOnly AsOf = new(2017, 12, 31);

    private readonly STRtree<FeatureFacts> layers = new();
    private readonly District land;
    private long count;

    public FactsOfCast(District land, IReadOnlyList<Cast> casts)
    {
        this.land = land;
        for (var i = 0; i < land.Subdivision.Cells.Count; i++)
            foreach (var piece in land.Pieces(i))
                Add(
                    LayerRole.LandUse,
                    land.Ground(piece.Ring),
                    f => f with { Code = land.Subdivision.Cells[i].Class.Code(), Standard = Standard }
                );
        foreach (var block in land.Subdivision.Blocks.Where(b => b.Protected))
        foreach (var piece in land.Pieces(block))
            Add(LayerRole.PermanentFarmland, land.Ground(piece.Ring), f => f);
        foreach (var paper in casts.SelectMany(c => c.Story.Papers).Concat(Background.Papers(land)))
            Add(paper.Role, paper.Rings.Single(), f => Filled(f, paper));
    }

    public PatchFacts Of(Cast cast)
    {
        var story = cast.Story;
        var shape = InDegrees(story.Shape());
        var touching = layers.Query(shape.EnvelopeInternal).Where(f => f.Geometry.Intersects(shape)).ToList();
        touching.AddRange(Units(cast));
        var before = story.BeforeWritten == "" ? (DateOnly?)null : story.Before;
        return new()
        {
            Number = cast.Number,
            Kind = story.Kind,
            ProgrammeYear = story.Programme.Year,
            Before = before,
            After = story.AfterWritten == "" ? null : story.After,
            County = "370306",
            Geometry = shape,
            Roles = LayerRole.All.ToDictionary(
                r => r,
                r =>
                    r == LayerRole.LandUse && !(before >= AsOf)
                        ? RoleFacts.NotLoaded(r)
                        : new(r, Loaded: true, [new("layer-" + r, AsOf)], [.. touching.Where(f => f.Role == r).OrderBy(f => f.Number)]),
                StringComparer.Ordinal
            ),
            Site = new([.. story.Visits.Select((v, i) => Visit(cast, i, v.On, v.Facts))]),
        };
    }

    /// <summary>The units that matter to a patch: only what lies around it, so that cutting is cheap.</summary>
    private IEnumerable<FeatureFacts> Units(Cast cast)
    {
        var around = cast.Story.Plot.Polygon(LocalShape.Rectangle(1_000, 1_000));
        foreach (var unit in cast.Units)
        {
            var label = land.Units.Select(u => u.Code).ToList().IndexOf(unit.UnitCode);
            var near = land.Shapes[label].Intersection(around);
            yield return new()
            {
                Role = LayerRole.AdministrativeUnit,
                LayerVersionId = "layer-units",
                Number = label + 1,
                LayerAsOf = AsOf,
                Geometry = InDegrees(near as MultiPolygon ?? new([.. near is Polygon p ? (Polygon[])[p] : []])),
                Code = unit.UnitCode,
            };
        }
    }

    private void Add(string role, double[] ring, Func<FeatureFacts, FeatureFacts> fill)
    {
        var shell = Factory.CreateLinearRing([
            .. Enumerable.Range(0, ring.Length / 2).Select(i => InDegrees(new Coordinate(ring[2 * i], ring[2 * i + 1]))),
        ]);
        var shape = Factory.CreateMultiPolygon([Factory.CreatePolygon(shell)]);
        var feature = new FeatureFacts
        {
            Role = role,
            LayerVersionId = "layer-" + role,
            Number = ++count,
            LayerAsOf = AsOf,
            Geometry = shape,
        };
        layers.Insert(shape.EnvelopeInternal, fill(feature));
    }

    /// <summary>The columns of a paper by its own map, as the import would fill them.</summary>
    private static FeatureFacts Filled(FeatureFacts feature, Paper paper)
    {
        var role = PaperRoles.All.Single(r => r.Role == paper.Role);
        var values = role
            .Map.Select(m => m.Split('='))
            .ToDictionary(m => m[0], m => paper.Values[role.Fields.ToList().FindIndex(f => f.Name == m[1])], StringComparer.Ordinal);
        T? Of<T>(string field) => (T?)values.GetValueOrDefault(field);
        return feature with
        {
            ProjectName = Of<string>("number"),
            Document = Of<string>("document"),
            Date = (DateOnly?)values.GetValueOrDefault("date"),
            Expiry = (DateOnly?)values.GetValueOrDefault("expiry"),
            Use = Of<string>("use"),
            Party = Of<string>("party"),
            Kind = Of<string>("kind"),
            Code = Of<string>("code"),
        };
    }

    private static VisitFacts Visit(Cast cast, int number, DateOnly on, Dictionary<string, object> facts)
    {
        using var form = JsonDocument.Parse(TruthFile.Form(facts));
        var kinds = facts.TryGetValue("evidence", out var evidence) ? ((string)evidence).Split(',') : [];
        return new(
            $"{cast.Number}-{number + 1}",
            on,
            form.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => Written(p.Value), StringComparer.Ordinal),
            [.. kinds.Select(k => new EvidenceReference(k, k, k == "document" ? "text/plain" : "image/png"))]
        );
    }

    private static string Written(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => value.GetDecimal().ToString(CultureInfo.InvariantCulture),
            _ => value.GetString()!,
        };

    private static MultiPolygon InDegrees(MultiPolygon shape) =>
        Factory.CreateMultiPolygon([
            .. shape
                .Geometries.Cast<Polygon>()
                .Select(p =>
                    Factory.CreatePolygon(
                        Factory.CreateLinearRing(Array.ConvertAll(p.Shell.Coordinates, InDegrees)),
                        [.. p.Holes.Select(h => Factory.CreateLinearRing(Array.ConvertAll(h.Coordinates, InDegrees)))]
                    )
                ),
        ]);

    private static Coordinate InDegrees(Coordinate c)
    {
        var (longitude, latitude) = Ground.ToGeographic(c.X, c.Y);
        return new(Math.Round(longitude, 9), Math.Round(latitude, 9));
    }
}
