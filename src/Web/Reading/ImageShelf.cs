using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;
using Weipian.Flow.Intake;
using Weipian.Geo;
using Weipian.Imagery;
using Weipian.Web.Serving;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>The images of the installation: which show a patch, and chips of them, rendered once and kept by content.</summary>
public sealed partial class ImageShelf(OfficeBooks books, ProgrammeRows rows, ImageSettings settings, TimeProvider clock) : IDisposable
{
    public const int SizeMin = 64;
    public const int SizeMax = 1024;
    private const int OpenMax = 32;
    private const int PairsMax = 4000;

    /// <summary>How much of the ground a chip shows: times the longer side of the patch, and so many metres more.</summary>
    private const double Room = 1.7;
    private const double RoomMetres = 24;

    /// <summary>An image shows a patch when so much of its box has data.</summary>
    private const double CoverageMin = 0.5;
    private const int CoveragePixels = 12;

    private readonly ConcurrentDictionary<string, Lazy<GeoTiff>> open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, (int Images, PatchImages Pair)> pairs = new();
    private readonly Lazy<SKTypeface?> face = new(() =>
        SKTypeface.FromFile(Path.Combine(AppContext.BaseDirectory, "fonts", "NotoSansSC-Regular.ttf"))
    );
    private readonly ChipCache chips = new(Path.Combine(books.Store.Folder.Path, "chips"), settings.ChipBytesMax, clock);
    private readonly SemaphoreSlim renderers = new(Math.Max(1, Environment.ProcessorCount));

    /// <summary>The images that hold a patch, in the order of their days, and which are before and after.</summary>
    public sealed record PatchImages(
        Guid Patch,
        Extent Box,
        IReadOnlyList<double[]> Rings,
        IReadOnlyList<Image> Series,
        Image? Before,
        Image? After
    );

