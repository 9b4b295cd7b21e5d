using System.CommandLine;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian image add | list | stac | model</c>: satellite and aerial images of the installation.</summary>
public static class ImageVerb
{
    public static Command Make(CommonOptions common) =>
        new("image", "satellite and aerial images") { Add(common), List(common), ImageStacVerb.Make(common), ImageModelVerb.Make(common) };

    private static Command Add(CommonOptions common)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "a GeoTIFF or COG" };
        var date = new Option<DateOnly?>("--date") { Description = "the day of acquisition, e.g. 2018-10-30; never guessed" };
        var sensor = new Option<string?>("--sensor") { Description = "name of the sensor or platform" };
        var instrument = new Option<string?>("--instrument") { Description = "name of the instrument on the platform" };
        var bands = new Option<string?>("--bands") { Description = "names of the bands in their order, e.g. blue,green,red,nir" };
        var move = new Option<bool>("--move") { Description = "delete FILE once its content is kept" };
        var verb = new Command("add", "take an image into the installation") { file, date, sensor, instrument, bands, move };
        VerbRun.Bind(
            verb,
            common,
            run =>
                AddAsync(
                    run,
                    new AddImage.Request(
                        run.Value(file).FullName,
                        run.Optional(date),
                        run.Optional(sensor),
                        Bands: run.Optional(bands)?.Split(',', StringSplitOptions.TrimEntries),
                        Instrument: run.Optional(instrument),
                        Move: run.Optional(move)
                    )
                )
        );
        return verb;
    }

    private static async Task<int> AddAsync(VerbRun run, AddImage.Request request)
    {
        using var store = Installed.Open(run);
        var added = await AddImage.Handle(store, Actor.CommandLine, request, run.Stop);
        var (image, sheet) = (added.Image, added.Image.Sheet());
        run.Answer(
            new
            {
                image.Id,
                image.FileName,
                sheet,
                added.WasThere,
            },
            [
                $"{(added.WasThere ? "已存在 was there" : "已收 added")}: {image.AcquiredOn:yyyy-MM-dd} {image.Id[..12]} {image.FileName} {image.Sensor}",
                $"  {sheet.Width:N0} × {sheet.Height:N0}, {sheet.Bands} 波段 bands, {sheet.BitsPerSample} bit, {sheet.Compression}, "
                    + $"{sheet.ResolutionMetres:0.###} m, EPSG:{sheet.CrsEpsg} {sheet.CrsName}",
            ]
        );
        return CommandLine.Done;
    }

    private static Command List(CommonOptions common)
    {
        var verb = new Command("list", "the images of the installation");
        VerbRun.Bind(verb, common, ListAsync);
        return verb;
    }

    private static Task<int> ListAsync(VerbRun run)
    {
        using var store = Installed.Open(run);
        using var db = store.Read();
        var images = db.Images.OrderBy(i => i.AcquiredOn).ThenBy(i => i.Id).ToList();
        run.Answer(
            images.Select(i => new
            {
                i.Id,
                i.FileName,
                sheet = i.Sheet(),
            }),
            images.Select(i => $"{i.Id[..12]}  {i.AcquiredOn:yyyy-MM-dd} {i.ResolutionMetres, 7:0.##} m  {i.FileName} {i.Sensor}")
        );
        return Task.FromResult(CommandLine.Done);
    }
}
