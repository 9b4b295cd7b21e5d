using Weipian.Sample.Files;
using Weipian.Sample.Land;
using Weipian.Sample.Sites;

namespace Weipian.Sample;

/// <summary>How much of a district to make.</summary>
public enum SampleSize
{
    /// <summary>About 10 km² with some thirty patches: seconds from nothing to a filled board.</summary>
    Village,

    /// <summary>About 300 km², about 60,000 land-use polygons, about 600 patches over four programmes, every layer role.</summary>
    District,

    /// <summary>About 1,000,000 land-use polygons and 12,000 patches; written as a stream.</summary>
    City,
}

/// <summary>One step of the making, for a bar or a line.</summary>
/// <param name="Done">Steps finished, from 0.</param>
/// <param name="Total">Steps in all.</param>
/// <param name="Zh">What is being made, in Chinese.</param>
/// <param name="En">What is being made, in English.</param>
public sealed record SampleProgress(int Done, int Total, string Zh, string En);

/// <summary>A reference layer as a file, with what <c>weipian layer add</c> must be told about it.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Role">A layer role of the command line, e.g. <c>land-use</c>.</param>
/// <param name="AsOf">The day of which the layer speaks.</param>
/// <param name="Codes">The land-class standard of its codes (<c>gbt21010-2007</c>), or <c>none</c>.</param>
/// <param name="Encoding">The encoding to name on import, or null when the file says it itself.</param>
/// <param name="Map">Pairs for <c>--map</c>, each <c>field=COLUMN</c> with the field names of the command line.</param>
public sealed record SampleLayerFile(string Path, string Role, DateOnly AsOf, string Codes, string? Encoding, IReadOnlyList<string> Map);

/// <summary>An issued patch file, with what <c>weipian patch import</c> must be told about it.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Programme"><c>2018-annual</c>, <c>2019-q1</c>, <c>2019-q2</c> or <c>2019-q3</c>.</param>
/// <param name="Kind"><c>land</c> or <c>mineral</c>.</param>
/// <param name="AreaUnit">Unit of the issued area: <c>mu</c>.</param>
/// <param name="Encoding">The encoding to name on import, or null when the file says it itself.</param>
/// <param name="Map">Pairs for <c>--map</c>.</param>
/// <param name="Count">Records in the file.</param>
public sealed record SamplePatchFile(
    string Path,
    string Programme,
    string Kind,
    string AreaUnit,
    string? Encoding,
    IReadOnlyList<string> Map,
    int Count
);

/// <summary>What a town officer found on the ground, to be entered as the form of one visit.</summary>
/// <param name="Programme">The programme of the patch.</param>
/// <param name="PatchNumber">The issued number of the patch (JCBH).</param>
/// <param name="VisitedOn">The day of the visit.</param>
/// <param name="Unit">Code of the statutory unit whose officer went.</param>
/// <param name="Facts">Form keys of <see cref="SiteFacts"/>; values are string, double, int, bool or DateOnly.</param>
/// <param name="Evidence">Files that the officer brought; none in a city.</param>
public sealed record SampleVisit(
    string Programme,
    string PatchNumber,
    DateOnly VisitedOn,
    string Unit,
    IReadOnlyDictionary<string, object> Facts,
    IReadOnlyList<SampleEvidence> Evidence
)
{
    /// <summary>
    /// The form as one flat JSON object, keys in ordinal order: days as ISO text, numbers and yes or no as JSON has them.
    /// </summary>
    public string FormJson() => TruthFile.Form(Facts);
}

/// <summary>A file brought from a visit.</summary>
/// <param name="Path">Full path.</param>
/// <param name="ContentType"><c>image/png</c> or <c>text/plain</c>.</param>
/// <param name="Kind">A word of the form key <c>evidence</c>: <c>photo_full</c>, <c>photo_interior</c> …</param>
public sealed record SampleEvidence(string Path, string ContentType, string Kind);

/// <summary>A part of a patch and the verdict it deserves.</summary>
/// <param name="Code">Code of the verdict catalogue.</param>
/// <param name="AreaSquareMetres">
/// Area by construction in a local metric plane, corrected for its scale; about 1e-5 relative from the statutory area.
/// </param>
/// <param name="ApprovedInFormerYear">The flag PJ: approved in a former year, built in this one.</param>
public sealed record TruePart(string Code, double AreaSquareMetres, bool ApprovedInFormerYear = false);

/// <summary>The share of a patch that lies in one statutory unit.</summary>
/// <param name="UnitCode">Nine-digit code of the unit.</param>
/// <param name="Share">From 0 to 1, by area.</param>
public sealed record TrueUnitShare(string UnitCode, double Share);

