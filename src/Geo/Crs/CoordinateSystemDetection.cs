using System.Globalization;

namespace Weipian.Geo;

/// <summary>Which coordinate system a file is in, and why.</summary>
/// <param name="Chosen">The system; null when several fit or what is stated contradicts the numbers: then the user chooses.</param>
/// <param name="Candidates">What fits, the likeliest first; holds <paramref name="Chosen"/> alone when there is one.</param>
/// <param name="AxesSwapped">True when the first number of a pair is the northing or latitude: exchange both before use.</param>
/// <param name="Zh">One sentence that tells how it was decided.</param>
/// <param name="En">The same in English.</param>
public sealed record Detection(
    CoordinateSystem? Chosen,
    IReadOnlyList<CoordinateSystem> Candidates,
    bool AxesSwapped,
    string Zh,
    string En
);

/// <summary>Finds the coordinate system of a file from its projection text, its code and the size of its numbers.</summary>
/// <remarks>
/// What is stated is believed unless the numbers contradict it. Numbers tell degrees from metres, carry the zone before the easting
/// (39 576 750 lies in zone 39), and show exchanged axes: in China northings run from 0.3 to 6 million and eastings without zone from
/// 0.1 to 0.9 million. Metres without a zone fit several meridians, and then one is chosen only if a single one leads into
/// the district of the plan.
/// </remarks>
public static class CoordinateSystemDetection
{
    /// <summary>China with its seas, degrees: generous, it only tells systems apart.</summary>
    private static readonly Extent China = new(73, 3, 136, 54);

    private static readonly Extent World = new(-180, -90, 180, 90);

    /// <summary>How far beyond the border of its zone data may reach before the zone is doubted, degrees.</summary>
    private const double BeyondZoneDegrees = 0.6;

    /// <param name="prjText">Contents of the <c>.prj</c> file or the definition in the container; null or blank when there is none.</param>
    /// <param name="epsgHint">Code the container states; null, 0 and −1 (undefined in a GeoPackage) mean none.</param>
    /// <param name="extent">Box of all coordinates as stored, first number of a pair as x.</param>
    /// <param name="within">Where the data must lie, degrees CGCS2000 (the district of the plan), to leave one candidate.</param>
    /// <exception cref="Problem">What is stated cannot be used (<c>geometry.older-datum</c>, <c>geometry.unknown-crs</c> …).</exception>
    public static Detection Detect(string? prjText, int? epsgHint, Extent extent, Extent? within = null) =>
        Detect(prjText, epsgHint, extent, within, default(OlderDatums));

    /// <summary>For <c>--crs assume</c>: as <see cref="Detect(string?, int?, Extent, Extent?)"/>, but Beijing 1954 and Xi'an 1980 are taken
    /// as CGCS2000 of the same zone.</summary>
    public static Detection DetectAssuming(string? prjText, int? epsgHint, Extent extent, Extent? within = null) =>
        Detect(prjText, epsgHint, extent, within, new OlderDatums(Assume: true, null));

    /// <summary>For <c>--transform</c>: as <see cref="Detect(string?, int?, Extent, Extent?)"/>, but data of the older datum that the
    /// transformation starts from are carried to CGCS2000; a file that states nothing is taken to be of that datum.</summary>
    /// <exception cref="Problem">geometry.transformation-other-datum, geometry.transformation-out-of-reach, and as
    /// <see cref="Detect(string?, int?, Extent, Extent?)"/></exception>
    public static Detection DetectTransforming(
        string? prjText,
        int? epsgHint,
        Extent extent,
        DatumTransformation transformation,
        Extent? within = null
    )
    {
        ArgumentNullException.ThrowIfNull(transformation);
        return Detect(prjText, epsgHint, extent, within, new OlderDatums(false, transformation));
    }

    /// <summary>For <c>--crs EPSG:n</c>: what the user orders, held against the numbers (exchanged axes, a zone number too many or
    /// missing).</summary>
    public static Detection DetectOrdered(CoordinateSystem ordered, Extent extent, Extent? within = null)
    {
        ArgumentNullException.ThrowIfNull(ordered);
        return Reconcile(ordered, $"--crs 指定 EPSG:{ordered.Epsg}", $"--crs orders EPSG:{ordered.Epsg}", extent, within);
    }

