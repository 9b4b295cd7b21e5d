using System.Reflection;

namespace Weipian.Tests;

/// <summary>The catalogue of refusals: one code each, both languages.</summary>
public sealed class ProblemTests
{
    [Fact]
    public void Every_maker_of_a_refusal_returns_a_problem()
    {
        var makers = typeof(Problem)
            .GetNestedTypes(BindingFlags.Public)
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly));
        Assert.All(makers, m => Assert.Equal(typeof(Problem), m.ReturnType));
    }
}
