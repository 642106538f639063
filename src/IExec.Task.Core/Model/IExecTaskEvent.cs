using System;

namespace IExec.Tasks;

/// <summary>An event of a task, from the chain or from the workerpool's scheduler.</summary>
public sealed class IExecTaskEvent
{
    internal IExecTaskEvent()
    {
    }

    /// <summary>The task's id: <c>0x</c> and 64 lower-case hexadecimal digits.</summary>
    public required string TaskId { get; init; }

    /// <summary>The id of the deal that the task belongs to.</summary>
    public required string DealId { get; init; }

    /// <summary>When it happened (UTC): the block's time, or the scheduler's; null when the scheduler gives no date that can be read.</summary>
    public DateTimeOffset? Timestamp { get; internal init; }

    /// <summary>The source of the event.</summary>
    public IExecTaskEventSource Source { get; internal init; }

    /// <summary>
    /// What happened: the name of the <see cref="Kind"/>, or the scheduler's new status of the task or a worker, such as RUNNING or COMPUTE_FAILED. The
    /// scheduler's statuses are an open set of untrusted text.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>What happened on the chain; null for events of the scheduler.</summary>
    public IExecTaskEventKind? Kind { get; internal init; }

    /// <summary>The worker that the event is about (EIP-55); null when it is about the whole task.</summary>
    public string? Worker { get; internal init; }

    /// <summary>The account whose RLC was paid, received, lost or refunded (EIP-55); null for other events.</summary>
    public string? Account { get; internal init; }

    /// <summary>The amount that was locked, paid, lost or refunded, in RLC; null for events that move nothing.</summary>
    public decimal? AmountRlc { get; internal init; }

    /// <summary>What a contribution commits to, or the consensus: keccak256(task id, result digest). For a reveal, the result digest itself. Null for other events.</summary>
    public string? Hash { get; internal init; }

    /// <summary>Why, for a worker's failure: such as APP_COMPUTE_FAILED (iexec-common, <c>ReplicateStatusCause</c>); null when none is given. An open set of untrusted text.</summary>
    public string? Cause { get; internal init; }

    /// <summary>The number of the block; null for events of the scheduler.</summary>
    public long? BlockNumber { get; internal init; }

    /// <summary>The transaction of the event, or the one that the scheduler names; null when there is none.</summary>
    public string? TransactionHash { get; internal init; }

    /// <summary>What it means, and what to do about it; null where the name is enough.</summary>
    public string? Explanation { get; internal init; }

    /// <summary>Its position in the chart of its task; null where it has no date.</summary>
    internal EventPlace? Place { get; set; }

    /// <summary>The time and what happened.</summary>
    public override string ToString() => $"{Timestamp:u} {Name}";
}
