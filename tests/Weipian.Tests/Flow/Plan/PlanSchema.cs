using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Weipian.Tests.Flow.Plan;

/// <summary>Checks YAML against the part of JSON Schema that <c>plans/plan.schema.json</c> uses; anything else in a schema is an
/// error.</summary>
internal sealed class PlanSchema
{
    private static readonly string[] Annotations = ["$schema", "$defs", "title", "description"];
    private readonly JsonNode root;

    public PlanSchema(string json) => root = JsonNode.Parse(json)!;

    public bool Accepts(YamlNode yaml) => Accepts(root.AsObject(), ToJson(yaml));

    private bool Accepts(JsonObject schema, JsonNode? value) =>
        schema.All(rule =>
            Annotations.Contains(rule.Key)
            || rule.Key switch
            {
                "$ref" => Accepts(root["$defs"]![rule.Value!.GetValue<string>()["#/$defs/".Length..]]!.AsObject(), value),
                "type" => TypeOf(value) == rule.Value!.GetValue<string>()
                    || (rule.Value!.GetValue<string>() == "number" && TypeOf(value) == "integer"),
                "required" => value is not JsonObject o || rule.Value!.AsArray().All(k => o.ContainsKey(k!.GetValue<string>())),
                "properties" => value is not JsonObject o
                    || rule.Value!.AsObject().All(p => !o.ContainsKey(p.Key) || Accepts(p.Value!.AsObject(), o[p.Key])),
                "additionalProperties" => value is not JsonObject o || o.All(p => schema["properties"]!.AsObject().ContainsKey(p.Key)),
                "items" => value is not JsonArray a || a.All(i => Accepts(rule.Value!.AsObject(), i)),
                "minItems" => value is not JsonArray a || a.Count >= rule.Value!.GetValue<int>(),
                "minLength" => TypeOf(value) != "string" || value!.GetValue<string>().Length >= rule.Value!.GetValue<int>(),
                "pattern" => TypeOf(value) != "string" || Regex.IsMatch(value!.GetValue<string>(), rule.Value!.GetValue<string>()),
                "minimum" => Number(value) is not { } n || n >= rule.Value!.GetValue<decimal>(),
                "maximum" => Number(value) is not { } n || n <= rule.Value!.GetValue<decimal>(),
                "exclusiveMinimum" => Number(value) is not { } n || n > rule.Value!.GetValue<decimal>(),
                "enum" => rule.Value!.AsArray().Any(e => JsonNode.DeepEquals(e, value)),
                "const" => JsonNode.DeepEquals(rule.Value, value),
                "oneOf" => rule.Value!.AsArray().Count(s => Accepts(s!.AsObject(), value)) == 1,
                "not" => !Accepts(rule.Value!.AsObject(), value),
                "if" => Accepts(rule.Value!.AsObject(), value) ? Branch(schema, "then", value) : Branch(schema, "else", value),
                "then" or "else" => true,
                _ => throw new NotSupportedException($"the schema uses '{rule.Key}', which this check does not know"),
            }
        );

    private bool Branch(JsonObject schema, string which, JsonNode? value) => schema[which] is not JsonObject s || Accepts(s, value);

    private static decimal? Number(JsonNode? value) => TypeOf(value) is "integer" or "number" ? value!.GetValue<decimal>() : null;

    private static string TypeOf(JsonNode? value) =>
        value switch
        {
            JsonObject => "object",
            JsonArray => "array",
            JsonValue v when v.TryGetValue<bool>(out _) => "boolean",
            JsonValue v when v.TryGetValue<decimal>(out var n) => decimal.IsInteger(n) ? "integer" : "number",
            JsonValue => "string",
            null => "null",
            _ => throw new NotSupportedException(value.ToJsonString()),
        };

    private static JsonNode? ToJson(YamlNode yaml) =>
        yaml switch
        {
            YamlMappingNode m => new JsonObject(
                m.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, ToJson(c.Value)))
            ),
            YamlSequenceNode s => new JsonArray([.. s.Children.Select(ToJson)]),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } s => JsonValue.Create(s.Value == "true"),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "null" or "~" } => null,
            YamlScalarNode { Style: ScalarStyle.Plain } s
                when decimal.TryParse(s.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) => JsonValue.Create(n),
            YamlScalarNode s => JsonValue.Create(s.Value),
            _ => throw new NotSupportedException(yaml.ToString()),
        };
}
