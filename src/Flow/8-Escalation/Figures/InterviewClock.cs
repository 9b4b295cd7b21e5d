using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>Where an interview stands on a day.</summary>
public enum InterviewStage
{
    /// <summary>Being rectified; the clock of acceptance runs.</summary>
    Running,

    /// <summary>The government accepted.</summary>
    Accepted,

    /// <summary>The government did not accept.</summary>
    NotAccepted,

    Released,

    HandedOver,
}

/// <summary>An interview with what happened in it until a day.</summary>
/// <param name="DaysLeft">To the last day of acceptance, inclusive; negative when over.</param>
public sealed record InterviewClock(Interview Interview, IReadOnlyList<InterviewStep> Steps, InterviewStage Stage, int DaysLeft)
{
    public bool IsEnded => Stage is InterviewStage.Released or InterviewStage.HandedOver;

    /// <summary>The period of acceptance ended without one, or the government refused it: it may go to discipline inspection.</summary>
    public bool IsOverdue => Stage == InterviewStage.NotAccepted || (Stage == InterviewStage.Running && DaysLeft < 0);

    /// <summary>Commitments that nobody reported as kept.</summary>
    public IEnumerable<InterviewStep> OpenCommitments =>
        Steps.Where(s => s.Kind == InterviewStepKind.Committed && Steps.All(f => f.CommitmentId != s.Id));

    /// <summary>Pure.</summary>
    public static InterviewClock Of(Interview interview, IEnumerable<InterviewStep> steps, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(interview);
        List<InterviewStep> until = [.. steps.Where(s => s.On <= on).OrderBy(s => s.On).ThenBy(s => s.At)];
        var last = until.LastOrDefault(s => s.Kind is not (InterviewStepKind.Committed or InterviewStepKind.Fulfilled));
        var stage = last?.Kind switch
        {
            InterviewStepKind.Accepted => InterviewStage.Accepted,
            InterviewStepKind.NotAccepted => InterviewStage.NotAccepted,
            InterviewStepKind.Released => InterviewStage.Released,
            InterviewStepKind.HandedOver => InterviewStage.HandedOver,
            _ => InterviewStage.Running,
        };
        return new(interview, until, stage, interview.AcceptBy.DayNumber - on.DayNumber);
    }

    /// <summary>Every interview that had started by a day, the latest first.</summary>
    public static async Task<IReadOnlyList<InterviewClock>> ReadAsync(StoreContext db, DateOnly on, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var interviews = await db.Interviews.Where(i => i.StartedOn <= on).ToListAsync(stop);
        var steps = (await db.InterviewSteps.ToListAsync(stop)).ToLookup(s => s.InterviewId);
        return [.. interviews.OrderByDescending(i => i.StartedOn).ThenBy(i => i.Id).Select(i => Of(i, steps[i.Id], on))];
    }
}