/// <summary>The truth about one patch, fixed by the generator before any rule runs.</summary>
/// <param name="Programme">The programme of the patch.</param>
/// <param name="Number">The issued number (JCBH).</param>
/// <param name="Kind"><c>land</c> or <c>mineral</c>.</param>
/// <param name="Parts">One part per verdict; a whole patch has one.</param>
/// <param name="Units">Statutory units it lies in, largest share first.</param>
/// <param name="Cases">The worked cases it realises (<c>TC1</c> … <c>TC14</c>).</param>
/// <param name="Doubt">Why it ends doubtful, as a stable word of <see cref="DoubtReasons"/>; null when it does not.</param>
/// <param name="PersistsFrom">Number of the patch of an earlier programme that shows the same ground; null when there is none.</param>
/// <param name="Zh">One sentence why, in Chinese.</param>
/// <param name="En">One sentence why, in English.</param>
public sealed record PatchTruth(
    string Programme,
    string Number,
    string Kind,
    IReadOnlyList<TruePart> Parts,
    IReadOnlyList<TrueUnitShare> Units,
    IReadOnlyList<string> Cases,
    string? Doubt,
    string? PersistsFrom,
    string Zh,
    string En
)
{
    /// <summary>Somebody was there: a visit of it is among the sample's.</summary>
    public bool IsVisited { get; init; }
}

/// <summary>An image as a file, with what <c>weipian image add</c> must be told about it.</summary>
/// <param name="Path">Full path.</param>
/// <param name="On">The day of acquisition.</param>
/// <param name="Sensor">A made-up name.</param>
public sealed record SampleImageFile(string Path, DateOnly On, string Sensor);

/// <summary>What the images show of one patch, fixed before anybody looks at them.</summary>
/// <param name="Changed">Whether the ground changed between the two images; null where that is a matter of opinion: what stood there
/// before was rebuilt or grew a little.</param>
/// <param name="Clouded">The cloud hides it on one of its two images.</param>
public sealed record ImageTruth(string Programme, string Number, DateOnly Before, DateOnly After, bool? Changed, bool Clouded);

/// <summary>All that one making of the sample wrote.</summary>
/// <param name="Folder">The folder of the files.</param>
/// <param name="Layers">Reference layers, in the order in which to add them.</param>
/// <param name="Patches">Issued patch files, in the order of their programmes.</param>
/// <param name="Visits">Visits to enter after the import; a patch without one was not visited.</param>
/// <param name="Truth">The truth per patch, also in <c>truth.json</c>.</param>
public sealed record SampleFiles(
    string Folder,
    IReadOnlyList<SampleLayerFile> Layers,
    IReadOnlyList<SamplePatchFile> Patches,
    IReadOnlyList<SampleVisit> Visits,
    IReadOnlyList<PatchTruth> Truth
)
{
    /// <summary>Images before and after; none in a city, which is for measuring.</summary>
    public IReadOnlyList<SampleImageFile> Images { get; init; } = [];

    /// <summary>What the images show, also in <c>truth-of-images.json</c>.</summary>
    public IReadOnlyList<ImageTruth> ImageTruth { get; init; } = [];
}

/// <summary>The synthetic district: files as users receive them, made from one number, with the truth beside them.</summary>
/// <remarks>
/// Nothing in it is real: the outline, the towns' borders, every polygon, permit and name are drawn by the generator; only the names and
/// codes of the statutory units are those of the place. The same number gives the same bytes, on any machine.
/// This project knows neither the rules nor the measuring kernel, so that its truth is not their echo; a test of the house says so.
/// </remarks>
public static class SampleDistrict
{
    /// <summary>Writes the files of one sample into a folder, which is made when missing; files of the same name are replaced.</summary>
    /// <param name="folder">Where to write.</param>
    /// <param name="size">How much to make.</param>
    /// <param name="number">The number everything is drawn from.</param>
    /// <param name="progress">Told each step; may be null.</param>
    /// <param name="stop">Stops between features; files written so far remain and are not a sample.</param>
    public static SampleFiles Write(
        string folder,
        SampleSize size,
        ulong number,
        IProgress<SampleProgress>? progress = null,
        CancellationToken stop = default
    )
    {
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        var steps = new Steps(progress);
        var district = new District(number, size);
        var casting = new Casting(district);
        steps.Next("绘制合成区：道路、田块、村庄", "drawing the district: roads, fields, villages");
        district.Draw(stop);
        var casts = casting.Tell();
        var files = new FilesOfSample(folder, district, casts, steps, stop).Write();
        return size == SampleSize.City ? files : new Imagery.ImageFiles(folder, district, casts, steps, stop).AddTo(files);
    }
}
