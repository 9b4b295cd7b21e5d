using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weipian.Web.Tiles;

/// <summary>How the map is drawn, as dated files: an edition holds from its day until the next one begins.</summary>
/// <param name="From">The first day on which the edition holds.</param>
/// <param name="States">By state of a patch; every one has a shape beside its colour.</param>
/// <param name="Tints">By group of land classes.</param>
/// <param name="Layers">By role of a layer.</param>
public sealed record MapStyle(
    DateOnly From,
    IReadOnlyDictionary<string, MapPen> States,
    IReadOnlyDictionary<string, MapPen> Tints,
    IReadOnlyDictionary<string, MapPen> Layers
);

/// <summary>How one kind of thing is drawn.</summary>
/// <param name="Light">Colour on a light ground.</param>
/// <param name="Dark">Colour on a dark ground.</param>
/// <param name="Width">Of its line, pixels.</param>
/// <param name="Dash">Lengths of strokes and gaps, pixels; none for a whole line.</param>
/// <param name="Hatch"><c>rising</c>, <c>falling</c> or <c>cross</c>; none for a plain ground.</param>
/// <param name="Shape">The sign of a state.</param>
/// <param name="Tinted">Filled by the tint of its land class.</param>
public sealed record MapPen(
    string Light,
    string Dark,
    double Width = 2,
    IReadOnlyList<double>? Dash = null,
    string? Hatch = null,
    string? Shape = null,
    bool Tinted = false
);

/// <summary>The editions of the map's style that travel with the program.</summary>
public static class MapStyles
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Lazy<IReadOnlyList<MapStyle>> Editions = new(() => Read(Path.Combine(AppContext.BaseDirectory, "map-styles")));

    /// <summary>The edition of a day; before the first day of the first edition there is none, and the first is taken.</summary>
    public static MapStyle On(DateOnly day) => Editions.Value.LastOrDefault(e => e.From <= day) ?? Editions.Value[0];

    /// <summary>Every edition of a folder by its day, which its file name repeats.</summary>
    /// <exception cref="InvalidDataException">A file that is no edition, or is named for another day.</exception>
    public static IReadOnlyList<MapStyle> Read(string folder)
    {
        var editions = new List<MapStyle>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var edition = JsonSerializer.Deserialize<MapStyle>(File.ReadAllText(file), Form);
            var named = edition?.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (named != Path.GetFileNameWithoutExtension(file))
                throw new InvalidDataException($"{file} is the edition of {named}");
            editions.Add(edition!);
        }
        return editions.Count > 0 ? editions : throw new InvalidDataException($"no edition in {folder}");
    }
}
