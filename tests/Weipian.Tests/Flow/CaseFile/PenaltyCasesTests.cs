using System.Globalization;
using Weipian.Flow.CaseFiles;
using Weipian.Law;
using YamlDotNet.RepresentationModel;

namespace Weipian.Tests.Flow.CaseFiles;

/// <summary>The cases of <c>tests/cases/penalties</c> against the real law book: ranges of fines by the day of the act, and criminal
/// lines.</summary>
public sealed class PenaltyCasesTests
{
    private static readonly LawBook Law = LawBook.Load(Path.Combine(Repository.Root, "law"));

    public static TheoryData<string> Cases() => [.. All().Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_comes_out_as_it_is_written(string name)
    {
        var written = All()[name];
        var expect = (YamlMappingNode)written["expect"];
        if (Of(written, "land") is { } land)
            Land(land, expect);
        else if (Of(written, "mining") is { } mining)
            Range(FineRanges.Of(Mining(mining), Law), expect);
        else if (Of(written, "mining-crime") is { } crime)
            Reached(
                ValueLines
                    .OfMining(
                        Day(crime, "on"),
                        Number(crime, "value")!.Value,
                        Text(crime, "special") == "yes",
                        (int)Number(crime, "penalties_before")!,
                        Law
                    )
                    .IsReached,
                expect
            );
        else if (Of(written, "destructive-mining") is { } destructive)
            Reached(
                ValueLines
                    .OfDestructiveMining(
                        Day(destructive, "on"),
                        Number(destructive, "value")!.Value,
                        Text(destructive, "special") == "yes",
                        Law
                    )
                    .IsReached,
                expect
            );
        else if (Of(written, "transfer-of-land") is { } sold)
            Degree(LandCrimes.OfTransfer(Day(sold, "on"), Land(sold), Number(sold, "profit") ?? 0, Law), expect);
        else if (Of(written, "approval") is { } approval)
            Degree(
                LandCrimes.OfApproval(
                    Day(approval, "on"),
                    Land(approval),
                    Land(Of(approval, "destroyed") ?? []),
                    Number(approval, "loss") ?? 0,
                    Law
                ),
                expect
            );
        else if (Of(written, "low-price") is { } low)
            Degree(
                LandCrimes.OfLowPrice(Day(low, "on"), Area(low, "area"), Number(low, "price_share"), Number(low, "loss") ?? 0, Law),
                expect
            );
        else if (Of(written, "transfer") is { } transfer)
            Reached(ValueLines.OfTransferProfit(Day(transfer, "on"), Number(transfer, "profit")!.Value, Law).IsReached, expect);
        else
        {
            var woodland = Of(written, "woodland")!;
            Reached(
                ValueLines.OfWoodland(Day(woodland, "on"), Area(woodland, "protected"), Area(woodland, "other"), Law, out var basis),
                expect
            );
            Assert.All(basis, b => Assert.NotEmpty(b.Chinese));
        }
    }

    private static LandOfCrime Land(YamlMappingNode node) =>
        new(
            new((double)(Number(node, "permanent_farmland") ?? 0)),
            new((double)(Number(node, "other_farmland") ?? 0)),
            new((double)(Number(node, "other_land") ?? 0))
        );

    private static void Degree(CrimeReached reached, YamlMappingNode expect)
    {
        Assert.Equal(
            Text(expect, "degree"),
            reached.Degree switch
            {
                CrimeDegree.Below => "below",
                CrimeDegree.Reached => "reached",
                _ => "specially-serious",
            }
        );
        Assert.All(reached.Basis, b => Assert.NotEmpty(b.Chinese));
        Assert.True(reached.Basis.Count >= 6, "both degrees are cited");
    }

    private static void Land(YamlMappingNode land, YamlMappingNode expect)
    {
        var act = new LandOccupation(
            Day(land, "ended"),
            Day(land, "decided"),
            Area(land, "area"),
            Area(land, "permanent_farmland"),
            Area(land, "plan_conforming")
        );
        Range(FineRanges.Of(act, Law), expect);
        var structures = FineRanges.Structures(act);
        if (Number(expect, "confiscate") is { } confiscate)
            Assert.Equal((double)confiscate, structures.Confiscate.Value, 1e-9);
        if (Number(expect, "demolish") is { } demolish)
            Assert.Equal((double)demolish, structures.DemolishAndRestore.Value, 1e-9);
    }

    private static void Range(FineRange range, YamlMappingNode expect)
    {
        Assert.Equal(Number(expect, "min"), range.MinYuan);
        Assert.Equal(Number(expect, "max"), range.MaxYuan);
        Assert.Equal(Text(expect, "optional") == "yes", range.IsOptional == true);
        Assert.Equal(Number(expect, "newer_rejected"), range.NewerRejected?.MaxYuan);
        Assert.All(range.Basis, b => Assert.NotEmpty(b.Citation.Chinese));
        if (Text(expect, "cites") is { } cites)
            Assert.Contains(range.Basis, b => b.Key.Contains(cites, StringComparison.Ordinal));
    }

    private static UnlawfulMining Mining(YamlMappingNode node) =>
        new(Day(node, "ended"), Day(node, "decided"), Text(node, "beyond") == "yes", Number(node, "value")!.Value, Number(node, "income"));

    private static void Reached(bool? reached, YamlMappingNode expect) =>
        Assert.Equal(
            Text(expect, "reached"),
            reached switch
            {
                true => "yes",
                false => "no",
                null => "unknown",
            }
        );

    private static Dictionary<string, YamlMappingNode> All()
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Repository.Root, "tests", "cases", "penalties", "penalties.yaml"));
        yaml.Load(reader);
        return ((YamlSequenceNode)yaml.Documents[0].RootNode)
            .Cast<YamlMappingNode>()
            .ToDictionary(n => Text(n, "case")!, StringComparer.Ordinal);
    }

    private static YamlMappingNode? Of(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? (YamlMappingNode)found : null;

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? ((YamlScalarNode)found).Value : null;

    private static decimal? Number(YamlMappingNode node, string key) =>
        Text(node, key) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;

    private static SquareMetres Area(YamlMappingNode node, string key) => new((double)Number(node, key)!.Value);

    private static DateOnly Day(YamlMappingNode node, string key) =>
        DateOnly.ParseExact(Text(node, key)!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
