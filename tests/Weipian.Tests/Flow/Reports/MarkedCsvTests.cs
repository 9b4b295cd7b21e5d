using System.IO.Compression;
using System.Text;
using Weipian.Flow.Reports;

namespace Weipian.Tests.Flow.Reports;

/// <summary>A copy for machines names on every row who took it, and is as valid as before.</summary>
public sealed class MarkedCsvTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a,b,水印\n1,2,\"甲 · 2019\"\n")]
    [InlineData("a,b\r\n1,2", "a,b,水印\r\n1,2,\"甲 · 2019\"")]
    [InlineData("a\n\"x\r\ny, \"\"z\"\"\"\n3\n", "a,水印\n\"x\r\ny, \"\"z\"\"\",\"甲 · 2019\"\n3,\"甲 · 2019\"\n")]
    [InlineData("a\n", "a,水印\n")]
    [InlineData("", "")]
    public void The_words_stand_in_a_last_column_of_every_row(string csv, string marked) =>
        Assert.Equal(marked, Encoding.UTF8.GetString(MarkedCsv.Of(Encoding.UTF8.GetBytes(csv), "甲 · 2019")));

    [Fact]
    public void Words_that_look_like_a_formula_are_text() =>
        Assert.Equal("a,水印\n1,\"'=cmd|\"\"x\"\"\"\n", Encoding.UTF8.GetString(MarkedCsv.Of("a\n1\n"u8.ToArray(), "=cmd|\"x\"")));

    [Fact]
    public void A_package_keeps_its_files_and_names_who_took_it_in_its_comment()
    {
        using var made = new MemoryStream();
        using (var zip = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
        using (var part = zip.CreateEntry("manifest.json").Open())
            part.Write("{}"u8);
        var copy = MarkedCopy.Of(made.ToArray(), "application/zip", "甲 · 2019");
        using var read = new ZipArchive(new MemoryStream(copy), ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
        Assert.Equal("甲 · 2019", read.Comment);
        using var text = new StreamReader(Assert.Single(read.Entries).Open());
        Assert.Equal("{}", text.ReadToEnd());
    }
}
