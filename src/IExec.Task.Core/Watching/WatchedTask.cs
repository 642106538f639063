using System;
using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Watching;

/// <summary>A task that is not final yet.</summary>
internal sealed class WatchedTask(TaskTarget target)
{
    public TaskTarget Target => target;

    /// <summary>The id of its deal; null if only the task's id was given, until it is read.</summary>
    public string? DealId => State?.DealId ?? target.Origin?.Deal.Id.ToString();

    /// <summary>The last reading; null before the first.</summary>
    public IExecTask? State { get; set; }

    /// <summary>Whether the user was warned that it can no longer succeed.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>Its next relevant deadline; null when there is none after this time.</summary>
    public DateTimeOffset? NextDeadline(DateTimeOffset clock) => State is null ? null : Deadlines(State).Where(time => time > clock).Cast<DateTimeOffset?>().Min();

    private static IEnumerable<DateTimeOffset> Deadlines(IExecTask task)
    {
        yield return task.FinalDeadline;
        if (task.OnChainStatus < IExecTaskStatus.Revealing)
            yield return task.ContributionDeadline;
        if (task is { OnChainStatus: IExecTaskStatus.Revealing, RevealDeadline: { } reveals })
            yield return reveals;
    }
}
