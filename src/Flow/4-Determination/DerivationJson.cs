using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>A derivation as it is stored with its proposal: camel case, canonical.</summary>
public static class DerivationJson
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(Derivation derivation) => CanonicalJson.Of(JsonSerializer.SerializeToNode(derivation, Form));

    public static Derivation Read(string json) =>
        JsonSerializer.Deserialize<Derivation>(json, Form) ?? throw new InvalidOperationException("an empty derivation");

    internal static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, Form)!;

    internal static T Value<T>(JsonNode node) => node.Deserialize<T>(Form)!;
}
