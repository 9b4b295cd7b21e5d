using Weipian.Law;

namespace Weipian.Tests.Law;

/// <summary>Which kinds of files hold personal data stands in the law book, dated, and of every kind that a file can meet.</summary>
public sealed class PersonalKindsTests
{
    private const string Said = "personal: { 2007-08-10: true }";

    [Theory]
    [InlineData("personal: { 2008-01-01: true }")]
    [InlineData("personal: {}")]
    [InlineData("personal: { 2007-08-10: perhaps }")]
    [InlineData("personal: { once: true }")]
    [InlineData("personal: { 2007-08-10: true, 2007-08-01: false }")]
    [InlineData("personal: true")]
    public void A_kind_that_says_it_late_out_of_order_or_in_no_days_is_refused(string instead)
    {
        var files = RealLaw.Files();
        var words = files["verdicts/words.yaml"];
        var at = words.IndexOf(Said, StringComparison.Ordinal);
        files["verdicts/words.yaml"] = words[..at] + instead + words[(at + Said.Length)..];
        Assert.Equal("law.malformed", Assert.Throws<Problem>(() => RealLaw.Read(files)).Code);
    }

    [Fact]
    public void Every_kind_that_a_file_can_meet_says_whether_it_holds_personal_data()
    {
        var files = RealLaw.Book.Verdicts.EvidenceWords.Where(w => w.MetBy.Any(m => m.Split(':')[0] is "document" or "picture"));
        Assert.All(files, word => Assert.True(word.Personal.Count > 0, word.Id));
        foreach (
            var id in new[] { "identity-paper", "statement", "inquiry-record", "hearing-record", "interview-record", "service-receipt" }
        )
            Assert.True(Word(RealLaw.Book, id).HoldsPersonalData(new(2019, 5, 8)), id);
        Assert.True(Word(RealLaw.Book, "person-photo").HoldsPersonalData(new(2019, 5, 8)));
        Assert.False(Word(RealLaw.Book, "site-photos").HoldsPersonalData(new(2019, 5, 8)));
        Assert.False(Word(RealLaw.Book, "case-link").HoldsPersonalData(new(2019, 5, 8)));
    }

    [Fact]
    public void What_a_kind_holds_is_asked_for_a_day()
    {
        var files = RealLaw.Files();
        var words = files["verdicts/words.yaml"];
        var at = words.IndexOf(Said, StringComparison.Ordinal);
        files["verdicts/words.yaml"] = words[..at] + "personal: { 2007-08-10: false, 2021-11-01: true }" + words[(at + Said.Length)..];
        var id = RealLaw.Book.Verdicts.EvidenceWords.First(w => w.Personal.Any(p => p.Holds)).Id;
        var word = Word(RealLaw.Read(files), id);
        Assert.False(word.HoldsPersonalData(new(2021, 10, 31)));
        Assert.True(word.HoldsPersonalData(new(2021, 11, 1)));
    }

    private static VerdictNeed Word(LawBook book, string id) => book.Verdicts.EvidenceWords.Single(w => w.Id == id);
}
