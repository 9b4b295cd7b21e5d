namespace Weipian.Tests.Law;

public sealed class LawBookTests
{
    [Fact]
    public void The_law_book_of_this_checkout_loads()
    {
        Assert.NotEmpty(RealLaw.Book.Entries);
        Assert.Equal(64, RealLaw.Book.Sha256.Length);
    }

    [Fact]
    public void Every_reading_is_told_in_both_languages() =>
        Assert.All(
            RealLaw.Book.Readings,
            r =>
            {
                Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", r.TitleZh);
                Assert.Matches(@"\p{IsCJKUnifiedIdeographs}{6}", r.TextZh);
                Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}{8}", r.Text);
            }
        );

    [Fact]
    public void A_reading_of_a_book_from_before_it_had_two_parts_speaks_for_both_and_a_third_part_is_refused()
    {
        const string File = "readings/0004-months.md";
        var files = RealLaw.Files();
        files[File] = "# Months\n\nA month ends.\n";
        var reading = Assert.Single(RealLaw.Read(files).Readings, r => r.Id == "0004-months");
        Assert.Equal(
            ("Months", "A month ends.", "Months", "A month ends."),
            (reading.Title, reading.Text, reading.TitleZh, reading.TextZh)
        );
        foreach (var wrong in new[] { "Months\n", "# Months\n\nA month ends.\n# 月\n\n止。\n# Mois\n" })
        {
            files[File] = wrong;
            Assert.Equal("law.malformed", Assert.Throws<Problem>(() => RealLaw.Read(files)).Code);
        }
    }
}
