using System.Text;

namespace Weipian.Law.Loading;

/// <summary>A table of the law book: RFC 4180, UTF-8, the first line names the columns. Every field knows its place.</summary>
internal sealed class LawCsv
{
    private readonly string file;
    private readonly string[] columns;

    private LawCsv(string file, string[] columns, List<Row> rows) => (this.file, this.columns, Rows) = (file, columns, rows);

    public IReadOnlyList<Row> Rows { get; }

    public static LawCsv Parse(LawFile source, params string[] columns)
    {
        var text = Encoding.UTF8.GetString(source.Content.Span).Replace("\r\n", "\n", StringComparison.Ordinal);
        var lines = text.TrimEnd('\n').Split('\n');
        var header = Split(source.Path, lines[0], 1);
        for (var i = 0; i < Math.Max(header.Count, columns.Length); i++)
            if (i >= header.Count || i >= columns.Length || header[i].Text != columns[i])
                throw Problem.Law.UnknownField(
                    source.Path,
                    1,
                    i < header.Count ? header[i].Column : lines[0].Length + 1,
                    i < header.Count ? header[i].Text : "",
                    string.Join(",", columns)
                );
        var rows = new List<Row>(lines.Length);
        var table = new LawCsv(source.Path, columns, rows);
        for (var i = 1; i < lines.Length; i++)
        {
            var fields = Split(source.Path, lines[i], i + 1);
            if (fields.Count != columns.Length)
                throw Problem.Law.Malformed(
                    source.Path,
                    i + 1,
                    1,
                    $"应有{columns.Length}列，实有{fields.Count}列",
                    $"{columns.Length} columns are expected, {fields.Count} were found"
                );
            rows.Add(new(table, i + 1, fields));
        }
        return table;
    }

    /// <summary>One line: no line breaks inside a field are allowed in the law book, so a line is a row.</summary>
    private static List<(string Text, int Column)> Split(string file, string line, int number)
    {
        var fields = new List<(string, int)>();
        var at = 0;
        while (true)
        {
            var start = at;
            if (at < line.Length && line[at] == '"')
            {
                var value = new StringBuilder();
                for (at++; ; at++)
                {
                    if (at >= line.Length)
                        throw Problem.Law.Malformed(file, number, start + 1, "引号没有结束", "a quotation mark is not closed");
                    if (line[at] != '"')
                        value.Append(line[at]);
                    else if (at + 1 < line.Length && line[at + 1] == '"')
                        value.Append(line[at++]);
                    else
                        break;
                }
                at++;
                fields.Add((value.ToString(), start + 1));
            }
            else
            {
                at = line.IndexOf(',', start) is var comma and >= 0 ? comma : line.Length;
                fields.Add((line[start..at], start + 1));
            }
            if (at >= line.Length)
                return fields;
            if (line[at] != ',')
                throw Problem.Law.Malformed(file, number, at + 1, "引号后应为逗号", "a comma is expected after the quotation mark");
            at++;
        }
    }

    internal sealed class Row(LawCsv table, int line, List<(string Text, int Column)> fields)
    {
        public int Line => line;

        public string this[string column] => fields[Index(column)].Text;

        public string Required(string column) =>
            this[column] is { Length: > 0 } text ? text : throw Malformed(column, $"“{column}”为空", $"'{column}' is empty");

        public DateOnly Date(string column) =>
            LawYaml.TryDate(this[column], out var day)
                ? day
                : throw Malformed(column, $"“{this[column]}”不是 yyyy-MM-dd 日期", $"'{this[column]}' is not a date yyyy-MM-dd");

        public DateOnly? OptionalDate(string column) => this[column].Length == 0 ? null : Date(column);

        public bool YesNo(string column) =>
            this[column] switch
            {
                "yes" => true,
                "no" => false,
                var other => throw Malformed(column, $"“{other}”应为 yes 或 no", $"'{other}' must be yes or no"),
            };

        public int ColumnOf(string column) => fields[Index(column)].Column;

        public string File => table.file;

        public Problem Malformed(string column, string chinese, string english) =>
            Problem.Law.Malformed(table.file, line, ColumnOf(column), chinese, english);

        private int Index(string column) => Array.IndexOf(table.columns, column);
    }
}