    private static Detection Detect(string? prjText, int? epsgHint, Extent extent, Extent? within, OlderDatums older)
    {
        if (epsgHint is > 0 and var code)
        {
            var stated =
                older.Transformation is { } given ? CoordinateSystem.TransformedFrom(code, given)
                : older.Assume ? CoordinateSystem.AssumedFrom(code)
                : CoordinateSystem.FromEpsg(code);
            return Reconcile(stated, $"文件标明 EPSG:{code}", $"the file states EPSG:{code}", extent, within);
        }
        if (!string.IsNullOrWhiteSpace(prjText))
        {
            var stated = StatedSystem.FromText(prjText, older);
            return Reconcile(stated, $"文件标明{stated.NameZh}", $"the file states {stated.Name}", extent, within);
        }
        return FromNumbers(extent, within, "文件没有说明坐标系", "the file states no coordinate system", older.Transformation);
    }

    /// <summary>What is stated against what the numbers say.</summary>
    private static Detection Reconcile(CoordinateSystem stated, string zh, string en, Extent extent, Extent? within)
    {
        if (extent.IsEmpty)
            return Decided(stated, false, $"{zh}（没有坐标可核对）", $"{en} (there are no coordinates to check it against)");
        var twin = stated.Twin;
        foreach (var home in within is { } district ? new[] { district, China } : [China])
        foreach (var swapped in new[] { false, true })
        {
            if (Lies(stated, extent, swapped, home))
                return Decided(stated, swapped, zh, en, extent);
            if (twin is null || !Lies(twin, extent, swapped, home))
                continue;
            var (withZh, withEn) = twin.HasZonePrefix ? ("带", "carry") : ("不带", "do not carry");
            return Decided(
                twin,
                swapped,
                $"{zh}，但坐标{withZh}带号，以坐标为准",
                $"{en}, but the coordinates {withEn} the zone number, which decides",
                extent
            );
        }
        foreach (var swapped in new[] { false, true })
            if (stated.IsGeographic && Lies(stated, extent, swapped, World))
                return Decided(stated, swapped, $"{zh}；数据在中国范围以外", $"{en}; the data lie outside China");
        var other = FromNumbers(extent, within, zh, en, stated.Transformation);
        return new Detection(
            null,
            other.Candidates,
            other.AxesSwapped,
            $"{zh}，与坐标数值（{Numbers(extent)}）矛盾；{Listed(other.Candidates, zh: true)}",
            $"{en}, which contradicts the numbers ({Numbers(extent)}); {Listed(other.Candidates, zh: false)}"
        );
    }

    private static Detection FromNumbers(Extent extent, Extent? within, string zh, string en, DatumTransformation? transformation = null)
    {
        if (extent.IsEmpty)
            return new Detection(null, [], false, $"{zh}，也没有坐标可供判断", $"{en}, and there are no coordinates to tell by");
        foreach (var home in within is { } district ? new[] { district, China } : [China])
        foreach (var swapped in new[] { false, true })
        {
            var fitting = Possible(swapped ? Swap(extent) : extent)
                .Select(c => transformation is null ? c : c.Of(transformation.From).TransformedBy(transformation))
                .Where(c => Lies(c, extent, swapped, home) && InZone(c, extent, swapped))
                .ToList();
            if (fitting.Count == 1)
                return Decided(fitting[0], swapped, $"{zh}，由坐标数值判断", $"{en}; the numbers tell it", extent);
            if (fitting.Count > 1)
                return new Detection(
                    null,
                    fitting,
                    swapped,
                    $"{zh}；坐标数值（{Numbers(extent)}）不带带号，{Listed(fitting, zh: true)}",
                    $"{en}; the numbers ({Numbers(extent)}) carry no zone: {Listed(fitting, zh: false)}"
                );
        }
        if (transformation is null && Lies(CoordinateSystem.Cgcs2000, extent, false, World))
            // Nothing says that they are degrees: a local grid and a scaled drawing have small numbers too.
            return new Detection(
                null,
                [CoordinateSystem.Cgcs2000],
                false,
                $"{zh}；坐标数值（{Numbers(extent)}）若是经纬度，则在中国范围以外，也可能是独立坐标；确为经纬度时用 --crs EPSG:4490",
                $"{en}; if the numbers ({Numbers(extent)}) are degrees they lie outside China, and they may be of a local grid; "
                    + "if they are degrees, say --crs EPSG:4490"
            );
        return new Detection(
            null,
            [],
            false,
            $"{zh}；坐标数值（{Numbers(extent)}）不属于任何可用的坐标系，请用 --crs 指明",
            $"{en}; the numbers ({Numbers(extent)}) fit no system that can be used: name it with --crs"
        );
    }

