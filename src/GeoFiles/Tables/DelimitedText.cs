using System.Text;

namespace Weipian.GeoFiles;

/// <summary>Splits a text of cells (RFC 4180: quotes may hold separators, line ends and doubled quotes) into rows, one at a time.</summary>
internal static class DelimitedText
{
    private static readonly char[] Separators = [',', '\t', ';', '，'];

    /// <summary>The separator that occurs most often in the first line outside quotes.</summary>
    public static char SeparatorOf(string text)
    {
        var counts = new int[Separators.Length];
        var quoted = false;
        foreach (var c in text)
        {
            if (c == '"')
                quoted = !quoted;
            if (!quoted && c is '\n' or '\r' && counts.Any(count => count > 0))
                break;
            if (!quoted && Array.IndexOf(Separators, c) is var place and >= 0)
                counts[place]++;
        }
        return Separators[Array.IndexOf(counts, counts.Max())];
    }

    /// <param name="separator">Between cells.</param>
    public static IEnumerable<string[]> Rows(string text, char separator)
    {
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = text.StartsWith('\uFEFF') ? 1 : 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[i++]);
            else if (c == '"' && (quoted || cell.Length == 0))
                quoted = !quoted;
            else if (!quoted && c == separator)
                Cell();
            else if (!quoted && c is '\r' or '\n')
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                    i++;
                Cell();
                yield return [.. row];
                row.Clear();
            }
            else
                cell.Append(c);
        }
        if (cell.Length > 0 || row.Count > 0)
        {
            Cell();
            yield return [.. row];
        }

        void Cell()
        {
            row.Add(cell.ToString().Trim());
            cell.Clear();
        }
    }
}
