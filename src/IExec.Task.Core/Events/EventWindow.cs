using System;
using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Events;

/// <summary>A period that contains all events of some tasks.</summary>
/// <param name="Since">When the first of their deals was made.</param>
/// <param name="LastDeal">When the last of their deals was made.</param>
/// <param name="Until">When the last of the tasks can have had an event.</param>
/// <param name="Tasks">The tasks.</param>
internal sealed record EventWindow(DateTimeOffset Since, DateTimeOffset LastDeal, DateTimeOffset Until, IReadOnlyList<TaskWithDeal> Tasks)
{
    /// <summary>Windows with a gap of less than this part of the whole period are merged, since finding the blocks of each window costs requests.</summary>
    private const int SmallestGap = 16;

    /// <summary>The windows of tasks, the oldest first; at most 16.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="states">Their states; a task without one is not initialised.</param>
    /// <param name="now">The latest block's time.</param>
    public static IReadOnlyList<EventWindow> Of(IEnumerable<TaskWithDeal> tasks, IReadOnlyDictionary<Bytes32, IExecTask> states, DateTimeOffset now)
    {
        var single = tasks
            .Select(task => new EventWindow(task.Deal.StartTime, task.Deal.StartTime, End(task, states, now), [task]))
            .OrderBy(window => window.Since)
            .ToList();
        if (single.Count == 0)
            return [];
        var gap = TimeSpan.FromTicks((single.Max(window => window.Until) - single[0].Since).Ticks / SmallestGap);
        var merged = new List<EventWindow>();
        foreach (var window in single)
        {
            if (merged.Count > 0 && window.Since - merged[^1].Until <= gap)
                merged[^1] = merged[^1].With(window);
            else
                merged.Add(window);
        }

        return merged;
    }

    /// <summary>An open task has no event after its final deadline; a claim may come at any time after it.</summary>
    private static DateTimeOffset End(TaskWithDeal task, IReadOnlyDictionary<Bytes32, IExecTask> states, DateTimeOffset now)
    {
        var end = !states.TryGetValue(task.TaskId, out var state) ? task.Deal.StartTime
            : state.OnChainStatus == IExecTaskStatus.Failed ? now
            : state.FinalDeadline;
        return end < now ? end : now;
    }

    private EventWindow With(EventWindow next) => this with
    {
        LastDeal = next.LastDeal,
        Until = next.Until > Until ? next.Until : Until,
        Tasks = [.. Tasks, .. next.Tasks],
    };
}
