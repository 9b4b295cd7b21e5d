using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Ledger;

/// <summary>The calculation of how far the annual binding targets are cut for what remains (指标扣减测算), line by line.</summary>
/// <remarks>
/// The ministry sets the ratio; where it is not known the sheet shows every line and no result. The share of each town is no rule of the
/// ministry: it is our addition, by remaining area, and says so.
/// </remarks>
public static class MakeDeductionSheet
{
    public const string Act = "make-deduction-sheet";

    public const string SnapshotKind = "deduction";

    private const string RatioKey = "cn/patch-enforcement-notice-2019/deduction#deduct_ratio";

    /// <param name="Year">The year whose ledger is counted.</param>
    public sealed record Request(int Year, string Reason);

    /// <param name="Ratio">Null while it is not set: there is no result then.</param>
    public sealed record Answer(Guid SheetId, int Lines, double RemainingSquareMetres, decimal? Ratio, double? CutSquareMetres);

    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Answer> Handle(WeipianStore store, Actor actor, Request request, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        return store.ActAsync(
            actor,
            Act,
            $"{request.Year}",
            request.Reason,
            async act =>
            {
                var entries = (
                    await LedgerStanding.OfAsync(act.Db, act.Db.LedgerEntries.Where(e => e.Year == request.Year), act.Today, stop)
                )
                    .Where(e => e.IsOpen)
                    .ToList();
                if (entries.Count == 0)
                    throw Problem.Chain.OutOfOrder(
                        "测算扣减",
                        "reckon the cut",
                        $"{request.Year} 年度台账上没有未销号的违法",
                        $"nothing is open on the ledger of {request.Year}"
                    );
                var (ratio, banner) = RatioOf(act, law);
                var frozen = Snapshots.Freeze(
                    act,
                    SnapshotKind,
                    $"{request.Year}",
                    act.Today,
                    new JsonObject { ["violations"] = LedgerBook.Rows(entries.Select(e => e.Balance)) }
                );
                var sheet = Sheet(entries, ratio, banner);
                var row = new DeductionSheet
                {
                    Id = act.NewId(),
                    Year = request.Year,
                    SnapshotId = frozen.Id,
                    SheetJson = CanonicalJson.Of(sheet),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(row);
                act.Fact("ratio", ratio is null ? "unset" : $"{ratio}");
                return new Answer(
                    row.Id,
                    entries.Count,
                    entries.Sum(e => e.Balance.RemainingSquareMetres),
                    ratio,
                    (double?)sheet["cutSquareMetres"]
                );
            },
            stop
        );
    }

    /// <summary>Pure: the sheet, with a result only where there is a ratio.</summary>
    public static JsonObject Sheet(IReadOnlyList<LedgerStanding> entries, decimal? ratio, (string Zh, string En)? banner)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var total = entries.Sum(e => e.Balance.RemainingSquareMetres);
        return new()
        {
            ["formulaZh"] = "扣减面积 = Σ（剩余面积 × 部规定的比例）",
            ["formulaEn"] = "cut = Σ (remaining area × ratio of the ministry)",
            ["ratio"] = ratio,
            ["bannerZh"] = banner?.Zh,
            ["bannerEn"] = banner?.En,
            ["lines"] = new JsonArray([.. entries.Select(e => Line(e, ratio))]),
            ["targets"] = new JsonArray([
                .. entries
                    .GroupBy(e => e.Balance.Violation.Kind, StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => Sum("kind", g.Key, g, ratio, total)),
            ]),
            // Our addition: the plan cuts the targets of the district only.
            ["towns"] = new JsonArray([
                .. entries
                    .GroupBy(e => e.Balance.Violation.Unit, StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => Sum("unit", g.Key, g, ratio, total)),
            ]),
            ["remainingSquareMetres"] = total,
            ["cutSquareMetres"] = Cut(total, ratio),
        };
    }

    private static (decimal? Ratio, (string, string)? Banner) RatioOf(ActScope act, LawBook law)
    {
        var plan = act.Store.Plan.Threshold("deduct-ratio");
        if (plan.Amount is { } set)
            return (set, null);
        return law.AsOf(act.Today, SelectingDate.Decision).TryNumber(RatioKey, out var value, out var banner)
            ? (value.Value, null)
            : (null, (banner.Chinese, banner.English));
    }

    private static JsonObject Line(LedgerStanding standing, decimal? ratio)
    {
        var balance = standing.Balance;
        return new()
        {
            ["entry"] = standing.Entry.Number,
            ["entryId"] = standing.Entry.Id.ToString(),
            ["violation"] = balance.Violation.Number,
            ["unit"] = balance.Violation.Unit,
            ["kind"] = balance.Violation.Kind,
            ["remainingSquareMetres"] = balance.RemainingSquareMetres,
            ["remainingCultivatedSquareMetres"] = balance.RemainingCultivatedSquareMetres,
            ["remainingPermanentFarmlandSquareMetres"] = balance.RemainingPermanentFarmlandSquareMetres,
            ["cutSquareMetres"] = Cut(balance.RemainingSquareMetres, ratio),
        };
    }

    private static JsonObject Sum(string name, string key, IEnumerable<LedgerStanding> entries, decimal? ratio, double total)
    {
        var remaining = entries.Sum(e => e.Balance.RemainingSquareMetres);
        return new()
        {
            [name] = key,
            ["remainingSquareMetres"] = remaining,
            ["share"] = total > 0 ? remaining / total : null,
            ["cutSquareMetres"] = Cut(remaining, ratio),
        };
    }

    private static double? Cut(double remaining, decimal? ratio) => ratio is { } set ? remaining * (double)set : null;
}
