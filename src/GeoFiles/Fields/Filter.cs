namespace Weipian.GeoFiles;

/// <summary>The condition of <c>--where</c>, parsed and evaluated by us for every format; it never becomes part of an SQL text.</summary>
public sealed class Filter
{
    private Filter() { }

    /// <exception cref="Problem">files.filter-syntax with the position, files.filter-field with the fields there are</exception>
    public static Filter Parse(string text, IReadOnlyList<SourceField> fields) => throw new NotImplementedException();

    /// <summary>True when the condition is true of the record; unknown (a comparison with null) is not true.</summary>
    public bool Holds(FeatureValues values) => throw new NotImplementedException();
}
