using System.CommandLine;
using System.Globalization;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Web.Verbs;

/// <summary>The options that say how a file is to be read; the same words for layers and patches.</summary>
internal static class LayerOptions
{
    private const string Assume = "assume";

    public static Option<string[]> MakeMap()
    {
        var map = new Option<string[]>("--map")
        {
            AllowMultipleArgumentsPerToken = true,
            Description = "field=COLUMN …; a=X,Y takes the first that is not empty",
            DefaultValueFactory = _ => [],
        };
        map.Validators.Add(given =>
        {
            foreach (var token in given.Tokens)
                if (token.Value.IndexOf('=', StringComparison.Ordinal) < 1)
                    given.AddError($"--map takes field=COLUMN, not '{token.Value}'");
        });
        return map;
    }

    public static Option<string?> MakeEncoding() => new("--encoding") { Description = "encoding of its texts: gbk, gb18030, utf-8 …" };

    public static Option<string?> MakeLayerName() => new("--layer") { Description = "which layer of the file" };

    public static Option<string?> MakeCrs()
    {
        var crs = new Option<string?>("--crs")
        {
            Description = "EPSG:n, or 'assume': an older datum is taken as CGCS2000 of the same zone, and said on everything derived",
        };
        crs.Validators.Add(given =>
        {
            if (given.Tokens is [var token] && token.Value != Assume && Epsg(token.Value) is null)
                given.AddError($"--crs takes EPSG:n or 'assume', not '{token.Value}'");
        });
        return crs;
    }

    /// <param name="crs">With 'assume' it contradicts the transformation.</param>
    public static Option<FileInfo?> MakeTransform(Option<string?> crs)
    {
        var transform = new Option<FileInfo?>("--transform")
        {
            Description =
                "a file of seven parameters or control points that carries an older datum to CGCS2000, said on everything derived",
        };
        transform.Validators.Add(given =>
        {
            if (given.GetValue(crs) == Assume)
                given.AddError("--transform and --crs assume contradict each other");
        });
        return transform;
    }

    /// <exception cref="Problem">files.transformation-syntax, geometry.transformation-*</exception>
    public static DatumTransformation? Transformation(VerbRun run, Option<FileInfo?> transform) =>
        run.Optional(transform) is { } file ? TransformationFile.Read(file.FullName) : null;

    public static FieldMap? Map(VerbRun run, Option<string[]> map) =>
        run.Value(map) is { Length: > 0 } pairs ? FieldMap.Parse(pairs) : null;

    /// <summary>The coordinate system by number, and whether an older datum is to be assumed.</summary>
    public static (int? Epsg, bool Assume) Crs(VerbRun run, Option<string?> crs) =>
        run.Optional(crs) switch
        {
            null => (null, false),
            Assume => (null, true),
            var given => (Epsg(given), false),
        };

    private static int? Epsg(string text) =>
        text.StartsWith("EPSG:", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
