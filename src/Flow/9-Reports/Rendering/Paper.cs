namespace Weipian.Flow.Reports;

/// <summary>A document or report as it is to be laid out, before it becomes Word or PDF: both print the same blocks in the same
/// order.</summary>
/// <param name="Number">字号, under the title; null where there is none.</param>
/// <param name="Organ">Who issues it, above the title; null where the title stands alone.</param>
/// <param name="Watermark">Who took this copy and when, at the foot of each page; null for the paper itself.</param>
public sealed record Paper(string Title, string? Number, IReadOnlyList<PaperBlock> Blocks, string? Organ = null, string? Watermark = null);

/// <summary>A piece of a <see cref="Paper"/>.</summary>
public abstract record PaperBlock;

/// <summary>A heading of a section.</summary>
public sealed record PaperHeading(string Text) : PaperBlock;

/// <summary>A paragraph of running text; line feeds begin a new line.</summary>
/// <param name="Indented">The first line begins two characters in, as Chinese prose does.</param>
public sealed record PaperPassage(string Text, bool Indented = true) : PaperBlock;

/// <summary>A ruled table.</summary>
/// <param name="Widths">Shares of the width, one for each column.</param>
/// <param name="HeaderRows">So many rows at the top are column heads.</param>
/// <param name="LabelColumn">The first column names what stands beside it.</param>
/// <param name="Compact">Many columns: small type, so that a figure is not broken.</param>
public sealed record PaperTable(
    IReadOnlyList<double> Widths,
    IReadOnlyList<IReadOnlyList<string>> Rows,
    int HeaderRows = 0,
    bool LabelColumn = false,
    bool Compact = false
) : PaperBlock;

/// <summary>Who signs and when, at the right under the text: seal and date.</summary>
public sealed record PaperClosing(IReadOnlyList<string> Lines) : PaperBlock;

/// <summary>Text as every format can carry it.</summary>
internal static class PaperText
{
    /// <summary>One after the other; words that end the first and begin the second are said once.</summary>
    public static string Joined(string first, string second)
    {
        for (var shared = Math.Min(first.Length, second.Length); shared > 1; shared--)
            if (first.EndsWith(second[..shared], StringComparison.Ordinal))
                return first + second[shared..];
        return first + second;
    }

    /// <summary>Without characters that XML and PDF text cannot hold; tabs become spaces.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(c => char.IsControl(c) && c != '\n'))
            return text;
        return string.Concat(text.Select(c => c == '\t' ? ' ' : c).Where(c => c == '\n' || !char.IsControl(c)));
    }
}
