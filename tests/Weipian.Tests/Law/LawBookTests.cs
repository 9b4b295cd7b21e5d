namespace Weipian.Tests.Law;

public sealed class LawBookTests
{
    [Fact]
    public void The_law_book_of_this_checkout_loads()
    {
        Assert.NotEmpty(RealLaw.Book.Entries);
        Assert.Equal(64, RealLaw.Book.Sha256.Length);
    }
}
