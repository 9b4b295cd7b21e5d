using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Web.Serving;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>A parcel that may get its verdict together with others.</summary>
/// <param name="Basis">What the machine found for this one, in Chinese.</param>
public sealed record BatchItem(PatchRow Row, ParcelRow Parcel, string Basis);

/// <summary>Finds the parcels like one: the same proposal for the same reasons, open, and free.</summary>
/// <remarks>
/// Alike is what the rules saw alike: the same code, the same deciding rule, the same answers of all rules that answered, the same flags
/// and the same things missing. Areas and documents may differ, which is why each is looked at before it is signed.
/// </remarks>
public sealed class BatchDesk(OfficeBooks books, LeaseDesk leases, WorkbenchLimits limits)
{
    private const int ReadAtOnce = 400;

    /// <summary>How many at most.</summary>
    public int Max => limits.BatchMax;

    /// <summary>The parcels like <paramref name="model"/> among the patches of a queue, itself first, then by number.</summary>
    /// <param name="rows">The queue as it is shown: what is not in it is not offered.</param>
    /// <returns>At most <see cref="Max"/>, and how many more there are.</returns>
    public async Task<(IReadOnlyList<BatchItem> Items, int More)> LikeAsync(
        Actor by,
        IReadOnlyList<PatchRow> rows,
        ParcelRow model,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(model);
        // A proposal that is kept from the seat is not told by what it is like.
        if (model is not { ProposalId: { } proposal, Proposed: { } proposed })
            return ([], 0);
        var locks = await leases.LiveAsync(stop);
        var near = rows.Where(r => !locks.TryGetValue(r.Id, out var held) || held.Holder == by.Login)
            .SelectMany(r => r.Parcels, (Row, Parcel) => (Row, Parcel))
            .Where(x => x.Parcel.Stage == ParcelStage.Open && x.Parcel.Proposed == proposed)
            .ToList();
        var read = await ReadAsync([.. near.Select(x => x.Parcel.ProposalId!.Value).Append(proposal).Distinct()], stop);
        var sign = SignatureOf(read[proposal]);
        var alike = near.Where(x => SignatureOf(read[x.Parcel.ProposalId!.Value]) == sign)
            .OrderByDescending(x => x.Parcel.Id == model.Id)
            .ThenBy(x => x.Parcel.Number, StringComparer.Ordinal)
            .ToList();
        return (
            [.. alike.Take(Max).Select(x => new BatchItem(x.Row, x.Parcel, BasisOf(read[x.Parcel.ProposalId!.Value])))],
            Math.Max(0, alike.Count - Max)
        );
    }

    /// <summary>What the rules saw, without areas, documents and days.</summary>
    public static string SignatureOf(Derivation derivation)
    {
        ArgumentNullException.ThrowIfNull(derivation);
        var steps = derivation
            .Steps.Where(s => s.Outcome != Outcome.No || s.Code is not null)
            .Select(s => $"{s.RuleId}={s.Outcome}:{s.Code}");
        var missing = derivation.Missing.Select(m => m.What).Order(StringComparer.Ordinal);
        return string.Join(
            '|',
            derivation.Code,
            derivation.DecidingRule,
            string.Join(',', derivation.Flags.Order(StringComparer.Ordinal)),
            string.Join(',', steps),
            string.Join(',', missing),
            derivation.Contradictions.Count
        );
    }

    /// <summary>The basis as the machine would write it, in Chinese, because it goes into the tables: what its deciding rule found; of a
    /// doubtful one what contradicts what, and what is missing.</summary>
    public static string BasisOf(Derivation derivation)
    {
        ArgumentNullException.ThrowIfNull(derivation);
        var deciding = derivation.Steps.FirstOrDefault(s => s.RuleId == derivation.DecidingRule);
        if (deciding is not null)
            return string.Join("；", deciding.Checks.Select(c => c.Zh).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal));
        var missing = string.Concat(derivation.Missing.Select(m => $"“{m.Zh}”").Distinct(StringComparer.Ordinal));
        return string.Concat(
            derivation
                .Contradictions.Select(c => Say.Chinese("derivation.contradiction", c.HeldZh, c.AgainstZh))
                .Append(missing.Length == 0 ? "" : Say.Chinese("verdict.missing", missing))
        );
    }

    private async Task<Dictionary<Guid, Derivation>> ReadAsync(IReadOnlyList<Guid> proposals, CancellationToken stop)
    {
        var read = new Dictionary<Guid, Derivation>();
        await using var db = books.Read();
        foreach (var some in proposals.Chunk(ReadAtOnce))
        foreach (
            var row in await db.Proposals.Where(p => some.Contains(p.Id)).Select(p => new { p.Id, p.DerivationJson }).ToListAsync(stop)
        )
            read[row.Id] = DerivationJson.Read(row.DerivationJson);
        return read;
    }
}
