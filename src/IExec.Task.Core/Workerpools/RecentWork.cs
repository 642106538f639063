using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Workerpools;

/// <summary>Statistics of the tasks of a workerpool's recent deals.</summary>
/// <param name="Deals">How many deals.</param>
/// <param name="Since">Since when.</param>
/// <param name="Tasks">Their tasks.</param>
/// <param name="TimesToResult">The times from the deal to the result, of the completed tasks for which they are known.</param>
internal sealed record RecentWork(int Deals, DateTimeOffset Since, IReadOnlyList<IExecTask> Tasks, IReadOnlyList<TimeSpan> TimesToResult)
{
    private readonly TimeSpan[] _sorted = [.. TimesToResult.OrderBy(time => time)];

    /// <summary>How many are completed.</summary>
    public int Completed { get; } = Tasks.Count(task => task.Status == IExecTaskStatus.Completed);

    /// <summary>How many did not complete in time: past the final deadline, claimed or not.</summary>
    public int Timeouts { get; } = Tasks.Count(task => task.Status is IExecTaskStatus.Failed or IExecTaskStatus.Timeout);

    /// <summary>The share of completed tasks among those that have ended; null when none has.</summary>
    public double? CompletionPercent => Completed + Timeouts == 0 ? null : 100.0 * Completed / (Completed + Timeouts);

    /// <summary>A percentile of the times (nearest rank); null when there are none.</summary>
    public TimeSpan? Percentile(int percent) => _sorted.Length == 0 ? null : _sorted[Math.Max(0, ((_sorted.Length * percent) + 99) / 100 - 1)];
}
