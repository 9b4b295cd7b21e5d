using System.Collections.Frozen;
using System.Globalization;

namespace Weipian.Flow.Determinations;

/// <summary>How a title stands to a violation that is found by itself, where both hold.</summary>
public enum RuleRelation
{
    /// <summary>The title goes first.</summary>
    Over,

    /// <summary>Each rests on evidence that denies the other: doubtful, and both are named.</summary>
    Contradicts,

    /// <summary>They cannot both hold; where they do, the rules conflict.</summary>
    Excludes,
}

/// <summary>The dated table <c>law/rules/precedence.csv</c>: which of two rules that both hold goes first.</summary>
public sealed class RulePrecedence
{
    private readonly FrozenDictionary<(string Rule, string Other), IReadOnlyList<Span>> rows;

    private readonly record struct Span(RuleRelation Relation, DateOnly From, DateOnly Through);

    private RulePrecedence(IEnumerable<(string Rule, string Other, RuleRelation Relation, DateOnly From, DateOnly Through)> rows) =>
        this.rows = rows.GroupBy(r => (r.Rule, r.Other))
            .ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<Span>)[.. g.Select(r => new Span(r.Relation, r.From, r.Through))]);

    /// <summary>A law book from before the table: it says nothing of any pair.</summary>
    public static RulePrecedence None { get; } = new([]);

    /// <summary>Every pair that the table speaks of.</summary>
    public IEnumerable<(string Rule, string Other)> Pairs => rows.Keys;

    /// <summary>What the table says of a pair on a day; null when it says nothing.</summary>
    public RuleRelation? Of(string rule, string other, DateOnly day) =>
        rows.GetValueOrDefault((rule, other)) is { } spans
            ? spans.Where(s => s.From <= day && day <= s.Through).Select(s => (RuleRelation?)s.Relation).FirstOrDefault()
            : null;

    /// <summary>Reads the table: header, then one pair a line; no field holds a comma or a quote.</summary>
    /// <exception cref="Problem"><c>determination.precedence-broken</c></exception>
    public static RulePrecedence Read(TextReader csv, string file)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var read = new List<(string, string, RuleRelation, DateOnly, DateOnly)>();
        csv.ReadLine();
        for (var number = 2; csv.ReadLine() is { } line; number++)
        {
            if (
                line.TrimEnd('\r').Split(',') is not [var rule, var other, var word, var first, var last, _, _, _, _]
                || !Enum.TryParse<RuleRelation>(word, ignoreCase: true, out var relation)
                || Day(first) is not { } from
                || (last.Length > 0 && Day(last) is null)
            )
                throw Problem.Determination.PrecedenceBroken(file, number, line);
            read.Add((rule, other, relation, from, Day(last) ?? DateOnly.MaxValue));
        }
        return new(read);
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
