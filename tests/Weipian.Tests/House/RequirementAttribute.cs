using Xunit.v3;

namespace Weipian.Tests;

/// <summary>Names the row of <c>docs/requirements.md</c> that a test proves: <c>[Requirement("R27")]</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequirementAttribute(string id) : Attribute, ITraitAttribute
{
    /// <summary>The id of the row.</summary>
    public string Id { get; } = id;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("requirement", Id)];
}
