using System;
using System.Collections.Generic;

namespace IExec.Tasks.Diagnosis;

/// <summary>A rule of the diagnosis; the first one in the table that applies is used.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Applies">Whether it applies to a task.</param>
/// <param name="Summary">What it means, in one sentence without ids and times, so that tasks with the same problem can be counted.</param>
/// <param name="NextStep">The command for tasks of one deal.</param>
internal sealed record DiagnosisRule(
    IExecTaskVerdict Verdict, Func<TaskFacts, bool> Applies, Func<TaskFacts, string> Summary, Func<IReadOnlyList<IExecTask>, string> NextStep)
{
    /// <summary>The time from which the next step can be run; null when it can be run now.</summary>
    public Func<IExecTask, DateTimeOffset?> From { get; init; } = _ => null;

    /// <summary>The deadline by which the task must make progress; null when there is none.</summary>
    public Func<IExecTask, DateTimeOffset?> By { get; init; } = _ => null;

    /// <summary>Whether the scheduler's view could change the verdict.</summary>
    public bool DependsOnScheduler { get; init; }

    /// <summary>Whether to read the workers' logs.</summary>
    public bool WantsLogs { get; init; }
}
