using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>A parcel as it was judged, with all that its judgement rests on.</summary>
/// <param name="Made"><see cref="ParcelRows.MadeByRules"/> or <see cref="ParcelRows.MadeByHand"/>.</param>
/// <param name="LawRead">Every value of the law that was read for the patch, by key.</param>
internal sealed record JudgedParcel(
    PatchFacts Facts,
    string Programme,
    ProposedParcel Parcel,
    string Made,
    DeterminationLaw Law,
    IReadOnlyDictionary<string, LawUse> LawRead
);

/// <summary>What one person decided, as it goes into the seal.</summary>
internal sealed record SealedVerdict(
    string Code,
    string BasisZh,
    string DecidedBy,
    DateTime DecidedAt,
    Guid? SupersedesId,
    string LawArchive
);

/// <summary>The seal of a verdict: canonical JSON of everything it rests on, so that the same bytes come out years later.</summary>
/// <remarks>
/// Areas stand as text with four decimals of a square metre, because the last bits of a sum may differ between machines. Coordinates go in
/// as a hash of their shortest round-trip decimals: one changed coordinate changes it. Nothing in a seal is read back to compute a replay,
/// except which layer versions, visits and law it names.
/// </remarks>
internal static class VerdictSeal
{
    /// <summary>Form of the seal; a later form stands beside this one and never replaces it.</summary>
    public const string Form = "determination/1";

    /// <summary>What a proposal rests on; the hash of its canonical text tells whether anything changed since.</summary>
    public static JsonObject Inputs(JudgedParcel judged)
    {
        var (facts, parcel) = (judged.Facts, judged.Parcel);
        var plane = new PatchPlane(facts.Geometry);
        var shape = plane.ToPlane(facts.Geometry);
        return new JsonObject
        {
            ["engine"] = new JsonObject { ["form"] = Form, ["plane"] = StatutoryPlane.Identity },
            ["patch"] = new JsonObject
            {
                ["number"] = facts.Number,
                ["programme"] = judged.Programme,
                ["programmeYear"] = facts.ProgrammeYear,
                ["kind"] = facts.Kind,
                ["before"] = Day(facts.Before),
                ["after"] = Day(facts.After),
                ["county"] = facts.County,
                ["geometrySha256"] = Sha256Of(facts.Geometry),
                ["areaSquareMetres"] = Area(shape.Area),
            },
            ["parcel"] = new JsonObject
            {
                ["number"] = parcel.Number,
                ["made"] = judged.Made,
                ["geometrySha256"] = Sha256Of(parcel.Geometry),
                ["areas"] = AreasOf(parcel.Areas),
            },
            ["layers"] = LayersOf(facts, plane, shape, judged.LawRead),
            ["site"] = new JsonArray([.. facts.Site.Visits.Select(VisitOf)]),
            ["law"] = new JsonObject
            {
                ["book"] = judged.Law.Book.Sha256,
                ["values"] = new JsonArray([
                    .. judged
                        .LawRead.Values.OrderBy(u => u.Key, StringComparer.Ordinal)
                        .Select(u => new JsonArray(u.Key, u.Value, u.Unit, u.Confidence)),
                ]),
            },
            ["proposal"] = ProposalOf(parcel.Derivation),
        };
    }

    /// <summary>SHA-256 of the canonical inputs, hexadecimal, lower case.</summary>
    public static string InputsSha256(JudgedParcel judged) => CanonicalJson.Sha256(CanonicalJson.Of(Inputs(judged)));

    /// <summary>The canonical text of the seal.</summary>
    public static string Write(JudgedParcel judged, SealedVerdict verdict)
    {
        var seal = Inputs(judged);
        seal["law"]!["archive"] = verdict.LawArchive;
        seal["verdict"] = new JsonObject
        {
            ["code"] = verdict.Code,
            ["basis"] = verdict.BasisZh,
            ["departs"] = verdict.Code != judged.Parcel.Derivation.Code,
            ["by"] = verdict.DecidedBy,
            ["at"] = verdict.DecidedAt.ToString("O", CultureInfo.InvariantCulture),
            ["supersedes"] = verdict.SupersedesId?.ToString(),
        };
        return CanonicalJson.Of(seal);
    }

