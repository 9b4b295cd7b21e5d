using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.Imagery;

namespace Weipian.Flow.Intake;

/// <summary>Takes an image into the installation: its bytes as received, a sheet of what it is, and the day that somebody says.</summary>
public static class AddImage
{
    public const string Act = "add-image";

    /// <param name="Path">A GeoTIFF or COG.</param>
    /// <param name="On">The day of acquisition; <c>null</c> is refused, never guessed.</param>
    /// <param name="Sensor">Name of the platform, or of the sensor where that is all that is known.</param>
    /// <param name="Bands">Names of the bands in their order (<c>red</c>, <c>green</c>, <c>blue</c>, <c>nir</c> …), when the file does not
    /// say them or says them wrongly.</param>
    /// <param name="Instrument">Name of the instrument on the platform, when it is known.</param>
    /// <param name="Move">Deletes the file once its content is kept: an image is large and need not lie on the disk twice.</param>
    public sealed record Request(
        string Path,
        DateOnly? On,
        string? Sensor = null,
        string Reason = "接收影像 image received",
        IReadOnlyList<string>? Bands = null,
        string? Instrument = null,
        bool Move = false
    );

    /// <param name="WasThere">The same content had been added before with the same day; nothing was written now.</param>
    public sealed record Added(Image Image, bool WasThere);

    /// <summary>Pure: refuses what lies elsewhere, has no day, or one that has not come.</summary>
    /// <param name="home">The box of the district, degrees.</param>
    public static void Decide(Request request, string file, Extent box, Extent home, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.On is not { } on)
            throw Problem.Images.NoDate(file);
        if (on > today)
            throw Problem.Images.DateInFuture(file, on, today);
        if (!box.Intersects(home))
            throw Problem.Images.Elsewhere(file, Text(box), Text(home));
    }

    /// <summary>Reads and checks the file, keeps its bytes, then enters it.</summary>
    /// <exception cref="Problem"><c>images.*</c>, <c>files.unreadable</c>: nothing was entered then</exception>
    public static async Task<Added> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        var file = Path.GetFileName(request.Path);
        if (request.On is null)
            throw Problem.Images.NoDate(file);
        Extent box;
        ImageSheet said;
        using (var image = Opened(request.Path, file))
        {
            box = BoxOf(image);
            await using var db = store.Read();
            Decide(request, file, box, await HomeAsync(store, db, stop), store.Today);
            if (request.Bands is { } names && names.Count != image.ShownBands)
                throw Problem.Images.BandNames(file, names.Count, image.ShownBands);
            said = SheetOf(image, request, new FileInfo(request.Path).Length);
        }
        var added = await KeepAsync(store, actor, request, said, box, file, stop);
        if (request.Move)
            File.Delete(request.Path);
        return added;
    }

    private static async Task<Added> KeepAsync(
        WeipianStore store,
        Actor actor,
        Request request,
        ImageSheet said,
        Extent box,
        string file,
        CancellationToken stop
    )
    {
        var sha256 = store.Blobs.PutFile(request.Path);
        await using (var db = store.Read())
            if (await db.Images.SingleOrDefaultAsync(i => i.Id == sha256, stop) is { } there)
                return there.AcquiredOn == request.On
                    ? new(there, WasThere: true)
                    : throw Problem.Images.AlreadyDated(file, there.AcquiredOn);
        var sheet = said with { Sha256 = sha256 };
        return await store.ActAsync(
            actor,
            Act,
            sha256[..12],
            request.Reason,
            act => Task.FromResult(Register(act, request, sheet, box, file)),
            stop
        );
    }

    private static Added Register(ActScope act, Request request, ImageSheet sheet, Extent box, string file)
    {
        var row = new Image
        {
            Id = sheet.Sha256,
            AcquiredOn = sheet.Datetime,
            Sensor = request.Sensor,
            FileName = file,
            West = box.MinX,
            South = box.MinY,
            East = box.MaxX,
            North = box.MaxY,
            ResolutionMetres = sheet.ResolutionMetres,
            Bands = sheet.Bands,
            CrsEpsg = sheet.CrsEpsg,
            SheetJson = System.Text.Json.JsonSerializer.Serialize(sheet),
            AddedAt = act.At,
            By = act.By.Login,
        };
        act.Db.Images.Add(row);
        act.Fact("image", row.Id);
        act.Fact("date", $"{row.AcquiredOn:yyyy-MM-dd}");
        return new(row, WasThere: false);
    }

    private static GeoTiff Opened(string path, string file)
    {
        FileStream stream;
        try
        {
            stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Problem.Files.Unreadable(file, unreadable.Message);
        }
        try
        {
            return GeoTiff.Open(stream, file);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static Extent BoxOf(GeoTiff image) =>
        image.Footprint().Aggregate(Extent.Empty, (box, p) => box.Including(p.Longitude, p.Latitude));

    private static ImageSheet SheetOf(GeoTiff image, Request request, long bytes) =>
        new(
            request.On!.Value,
            request.Sensor,
            Math.Round(image.ResolutionMetres, 4),
            image.Place.System.Epsg,
            image.Place.System.Name,
            image.Width,
            image.Height,
            image.Bands,
            image.BitsPerSample,
            image.Compression,
            image.OverviewCount,
            image.HasPalette,
            image.NoData,
            bytes,
            "",
            [.. image.Footprint().Select(p => (double[])[Math.Round(p.Longitude, 7), Math.Round(p.Latitude, 7)])],
            request.Bands ?? (image.BandNames.Any(n => n is not null) ? image.BandNames : null),
            request.Instrument is null ? null : [request.Instrument]
        );

    /// <summary>The box of the units' outlines; without them, of the patches; without those, the strip of the plan's zone.</summary>
    private static async Task<Extent> HomeAsync(WeipianStore store, StoreContext db, CancellationToken stop)
    {
        var box = Extent.Empty;
        foreach (var layer in await db.LayerVersions.Where(l => l.Role == LayerRole.AdministrativeUnit).ToListAsync(stop))
            box = box.Including(store.Layers.Get(layer.Id).Extent);
        if (box.IsEmpty && await db.Patches.AnyAsync(stop))
            box = new(
                await db.Patches.MinAsync(p => p.West, stop),
                await db.Patches.MinAsync(p => p.South, stop),
                await db.Patches.MaxAsync(p => p.East, stop),
                await db.Patches.MaxAsync(p => p.North, stop)
            );
        return box.IsEmpty ? Home.Of(store.Plan) ?? Home.China : box;
    }

    private static string Text(Extent box) =>
        FormattableString.Invariant($"{box.MinX:0.##}–{box.MaxX:0.##}°, {box.MinY:0.##}–{box.MaxY:0.##}°");
}
