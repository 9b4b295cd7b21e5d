using Weipian.Flow.Determinations;
using Weipian.Law;
using Weipian.Web.Training;

namespace Weipian.Tests.Web.Training;

/// <summary>What an answer is worth.</summary>
[Requirement("R02")]
public sealed class ExerciseTests
{
    [Theory]
    [InlineData("I1", 0)]
    [InlineData("L2", 1)]
    [InlineData("L1", 2)]
    [InlineData("no code", 0)]
    public void The_right_branch_brings_half_of_a_verdict(string answer, int points) =>
        Assert.Equal(points, Of(TrainingKind.Verdict, "L1").Grade([answer], ParentOf));

    [Fact]
    public void A_division_is_right_or_wrong()
    {
        var split = Of(TrainingKind.Split, "parts");
        Assert.Equal(0, split.Grade(["whole"], ParentOf));
        Assert.Equal(0, split.Grade(["parts", "whole"], ParentOf));
        Assert.Equal(Exercise.SplitPoints, split.Grade(["parts"], ParentOf));
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("a b", 2)]
    [InlineData("a b x", 1)]
    [InlineData("x y", 0)]
    [InlineData("a b x y", 0)]
    public void Ticking_everything_brings_nothing(string answer, int points) =>
        Assert.Equal(points, Of(TrainingKind.Evidence, "a", "b").Grade(answer.Split(' '), ParentOf));

    [Fact]
    public void The_first_try_of_an_exercise_counts()
    {
        var nine = new DateTime(2019, 5, 6, 1, 0, 0, DateTimeKind.Utc);
        var standing = Assert.Single(TrainingDesk.Of([Answer("b", 2, nine.AddMinutes(1)), Answer("b", 0, nine), Answer("c", 1, nine)]));
        Assert.Equal((2, 1, 4, 3), (standing.Exercises, standing.Points, standing.PointsMax, standing.Tries));
    }

    private static TrainingAnswer Answer(string exercise, int points, DateTime at) =>
        new()
        {
            Id = Guid.NewGuid(),
            Ground = "1",
            Exercise = exercise,
            Kind = TrainingKind.Verdict,
            Answer = "L1",
            Points = points,
            PointsMax = 2,
            By = "finance",
            At = at,
        };

    private static VerdictParent? ParentOf(string code) =>
        code[0] switch
        {
            'L' => VerdictParent.Legal,
            'I' => VerdictParent.Illegal,
            _ => null,
        };

    private static Exercise Of(string kind, params string[] right) => new("id", kind, null, null, right[0], [], right, right.Length);
}
