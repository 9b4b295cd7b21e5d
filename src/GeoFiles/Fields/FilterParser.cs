using System.Globalization;

namespace Weipian.GeoFiles;

/// <summary>Reads the text of a condition by recursive descent; positions in refusals are 1-based characters.</summary>
internal sealed class FilterParser(string text, IReadOnlyList<SourceField> fields)
{
    private const int TextMax = 10_000;
    private const int DepthMax = 100;

    private static readonly string[] Words = ["AND", "OR", "NOT", "IS", "NULL", "IN", "LIKE", "BETWEEN", "TRUE", "FALSE"];

    private enum Kind
    {
        End,
        Word,
        Name,
        Text,
        Number,
        Sign,
    }

    private readonly record struct Token(Kind Kind, string Value, int Position);

    private readonly HashSet<string> names = new(fields.Select(field => field.Name), StringComparer.OrdinalIgnoreCase);
    private int at;
    private int depth;
    private Token current;

    public FilterNode Parse()
    {
        if (text.Length > TextMax)
            throw Problem.Files.FilterSyntax(
                text[..40] + "…",
                TextMax,
                $"条件长于 {TextMax} 个字符",
                $"it is longer than {TextMax} characters"
            );
        Next();
        var node = Condition();
        return current.Kind == Kind.End ? node : throw Wrong($"多余的“{current.Value}”", $"“{current.Value}” should not be here");
    }

    private FilterNode Condition()
    {
        if (++depth > DepthMax)
            throw Wrong("括号嵌套过深", "it is nested too deeply");
        var node = Conjunction();
        while (Take("OR"))
            node = new FilterNode.Or(node, Conjunction());
        depth--;
        return node;
    }

    private FilterNode Conjunction()
    {
        var node = Negation();
        while (Take("AND"))
            node = new FilterNode.And(node, Negation());
        return node;
    }

    private FilterNode Negation()
    {
        var odd = false;
        while (Take("NOT"))
            odd = !odd;
        FilterNode node;
        if (TakeSign("("))
        {
            node = Condition();
            Expect(")");
        }
        else
            node = Test();
        return odd ? new FilterNode.Not(node) : node;
    }

    private FilterNode Test()
    {
        var left = Value();
        if (Take("IS"))
        {
            var negated = Take("NOT");
            if (!Take("NULL"))
                throw Wrong("IS 之后应为 NULL 或 NOT NULL", "after IS there must be NULL or NOT NULL");
            return Negated(new FilterNode.IsNull(left), negated);
        }
        var not = Take("NOT");
        if (Take("IN"))
            return Negated(new FilterNode.In(left, Choices()), not);
        if (Take("LIKE"))
            return Negated(new FilterNode.Like(left, Value()), not);
        if (Take("BETWEEN"))
        {
            var from = new FilterNode.Comparison(left, ">=", Value());
            if (!Take("AND"))
                throw Wrong("BETWEEN 之后应有 AND", "BETWEEN needs AND");
            return Negated(new FilterNode.And(from, new FilterNode.Comparison(left, "<=", Value())), not);
        }
        if (not || current.Kind != Kind.Sign || current.Value is not ("=" or "<>" or "<" or "<=" or ">" or ">="))
            throw Wrong(
                "此处应为 =、<>、<、<=、>、>=、IS、IN、LIKE 或 BETWEEN",
                "here =, <>, <, <=, >, >=, IS, IN, LIKE or BETWEEN is expected"
            );
        var sign = current.Value;
        Next();
        return new FilterNode.Comparison(left, sign, Value());
    }

    private static FilterNode Negated(FilterNode node, bool negated) => negated ? new FilterNode.Not(node) : node;

    private List<FilterNode> Choices()
    {
        Expect("(");
        var choices = new List<FilterNode> { Value() };
        while (TakeSign(","))
            choices.Add(Value());
        Expect(")");
        return choices;
    }

