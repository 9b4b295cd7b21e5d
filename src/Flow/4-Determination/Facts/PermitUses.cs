using System.Collections.Frozen;

namespace Weipian.Flow.Determinations;

/// <summary>A use of land as permits and forms name it (实际用途, second level).</summary>
/// <param name="Id">Stable id: <c>industry</c>.</param>
/// <param name="NeedsSupply">Whether lawful use asks for supply (供地) after conversion.</param>
/// <param name="Names">Other texts and class codes for it; one text may name several uses (住宅用地).</param>
/// <param name="Confidence">How sure the row is: <c>recalled</c> rows say so where they decide.</param>
public sealed record PermitUse(string Id, bool NeedsSupply, string Zh, string En, IReadOnlyList<string> Names, string Confidence);

/// <summary>The vocabulary of uses, read from <c>law/rules/uses.csv</c>.</summary>
public sealed class PermitUses
{
    private readonly FrozenDictionary<string, IReadOnlyList<PermitUse>> byName;

    public PermitUses(IEnumerable<PermitUse> uses)
    {
        All = [.. uses];
        byName = All.SelectMany(u => u.Names.Append(u.Id).Append(u.Zh).Distinct(StringComparer.Ordinal).Select(n => (Name: n, Use: u)))
            .GroupBy(p => p.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<PermitUse>)[.. g.Select(p => p.Use).Distinct()], StringComparer.Ordinal);
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<PermitUse> All { get; }

    /// <summary>
    /// The uses that a text names: the whole text must match, a part of it never does. Empty when it is not in the table.
    /// </summary>
    public IReadOnlyList<PermitUse> Named(string text) => byName.GetValueOrDefault(text.Trim()) ?? [];

    /// <summary>Whether two texts can mean one use; null when a text is not in the table and the texts differ.</summary>
    public bool? Agree(string permit, string ground)
    {
        if (string.Equals(permit.Trim(), ground.Trim(), StringComparison.Ordinal))
            return true;
        var permitted = Named(permit);
        var found = Named(ground);
        if (permitted.Count == 0 || found.Count == 0)
            return null;
        return permitted.Any(found.Contains);
    }

    /// <summary>Reads the table: header, then one use a line; no field holds a comma or a quote.</summary>
    /// <exception cref="Problem">A line has the wrong number of columns or repeats an id.</exception>
    public static PermitUses Read(TextReader csv, string file)
    {
        var uses = new List<PermitUse>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        csv.ReadLine();
        for (var number = 2; csv.ReadLine() is { } line; number++)
        {
            if (line.Length == 0)
                continue;
            var cell = line.Split(',');
            if (cell.Length != 6 || !seen.Add(cell[0]))
                throw Problem.Determination.UsesTableBroken(file, number, line);
            uses.Add(new(cell[0], cell[1] == "yes", cell[2], cell[3], cell[4].Split('|'), cell[5]));
        }
        return new(uses);
    }
}
