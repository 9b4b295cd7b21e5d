using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weipian.Flow.Store;

namespace Weipian.Web.Acts;

/// <summary>One field of a form that is drawn from a request: its name, how it is asked for, and how its text becomes JSON.</summary>
public sealed partial class ActField
{
    private readonly Type type;

    private ActField(ParameterInfo parameter)
    {
        Name = parameter.Name!;
        type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        IsOptional =
            Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            || new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable
            || parameter.HasDefaultValue;
        Choices = parameter.GetCustomAttribute<OneOfAttribute>()?.Values ?? [];
    }

    public string Name { get; }

    /// <summary>May be left empty.</summary>
    public bool IsOptional { get; }

    /// <summary>An act cannot go without it: a text, a list, a record. Of a number or a day that is not given the least is taken.</summary>
    public bool IsNeeded => !IsOptional && !type.IsValueType;

    /// <summary>The values that may be chosen; empty for free text.</summary>
    public IReadOnlyList<string> Choices { get; }

    public bool IsDay => type == typeof(DateOnly);

    public bool IsTruth => type == typeof(bool);

    public bool IsNumber => type == typeof(double) || type == typeof(int) || type == typeof(long);

    /// <summary>Square metres, shown with 亩 beside them.</summary>
    public bool IsArea => type == typeof(double) && Name.EndsWith("SquareMetres", StringComparison.Ordinal);

    /// <summary>Several lines of text.</summary>
    public bool IsLong => type == typeof(string) && (Name == "Reason" || Name.EndsWith("Zh", StringComparison.Ordinal)) && !IsShort;

    /// <summary>One value on each line.</summary>
    public bool IsList => type != typeof(string) && typeof(IEnumerable<string>).IsAssignableFrom(type);

    private bool IsShort =>
        Name is "NameZh" or "TitleZh" or "PostZh" or "LabelZh" or "AddresseeZh" or "LocationZh" or "UseZh" or "PersonZh";

    /// <summary>The fields of a request, in the order of its record.</summary>
    public static IReadOnlyList<ActField> Of(Type request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var fields = request.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters();
        return [.. fields.Select(p => new ActField(p))];
    }

    /// <summary>What a person typed, as JSON; an empty optional field is null.</summary>
    /// <exception cref="Problem"><c>chain.bad-value</c></exception>
    public JsonNode? Json(string text)
    {
        text = text.Trim();
        if (IsTruth)
            return text == "true";
        if (IsList)
            return new JsonArray([
                .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => (JsonNode)l),
            ]);
        if (text.Length == 0 && IsOptional)
            return null;
        if (!IsNumber)
            return text;
        if (double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number))
            return type == typeof(double) ? number : (JsonNode)(long)number;
        throw Problem.Chain.BadValue(Name, text, "数字", "a number");
    }

    /// <summary><c>FiledOn</c> as <c>filed-on</c>.</summary>
    public static string Kebab(string name) => Hump().Replace(name, "-$1").ToLowerInvariant();

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Hump();
}
