using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Training;

/// <summary>The exercises, their grading, and how far each person is.</summary>
public sealed class TrainingDesk(OfficeBooks books, TrainingGround ground)
{
    private const int VerdictsMax = 10;
    private const int SplitsMax = 3;
    private const int EvidenceMax = 6;
    private const int ChoicesOfEvidence = 8;

    /// <summary>Choices of a division: as the rules and the truth cut, not at all, or somewhere.</summary>
    public static class Cut
    {
        public const string Parts = "parts";
        public const string Whole = "whole";
        public const string NorthSouth = "north-south";
        public const string EastWest = "east-west";

        /// <summary>In three along the longer side.</summary>
        public const string Thirds = "thirds";

        /// <summary>As the truth cuts, with its first two parts in one.</summary>
        public const string Joined = "joined";

        /// <summary>What is offered on a patch of so many parts.</summary>
        public static IReadOnlyList<string> OfferedFor(int parts) =>
            parts switch
            {
                // Of a whole patch there is no cut to offer that would be right.
                1 => [Whole, NorthSouth, EastWest, Thirds],
                2 => [Parts, Whole, NorthSouth, EastWest, Thirds],
                _ => [Parts, Joined, Whole, NorthSouth, EastWest, Thirds],
            };
    }

    /// <summary>What a person answers.</summary>
    /// <param name="Exercise">Its id.</param>
    /// <param name="Chosen">What was chosen; at least one.</param>
    public sealed record Answer(string Exercise, IReadOnlyList<string> Chosen);

    public sealed record Graded(int Points, int PointsMax, IReadOnlyList<string> Right);

    /// <summary>How far a person is in one kind: by the first try of each exercise, which is the one that measures.</summary>
    public sealed record Standing(string Login, string Kind, int Exercises, int Points, int PointsMax, int Tries, DateTime Last);

    /// <summary>Exercises that need no ground: what a verdict must be proved with, by the tree of the first programme.</summary>
    public IReadOnlyList<Exercise> Evidence()
    {
        var tree = books.Law.Verdicts.For("land", books.Plan.Programmes[0].Year);
        var needs = tree.SelectMany(v => v.Evidence).DistinctBy(n => n.Id).ToList();
        return
        [
            .. tree.Where(v => v.Evidence.Count(n => !n.IsAfterVerdict) >= 2 && v.Parent != VerdictParent.Doubtful)
                .OrderBy(v => Exercise.Number("evidence", v.Code))
                .Take(EvidenceMax)
                .Select(v =>
                {
                    var id = $"{TrainingKind.Evidence}:{v.Code}";
                    var right = v.Evidence.Where(n => !n.IsAfterVerdict).Select(n => n.Id).Distinct(StringComparer.Ordinal).ToList();
                    var other = Exercise.Shuffled(id, needs.Select(n => n.Id).Except(v.Evidence.Select(n => n.Id), StringComparer.Ordinal));
                    var choices = Exercise.Shuffled(id + "+", right.Concat(other.Take(Math.Max(2, ChoicesOfEvidence - right.Count))));
                    return new Exercise(id, TrainingKind.Evidence, null, null, v.Code, choices, right, right.Count);
                }),
        ];
    }

    /// <summary>Every exercise, easy kinds first; those on the ground only once it is there.</summary>
    public async Task<IReadOnlyList<Exercise>> AllAsync(CancellationToken stop = default)
    {
        var opened = await ground.OpenAsync().WaitAsync(stop);
        return [.. await VerdictsAsync(opened, stop), .. await SplitsAsync(opened, stop), .. Evidence()];
    }

    /// <exception cref="Problem"><c>determination.no-such-exercise</c></exception>
    public async Task<Exercise> FindAsync(string id, CancellationToken stop = default) =>
        Evidence().FirstOrDefault(e => e.Id == id)
        ?? (await AllAsync(stop)).FirstOrDefault(e => e.Id == id)
        ?? throw Problem.Determination.NoSuchExercise(id);

