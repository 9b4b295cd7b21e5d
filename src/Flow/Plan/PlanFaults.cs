using YamlDotNet.Core;

namespace Weipian.Flow.Plan;

/// <summary>The faults of one plan file, and what its ids and names refer to.</summary>
internal sealed class PlanFaults(string fileName)
{
    private readonly List<Problem> found = [];
    private readonly Dictionary<(string Set, string Id), string> defined = [];
    private readonly Dictionary<(string Partition, string Name), (string Unit, string At)> claimed = [];
    private readonly List<(string Set, string Id, string At)> expected = [];

    public void Add(Problem fault) => found.Add(fault);

    /// <summary>Line and column count from one, as editors do.</summary>
    public string At(Mark mark, string path) =>
        path.Length == 0 ? $"{fileName}:{mark.Line}:{mark.Column}" : $"{fileName}:{mark.Line}:{mark.Column}: {path}";

    /// <summary>R and two digits.</summary>
    public static bool LooksLikeRequirement(string text) =>
        text.Length == "R01".Length && text[0] == 'R' && char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]);

    public void Define(string set, string id, string at)
    {
        if (!defined.TryAdd((set, id), at))
            Add(Problem.Plan.DuplicateId(at, id, defined[(set, id)]));
    }

    public void Claim(string partition, string name, string unit, string at)
    {
        if (!claimed.TryAdd((partition, name), (unit, at)) && claimed[(partition, name)].Unit != unit)
            Add(Problem.Plan.AliasClash(at, name, claimed[(partition, name)].At));
    }

    public void Expect(string set, string id, string at) => expected.Add((set, id, at));

    /// <summary>Checks every reference and throws what was found, if anything was.</summary>
    public void ThrowIfAny()
    {
        foreach (var (set, id, at) in expected.Where(e => !defined.ContainsKey((e.Set, e.Id))))
            Add(Problem.Plan.UnknownReference(at, id, set, defined.Keys.Where(k => k.Set == set).Select(k => k.Id)));
        if (found.Count == 1)
            throw found[0];
        if (found.Count > 1)
            throw Problem.Plan.SeveralFaults(fileName, found);
    }
}
