using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weipian.Flow.Store;

/// <summary>JSON with one spelling (RFC 8785): keys in UTF-16 order, no white space, shortest numbers, only the escapes that must
/// be.</summary>
/// <remarks>
/// Hashes of the journal and of seals rest on it for years, so it is ours: the escaping of the framework follows its Unicode tables and may
/// change.
/// </remarks>
public static class CanonicalJson
{
    /// <summary>The canonical text of a JSON value.</summary>
    public static string Of(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    /// <summary>The canonical text of a JSON text.</summary>
    public static string Of(string json) => Of(JsonNode.Parse(json));

    /// <summary>SHA-256 over the UTF-8 bytes of a text; hexadecimal, lower case.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A number as ECMAScript writes it, which RFC 8785 asks for.</summary>
    /// <exception cref="ArgumentException">NaN and infinities have no JSON form</exception>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException($"{value} has no JSON form", nameof(value));
        if (value == 0)
            return "0"; // minus zero as well
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var exponent =
            (point < 0 ? all.Length : point)
            - 1
            - (all.Length - digits.Length)
            + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        return (value < 0 ? "-" : "") + Spell(digits.TrimEnd('0'), exponent);
    }

    private static string Spell(string digits, int exponent)
    {
        var point = exponent + 1; // how many digits stand before the point
        if (point > 21 || point < -5)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{digits[0]}{fraction}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";
        }
        if (point <= 0)
            return "0." + new string('0', -point) + digits;
        return digits.Length <= point ? digits.PadRight(point, '0') : digits[..point] + "." + digits[point..];
    }

    internal static void AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        var from = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c >= ' ' && c != '"' && c != '\\')
                continue;
            text.Append(value, from, i - from);
            from = i + 1;
            text.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\b' => "\\b",
                    '\t' => "\\t",
                    '\n' => "\\n",
                    '\f' => "\\f",
                    '\r' => "\\r",
                    _ => $"\\u{(int)c:x4}",
                }
            );
        }
        text.Append(value, from, value.Length - from).Append('"');
    }

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject map:
                AppendObject(text, map);
                break;
            case JsonArray list:
                text.Append('[');
                for (var i = 0; i < list.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Append(text, list[i]);
                }
                text.Append(']');
                break;
            default:
                AppendValue(text, node);
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonObject map)
    {
        text.Append('{');
        var first = true;
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!first)
                text.Append(',');
            first = false;
            AppendText(text, key);
            text.Append(':');
            Append(text, value);
        }
        text.Append('}');
    }

    private static void AppendValue(StringBuilder text, JsonNode node)
    {
        var value = node.AsValue();
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                AppendText(text, value.GetValue<string>());
                break;
            case JsonValueKind.Number:
                // Whole numbers keep all their digits: ids and counts may lie beyond 2^53.
                text.Append(
                    value.TryGetValue<long>(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : Number(AsDouble(value))
                );
                break;
            default:
                text.Append(value.ToJsonString());
                break;
        }
    }

    private static double AsDouble(JsonValue value) =>
        value.TryGetValue<double>(out var number) ? number : double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
}