    /// <summary>Grades an answer and keeps it.</summary>
    /// <exception cref="Problem"><c>determination.no-such-exercise</c>, <c>chain.bad-value</c>, <c>chain.already-done</c></exception>
    public async Task<Graded> GradeAsync(Actor who, Answer answer, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(who);
        ArgumentNullException.ThrowIfNull(answer);
        var exercise = await FindAsync(answer.Exercise, stop);
        var offered = exercise.Kind == TrainingKind.Verdict ? Tree(exercise).Select(v => v.Code).ToList() : exercise.Choices;
        if (answer.Chosen.Count == 0)
            throw Problem.Chain.BadValue("Chosen", "", string.Join("、", offered), string.Join(", ", offered));
        foreach (var chosen in answer.Chosen)
            OneOfAttribute.Check("Chosen", chosen, offered);
        var points = exercise.Grade(answer.Chosen, code => books.FindVerdict(code)?.Parent);
        await AnswerExercise.Handle(
            books.Store,
            who,
            new(
                TrainingGround.Number.ToString(CultureInfo.InvariantCulture),
                exercise.Id,
                exercise.Kind,
                string.Join(',', answer.Chosen.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
                points,
                exercise.PointsMax
            ),
            stop
        );
        return new(points, exercise.PointsMax, exercise.Right);
    }

    /// <summary>The tree that an exercise asks by.</summary>
    public IReadOnlyList<Verdict> Tree(Exercise exercise)
    {
        ArgumentNullException.ThrowIfNull(exercise);
        return books.Law.Verdicts.For(
            exercise.Code.StartsWith('M') ? "mineral" : "land",
            books.Plan.Programme(exercise.Programme ?? books.Plan.Programmes[0].Id).Year
        );
    }

    /// <summary>Answers of one person, oldest first.</summary>
    public async Task<IReadOnlyList<TrainingAnswer>> AnswersAsync(string login, CancellationToken stop = default)
    {
        await using var db = books.Read();
        return await db.TrainingAnswers.Where(a => a.By == login).OrderBy(a => a.At).ThenBy(a => a.Id).ToListAsync(stop);
    }

    /// <summary>Steps of the first hour that a person has done.</summary>
    public async Task<IReadOnlySet<string>> StepsAsync(string login, CancellationToken stop = default)
    {
        await using var db = books.Read();
        return await db.TrainingSteps.Where(s => s.By == login).Select(s => s.Step).ToHashSetAsync(stop);
    }

    /// <summary>How far people are: one's own, and for the head of the office everybody's. Nobody else reads what another
    /// did.</summary>
    public async Task<IReadOnlyList<Standing>> StandingsAsync(Actor reader, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        await using var db = books.Read();
        var all = reader.Role == PlanRoles.OfficeHead;
        var answers = await db.TrainingAnswers.Where(a => all || a.By == reader.Login).ToListAsync(stop);
        return Of(answers);
    }

    /// <summary>Pure: from answers to standings, by person and kind.</summary>
    public static IReadOnlyList<Standing> Of(IEnumerable<TrainingAnswer> answers) =>
        [
            .. answers
                .GroupBy(a => (a.By, a.Kind))
                .OrderBy(g => g.Key.By, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Kind, StringComparer.Ordinal)
                .Select(g =>
                {
                    var first = g.GroupBy(a => a.Exercise).Select(tries => tries.OrderBy(a => a.At).First()).ToList();
                    return new Standing(
                        g.Key.By,
                        g.Key.Kind,
                        first.Count,
                        first.Sum(a => a.Points),
                        first.Sum(a => a.PointsMax),
                        g.Count(),
                        g.Max(a => a.At)
                    );
                }),
        ];

    /// <summary>Whole patches of which the truth has one verdict: as many different verdicts as there are first.</summary>
    private static async Task<IReadOnlyList<Exercise>> VerdictsAsync(TrainingGround.Opened opened, CancellationToken stop)
    {
        var found = new List<Exercise>();
        foreach (var (programme, row) in await RowsAsync(opened, stop))
            if (opened.Truth.TryGetValue((programme, row.Number), out var truth) && truth.Parts is [var only] && row.Parcels.Count == 1)
            {
                var id = $"{TrainingKind.Verdict}:{programme}/{row.Number}";
                found.Add(new(id, TrainingKind.Verdict, programme, row.Number, only.Code, [], [only.Code], Exercise.VerdictPoints));
            }
        var byCode = found.OrderBy(e => Exercise.Number("verdict", e.Id)).GroupBy(e => e.Code).Select(g => g.ToList()).ToList();
        return
        [
            .. Enumerable
                .Range(0, found.Count)
                .SelectMany(round => byCode.Where(g => g.Count > round).Select(g => g[round]))
                .Take(VerdictsMax),
        ];
    }

    /// <summary>Patches that the truth divides, where the parts on the ground are those of the truth by count.</summary>
    private static async Task<IReadOnlyList<Exercise>> SplitsAsync(TrainingGround.Opened opened, CancellationToken stop)
    {
        var found = new List<Exercise>();
        foreach (var (programme, row) in await RowsAsync(opened, stop))
        {
            if (!opened.Truth.TryGetValue((programme, row.Number), out var truth) || truth.Parts.Count != row.Parcels.Count)
                continue;
            var id = $"{TrainingKind.Split}:{programme}/{row.Number}";
            var right = truth.Parts.Count > 1 ? Cut.Parts : Cut.Whole;
            found.Add(
                new(
                    id,
                    TrainingKind.Split,
                    programme,
                    row.Number,
                    truth.Parts[0].Code,
                    Exercise.Shuffled(id, Cut.OfferedFor(truth.Parts.Count)),
                    [right],
                    Exercise.SplitPoints
                )
            );
        }
        return
        [
            // One with more than two parts is among them where the ground has one.
            .. found
                .Where(e => e.Right[0] == Cut.Parts)
                .OrderByDescending(e => e.Choices.Contains(Cut.Joined))
                .ThenBy(e => Exercise.Number("split", e.Id))
                .Take(SplitsMax),
            .. found.Where(e => e.Right[0] == Cut.Whole).OrderBy(e => Exercise.Number("split", e.Id)).Take(1),
        ];
    }

    private static async Task<IReadOnlyList<(string Programme, PatchRow Row)>> RowsAsync(
        TrainingGround.Opened opened,
        CancellationToken stop
    )
    {
        var rows = new List<(string, PatchRow)>();
        foreach (var programme in opened.Books.Plan.Programmes)
            rows.AddRange((await opened.Rows.SeenAsync(programme.Id, new Sight(true, null), stop)).Select(r => (programme.Id, r)));
        return rows;
    }
}
