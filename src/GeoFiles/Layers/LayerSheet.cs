using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>What <c>layer.json</c> holds: everything known of a stored layer but its features and defects, which are in the
/// GeoPackage.</summary>
internal sealed record LayerSheet(
    string Id,
    string OriginalSha256,
    string OriginalName,
    string OriginalFile,
    string Role,
    DateOnly? AsOf,
    string Name,
    string? Where,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Map,
    string? CodeStandard,
    int CrsEpsg,
    bool AxesSwapped,
    bool Assumed,
    Wording CrsStatement,
    string Encoding,
    Wording EncodingBasis,
    long SourceCount,
    long FeatureCount,
    long RefusedCount,
    double AreaSquareMetres,
    double[] Extent
)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this, Form));

    /// <exception cref="JsonException">It is not such a sheet.</exception>
    public static LayerSheet Read(string path) =>
        JsonSerializer.Deserialize<LayerSheet>(File.ReadAllBytes(path), Form) is { Extent.Length: 4 } sheet
            ? sheet
            : throw new JsonException("no sheet of a layer");

    public StoredLayer ToStored(IReadOnlyList<LayerDefect> defects) =>
        new(
            Id,
            OriginalSha256,
            OriginalName,
            Role,
            AsOf,
            Name,
            Where,
            new FieldMap { Columns = Map },
            CodeStandard,
            CrsEpsg,
            AxesSwapped,
            Assumed,
            CrsStatement,
            Encoding,
            SourceCount,
            FeatureCount,
            RefusedCount,
            AreaSquareMetres,
            new Extent(Extent[0], Extent[1], Extent[2], Extent[3]),
            defects
        );
}
