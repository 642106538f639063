using System;

namespace IExec.Tasks;

/// <summary>Something that happened to a task, as the chain or the workerpool's scheduler tells it.</summary>
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

    /// <summary>Who says so.</summary>
    public IExecTaskEventSource Source { get; internal init; }

    /// <summary>
    /// What happened: the name of the <see cref="Kind"/>, or the status that a scheduler's task or worker went to, such as RUNNING or COMPUTE_FAILED. The
    /// scheduler's are an open set of others' text.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>What happened on the chain; null for what the scheduler says.</summary>
    public IExecTaskEventKind? Kind { get; internal init; }

    /// <summary>The worker that did it, or that it happened to (EIP-55); null when it is about the whole task.</summary>
    public string? Worker { get; internal init; }

    /// <summary>The account whose RLC it is about (EIP-55): who paid, got or lost it, or got it back; null for other events.</summary>
    public string? Account { get; internal init; }

    /// <summary>How much was locked, paid, lost or given back, in RLC; null for events that move nothing.</summary>
    public decimal? AmountRlc { get; internal init; }

    /// <summary>What a contribution commits to, or the consensus: keccak256(task id, result digest). For a reveal, the result digest itself. Null for other events.</summary>
    public string? Hash { get; internal init; }

    /// <summary>Why, for a worker's failure: such as APP_COMPUTE_FAILED (iexec-common, <c>ReplicateStatusCause</c>); null when none is given. An open set of others' text.</summary>
    public string? Cause { get; internal init; }

    /// <summary>The number of the block; null for what the scheduler says.</summary>
    public long? BlockNumber { get; internal init; }

    /// <summary>The transaction that did it, or that the scheduler names; null when there is none.</summary>
    public string? TransactionHash { get; internal init; }

    /// <summary>What it means, and what to do about it; null where the name says it all.</summary>
    public string? Explanation { get; internal init; }

    /// <summary>Where it is in the picture of its task; null where it has no date.</summary>
    internal EventPlace? Place { get; set; }

    /// <summary>The time and what happened.</summary>
    public override string ToString() => $"{Timestamp:u} {Name}";
}
