using System.Globalization;

namespace Weipian.Geo;

/// <summary>What the text of a <c>.prj</c> file says about a coordinate system: the few facts that decide, not the whole grammar.</summary>
/// <remarks>Reads WKT 1 in the dialects of desktop systems and of the OGC, and WKT 2; keywords in any case, brackets or
/// parentheses.</remarks>
internal sealed class WellKnownText
{
    /// <summary>A text longer than this is no coordinate system.</summary>
    private const int LengthMax = 100_000;

    private const int DepthMax = 50;

    public bool IsProjected { get; private init; }
    public string Name { get; private init; } = "";
    public string Datum { get; private init; } = "";
    public string Ellipsoid { get; private init; } = "";
    public double SemiMajorAxis { get; private init; }
    public double InverseFlattening { get; private init; }
    public string Projection { get; private init; } = "";
    public int? Epsg { get; private init; }
    public double UnitMetres { get; private init; } = 1;
    public IReadOnlyDictionary<string, double> Parameters { get; private init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <exception cref="Problem"><c>geometry.unreadable-crs</c>.</exception>
    public static WellKnownText Parse(string text)
    {
        if (text.Length > LengthMax)
            throw Problem.Geometry.UnreadableCrs($"{text.Length} > {LengthMax}");
        var position = 0;
        var root = ReadNode(text, ref position, 0);
        while (root.Keyword is "COMPD_CS" or "COMPOUNDCRS" or "BOUNDCRS" or "SOURCECRS" && root.Children.Count > 0)
            root = root.Children[0];
        var isProjected = root.Keyword is "PROJCS" or "PROJCRS" or "PROJECTEDCRS";
        if (!isProjected && root.Keyword is not ("GEOGCS" or "GEOGCRS" or "GEODCRS" or "GEODETICCRS" or "GEOGRAPHICCRS"))
            throw Problem.Geometry.UnreadableCrs(root.Keyword.Length == 0 ? "''" : root.Keyword);
        var ellipsoid = root.Find("SPHEROID", "ELLIPSOID");
        var parameters = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var parameter in root.FindAll("PARAMETER"))
            parameters[Plain(parameter.Text)] = parameter.Number(0);
        return new WellKnownText
        {
            IsProjected = isProjected,
            Name = root.Text,
            Datum = (
                root.Find("DATUM", "GEODETICDATUM", "TRF", "ENSEMBLE") ?? root.Find("GEOGCS", "BASEGEOGCRS", "BASEGEODCRS") ?? root
            ).Text,
            Ellipsoid = ellipsoid?.Text ?? "",
            SemiMajorAxis = ellipsoid?.Number(0) ?? 0,
            InverseFlattening = ellipsoid?.Number(1) ?? 0,
            Projection = (root.Find("PROJECTION") ?? root.Find("METHOD", "PROJECTIONMETHOD"))?.Text ?? "",
            Epsg = EpsgOf(root),
            UnitMetres = isProjected ? (root.Children.LastOrDefault(c => c.Keyword is "UNIT" or "LENGTHUNIT")?.Number(0) ?? 1) : 1,
            Parameters = parameters,
        };
    }

    /// <summary>A parameter under any of its names; null when the text has none of them.</summary>
    public double? Parameter(params string[] names)
    {
        foreach (var name in names)
            if (Parameters.TryGetValue(Plain(name), out var value))
                return value;
        return null;
    }

    /// <summary>Lower-case letters and digits only: dialects differ in capitals, blanks and underscores.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static int? EpsgOf(Node root)
    {
        var id = root.Children.LastOrDefault(c => c.Keyword is "AUTHORITY" or "ID");
        if (id is null || !id.Text.Equals("EPSG", StringComparison.OrdinalIgnoreCase) || id.Values.Count < 2)
            return null;
        return int.TryParse(id.Values[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out var code) ? code : null;
    }

    private static Node ReadNode(string text, ref int at, int depth)
    {
        if (depth > DepthMax)
            throw Problem.Geometry.UnreadableCrs($"[ × {DepthMax}");
        SkipBlanks(text, ref at);
        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        var node = new Node(text[start..at].ToUpperInvariant());
        SkipBlanks(text, ref at);
        if (at >= text.Length || text[at] is not ('[' or '('))
            throw Problem.Geometry.UnreadableCrs($"'{Excerpt(text, start)}' @ {start + 1}");
        do
        {
            at++;
            ReadItem(text, ref at, node, depth);
            SkipBlanks(text, ref at);
        } while (at < text.Length && text[at] == ',');
        if (at >= text.Length || text[at] is not (']' or ')'))
            throw Problem.Geometry.UnreadableCrs($"'{Excerpt(text, start)}' … ] @ {at + 1}");
        at++;
        return node;
    }

    private static void ReadItem(string text, ref int at, Node node, int depth)
    {
        SkipBlanks(text, ref at);
        if (at < text.Length && text[at] == '"')
        {
            var end = text.IndexOf('"', at + 1);
            if (end < 0)
                throw Problem.Geometry.UnreadableCrs($"'{Excerpt(text, at)}' … \" @ {at + 1}");
            node.Values.Add(text[(at + 1)..end]);
            at = end + 1;
            return;
        }
        var start = at;
        while (at < text.Length && text[at] is not (',' or ']' or ')' or '[' or '('))
            at++;
        if (at < text.Length && text[at] is '[' or '(')
        {
            at = start;
            node.Children.Add(ReadNode(text, ref at, depth + 1));
        }
        else
            node.Values.Add(text[start..at].Trim());
    }

    private static void SkipBlanks(string text, ref int at)
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF'))
            at++;
    }

    private static string Excerpt(string text, int start) => text.Substring(start, Math.Min(24, text.Length - start));

    private sealed class Node(string keyword)
    {
        public string Keyword => keyword;
        public List<string> Values { get; } = [];
        public List<Node> Children { get; } = [];

        public string Text => Values.Count > 0 ? Values[0] : "";

        /// <summary>The n-th number after the name.</summary>
        public double Number(int n)
        {
            var numbers = Values.Where(v => double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out _)).ToList();
            return n < numbers.Count ? double.Parse(numbers[n], CultureInfo.InvariantCulture) : 0;
        }

        public Node? Find(params string[] keywords) => FindAll(keywords).FirstOrDefault();

        public IEnumerable<Node> FindAll(params string[] keywords)
        {
            foreach (var child in Children)
            {
                if (keywords.Contains(child.Keyword, StringComparer.Ordinal))
                    yield return child;
                foreach (var deeper in child.FindAll(keywords))
                    yield return deeper;
            }
        }
    }
}
