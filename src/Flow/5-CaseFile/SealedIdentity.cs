using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>What identifies a party (个人信息), sealed: name, number, address, telephone, representative. A correction is a further
/// row.</summary>
public sealed class SealedIdentity
{
    public required Guid Id { get; init; }

    public required Guid PartyId { get; init; }

    /// <summary>The <see cref="PartyIdentity"/> as JSON, sealed (<see cref="SealedText"/>).</summary>
    public required string BodySealed { get; init; }

    /// <summary>So that a name can be found without being read.</summary>
    public required string NameBlind { get; init; }

    /// <summary>So that an identity number can be found without being read; <c>null</c> where there is none.</summary>
    public string? NumberBlind { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>Reads and writes what identifies parties. Rows older than the seals are read as they stand.</summary>
public static class Identities
{
    /// <summary>The row of an identity.</summary>
    internal static SealedIdentity Seal(ActScope act, PartyIdentity identity) =>
        new()
        {
            Id = identity.Id,
            PartyId = identity.PartyId,
            BodySealed = SealedRows.Seal(act, SealedRows.Identity, identity.Id, JsonSerializer.Serialize(identity)),
            NameBlind = SealedText.Blind(act.Store.Folder, identity.NameZh, "name"),
            NumberBlind = identity.IdentityNumber is { } number ? SealedText.Blind(act.Store.Folder, number, "number") : null,
            By = identity.By,
            At = identity.At,
        };

    /// <summary>The newest identity of each party. Only for what is issued or decided by it; who shows it asks by
    /// <see cref="ReadIdentity"/>.</summary>
    public static async Task<IReadOnlyDictionary<Guid, PartyIdentity>> NewestAsync(
        StoreContext db,
        IReadOnlyCollection<Guid> parties,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        var open = await db.PartyIdentities.Where(i => parties.Contains(i.PartyId)).ToListAsync(stop);
        var sealedRows = await db.SealedIdentities.Where(i => parties.Contains(i.PartyId)).ToListAsync(stop);
        var bodies = await SealedRows.OpenAsync(
            db,
            [.. sealedRows.Select(row => new SealedRow(SealedRows.Identity, row.Id, row.BodySealed))],
            stop
        );
        return open.Concat(bodies.Values.Select(body => JsonSerializer.Deserialize<PartyIdentity>(body)!))
            .GroupBy(i => i.PartyId)
            .ToDictionary(g => g.Key, g => g.MaxBy(i => (i.At, i.Id))!);
    }

    /// <summary>The parties that ever had a name, or a number.</summary>
    public static async Task<IReadOnlyList<Guid>> FindAsync(StoreContext db, string? name, string? number, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var byName = name is null ? [] : SealedText.Blinds(db.Folder!, name, "name");
        var byNumber = number is null ? [] : SealedText.Blinds(db.Folder!, number, "number");
        var again = db.Reseals.Where(r => byName.Contains(r.NameBlind!) || byNumber.Contains(r.NumberBlind!)).Select(r => r.RowId);
        var found = await db
            .SealedIdentities.Where(i => byName.Contains(i.NameBlind) || byNumber.Contains(i.NumberBlind!) || again.Contains(i.Id))
            .OrderBy(i => i.At)
            .Select(i => i.PartyId)
            .ToListAsync(stop);
        var older = await db
            .PartyIdentities.Where(i => (name != null && i.NameZh == name) || (number != null && i.IdentityNumber == number))
            .OrderBy(i => i.At)
            .Select(i => i.PartyId)
            .ToListAsync(stop);
        return [.. older.Concat(found).Distinct()];
    }
}
