using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Weipian.GeoFiles;

/// <summary>The places of the columns of one layer, looked up without regard to case; shared by all its records.</summary>
public sealed class FieldPlaces
{
    private readonly Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);

    public FieldPlaces(IEnumerable<string> names)
    {
        Names = [.. names];
        for (var i = 0; i < Names.Count; i++)
            if (!places.TryAdd(Names[i], i))
                throw new ArgumentException($"two columns named {Names[i]}", nameof(names));
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The place of a column, or -1.</summary>
    public int Of(string name) => places.TryGetValue(name, out var place) ? place : -1;

    /// <summary>Makes names unique without regard to case: the second <c>NAME</c> becomes <c>NAME_2</c>.</summary>
    public static IReadOnlyList<string> Distinct(IEnumerable<string> names)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var distinct = new List<string>();
        foreach (var name in names)
        {
            var candidate = name;
            for (var n = 2; !taken.Add(candidate); n++)
                candidate = $"{name}_{n}";
            distinct.Add(candidate);
        }
        return distinct;
    }
}

/// <summary>The values of one record by column name. Two arrays instead of a dictionary per record: layers have millions of
/// records. Texts look like what they are (<see cref="HiddenText"/>).</summary>
public sealed class FeatureValues : IReadOnlyDictionary<string, object?>
{
    private readonly object?[] values;

    /// <param name="values">In the order of the places; kept, with hidden characters of texts spelled out.</param>
    public FeatureValues(FieldPlaces places, object?[] values)
    {
        (Places, this.values) = (places, values);
        for (var i = 0; i < values.Length; i++)
            if (values[i] is string text && HiddenText.First(text) >= 0)
                values[i] = HiddenText.Shown(text);
    }

    public FieldPlaces Places { get; }

    /// <summary>The value at a place of <see cref="Places"/>.</summary>
    public object? At(int place) => values[place];

    /// <summary>The value, or <c>null</c> when it is null or there is no such column.</summary>
    public object? Get(string name) => Places.Of(name) is var place and >= 0 ? values[place] : null;

    public object? this[string key] => Places.Of(key) is var place and >= 0 ? values[place] : throw new KeyNotFoundException(key);

    public IEnumerable<string> Keys => Places.Names;

    public IEnumerable<object?> Values => values;

    public int Count => values.Length;

    public bool ContainsKey(string key) => Places.Of(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var place = Places.Of(key);
        value = place >= 0 ? values[place] : null;
        return place >= 0;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < values.Length; i++)
            yield return new(Places.Names[i], values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
