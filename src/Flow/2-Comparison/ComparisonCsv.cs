using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weipian.Flow.Comparison;

/// <summary>The areas as the contract of the command line has them: <c>patch,role,code,area_m2</c>.</summary>
/// <remarks>
/// UTF-8 without BOM, lines end with <c>\n</c>, RFC 4180 quoting, six decimals with a dot, sorted by patch, role and code in ordinal order;
/// one row per
/// patch × role × code, the sum over features; rows that round to zero are left out. A row with the role <c>patch</c> gives the patch's own
/// area.
/// </remarks>
internal static class ComparisonCsv
{
    private const string Header = "patch,role,code,area_m2\n";
    private const string Own = "patch";

    /// <summary>The whole text.</summary>
    public static string Rows(Cut cut)
    {
        var text = new StringBuilder(Header);
        var next = 0;
        for (var patch = 0; patch < cut.Patches.Count; patch++)
        {
            var sums = new SortedDictionary<(string Role, string Code), double>(RoleThenCode.Instance)
            {
                [(Own, "")] = cut.OwnAreas[patch],
            };
            for (; next < cut.Areas.Count && cut.Areas[next].Patch == patch; next++)
            {
                var key = (cut.Areas[next].Version.Role, cut.Areas[next].Code);
                sums[key] = sums.GetValueOrDefault(key) + cut.Areas[next].SquareMetres;
            }
            foreach (var ((role, code), area) in sums)
                Append(text, cut.Patches[patch].Number, role, code, area);
        }
        return text.ToString();
    }

    public static string Sha256(string rows) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rows)));

    /// <summary>Writes the file whole or not at all.</summary>
    public static void Write(string path, string rows)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var fresh = $"{full}.{Guid.NewGuid():N}.tmp";
        File.WriteAllText(fresh, rows, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(fresh, full, overwrite: true);
    }

    private static void Append(StringBuilder text, string patch, string role, string code, double area)
    {
        var shown = area.ToString("F6", CultureInfo.InvariantCulture);
        if (shown == "0.000000")
            return;
        text.Append(Quoted(patch)).Append(',').Append(role).Append(',').Append(Quoted(code)).Append(',').Append(shown).Append('\n');
    }

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private sealed class RoleThenCode : IComparer<(string Role, string Code)>
    {
        public static RoleThenCode Instance { get; } = new();

        public int Compare((string Role, string Code) x, (string Role, string Code) y) =>
            string.CompareOrdinal(x.Role, y.Role) is var order && order != 0 ? order : string.CompareOrdinal(x.Code, y.Code);
    }
}
