using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Weipian.Law;

namespace Weipian.Web.Training;

/// <summary>A task of the training ground with its right answers.</summary>
/// <param name="Id">Kind and subject: <c>verdict:2018-annual/370306…</c>, <c>evidence:L1</c>.</param>
/// <param name="Kind">One of the kinds of training.</param>
/// <param name="Programme">Of the patch; null for evidence.</param>
/// <param name="Patch">Number of the patch; null for evidence.</param>
/// <param name="Code">The verdict: the right one, or for evidence the one that is to be proved.</param>
/// <param name="Choices">What may be chosen, in the order in which it is offered; empty for verdicts, which offer the whole tree.</param>
/// <param name="Right">The right choices.</param>
/// <param name="PointsMax">The most there is.</param>
public sealed record Exercise(
    string Id,
    string Kind,
    string? Programme,
    string? Patch,
    string Code,
    IReadOnlyList<string> Choices,
    IReadOnlyList<string> Right,
    int PointsMax
)
{
    /// <summary>Full points of a verdict; half of them for the right branch with another code.</summary>
    public const int VerdictPoints = 2;

    /// <summary>Points of a division that is right.</summary>
    public const int SplitPoints = 2;

    /// <summary>Pure: what an answer is worth.</summary>
    /// <param name="answer">What was chosen.</param>
    /// <param name="parentOf">The branch of a code; null for none that is known.</param>
    public int Grade(IReadOnlyCollection<string> answer, Func<string, VerdictParent?> parentOf)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(parentOf);
        var chosen = answer.ToHashSet(StringComparer.Ordinal);
        return Kind switch
        {
            Flow.Determinations.TrainingKind.Verdict => chosen.SetEquals(Right) ? VerdictPoints
            : chosen.Count == 1 && parentOf(chosen.First()) is { } branch && branch == parentOf(Code) ? VerdictPoints / 2
            : 0,
            Flow.Determinations.TrainingKind.Split => chosen.SetEquals(Right) ? SplitPoints : 0,
            // What is asked for and not needed costs what it would have brought: ticking everything brings nothing.
            _ => Math.Max(
                0,
                chosen.Count(c => Right.Contains(c, StringComparer.Ordinal)) - chosen.Count(c => !Right.Contains(c, StringComparer.Ordinal))
            ),
        };
    }

    /// <summary>An order that is the same for everybody and tells nothing.</summary>
    public static IReadOnlyList<string> Shuffled(string exercise, IEnumerable<string> choices) =>
        [.. choices.OrderBy(c => Number(exercise, c)).ThenBy(c => c, StringComparer.Ordinal)];

    internal static ulong Number(string exercise, string what) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{exercise}\n{what}")));
}
