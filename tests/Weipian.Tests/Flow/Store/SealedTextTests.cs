using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Store;

/// <summary>Sealed texts: unreadable without their key, not to be moved, and readable after the keys were changed.</summary>
public sealed class SealedTextTests : IDisposable
{
    private const string Number = "370306196512030011";
    private readonly TemporaryFolder folder = new();

    private DataFolder Data => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_changed_or_moved_text_does_not_open()
    {
        var text = SealedText.Seal(Data, Number, "row/1");
        Assert.Equal("store.sealed-text-unreadable", Assert.Throws<Problem>(() => SealedText.Open(Data, text, "row/2")).Code);
        var changed = text[..^6] + (text[^6] == 'A' ? 'B' : 'A') + text[^5..];
        Assert.Throws<Problem>(() => SealedText.Open(Data, changed, "row/1"));
        Assert.Throws<Problem>(() => SealedText.Open(Data, "sealed:k9:AAAA", "row/1"));
        Assert.Throws<Problem>(() => SealedText.Open(Data, "sealed:k1", "row/1"));
    }

    [Fact]
    public void Without_the_file_of_the_keys_nothing_opens()
    {
        var text = SealedText.Seal(Data, Number, "row/1");
        File.Delete(SealedText.FileOf(Data));
        Assert.Throws<Problem>(() => SealedText.Open(Data, text, "row/1"));
    }

    [Fact]
    public void What_an_old_key_sealed_opens_after_the_keys_were_changed_and_new_texts_use_the_new_key()
    {
        var before = SealedText.Seal(Data, Number, "row/1");
        var blind = SealedText.Blind(Data, Number, "number");
        Assert.Equal("k2", SealedText.Rotate(Data));
        Assert.Equal(Number, SealedText.Open(Data, before, "row/1"));
        Assert.StartsWith("sealed:k2:", SealedText.Seal(Data, Number, "row/1"), StringComparison.Ordinal);
        Assert.NotEqual(blind, SealedText.Blind(Data, Number, "number"));
        Assert.Equal([blind, SealedText.Blind(Data, Number, "number")], SealedText.Blinds(Data, Number, "number"));
        Assert.Equal(["k1", "k2"], SealedText.KeyIds(Data));
    }

    [Fact]
    public void The_same_text_is_sealed_otherwise_each_time_and_tells_nothing()
    {
        var (one, two) = (SealedText.Seal(Data, Number, "row/1"), SealedText.Seal(Data, Number, "row/1"));
        Assert.NotEqual(one, two);
        Assert.DoesNotContain(Number, one, StringComparison.Ordinal);
        Assert.NotEqual(SealedText.Blind(Data, Number, "number"), SealedText.Blind(Data, Number, "name"));
    }

    [Fact]
    public void Only_the_owner_reads_the_file_of_the_keys()
    {
        SealedText.Seal(Data, Number, "row/1");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SealedText.FileOf(Data)));
    }

    [Theory]
    [InlineData("𠮷田一郎", "𠮷＊＊＊")]
    [InlineData("张建国", "张＊＊")]
    [InlineData("张", "张＊")]
    public void A_masked_name_is_whole_characters(string name, string label) =>
        Assert.Equal(label, PartyRows.Label(PartyRows.Person, name));
}
