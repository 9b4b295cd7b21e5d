using Weipian.Flow.Determinations;

namespace Weipian.Web.Reading;

/// <summary>Finds past parcels like one; what was read of decided parcels stays in memory.</summary>
public sealed class PrecedentDesk(OfficeBooks books)
{
    private PrecedentBook? known;

    /// <exception cref="Problem"><c>determination.no-such-parcel</c></exception>
    public async Task<FindPrecedents.Found> AskAsync(Guid parcel, CancellationToken stop = default)
    {
        var book = await PrecedentBook.ReadAsync(books.Store, parcel, known, stop);
        known = book;
        return FindPrecedents.Decide(parcel, book, LikenessMethod.Of(books.Law));
    }
}