    /// <summary>The systems whose numbers have this size, wherever they lead.</summary>
    private static IEnumerable<CoordinateSystem> Possible(Extent extent)
    {
        if (World.Contains(extent))
            return [CoordinateSystem.Cgcs2000];
        var zone = Math.Floor(extent.MinX / 1_000_000);
        if (zone == Math.Floor(extent.MaxX / 1_000_000) && zone is >= 13 and <= 45)
            return new[]
            {
                CoordinateSystem.OfZone(zone * 6 - 3, 6, true),
                CoordinateSystem.OfZone(zone * 3, 3, true),
            }.OfType<CoordinateSystem>();
        if (extent.MinX < 0 || extent.MaxX > 1_000_000)
            return [];
        return Enumerable
            .Range(0, 21)
            .Select(i => 75 + 3 * i)
            .SelectMany(m => new[] { CoordinateSystem.OfZone(m, 3, false), CoordinateSystem.OfZone(m, 6, false) })
            .OfType<CoordinateSystem>();
    }

    /// <summary>
    /// True when the data stay near their zone. Without a prefix, three- and six-degree zones of one meridian have the same numbers: the
    /// wide one counts only where the narrow one is left.
    /// </summary>
    private static bool InZone(CoordinateSystem system, Extent extent, bool swapped)
    {
        if (system.IsGeographic)
            return true;
        var box = GeographicBox(system, swapped ? Swap(extent) : extent);
        var reach = Math.Max(box.MaxX - system.CentralMeridianDegrees, system.CentralMeridianDegrees - box.MinX);
        return reach <= system.ZoneDegrees / 2.0 + BeyondZoneDegrees
            && (system.HasZonePrefix || system.ZoneDegrees == 3 || reach > 1.5 + BeyondZoneDegrees);
    }

    private static bool Lies(CoordinateSystem system, Extent extent, bool swapped, Extent home)
    {
        var box = GeographicBox(system, swapped ? Swap(extent) : extent);
        if (!system.HoldsEastings(swapped ? Swap(extent) : extent))
            return false;
        return !double.IsNaN(box.MinX + box.MinY + box.MaxX + box.MaxY)
            && World.Contains(box)
            && home.Intersects(box)
            && (!home.Equals(China) || home.Contains(box));
    }

    private static Extent GeographicBox(CoordinateSystem system, Extent extent)
    {
        if (system is { IsGeographic: true, Transformation: null })
            return extent;
        var (a, b) = (system.ToGeographic(extent.MinX, extent.MinY), system.ToGeographic(extent.MaxX, extent.MinY));
        var (c, d) = (system.ToGeographic(extent.MinX, extent.MaxY), system.ToGeographic(extent.MaxX, extent.MaxY));
        return new Extent(
            Math.Min(Math.Min(a.Longitude, b.Longitude), Math.Min(c.Longitude, d.Longitude)),
            Math.Min(Math.Min(a.Latitude, b.Latitude), Math.Min(c.Latitude, d.Latitude)),
            Math.Max(Math.Max(a.Longitude, b.Longitude), Math.Max(c.Longitude, d.Longitude)),
            Math.Max(Math.Max(a.Latitude, b.Latitude), Math.Max(c.Latitude, d.Latitude))
        );
    }

    private static Extent Swap(Extent e) => new(e.MinY, e.MinX, e.MaxY, e.MaxX);

    private static Detection Decided(CoordinateSystem system, bool swapped, string zh, string en, Extent? data = null)
    {
        if (data is { } extent)
            system.Transformation?.RequireReach(GeographicBox(system, swapped ? Swap(extent) : extent));
        var (swapZh, swapEn) = swapped
            ? ("；两个坐标轴的次序颠倒（北坐标在前），已对调", "; the axes are exchanged (northing first) and were put right")
            : ("", "");
        var (assumeZh, assumeEn) = system.AssumptionZh is null ? ("", "") : ($"；{system.AssumptionZh}", $"; {system.AssumptionEn}");
        return new Detection(
            system,
            [system],
            swapped,
            $"{zh}：采用{system.NameZh}（EPSG:{system.Epsg}）{swapZh}{assumeZh}",
            $"{en}: taken as {system.Name} (EPSG:{system.Epsg}){swapEn}{assumeEn}"
        );
    }

    private static string Listed(IReadOnlyList<CoordinateSystem> systems, bool zh) =>
        systems.Count == 0
            ? zh
                ? "没有相符的坐标系，请用 --crs 指明"
                : "no system fits, name it with --crs"
            : zh
                ? $"可能是 {string.Join("、", systems.Select(s => $"EPSG:{s.Epsg}"))}，请用 --crs 选定"
                : $"it may be {string.Join(", ", systems.Select(s => $"EPSG:{s.Epsg}"))}; choose with --crs";

    private static string Numbers(Extent e) =>
        string.Create(CultureInfo.InvariantCulture, $"x {e.MinX:0.###}…{e.MaxX:0.###}, y {e.MinY:0.###}…{e.MaxY:0.###}");
}
