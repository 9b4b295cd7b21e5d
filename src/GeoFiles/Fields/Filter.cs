using System.Globalization;

namespace Weipian.GeoFiles;

/// <summary>The condition of <c>--where</c>, parsed and evaluated by us for every format; it never becomes part of an SQL text.</summary>
/// <remarks>
/// <code>
/// condition := and (OR and)*          and  := not (AND not)*        not := NOT not | '(' condition ')' | test
/// test      := value (= | &lt;&gt; | != | &lt; | &lt;= | &gt; | &gt;=) value
///            | value IS [NOT] NULL | value [NOT] IN '(' value (',' value)* ')'
///            | value [NOT] LIKE text | value [NOT] BETWEEN value AND value
/// value     := field | "field" | [field] | 'text' | number | TRUE | FALSE | NULL
/// </code>
/// As in SQL a comparison with null is unknown, and unknown is not true. A number and a text that reads as a number compare as numbers;
/// days compare with texts of the form 2018-03-05 or 20180305. LIKE knows % and _ and does not mind case.
/// </remarks>
public sealed class Filter
{
    private readonly FilterNode root;

    private Filter(FilterNode root) => this.root = root;

    /// <exception cref="Problem">files.filter-syntax with the position, files.filter-field with the fields there are</exception>
    public static Filter Parse(string text, IReadOnlyList<SourceField> fields)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Filter(new FilterParser(text, fields).Parse());
    }

    /// <summary>True when the condition is true of the record; unknown (a comparison with null) is not true.</summary>
    public bool Holds(FeatureValues values) => root.Of(values) is true;
}

/// <summary>A part of a condition: a truth value (bool or null for unknown), or a value.</summary>
internal abstract record FilterNode
{
    public abstract object? Of(FeatureValues values);

    public sealed record Literal(object? Value) : FilterNode
    {
        public override object? Of(FeatureValues values) => Value;
    }

    public sealed record Field(string Name) : FilterNode
    {
        public override object? Of(FeatureValues values) => values.Get(Name);
    }

    public sealed record Not(FilterNode Inner) : FilterNode
    {
        public override object? Of(FeatureValues values) => Inner.Of(values) is bool truth ? !truth : null;
    }

    public sealed record And(FilterNode Left, FilterNode Right) : FilterNode
    {
        public override object? Of(FeatureValues values) =>
            (Left.Of(values), Right.Of(values)) switch
            {
                (false, _) or (_, false) => false,
                (true, true) => true,
                _ => null,
            };
    }

    public sealed record Or(FilterNode Left, FilterNode Right) : FilterNode
    {
        public override object? Of(FeatureValues values) =>
            (Left.Of(values), Right.Of(values)) switch
            {
                (true, _) or (_, true) => true,
                (false, false) => false,
                _ => null,
            };
    }

    public sealed record IsNull(FilterNode Inner) : FilterNode
    {
        public override object? Of(FeatureValues values) => Inner.Of(values) is null;
    }

    public sealed record Comparison(FilterNode Left, string Sign, FilterNode Right) : FilterNode
    {
        public override object? Of(FeatureValues values) =>
            FilterComparison.Compare(Left.Of(values), Right.Of(values)) is { } order
                ? Sign switch
                {
                    "=" => order == 0,
                    "<>" => order != 0,
                    "<" => order < 0,
                    "<=" => order <= 0,
                    ">" => order > 0,
                    _ => order >= 0,
                }
                : null;
    }

    public sealed record In(FilterNode Inner, IReadOnlyList<FilterNode> Choices) : FilterNode
    {
        public override object? Of(FeatureValues values)
        {
            var value = Inner.Of(values);
            bool? found = value is null ? null : false;
            foreach (var choice in Choices)
                switch (FilterComparison.Compare(value, choice.Of(values)))
                {
                    case 0:
                        return true;
                    case null:
                        found = null;
                        break;
                }
            return found;
        }
    }

    public sealed record Like(FilterNode Inner, FilterNode Pattern) : FilterNode
    {
        public override object? Of(FeatureValues values) =>
            (ValueText.Of(Inner.Of(values)), ValueText.Of(Pattern.Of(values))) is ({ } text, { } pattern)
                ? FilterComparison.IsLike(text, pattern)
                : null;
    }
}

/// <summary>How values compare in a condition.</summary>
internal static class FilterComparison
{
    /// <summary>Negative, zero, positive; <c>null</c> when one of them is null.</summary>
    public static int? Compare(object? left, object? right)
    {
        if (left is null || right is null)
            return null;
        if (left is bool || right is bool)
            return Truth(left) is { } a && Truth(right) is { } b ? a.CompareTo(b) : Texts(left, right);
        if (left is DateOnly or DateTime || right is DateOnly or DateTime)
            return Day(left) is { } a && Day(right) is { } b ? a.CompareTo(b) : Texts(left, right);
        if (left is string && right is string)
            return Texts(left, right);
        return Number(left) is { } x && Number(right) is { } y ? x.CompareTo(y) : Texts(left, right);
    }

    /// <summary>Greedy with one way back per %, so that no pattern takes more than text × pattern steps.</summary>
    public static bool IsLike(string text, string pattern)
    {
        var (t, p, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
            if (p < pattern.Length && pattern[p] == '%')
                (star, mark) = (p++, t);
            else if (p < pattern.Length && (pattern[p] == '_' || char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(text[t])))
                (t, p) = (t + 1, p + 1);
            else if (star >= 0)
                (p, t) = (star + 1, ++mark);
            else
                return false;
        while (p < pattern.Length && pattern[p] == '%')
            p++;
        return p == pattern.Length;
    }

    private static int Texts(object left, object right) => string.CompareOrdinal(ValueText.Of(left), ValueText.Of(right));

    private static double? Number(object value) =>
        value switch
        {
            long number => number,
            double number => number,
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };

    private static bool? Truth(object value) =>
        value switch
        {
            bool truth => truth,
            long and (0 or 1) => (long)value == 1,
            string text when bool.TryParse(text, out var truth) => truth,
            _ => null,
        };

    private static DateTime? Day(object value) =>
        value switch
        {
            DateTime moment => moment,
            DateOnly day => day.ToDateTime(TimeOnly.MinValue),
            string text when DateText.Parse(text).Days is [var day] => day.ToDateTime(TimeOnly.MinValue),
            _ => null,
        };
}
