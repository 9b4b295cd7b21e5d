using Weipian.Flow.CaseFiles;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.CaseFiles;

/// <summary>The lists of fields of the documents are data, and a faulty list is refused.</summary>
public sealed class DocumentBookTests
{
    private static readonly string Law = Path.Combine(Repository.Root, "law");

    [Theory]
    [InlineData("fields:\n", "colour: red\nfields:\n")]
    [InlineData("id: stop-notice", "id: stop")]
    [InlineData("layout: letter", "layout: poem")]
    [InlineData("{ id: seal,", "{ id: date,")]
    [InlineData("{ id: number,", "{ id: numero,")]
    [InlineData("{act}", "{deed}")]
    [InlineData("series: 周自然资停", "series: 周自然资罚")]
    public void A_faulty_list_is_refused_with_the_name_of_its_file(string find, string instead)
    {
        using var folder = new TemporaryFolder();
        var documents = Directory.CreateDirectory(Path.Combine(folder.Path, "documents")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Law, "documents")))
            File.Copy(file, Path.Combine(documents, Path.GetFileName(file)));
        var faulty = Path.Combine(documents, "stop-notice.yaml");
        var text = File.ReadAllText(faulty);
        Assert.Contains(find, text, StringComparison.Ordinal);
        File.WriteAllText(faulty, text.Replace(find, instead, StringComparison.Ordinal));

        var refused = Assert.Throws<Problem>(() => DocumentBook.Load(folder.Path));

        Assert.Equal("law.malformed", refused.Code);
        Assert.Contains("documents/stop-notice.yaml", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_document_of_the_chain_has_its_list_with_number_and_date()
    {
        var book = DocumentBook.Load(Law);
        Assert.Equal(17, book.Kinds.Count);
        Assert.All(book.Kinds, k => Assert.Equal(2, k.Fields.Count(f => f.Id is "number" or "date")));
        Assert.All(book.Kinds.Where(k => k.Layout == "letter"), k => Assert.NotEmpty(k.Text));
    }
}
