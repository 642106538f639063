using System;
using System.Collections.Generic;

namespace IExec.Tasks.Diagnosis;

/// <summary>A rule of the diagnosis: of the table, the first that applies decides.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Applies">Whether it applies to a task.</param>
/// <param name="Summary">What it means, in one sentence without ids and times, so that tasks with the same trouble can be counted.</param>
/// <param name="NextStep">The command for tasks of one deal.</param>
internal sealed record DiagnosisRule(
    IExecTaskVerdict Verdict, Func<TaskFacts, bool> Applies, Func<TaskFacts, string> Summary, Func<IReadOnlyList<IExecTask>, string> NextStep)
{
    /// <summary>From when on the next step can be done; null for now.</summary>
    public Func<IExecTask, DateTimeOffset?> From { get; init; } = _ => null;

    /// <summary>By when the task has to go on; null when nothing is lost by time.</summary>
    public Func<IExecTask, DateTimeOffset?> By { get; init; } = _ => null;

    /// <summary>Whether what the scheduler says could change the verdict.</summary>
    public bool DependsOnScheduler { get; init; }

    /// <summary>Whether the logs of the workers belong to the evidence.</summary>
    public bool WantsLogs { get; init; }
}
