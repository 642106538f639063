using System;
using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>An event of a task, from the hub's log or inferred from the task's states.</summary>
internal sealed record TaskEvent
{
    public required IExecTaskEventKind Event { get; init; }

    public Bytes32 TaskId { get; init; }

    /// <summary>The worker of a contribution, a reveal or a judgement (EIP-55); null for other events.</summary>
    public string? Worker { get; init; }

    /// <summary>The account that received or lost RLC; null for other events than <see cref="IExecTaskEventKind.Rewarded"/> and <see cref="IExecTaskEventKind.Seized"/>.</summary>
    public Address? Account { get; init; }

    /// <summary>The amount, in nRLC; null where there is no account.</summary>
    public BigInteger? Amount { get; init; }

    /// <summary>The hash of a contribution or of the consensus, or the digest of a reveal; null for other events.</summary>
    public string? Hash { get; init; }

    /// <summary>The result that was stored; null for events other than <see cref="IExecTaskEventKind.Finalized"/>.</summary>
    public IExecTaskResultLink? Result { get; init; }

    public required long BlockNumber { get; init; }

    /// <summary>The index in the block's log.</summary>
    public required long LogIndex { get; init; }

    /// <summary>The transaction; null for an event that was inferred.</summary>
    public string? TransactionHash { get; init; }

    /// <summary>The block's time; null where the node does not include it.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}
