using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;

namespace Weipian.Flow.Ledger;

/// <summary>A credit record with what happened to it, as it stands on a day.</summary>
/// <param name="Steps">In order.</param>
public sealed record CreditStanding(CreditRecord Record, IReadOnlyList<CreditStep> Steps, DateOnly On)
{
    public bool Has(string kind) => Steps.Any(s => s.Kind == kind);

    /// <summary>An objection that nobody has answered.</summary>
    public bool ObjectionOpen => Steps.LastOrDefault(s => s.Kind is not CreditStepKind.Exported)?.Kind == CreditStepKind.Objected;

    public bool IsOver => Has(CreditStepKind.Withdrawn) || Has(CreditStepKind.Removed) || Record.UntilOn < On;

    /// <summary>Signed, and neither withdrawn, removed nor at the end of its term.</summary>
    public bool InForce => Has(CreditStepKind.Signed) && !IsOver;

    /// <summary>The word for its state.</summary>
    public string State =>
        Has(CreditStepKind.Withdrawn) ? CreditStepKind.Withdrawn
        : Has(CreditStepKind.Removed) ? CreditStepKind.Removed
        : Record.UntilOn < On ? "expired"
        : ObjectionOpen ? CreditStepKind.Objected
        : Has(CreditStepKind.Repaired) ? CreditStepKind.Repaired
        : Has(CreditStepKind.Signed) ? CreditStepKind.Signed
        : On <= Record.ObjectionBy ? "told"
        : "to-sign";

    /// <summary>Records of a query, in the order they were entered.</summary>
    public static async Task<IReadOnlyList<CreditStanding>> OfAsync(
        StoreContext db,
        IQueryable<CreditRecord> records,
        DateOnly on,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(records);
        var found = await records.OrderBy(r => r.At).ThenBy(r => r.Id).ToListAsync(stop);
        var ids = records.Select(r => r.Id);
        var steps = (await db.CreditSteps.Where(s => ids.Contains(s.CreditRecordId)).ToListAsync(stop))
            .OrderBy(s => s.At)
            .ThenBy(s => s.Id)
            .ToLookup(s => s.CreditRecordId);
        return [.. found.Select(r => new CreditStanding(r, [.. steps[r.Id]], on))];
    }
}

/// <summary>The register as it goes to others: a person by a masked name and number, a unit in full.</summary>
public static class CreditCsv
{
    private const int LastDigitsShown = 4;

    /// <summary>RFC 4180, UTF-8 without mark, <c>\n</c>.</summary>
    public static string Of(
        IEnumerable<CreditStanding> standings,
        IReadOnlyDictionary<Guid, Party> parties,
        IReadOnlyDictionary<Guid, PartyIdentity> identities,
        IReadOnlyDictionary<Guid, Violation> violations
    )
    {
        ArgumentNullException.ThrowIfNull(standings);
        ArgumentNullException.ThrowIfNull(parties);
        ArgumentNullException.ThrowIfNull(identities);
        ArgumentNullException.ThrowIfNull(violations);
        var text = new StringBuilder("类别,主体,证件号码,违法编号,依据,告知日期,异议截止,有效期至\n");
        foreach (var (record, _, _) in standings)
        {
            var party = parties[record.PartyId];
            string[] cells =
            [
                record.Kind == EnterCredit.Blacklist ? "黑名单" : "信用记录",
                party.LabelZh,
                Masked(party.Kind, identities.GetValueOrDefault(party.Id)?.IdentityNumber),
                violations[record.ViolationId].Number,
                record.BasisZh,
                Day(record.NoticeOn),
                Day(record.ObjectionBy),
                record.UntilOn is { } until ? Day(until) : "",
            ];
            text.AppendJoin(',', cells.Select(Cell)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>The number of a unit is public; of a person's only the last digits are shown.</summary>
    public static string Masked(string kind, string? number) =>
        string.IsNullOrEmpty(number) ? ""
        : kind == "unit" ? number
        : number.Length <= LastDigitsShown ? new string('*', number.Length)
        : new string('*', number.Length - LastDigitsShown) + number[^LastDigitsShown..];

    /// <summary>A cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    private static string Cell(string text) =>
        Quoted(text.Length > 0 && "=+-@\t\r＝＋－＠".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text);

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