    /// <summary>Square metres with four decimals, half away from zero.</summary>
    internal static string Area(double squareMetres) =>
        Math.Round((decimal)squareMetres, SquareMetres.ComparedDecimals, MidpointRounding.AwayFromZero)
            .ToString("F" + SquareMetres.ComparedDecimals, CultureInfo.InvariantCulture);

    /// <summary>Areas as they are sealed and compared, as one canonical text.</summary>
    internal static string TextOf(ParcelAreas areas) => CanonicalJson.Of(AreasOf(areas));

    private static JsonObject AreasOf(ParcelAreas areas)
    {
        var sealedAreas = new JsonObject();
        foreach (var (name, value) in DerivationJson.Node(areas).AsObject())
            sealedAreas[name] = Area(value!.GetValue<double>());
        return sealedAreas;
    }

    private static JsonArray LayersOf(PatchFacts facts, PatchPlane plane, Geometry shape, IReadOnlyDictionary<string, LawUse> law)
    {
        var reach = law.TryGetValue(LawKeys.SliverWidth, out var width) ? double.Parse(width.Value, CultureInfo.InvariantCulture) : 0;
        return new JsonArray([
            .. LayerRole.All.Select(role =>
            {
                var held = facts.Role(role);
                return new JsonObject
                {
                    ["role"] = role,
                    ["loaded"] = held.Loaded,
                    ["versions"] = new JsonArray([.. held.Layers.Select(l => JsonValue.Create(l.LayerVersionId))]),
                    ["features"] = new JsonArray([
                        .. held
                            .Features.Where(f => plane.ToPlane(f.Geometry).IsWithinDistance(shape, reach))
                            .Select(f => new JsonArray(f.LayerVersionId, f.Number, Sha256Of(f))),
                    ]),
                };
            }),
        ]);
    }

    private static JsonObject VisitOf(VisitFacts visit)
    {
        var form = new JsonObject();
        foreach (var (key, answer) in visit.Answers)
            form[key] = answer;
        return new()
        {
            ["visit"] = visit.VisitId,
            ["on"] = Day(visit.VisitedOn),
            ["form"] = form,
            ["evidence"] = new JsonArray([.. visit.Evidence.Select(e => new JsonArray(e.FileName, e.ContentType, e.Sha256))]),
        };
    }

    private static JsonObject ProposalOf(Derivation derivation) =>
        new()
        {
            ["code"] = derivation.Code,
            ["flags"] = new JsonArray([.. derivation.Flags.Select(f => JsonValue.Create(f))]),
            ["deciding"] = derivation.Deciding,
            ["decidingRule"] = derivation.DecidingRule,
            ["rules"] = new JsonArray([
                .. derivation.Steps.Select(s => new JsonArray(s.RuleId, s.RuleVersion, DerivationJson.Node(s.Outcome), s.Code)),
            ]),
            ["derivationSha256"] = CanonicalJson.Sha256(DerivationJson.Write(derivation)),
        };

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What a feature says and where it lies, whatever layer version it stands in.</summary>
    public static string ContentSha256(FeatureFacts feature) => Sha256Of(feature with { LayerAsOf = default });

    private static string Sha256Of(FeatureFacts feature) =>
        CanonicalJson.Sha256(
            string.Join(
                '\n',
                feature.Code,
                feature.Standard,
                feature.ProjectName,
                feature.Document,
                Day(feature.Date),
                Day(feature.Expiry),
                feature.Use,
                feature.Party,
                feature.Kind,
                feature.DeductionCoefficient?.ToString(CultureInfo.InvariantCulture),
                feature.SettlementCode,
                Day(feature.LayerAsOf),
                CoordinatesOf(feature.Geometry)
            )
        );

    public static string Sha256Of(Geometry geometry) => CanonicalJson.Sha256(CoordinatesOf(geometry));

    /// <summary>Polygons, rings and coordinates in their order, each number in its shortest round-trip form.</summary>
    private static string CoordinatesOf(Geometry geometry)
    {
        var text = new StringBuilder();
        for (var g = 0; g < geometry.NumGeometries; g++)
        {
            var polygon = (Polygon)geometry.GetGeometryN(g);
            text.Append('(');
            foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
            {
                text.Append('(');
                foreach (var c in ring.Coordinates)
                    text.Append(CanonicalJson.Number(c.X)).Append(' ').Append(CanonicalJson.Number(c.Y)).Append(',');
                text.Append(')');
            }
            text.Append(')');
        }
        return text.ToString();
    }
}