    /// <summary>Every image, newest day first.</summary>
    public async Task<IReadOnlyList<Image>> AllAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        return await db.Images.OrderByDescending(i => i.AcquiredOn).ThenBy(i => i.Id).ToListAsync(stop);
    }

    /// <exception cref="Problem"><c>web.no-such-patch</c>, also when the seat does not see it</exception>
    public async Task<PatchImages> OfAsync(Guid patch, Sight sight, CancellationToken stop)
    {
        await rows.SeenAsync(patch, sight, stop);
        await using var db = books.Read();
        var count = await db.Images.CountAsync(stop);
        if (pairs.TryGetValue(patch, out var known) && known.Images == count)
            return known.Pair;
        var row = await db.Patches.SingleAsync(p => p.Id == patch, stop);
        var near = await db
            .Images.Where(i => i.West <= row.East && i.East >= row.West && i.South <= row.North && i.North >= row.South)
            .ToListAsync(stop);
        var box = new Extent(row.West, row.South, row.East, row.North);
        var frame = ChipFrame.Around(box, 1, 1, CoveragePixels);
        var series = near.Where(i => Render(i, frame).Coverage >= CoverageMin).OrderBy(i => i.AcquiredOn).ToList();
        var (before, after) = ImageChoice.Of(series, i => i.AcquiredOn, row.Before, row.After);
        var rings = row.Geometry.Geometries.Cast<NetTopologySuite.Geometries.Polygon>().SelectMany(RingsOf).ToList();
        var pair = new PatchImages(patch, box, rings, series, before, after);
        if (pairs.Count > PairsMax)
            pairs.Clear();
        pairs[patch] = (count, pair);
        return pair;
    }

    /// <summary>The frame of a patch's chips: a square in the plane of its 3-degree belt.</summary>
    public static ChipFrame FrameOf(PatchImages pair, int size) => ChipFrame.Around(pair.Box, Room, RoomMetres, size);

    /// <summary>Whether there is a chip to ask for.</summary>
    /// <param name="which"><c>before</c>, <c>after</c> or the id of an image.</param>
    /// <exception cref="Problem"><c>web.no-such-patch</c></exception>
    public async Task<bool> HasAsync(Guid patch, string which, Sight sight, CancellationToken stop) =>
        Find(await OfAsync(patch, sight, stop), which) is not null;

    private static Image? Find(PatchImages pair, string which) =>
        which switch
        {
            "before" => pair.Before,
            "after" => pair.After,
            _ => pair.Series.FirstOrDefault(i => i.Id == which),
        };

    /// <summary>A chip of a patch as JPEG.</summary>
    /// <param name="which"><c>before</c>, <c>after</c> or the id of an image.</param>
    /// <param name="burnt">With the outline and the day burnt in, for printing and passing on.</param>
    /// <param name="geographic">In degrees (EPSG:4490) instead of the plane of the belt.</param>
    /// <exception cref="Problem"><c>web.no-such-patch</c>, <c>images.no-image</c></exception>
    public async Task<(byte[] Jpeg, string Tag)> ChipAsync(
        Guid patch,
        string which,
        int size,
        bool burnt,
        bool geographic,
        Sight sight,
        CancellationToken stop
    )
    {
        var pair = await OfAsync(patch, sight, stop);
        var image = Find(pair, which) ?? throw Problem.Images.NoImage(which);
        size = Math.Clamp(size, SizeMin, SizeMax);
        var frame = FrameOf(pair, size);
        if (geographic)
            frame = InDegrees(frame);
        var tag = TagOf(image, frame, burnt ? pair.Rings : [], burnt);
        if (await chips.FindAsync(tag, stop) is { } kept)
            return (kept, tag);
        var ink = burnt ? new ChipInk(pair.Rings, $"{image.AcquiredOn:yyyy-MM-dd} {image.Sensor}".TrimEnd()) : new ChipInk();
        var jpeg = await InTurnAsync(() => ChipPicture.Jpeg(Render(image, frame), ink, burnt ? face.Value : null), stop);
        chips.Keep(tag, jpeg);
        return (jpeg, tag);
    }

    /// <summary>An image of the catalogue in a frame, its bands under the names of the catalogue.</summary>
    public Chip Render(Image image, ChipFrame frame)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Chip.Render(Open(image), frame);
    }

    /// <summary>Works with pixels when it is one's turn: no more at once than the machine has processors.</summary>
    public async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(work);
        await renderers.WaitAsync(stop);
        try
        {
            return work();
        }
        finally
        {
            renderers.Release();
        }
    }

    /// <summary>The image with an id, or with the only one that begins so.</summary>
    /// <exception cref="Problem"><c>images.no-such-image</c></exception>
    public async Task<Image> FindAsync(string id, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var found = await db.Images.Where(i => i.Id.StartsWith(id)).Take(2).ToListAsync(stop);
        return found.Count == 1 ? found[0] : throw Problem.Images.NoSuchImage(id);
    }

    public void Dispose()
    {
        foreach (var image in open.Values.Where(i => i.IsValueCreated))
            image.Value.Dispose();
        if (face.IsValueCreated)
            face.Value?.Dispose();
        renderers.Dispose();
    }

    private GeoTiff Open(Image image)
    {
        // Open images hold a file and the places of their tiles; a district has few.
        if (open.Count > OpenMax)
            open.Clear();
        return open.GetOrAdd(image.Id, _ => new(() => Opened(image))).Value;
    }

    private GeoTiff Opened(Image image) =>
        GeoTiff.Open(File.OpenRead(books.Store.Blobs.PathOf(image.Id)), image.FileName, image.Sheet().BandNames);

    private static ChipFrame InDegrees(ChipFrame frame)
    {
        var box = Extent.Empty;
        foreach (var (x, y) in new[] { (0, 0), (frame.Width, 0), (0, frame.Height), (frame.Width, frame.Height) })
        {
            var (longitude, latitude) = frame.ToGeographic(x, y);
            box = box.Including(longitude, latitude);
        }
        return frame with { System = CoordinateSystem.Cgcs2000, Box = box };
    }

    private static string TagOf(Image image, ChipFrame frame, IReadOnlyList<double[]> rings, bool burnt)
    {
        var text = new StringBuilder(image.Id);
        text.Append(
            CultureInfo.InvariantCulture,
            $"|1|{frame.System.Epsg}|{frame.Box}|{frame.Width}|{burnt}|{image.AcquiredOn}|{image.Sensor}"
        );
        foreach (var ring in rings)
            text.AppendJoin(',', ring.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static IEnumerable<double[]> RingsOf(NetTopologySuite.Geometries.Polygon polygon) =>
        polygon.InteriorRings.Prepend(polygon.ExteriorRing).Select(r => r.Coordinates.SelectMany(c => (double[])[c.X, c.Y]).ToArray());
}
