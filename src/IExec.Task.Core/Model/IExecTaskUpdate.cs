using System;

namespace IExec.Tasks;

/// <summary>An update of a watched task.</summary>
public sealed class IExecTaskUpdate
{
    internal const string Updated = "TASK_UPDATED";
    internal const string Completed = "TASK_COMPLETED";
    internal const string TimedOut = "TASK_TIMEDOUT";
    internal const string Failed = "TASK_FAILED";

    internal IExecTaskUpdate()
    {
    }

    /// <summary>
    /// The iExec SDK's word for it: TASK_UPDATED, or, for the last update of a task, TASK_COMPLETED, TASK_FAILED or TASK_TIMEDOUT.
    /// </summary>
    public string Message => Status switch
    {
        IExecTaskStatus.Completed => Completed,
        IExecTaskStatus.Failed => Failed,
        IExecTaskStatus.Timeout => TimedOut,
        _ => Updated,
    };

    /// <summary>The task as it was then.</summary>
    public required IExecTask Task { get; init; }

    /// <summary>The task's id.</summary>
    public string TaskId => Task.TaskId;

    /// <summary>The id of the task's deal.</summary>
    public string DealId => Task.DealId;

    /// <summary>The task's status then.</summary>
    public IExecTaskStatus Status => Task.Status;

    /// <summary>The time of the block in which it happened, or, if that is not known, in which it was seen (UTC).</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>What happened; null for the state in which the watch found the task, and for a final deadline that passed.</summary>
    public IExecTaskEventKind? Event { get; internal init; }

    /// <summary>The address of the worker that contributed or revealed (EIP-55); null for other events, and where it is not known.</summary>
    public string? Worker { get; internal init; }

    /// <summary>
    /// What a contribution commits to, or the consensus: keccak256(task id, result digest). For a reveal, the result digest itself.
    /// Null for other events, and where it is not known.
    /// </summary>
    public string? Hash { get; internal init; }

    /// <summary>The number of the block in which it happened or was seen.</summary>
    public long BlockNumber { get; internal init; }

    /// <summary>The hash of the transaction; null where there is none, and where it is not known.</summary>
    public string? TransactionHash { get; internal init; }

    /// <summary>The index in the block's log, for the order within a block.</summary>
    internal long LogIndex { get; init; } = long.MaxValue;

    /// <summary>Whether this is the task's last update.</summary>
    public bool IsFinal => Task.IsFinal;

    /// <summary>The message and the task's id.</summary>
    public override string ToString() => $"{Message} {TaskId}";
}
