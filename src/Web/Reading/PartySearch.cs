using Microsoft.EntityFrameworkCore;

namespace Weipian.Web.Reading;

/// <summary>Finds patches by who answers for what is on them: the names that everybody may see, masked where they are of persons.</summary>
public sealed class PartySearch(OfficeBooks books)
{
    /// <summary>Patches of a programme on which a party with these words in its label has a violation.</summary>
    public async Task<IReadOnlySet<Guid>> PatchesAsync(string programme, string? words, CancellationToken stop = default)
    {
        if (string.IsNullOrWhiteSpace(words))
            return new HashSet<Guid>();
        await using var db = books.Read();
        var named = db.Parties.Where(p => p.LabelZh.Contains(words)).Select(p => p.Id);
        var violations = db.ViolationParties.Where(v => named.Contains(v.PartyId)).Select(v => v.ViolationId);
        var ofProgramme = db.Patches.Where(p => p.ProgrammeId == programme).Select(p => p.Id);
        var found = await db
            .ViolationParcels.Where(v => violations.Contains(v.ViolationId) && ofProgramme.Contains(v.PatchId))
            .Select(v => v.PatchId)
            .Distinct()
            .ToListAsync(stop);
        return found.ToHashSet();
    }
}
