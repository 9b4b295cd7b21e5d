using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.GeoFiles;

namespace Weipian.Flow.Intake;

/// <summary>Which columns people named with <c>--map</c> in earlier imports: what a district's files are called is learned once.</summary>
/// <remarks>
/// Learned from the records of the imports themselves, so every name has its day, its author and its file, and a later import that names
/// another column goes before an earlier one. A learned column is asked only where none of the usual ones is there.
/// </remarks>
internal static class LearnedFields
{
    /// <summary>Earlier imports looked back to.</summary>
    private const int ImportsMax = 200;

    /// <param name="role">A layer role, or <see cref="LayerRoles.Patch"/>.</param>
    public static async Task<FieldMap> OfAsync(StoreContext db, string role, CancellationToken stop)
    {
        var options =
            role == LayerRoles.Patch
                ? await db.ImportBatches.OrderByDescending(b => b.ImportedAt).Take(ImportsMax).Select(b => b.OptionsJson).ToListAsync(stop)
                : await db
                    .LayerVersions.Where(l => l.Role == role)
                    .OrderByDescending(l => l.AddedAt)
                    .Take(ImportsMax)
                    .Select(l => l.OptionsJson)
                    .ToListAsync(stop);
        return Of(options, role == LayerRoles.Patch ? "asked" : "map");
    }

    /// <param name="options">The latest first.</param>
    /// <param name="member">Where a person's words stand in them.</param>
    internal static FieldMap Of(IEnumerable<string> options, string member)
    {
        var columns = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var option in options)
        {
            if (JsonNode.Parse(option)?[member] is not JsonObject map)
                continue;
            foreach (var (field, named) in map)
            {
                if (!FieldMap.FieldNames.Contains(field) || named is null)
                    continue;
                if (!columns.TryGetValue(field, out var known))
                    columns[field] = known = [];
                foreach (var column in named.GetValue<string>().Split(','))
                    if (!known.Contains(column, StringComparer.OrdinalIgnoreCase))
                        known.Add(column);
            }
        }
        return new FieldMap
        {
            Columns = columns.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value, StringComparer.Ordinal),
        };
    }
}
