using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>The rules of one kind of patch, in the order of decision.</summary>
/// <param name="Titles">Every way to be lawful or to be something else; the first that says yes decides.</param>
/// <param name="Violations">Asked only when every title said no and none left a defect.</param>
public sealed record RuleTree(string Kind, IReadOnlyList<Rule> Titles, IReadOnlyList<Rule> Violations)
{
    /// <summary>Which edition of the rules this is: <see cref="RuleBook.Editions"/>.</summary>
    public required string Edition { get; init; }

    /// <summary>A sliver that borders on nothing is a parcel of its own, as it was before the second edition.</summary>
    public bool LoneSliversStandAlone { get; init; }

    /// <summary>A title that holds is held against the violations that are found by themselves, and a verdict against answers that
    /// disagree; before the third edition neither was.</summary>
    public bool WeighsContradictions { get; init; }

    /// <summary>A number that cannot be, such as a width below zero, counts as what it claims to be, and an answer that cannot be read as
    /// silence; from the fourth edition on both are no answers, and what rests on them is doubtful.</summary>
    public bool ReadsLeniently { get; init; }

    public IEnumerable<Rule> Rules => Titles.Concat(Violations);

    /// <summary>The same tree without one rule: for the tests that show that every rule is needed, and for what-if.</summary>
    public RuleTree Without(string ruleId) =>
        this with
        {
            Titles = [.. Titles.Where(r => r.Id != ruleId)],
            Violations = [.. Violations.Where(r => r.Id != ruleId)],
        };
}

/// <summary>The decision order of the programmes 2018 and 2019.</summary>
/// <remarks>
/// Approval, supply, registration, linkage, the special programmes, advance use, village house; facility agriculture, rural road,
/// temporary land; other by category; what existed before; the illegal fallback. What stands outside the tree (military, enclave, no
/// change on the ground) is asked first.
/// </remarks>
public static class RuleBook
{
    /// <summary>2026-11-24.</summary>
    public const string FirstEdition = "1";

    /// <summary>2026-11-27: a sliver that borders on nothing goes to the nearest part of its patch.</summary>
    public const string SecondEdition = "2";

    /// <summary>2026-11-27: a title that holds is held against the violations that are found by themselves, and a verdict against answers
    /// that disagree.</summary>
    public const string ThirdEdition = "3";

    /// <summary>2026-11-28: a number that cannot be is no answer, what cannot be read is not silence, and a coefficient of deduction that
    /// cannot be deducts nothing.</summary>
    public const string FourthEdition = "4";

    public static RuleTree Land { get; } =
        new(
            PatchKind.Land,
            [
                new Military(),
                new Enclave(),
                new Unchanged(),
                new Approval(),
                new Supply(),
                new Registration(),
                new Linkage(),
                new Oilfield(),
                new Pilot(),
                new AdvanceUse(),
                new VillageHouse(),
                new Facility(),
                new RuralRoad(),
                new Temporary(),
                new Restoration(),
                new Restructuring(),
                new Solar(),
                new Earthwork(),
                new Grave(),
                new Access(),
                new AncillaryWorks(),
                new DisasterLand(),
                new Existing(),
                new Village203(),
                new Sliver(),
            ],
            [new ApprovedWithoutPower(), new BeyondBoundary(), new FarmlandDestroyed(), new Occupation()]
        )
        {
            Edition = FourthEdition,
            WeighsContradictions = true,
        };

    public static RuleTree Mineral { get; } =
        new(
            PatchKind.Mineral,
            [
                new MineralMilitary(),
                new NoActivity(),
                new MiningLicence(),
                new ExplorationLicence(),
                new MineRestoration(),
                new WorksByProduct(),
                new SandAndSoil(),
            ],
            [
                new LicenceWithoutPower(),
                BeyondLicence.OfMining(),
                BeyondLicence.OfExploration(),
                WithoutLicence.OfMining(),
                WithoutLicence.OfExploration(),
            ]
        )
        {
            Edition = FourthEdition,
            WeighsContradictions = true,
        };

    /// <summary>Every edition of the rules of a kind, the one in use first. None is ever changed or dropped: sealed verdicts replay by
    /// the edition they were made with.</summary>
    public static IReadOnlyList<RuleTree> Editions(string kind)
    {
        var now = Of(kind);
        var third = now with { Edition = ThirdEdition, ReadsLeniently = true };
        var second = third with { Edition = SecondEdition, WeighsContradictions = false };
        return
        [
            now,
            third,
            second,
            second with
            {
                Edition = FirstEdition,
                LoneSliversStandAlone = true,
                Titles = [.. second.Titles.Select(r => r is Sliver ? new SliverAlone() : r)],
            },
        ];
    }

    public static RuleTree Of(string kind) => kind == PatchKind.Mineral ? Mineral : Land;
}
