using System;

namespace IExec.Tasks;

/// <summary>Why a task has not completed, and what to do about it.</summary>
public sealed class IExecTaskDiagnosis
{
    internal IExecTaskDiagnosis()
    {
    }

    /// <summary>The task's id: <c>0x</c> and 64 lower-case hexadecimal digits.</summary>
    public string TaskId => Task.TaskId;

    /// <summary>The id of the deal that the task belongs to.</summary>
    public string DealId => Task.DealId;

    /// <summary>The task's index in its deal.</summary>
    public long Index => Task.Index;

    /// <summary>The verdict.</summary>
    public IExecTaskVerdict Verdict { get; internal init; }

    /// <summary>The reason, in one sentence. It is the same text for tasks with the same problem.</summary>
    public required string Summary { get; init; }

    /// <summary>The events that prove it.</summary>
    public IExecTaskEvent[] Evidence { get; internal init; } = [];

    /// <summary>
    /// The first lines of <c>error.txt</c>, if the result is an error report, and the last lines of the logs of workers that failed, if the connection may read
    /// them. They are the workers' text; that of logs is raw.
    /// </summary>
    public string[] LogLines { get; internal init; } = [];

    /// <summary>Facts that could not be read and might change the verdict, one sentence each.</summary>
    public string[] Unknown { get; internal init; } = [];

    /// <summary>The next step, as a command to run.</summary>
    public required string NextStep { get; init; }

    /// <summary>The time from which the next step can be run (UTC, on the chain's clock); null when it can be run now.</summary>
    public DateTimeOffset? From { get; internal init; }

    /// <summary>The deadline by which the task must make progress to complete (UTC, on the chain's clock); null when there is none.</summary>
    public DateTimeOffset? By { get; internal init; }

    /// <summary>The task.</summary>
    public required IExecTask Task { get; init; }

    /// <summary>The verdict and the reason.</summary>
    public override string ToString() => $"{Verdict}: {Summary}";
}
