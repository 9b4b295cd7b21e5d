using Weipian.Flow.CaseFiles;
using Weipian.Flow.Reports;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Reports;

/// <summary>Every kind of document, issued on a real store and read back from Word and PDF: each field is there, no mark is left.</summary>
public sealed class DocumentFilesTests
{
    private static readonly string[] Marks = ["{", "}", "____", "null", "〔〕"];

    public static TheoryData<string> Kinds => [.. ReadBack.Library.Documents.Kinds.Select(k => k.Id)];

    private static Dictionary<string, string> Texts(DocumentKind kind, bool all) =>
        kind
            .Fields.Where(f => f.Id is not ("number" or "date") && (all || f.Required))
            .ToDictionary(f => f.Id, f => $"{f.Zh}甲{f.Id.Length}乙 ABC-{f.Id}，第二句", StringComparer.Ordinal);

    private static async Task<OpenedDocument> IssueAsync(DocumentKind kind, bool all = true)
    {
        using var folder = new TemporaryFolder();
        using var store = await Installations.StartAsync(folder, Installations.Zhoucun);
        var issued = await store.ActAsync(
            FilledStore.Officer,
            "compare-programme",
            kind.Id,
            "出具",
            act => DocumentIssue.IssueAsync(act, kind, "violation", Guid.NewGuid(), new DateOnly(2019, 6, 5), Texts(kind, all))
        );
        await using var db = store.Read();
        return await db.OpenAsync(issued);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Word_and_pdf_hold_every_field_and_no_unfilled_mark(string id)
    {
        var kind = ReadBack.Library.Documents[id];
        foreach (var all in (bool[])[true, false])
        {
            var document = await IssueAsync(kind, all);
            foreach (var text in (string[])[ReadBack.Word(ReadBack.Library.Word(document)), ReadBack.Pdf(ReadBack.Library.Pdf(document))])
            {
                Assert.StartsWith(Head(kind, Texts(kind, all)), text, StringComparison.Ordinal);
                Assert.Equal(
                    kind.Layout == "table" ? Texts(kind, all).Keys.Count(f => f.EndsWith("-opinion", StringComparison.Ordinal)) : 0,
                    text.Split("签字：").Length - 1
                );
                Assert.All(
                    Texts(kind, all).Values.Append(document.Row.Number).Append("2019年6月5日"),
                    t => Assert.Contains(ReadBack.Tight(t), text, StringComparison.Ordinal)
                );
                Assert.All(Marks, mark => Assert.DoesNotContain(mark, text, StringComparison.Ordinal));
            }
        }
    }

    /// <summary>A letter says who issues it before it says what it is.</summary>
    private static string Head(DocumentKind kind, IReadOnlyDictionary<string, string> texts) =>
        kind.Layout == "table" ? kind.Zh : ReadBack.Tight(texts.GetValueOrDefault("seal", "")) + kind.Zh;

    [Fact]
    public async Task The_same_row_gives_the_same_bytes()
    {
        var document = await IssueAsync(ReadBack.Library.Documents["penalty-decision"]);
        Assert.Equal(ReadBack.Library.Word(document), ReadBack.Library.Word(document));
        var pdf = ReadBack.Library.Pdf(document);
        Assert.Equal(pdf, ReadBack.Library.Pdf(document));
        Assert.InRange(pdf.Length, 1, 200_000);
    }

    [Fact]
    public void A_character_that_the_face_lacks_is_told_by_its_code_point()
    {
        var paper = new Paper("试", null, [new PaperPassage("姓名𪚥，以及 👍")]);
        Assert.Contains("[U+1F44D]", ReadBack.Pdf(PdfFile.Of(paper, ReadBack.Library.Font)), StringComparison.Ordinal);
    }

    /// <summary>Where Debian's face for rare characters is installed, they are drawn and can be copied; elsewhere they are told.</summary>
    [Fact]
    public void A_rare_name_is_drawn_by_the_second_face_and_only_its_glyphs_are_embedded()
    {
        var paper = new Paper("送达回证", null, [new PaperPassage("受送达人：𠮷田𤭢（签收）")]);
        var pdf = PdfFile.Of(paper, ReadBack.Library.Font, () => ReadBack.Library.Rare);
        var text = ReadBack.Pdf(pdf);
        Assert.Contains(ReadBack.Library.Rare is null ? "[U+20BB7]田[U+24B62]" : "𠮷田𤭢", text, StringComparison.Ordinal);
        Assert.Contains("[U+20BB7]", ReadBack.Pdf(PdfFile.Of(paper, ReadBack.Library.Font)), StringComparison.Ordinal);
        Assert.True(pdf.Length < 100_000, $"{pdf.Length} bytes");
    }

    [Fact]
    public void A_long_form_goes_on_over_pages_and_loses_nothing()
    {
        IReadOnlyList<string>[] rows =
        [
            .. Enumerable.Range(1, 90).Select(i => (IReadOnlyList<string>)[$"第{i}项", string.Concat(Enumerable.Repeat($"内容{i}。", 40))]),
        ];
        var text = ReadBack.Pdf(
            PdfFile.Of(new Paper("长表", null, [new PaperTable([1, 4], rows, LabelColumn: true)]), ReadBack.Library.Font)
        );
        Assert.All(Enumerable.Range(1, 90), i => Assert.Equal(40, text.Split($"内容{i}。").Length - 1));
    }
}
