namespace Weipian.Law.Loading;

/// <summary>What every reader of law files checks against: the span of the book, its sources and its readings.</summary>
internal sealed record LawContext(
    DateOnly From,
    DateOnly Through,
    IReadOnlyDictionary<string, LawSource> Sources,
    IReadOnlyDictionary<string, Reading> Readings
)
{
    /// <summary>Whether the book was kept with sealed verdicts: what was true of its form on that day is taken.</summary>
    public bool IsKept { get; init; }

    /// <summary>A text that is written in both languages. A book kept from before this was asked states one, which then speaks for
    /// both; in any other a single text is refused.</summary>
    public (string Chinese, string English) Both(LawYaml node)
    {
        if (node.IsMap)
        {
            node.OnlyFields("zh", "en");
            return (node.Require("zh").Text, node.Require("en").Text);
        }
        return IsKept
            ? (node.Text, node.Text)
            : throw node.Malformed("应以 zh、en 两种语言写明", "the text is expected in both languages, as zh and en");
    }

    /// <summary>The field <c>note</c> of a node; null when it has none.</summary>
    public (string Chinese, string English)? NoteOf(LawYaml node) => node.Optional("note") is { } note ? Both(note) : null;

    public T Word<T>(LawYaml node, IReadOnlyDictionary<string, T> words) =>
        words.TryGetValue(node.Text, out var value)
            ? value
            : throw node.Malformed(
                $"“{node.Text}”不在可用值之中：{string.Join("、", words.Keys)}",
                $"'{node.Text}' is not one of: {string.Join(", ", words.Keys)}"
            );

    /// <summary>A period runs forward and lies inside what the book states.</summary>
    public void CheckSpan(LawYaml at, DateOnly from, DateOnly? through)
    {
        if (through < from)
            throw at.Malformed("截止日早于起始日", "the last day is before the first");
        if (from < From || from > Through || through > Through)
            throw at.Malformed(
                $"日期超出法规库的范围（{From:O}至{Through:O}）",
                $"the dates lie outside the book ({From:O} to {Through:O})"
            );
    }

    public string? SourceKeys(LawYaml? node)
    {
        if (node is null)
            return null;
        var keys = node.OneOrMore();
        foreach (var key in keys)
            if (!Sources.ContainsKey(key.Text))
                throw Problem.Law.UnknownReference(key.File, key.Start.Line, key.Start.Column, "sources.yaml", key.Text);
        return string.Join(' ', keys.Select(k => k.Text));
    }

    public IReadOnlyList<string> ReadingIds(LawYaml? node)
    {
        if (node is null)
            return [];
        var ids = node.Items().ToArray();
        foreach (var id in ids)
            if (!Readings.ContainsKey(id.Text))
                throw Problem.Law.UnknownReference(id.File, id.Start.Line, id.Start.Column, "readings/", id.Text);
        return [.. ids.Select(i => i.Text)];
    }
}

/// <summary>A citation in the making: an article states it, a dated entry may state its own.</summary>
internal sealed record CitationFields((string Chinese, string English) Instrument, string? Article, Confidence? Confidence)
{
    public string? SourceKey { get; init; }

    public DateOnly? ComparedOn { get; init; }

    public IReadOnlyList<string> Readings { get; init; } = [];

    /// <summary>The citation of a whole table, whose title stands for the instrument.</summary>
    public static Citation OfTable(LawYaml root, LawContext context)
    {
        if (!root.Has("compared_on"))
            throw root.Malformed(
                "缺少字段“compared_on”（未核对过的写 null）",
                "the field 'compared_on' is missing (write null when nobody has)"
            );
        var title = (root.Require("zh").Text, root.Require("en").Text);
        return new CitationFields(title, null, null).Overlay(root, context).Build(root, title.Item1);
    }

    /// <summary>What the node states replaces what was known; a confidence of its own needs its own source.</summary>
    public CitationFields Overlay(LawYaml node, LawContext context)
    {
        var confidence = node.Optional("confidence") is { } word ? context.Word(word, LawVocabulary.Confidences) : Confidence;
        var instrument = node.Optional("instrument")?.OnlyFields("zh", "en");
        var compared = node.Optional("compared_on")?.Date;
        if (compared is not null && node.Optional("compared_with") is null)
            throw node.Malformed(
                "写了 compared_on 就须以 compared_with 写明核对的文本",
                "compared_on needs compared_with: the text that was read"
            );
        return this with
        {
            Confidence = confidence,
            Instrument = instrument is null ? Instrument : (instrument.Require("zh").Text, instrument.Require("en").Text),
            Article = node.Has("article") ? node.Optional("article")?.Text : Article,
            SourceKey = node.Has("source") || confidence != Confidence ? context.SourceKeys(node.Optional("source")) : SourceKey,
            ComparedOn = node.Has("compared_on") ? compared : ComparedOn,
            Readings = node.Has("readings") ? context.ReadingIds(node.Optional("readings")) : Readings,
        };
    }

    public Citation Build(LawYaml at, string name)
    {
        if (Confidence is not { } confidence || (confidence == Law.Confidence.Verified && SourceKey is null))
            throw Problem.Law.MissingCitation(at.File, at.Start.Line, at.Start.Column, name);
        if (confidence == Law.Confidence.Unset)
            throw at.Malformed("有数值的不能是 unset", "a value cannot be unset");
        return new(Instrument.Chinese, Instrument.English, Article, confidence, SourceKey, ComparedOn, Readings);
    }

    public Citation BuildUnset() => new(Instrument.Chinese, Instrument.English, Article, Law.Confidence.Unset, SourceKey, null, Readings);
}
