namespace Weipian.Flow.Store;

/// <summary>The values that a text of a request may have; forms offer them as a choice, and <see cref="Check"/> refuses others.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class OneOfAttribute(params string[] values) : Attribute
{
    public IReadOnlyList<string> Values { get; } = values;

    /// <exception cref="Problem"><c>chain.bad-value</c></exception>
    public static void Check(string field, string value, IReadOnlyList<string> allowed)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        if (!allowed.Contains(value, StringComparer.Ordinal))
            throw Problem.Chain.BadValue(field, value, string.Join("、", allowed), string.Join(", ", allowed));
    }
}