    private FilterNode Value()
    {
        var token = current;
        switch (token.Kind)
        {
            case Kind.Text:
                Next();
                return new FilterNode.Literal(token.Value);
            case Kind.Number:
                Next();
                return new FilterNode.Literal(Number(token));
            case Kind.Name:
                Next();
                return names.Contains(token.Value)
                    ? new FilterNode.Field(token.Value)
                    : throw Problem.Files.FilterField(
                        text,
                        token.Position,
                        token.Value,
                        string.Join(", ", fields.Select(field => field.Name))
                    );
            case Kind.Word when token.Value is "TRUE" or "FALSE" or "NULL":
                Next();
                return new FilterNode.Literal(token.Value == "NULL" ? null : token.Value == "TRUE");
            default:
                throw Wrong("此处应为字段、文字或数字", "here a field, a text or a number is expected");
        }
    }

    private object Number(Token token)
    {
        if (long.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            return integer;
        return double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            ? real
            : throw Problem.Files.FilterSyntax(text, token.Position, $"“{token.Value}”不是数字", $"“{token.Value}” is no number");
    }

    private bool Take(string word)
    {
        if (current.Kind != Kind.Word || current.Value != word)
            return false;
        Next();
        return true;
    }

    private bool TakeSign(string sign)
    {
        if (current.Kind != Kind.Sign || current.Value != sign)
            return false;
        Next();
        return true;
    }

    private void Expect(string sign)
    {
        if (!TakeSign(sign))
            throw Wrong($"此处应为“{sign}”", $"here “{sign}” is expected");
    }

    private void Next()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        var from = at;
        current =
            at >= text.Length ? new Token(Kind.End, "", from + 1)
            : text[at] == '\'' ? new Token(Kind.Text, Quoted('\''), from + 1)
            : text[at] == '"' ? new Token(Kind.Name, Quoted('"'), from + 1)
            : text[at] == '[' ? new Token(Kind.Name, Quoted(']'), from + 1)
            : char.IsAsciiDigit(text[at]) || (text[at] is '-' or '+' or '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
                ? Digits(from)
            : char.IsLetter(text[at]) || text[at] == '_' ? Name(from)
            : Sign(from);
    }

    private string Quoted(char end)
    {
        var from = at++;
        var value = new System.Text.StringBuilder();
        while (at < text.Length)
        {
            if (text[at] != end)
                value.Append(text[at++]);
            else if (end != ']' && at + 1 < text.Length && text[at + 1] == end)
            {
                value.Append(end); // A quote within the text is written twice.
                at += 2;
            }
            else
            {
                at++;
                return value.ToString();
            }
        }
        throw Problem.Files.FilterSyntax(text, from + 1, "引号没有结束", "the quote is not closed");
    }

    private Token Digits(int from)
    {
        at++;
        while (
            at < text.Length
            && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '.' || (text[at] is '-' or '+' && text[at - 1] is 'e' or 'E'))
        )
            at++;
        return new Token(Kind.Number, text[from..at], from + 1);
    }

    private Token Name(int from)
    {
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        var name = text[from..at];
        var word = name.ToUpperInvariant();
        return Words.Contains(word) && !names.Contains(name) ? new Token(Kind.Word, word, from + 1) : new Token(Kind.Name, name, from + 1);
    }

    private Token Sign(int from)
    {
        var two = at + 1 < text.Length ? text.Substring(at, 2) : "";
        var sign = two is "<>" or "<=" or ">=" or "!=" or "==" ? two : text[at].ToString();
        if (sign.Length == 1 && !"=<>(),".Contains(sign[0], StringComparison.Ordinal))
            throw Problem.Files.FilterSyntax(text, from + 1, $"不认识的字符“{sign}”", $"the character “{sign}” is not known");
        at += sign.Length;
        return new Token(
            Kind.Sign,
            sign switch
            {
                "!=" => "<>",
                "==" => "=",
                _ => sign,
            },
            from + 1
        );
    }

    private Problem Wrong(string zh, string en) => Problem.Files.FilterSyntax(text, current.Position, zh, en);
}
