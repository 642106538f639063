using System;

namespace IExec.Tasks;

/// <summary>Why a task is where it is, and what to do about it.</summary>
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

    /// <summary>How it stands with the task.</summary>
    public IExecTaskVerdict Verdict { get; internal init; }

    /// <summary>What that means here, in one sentence. It is the same for tasks with the same trouble.</summary>
    public required string Summary { get; init; }

    /// <summary>The events that say so.</summary>
    public IExecTaskEvent[] Evidence { get; internal init; } = [];

    /// <summary>
    /// The first lines of the result's <c>error.txt</c>, where it is a report of an error, and the last lines of the logs of workers that failed, where the connection
    /// may read them. They are the workers' text; that of logs is raw.
    /// </summary>
    public string[] LogLines { get; internal init; } = [];

    /// <summary>What is not known and might change the verdict, a sentence each.</summary>
    public string[] Unknown { get; internal init; } = [];

    /// <summary>The next step, as a command to run.</summary>
    public required string NextStep { get; init; }

    /// <summary>From when on the next step can be done (UTC, on the chain's clock); null for now.</summary>
    public DateTimeOffset? From { get; internal init; }

    /// <summary>By when the task has to go on, or it is lost (UTC, on the chain's clock); null when nothing is lost by time.</summary>
    public DateTimeOffset? By { get; internal init; }

    /// <summary>The task.</summary>
    public required IExecTask Task { get; init; }

    /// <summary>The verdict and what it means here.</summary>
    public override string ToString() => $"{Verdict}: {Summary}";
}
